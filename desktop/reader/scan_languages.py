"""The languages that scans can be read in on this computer."""


def scan_languages() -> tuple[str, ...]:
    """Return the two-letter codes of those there is data for, English first."""
    from desktop.documents import tessdata  # noqa: PLC0415 - not for the start

    return tuple(tessdata.found())
