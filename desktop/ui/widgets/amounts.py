"""Amounts in words: bytes and tokens."""

from desktop.ui.i18n import translate

GIGABYTE = 1_000_000_000


def size(count: int) -> str:
    """Return a size in GB, in MB below a tenth of one."""
    if count < GIGABYTE / 10:
        return translate("models", "{count} MB", count=max(1, round(count / 1_000_000)))
    return translate("models", "{count} GB", count=f"{count / GIGABYTE:.1f}")


def file_size(count: int) -> str:
    """Return the size of a file, in kB below a megabyte."""
    if count < 1_000_000:
        return translate("models", "{count} kB", count=max(1, round(count / 1000)))
    return size(count)


def megabytes(count: int) -> str:
    """Return a size in MB, however large, for what is compared with its like."""
    return translate("models", "{count} MB", count=f"{max(1, round(count / 1_000_000)):,}")


def tokens(count: int) -> str:
    """Return a number of tokens in the field's thousands of 1,024."""
    return translate("models", "{count}K", count=count // 1024) if count >= 1024 else str(count)
