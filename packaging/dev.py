#!/usr/bin/env python3
"""The front door for everyone who works on Inglenook: set up, start, test.

    python3 packaging/dev.py run [--headless-check] [arguments of the app]
    python3 packaging/dev.py test [arguments of pytest]
    python3 packaging/dev.py lock

Why this file is so short and so plain: it is the one file that has to start on any Python, so that a Python
that is too old or too new is told about in a sentence. The work is in the folder groundwork beside it.
"""

import subprocess
import sys

OLDEST, NEWEST = (3, 11), (3, 13)


def main() -> int:
    """Hand over to the groundwork, on another Python when this one does not fit."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        from groundwork.door import main as enter  # noqa: PLC0415 - its syntax is newer than the oldest Python that gets here

        return enter(sys.argv[1:])
    from groundwork.interpreters import find  # noqa: PLC0415 - as above

    here = "Python {}.{}".format(*sys.version_info[:2])
    other = find(OLDEST, NEWEST)
    if other is None:
        print(f"Inglenook needs Python 3.11, 3.12 or 3.13. This is {here}, and none of the others was found.")
        print("Install Python 3.13 and run the same command again.")
        return 1
    print(f"This is {here}; Inglenook needs 3.11 to 3.13. Going on with {other}.", flush=True)
    return subprocess.call([other, *sys.argv])


if __name__ == "__main__":
    sys.exit(main())
