"""The role of the app: takes the profile, opens the window, closes the house after it.

Another instance that holds the profile is raised instead.
"""

import sys
from collections.abc import Sequence
from contextlib import suppress

from desktop.core.errors import AppError, ProfileBusy
from desktop.core.paths import Profile, default_profile
from desktop.services.remote import RemoteVerbs
from desktop.ui.shell import headless_check
from desktop.ui.shell.application import make_application
from desktop.ui.shell.opening import Build, Prepare, show


def run_window(words: Sequence[str], prepare: Prepare, build: Build) -> int:
    """Run the app until its window is closed; returns the exit code."""
    if "--headless-check" in words:
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
    door = house.open_door()
    try:
        opened = show(house)
        code = application.exec()
        opened.close()
    finally:
        house.close(door)
        lock.release()
    return code


def _raise_other(profile: Profile) -> int:
    with suppress(ProfileBusy):
        RemoteVerbs(profile).raise_window()
        return 0
    print(ProfileBusy(), file=sys.stderr)
    return 5
