"""What this computer is: memory and cores. psutil is loaded when it is first asked, not at the start of the window."""


def total_memory() -> int:
    """Return the bytes of memory this computer has."""
    import psutil  # noqa: PLC0415 - 34 ms and 4 MB that no start needs

    return int(psutil.virtual_memory().total)


def available_memory() -> int:
    """Return the bytes that programs can have without swapping."""
    import psutil  # noqa: PLC0415 - as above

    return int(psutil.virtual_memory().available)


def cores(*, physical: bool = False) -> int:
    """Return the number of processor cores, of threads they run unless `physical`."""
    import psutil  # noqa: PLC0415 - as above

    return psutil.cpu_count(logical=not physical) or psutil.cpu_count() or 1
