"""The role of the app: takes the profile, opens the window, closes the house after it.

Another instance that holds the profile is raised instead.
"""

import gc
import sys
import time
from collections.abc import Sequence
from contextlib import suppress

from desktop.core.errors import AppError, ProfileBusy
from desktop.core.paths import Profile, default_profile
from desktop.ui.shell.application import make_application
from desktop.ui.shell.opening import Build, Prepare, show

PATIENCE_SECONDS = 3.0


def run_window(words: Sequence[str], prepare: Prepare, build: Build) -> int:
    """Run the app until its window is closed; returns the exit code."""
    if "--headless-check" in words:
        from desktop.ui.shell import headless_check  # noqa: PLC0415 - not for the start

        return headless_check.run(prepare, build)
    profile = default_profile()
    try:
        lock = prepare(profile)
    except AppError as error:
        print(error, file=sys.stderr)
        return 1
    if not lock.acquire():
        return _raise_other(profile)
    application = make_application(words)
    house = build(profile)
    try:
        opened = show(house)
        house.doorway.open()
        gc.freeze()  # what was made so far stays: no collection has to look at it again
        gc.enable()
        code = application.exec()
        opened.close()
    finally:
        house.close()
        lock.release()
    return code


def _raise_other(profile: Profile) -> int:
    """Raise the window of the other instance, which may itself be only just starting."""
    from desktop.services.remote import RemoteVerbs  # noqa: PLC0415 - not for the start

    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        with suppress(ProfileBusy):
            RemoteVerbs(profile).raise_window()
            return 0
        time.sleep(0.1)
    print(ProfileBusy(), file=sys.stderr)
    return 5
