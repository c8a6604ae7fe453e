"""The work of others that the program stands on, by the licence it comes under.

A test holds this against the lock file, so that a new requirement cannot be forgotten here.
"""

LICENCES: dict[str, tuple[str, ...]] = {
    "Apache-2.0": (
        "diskcache", "importlib-metadata", "lazy-importer", "opencv-python", "SmolLM2-135M-Instruct", "sqlite-fts4",
        "sqlite-utils", "tzdata",
    ),
    "Apache-2.0 or BSD-3-Clause": ("cryptography",),
    "Bitstream Vera": ("DejaVu Sans",),
    "BSD-2-Clause": ("Pygments",),
    "BSD-3-Clause": (
        "av",
        "click", "Jinja2", "MarkupSafe", "NumPy", "psutil", "pycparser", "python-dateutil", "pywin32-ctypes",
        "SecretStorage", "SQLCipher",
    ),
    "LGPL-3.0": ("PySide6-Essentials", "Qt", "shiboken6"),
    "MIT": (
        "backports-tarfile", "cffi (MIT-0)", "jaraco-classes", "jaraco-context", "jaraco-functools", "jeepney",
        "keyring", "latex2mathml", "llama.cpp", "llama-cpp-python", "more-itertools", "pip", "pluggy", "tabulate",
        "ziafont", "ziamath", "zipp",
    ),
    "MIT-CMU": ("Pillow",),
    "OFL-1.1": ("STIX Two Math",),
    "PSF-2.0": ("Python", "typing-extensions"),
    "Public domain": ("click-default-group", "SQLite"),
    "zlib": ("sqlcipher3",),
}  # fmt: skip


def in_lines() -> str:
    """Return the licences with what comes under them, one a line."""
    return "\n".join(f"{licence}: {', '.join(names)}" for licence, names in LICENCES.items())
