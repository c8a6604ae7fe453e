"""What linters cannot say about the house: sizes, docstrings, floors in a fresh interpreter, the only places."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ROOT / "desktop"
MODULES = sorted(HOUSE.rglob("*.py"))

MODULE_LINES = 300
PUBLIC_METHODS = 15
MAY_CATCH_ALL = {
    "services/lanes.py", "engine/worker/main.py", "engine/worker/whisper.py", "reader/worker/main.py",
    "engine/worker/embed.py",
    "engine/worker/embed_onnx.py",  # its libraries raise classes of their own without a common base
    "speaker/worker/main.py",
}  # fmt: skip
MAY_START_THREADS = {"services/lanes.py"}
MAY_STYLE = {"ui/theme.py"}
MAY_MAKE_LABELS = {"ui/widgets/labels.py"}
THREAD_MAKERS = {"Thread", "Timer", "ThreadPoolExecutor", "ThreadPool", "QThread", "QThreadPool", "QRunnable"}
THREAD_MODULES = {"threading", "concurrent", "_thread"}
NETWORK = {
    "socket", "socketserver", "ssl", "asyncio", "http", "urllib.request", "ftplib", "smtplib", "poplib", "imaplib",
    "telnetlib", "xmlrpc", "requests", "httpx", "httpcore", "aiohttp", "urllib3", "websockets", "huggingface_hub",
}  # fmt: skip


def place(path: Path) -> str:
    """How a module is called here: its path below desktop/."""
    return path.relative_to(HOUSE).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def called(node: ast.Call) -> str:
    """The last word of what is called: `Thread` for `threading.Thread(...)`."""
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def imported(path: Path) -> Iterator[str]:
    """The full names a module imports, those inside functions and for type checkers too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def name_of(path: Path) -> str:
    """The dotted name of a module."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def fresh(code: str) -> str:
    """Run code in an interpreter of its own; what it printed."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


def test_a_module_is_one_thought() -> None:
    long = {
        place(path): lines for path in MODULES if (lines := len(path.read_text("utf-8").splitlines())) > MODULE_LINES
    }
    assert not long


def test_a_class_has_few_public_methods() -> None:
    large = {}
    for path in MODULES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                methods = [
                    one for one in node.body if isinstance(one, ast.FunctionDef) and not one.name.startswith("_")
                ]
                count = sum(
                    not any(isinstance(mark, ast.Name) and mark.id == "property" for mark in one.decorator_list)
                    for one in methods
                )
                if count > PUBLIC_METHODS:
                    large[f"{place(path)}:{node.name}"] = count
    assert not large


def test_every_module_and_class_says_what_it_is() -> None:
    silent = []
    for path in MODULES:
        module = tree(path)
        nodes = [module, *(node for node in ast.walk(module) if isinstance(node, ast.ClassDef))]
        silent += [
            f"{place(path)}:{getattr(node, 'name', '')}"
            for node in nodes
            if not ast.get_docstring(node) and not getattr(node, "name", "").startswith("_")
        ]
    assert not silent


def test_every_folder_of_the_house_is_a_package() -> None:
    folders = {path.parent for path in MODULES}
    assert not [place(folder) for folder in folders if not (folder / "__init__.py").exists()]


def test_import_contracts_name_every_package() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layered = {one["containers"][0]: one for one in contracts if one["type"] == "layers"}
    assert {"desktop", "desktop.ui"} <= set(layered)
    for container in ("desktop", "desktop.ui"):
        assert layered[container]["exhaustive"] is True
        named = {word.strip() for line in layered[container]["layers"] for word in line.split("|")}
        folder = ROOT / container.replace(".", "/")
        there = {path.stem for path in folder.glob("*.py")} | {
            path.parent.name for path in folder.glob("*/__init__.py")
        }
        assert there - {"__init__"} <= {name.strip("()") for name in named}


@pytest.mark.parametrize(
    ("left_out", "barred"),
    [
        (("desktop.ui", "desktop.speaker.worker.voice"), ("PySide6", "shiboken6")),
        (
            ("desktop.ui", "desktop.engine.worker"),
            ("llama_cpp", "jinja2", "faster_whisper", "ctranslate2", "onnxruntime"),
        ),
        (("desktop.ui", "desktop.store", "desktop.app", "desktop.cli"), ("sqlcipher3", "sqlite_utils", "keyring")),
        (("desktop.ui", "desktop.media", "desktop.documents"), ("PIL", "cv2", "av", "pypdfium2", "tesserocr")),
    ],
    ids=[
        "no Qt below the faces",
        "no model library outside the model process",
        "no SQL outside the store",
        "no parser of media and documents outside the reader process",
    ],
)
def test_lower_floors_do_not_load(left_out: tuple[str, ...], barred: tuple[str, ...]) -> None:
    names = [name_of(path) for path in MODULES]
    below = [name for name in names if not any(name == one or name.startswith(one + ".") for one in left_out)]
    assert len(below) > 10
    code = (
        f"import importlib, sys\nfor name in {below!r}: importlib.import_module(name)\n"
        f"print([name for name in {barred!r} if name in sys.modules])"
    )
    assert fresh(code) == "[]"


def test_the_command_line_answers_without_qt() -> None:
    code = (
        "import contextlib, io, sys\nfrom desktop.__main__ import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit): main(['--help'])\n"
        "print([name for name in sys.modules if name.startswith(('PySide6', 'llama_cpp'))])"
    )
    assert fresh(code) == "[]"


def test_styles_are_set_in_one_place() -> None:
    elsewhere = {
        place(path)
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and called(node) == "setStyleSheet"
    }
    assert elsewhere <= MAY_STYLE


def test_labels_never_guess_at_markup() -> None:
    """A QLabel takes text that looks like HTML for HTML, and fetches what it names: every label says its format."""
    loose = []
    for path in MODULES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and called(node) == "QLabel":
                loose.append(f"{place(path)}:{node.lineno} makes a bare QLabel")
            if isinstance(node, ast.ClassDef) and any(
                isinstance(base, ast.Name) and base.id == "QLabel" for base in node.bases
            ):
                calls = {called(one) for one in ast.walk(node) if isinstance(one, ast.Call)}
                if place(path) not in MAY_MAKE_LABELS or ("setTextFormat" not in calls and "setText" in calls):
                    loose.append(f"{place(path)}:{node.name} does not set its text format")
    assert not loose


def test_errors_open_no_dialog() -> None:
    assert not [place(path) for path in MODULES if "QMessageBox" in path.read_text("utf-8")]


def test_sentences_are_translated_before_they_are_filled() -> None:
    filled = [
        f"{place(path)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and called(node) in {"tr", "translate"}
        and any(isinstance(one, ast.JoinedStr) for one in node.args)
    ]
    assert not filled


def test_everything_is_caught_in_named_places_only() -> None:
    """Elsewhere a bug must not be swallowed: `except BaseException` may clean up when it raises again."""
    elsewhere = []
    for path in MODULES:
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.ExceptHandler):
                continue
            kinds = (
                {one.id for one in ast.walk(node.type) if isinstance(one, ast.Name)} if node.type else {"BaseException"}
            )
            again = bool(node.body) and isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
            if kinds & {"Exception", "BaseException"} and not again and place(path) not in MAY_CATCH_ALL:
                elsewhere.append(f"{place(path)}:{node.lineno}")
    assert not elsewhere


def test_nothing_is_suppressed_wholesale() -> None:
    wholesale = [
        f"{place(path)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and called(node) == "suppress"
        and any(isinstance(one, ast.Name) and one.id in {"Exception", "BaseException"} for one in node.args)
    ]
    assert not wholesale


def test_threads_have_one_door_in() -> None:
    """`Thread` is also a value of the house (a conversation's branch): only those of the threading modules count."""
    elsewhere = []
    for path in MODULES:
        names = set(imported(path))
        tainted = any(name.split(".")[0] in THREAD_MODULES or name.startswith("PySide6.QtConcurrent") for name in names)
        makers = THREAD_MAKERS if tainted else THREAD_MAKERS - {"Thread", "Timer"}
        elsewhere += [
            f"{place(path)}:{node.lineno}"
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Call)
            and called(node) in makers
            and not (isinstance(node.func, ast.Name) and f"desktop.core.conversations.{node.func.id}" in names)
            and place(path) not in MAY_START_THREADS
        ]
    assert not elsewhere


def test_nothing_speaks_to_the_network() -> None:
    found = {
        f"{place(path)}: {name}"
        for path in MODULES
        for name in imported(path)
        if name in NETWORK
        or name.split(".")[0] in NETWORK
        or name.startswith(("PySide6.QtNetwork", "PySide6.QtWebEngine"))
    }
    assert not found


def test_qt_calls_leave_the_count_of_none_alone() -> None:
    """PySide6 6.12.0 on Python 3.11 gives away references to None until the interpreter aborts; the pin must hold."""
    code = (
        "import sys\nfrom PySide6.QtCore import QObject\nobject_ = QObject()\n"
        "def call():\n    object_.setObjectName('x'); object_.blockSignals(False); object_.setProperty('p', 1)\n"
        "call()\nbefore = sys.getrefcount(None)\n"
        "for _ in range(500): call()\n"
        "print(abs(sys.getrefcount(None) - before))"
    )
    assert int(fresh(code)) < 50
