"""The work of others that the program stands on, by the licence it comes under.

A test holds this against the lock file, so that a new requirement cannot be forgotten here.
"""

LICENCES: dict[str, tuple[str, ...]] = {
    "Apache-2.0": (
        "all-MiniLM-L6-v2", "diskcache", "flatbuffers", "hf-xet", "huggingface-hub", "importlib-metadata",
        "lazy-importer", "lexbor (in selectolax)", "opencv-python", "SmolLM2-135M-Instruct", "sqlite-fts4",
        "sqlite-utils", "Tesseract", "tessdata (fast)", "tokenizers", "tzdata",
    ),
    "Apache-2.0 or BSD-3-Clause": ("cryptography", "pypdfium2"),
    "Bitstream Vera": ("DejaVu Sans",),
    "BSD-2-Clause": ("Leptonica", "olefile", "Pygments"),
    "BSD-3-Clause": (
        "av", "click", "colorama", "fsspec", "httpcore2", "httpx2", "httpx2-jsfetch", "idna", "Jinja2", "lxml",
        "MarkupSafe", "mpmath", "NumPy", "PDFium", "protobuf", "psutil", "pycparser", "python-dateutil",
        "pywin32-ctypes", "SecretStorage", "SQLCipher", "striprtf", "sympy",
    ),
    "Intel Simplified Software License": ("oneMKL (in CTranslate2)",),
    "LGPL-3.0": (
        "FFmpeg", "libde265", "libheif", "pi-heif (its own code: BSD-3-Clause)", "PySide6-Addons", "PySide6-Essentials",
        "Qt", "shiboken6",
    ),
    "MIT": (
        "anyio", "backports-tarfile", "cffi (MIT-0)", "charset-normalizer", "coloredlogs", "CTranslate2",
        "faster-whisper", "filelock", "h11", "humanfriendly", "jaraco-classes", "jaraco-context", "jaraco-functools",
        "jeepney", "keyring", "latex2mathml", "llama.cpp", "llama-cpp-python", "more-itertools", "onnxruntime", "pip",
        "pluggy", "python-calamine", "python-docx", "python-oxmsg", "PyYAML", "selectolax", "Silero VAD", "tabulate",
        "tesserocr", "truststore", "Whisper (the base model)", "ziafont", "ziamath", "zipp",
    ),
    "MIT-CMU": ("Pillow",),
    "MPL-2.0 and MIT": ("tqdm",),
    "OFL-1.1": ("STIX Two Math",),
    "PSF-2.0": ("Python", "typing-extensions"),
    "Public domain": ("click-default-group", "SQLite"),
    "zlib": ("sqlcipher3",),
}  # fmt: skip


def in_lines() -> str:
    """Return the licences with what comes under them, one a line."""
    return "\n".join(f"{licence}: {', '.join(names)}" for licence, names in LICENCES.items())
