"""The verb doctor: how things are on this machine, without opening a conversation."""

import argparse
import json

from desktop.cli.host import Host
from desktop.services import checkup


def doctor(options: argparse.Namespace, host: Host) -> int:
    """Print what is installed, backends, memory, models, store and key."""
    sections = checkup.sections(host.profile)
    if options.json:
        print(json.dumps({name: dict(rows) for name, rows in sections}, ensure_ascii=False, indent=1))
        return 0
    for name, rows in sections:
        print(name)
        width = max((len(key) for key, _ in rows), default=0)
        for key, value in rows:
            print(f"  {key:<{width}}  {value}")
    return 0
