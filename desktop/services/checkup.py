"""How things are on this machine, in rows of words; reads nothing of a conversation."""

import platform
import sys
from importlib import metadata

import psutil

import desktop
from desktop.core.paths import Profile, resources
from desktop.engine.catalog import Catalog
from desktop.engine.client import describe
from desktop.store.keyring import system_keyring
from desktop.store.settings_file import SettingsFile
from desktop.store.vault import Vault

Rows = list[tuple[str, str]]

PACKAGES = ("llama-cpp-python", "PySide6-Essentials", "sqlcipher3", "sqlite-utils", "cryptography", "keyring")

PROTECTIONS = {
    "passphrase": "a passphrase",
    "keyring": "this computer's keyring",
    "recovery": "a recovery code",
    "file": "a key file that only you can read",
}


def sections(profile: Profile) -> list[tuple[str, Rows]]:
    """Return titled rows: program, machine, engine, models, store."""
    return [
        ("Program", _program()),
        ("Machine", _machine()),
        ("Engine", list(describe())),
        ("Models", _models(profile)),
        ("Store", _store(profile)),
    ]


def _program() -> Rows:
    rows = [("Inglenook", desktop.__version__), ("Python", platform.python_version())]
    return rows + [(name, _version(name)) for name in PACKAGES]


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "bundled" if getattr(sys, "frozen", False) else "not installed"


def _machine() -> Rows:
    memory = psutil.virtual_memory()
    return [
        ("System", f"{platform.system()} {platform.release()} {platform.machine()}"),
        ("Processor cores", f"{psutil.cpu_count(logical=False) or 1} ({psutil.cpu_count()} threads)"),
        ("Memory", f"{_gigabytes(memory.total)}, {_gigabytes(memory.available)} free"),
    ]


def _models(profile: Profile) -> Rows:
    settings = SettingsFile(profile.settings).load()
    folders = (resources() / "models", profile.models)
    models = Catalog(folders).list([*map(type(profile.root), settings.model_files)])
    rows = [
        (one.name, f"{one.architecture} {one.precision}, {_gigabytes(one.size)}, {one.trained_context:,} tokens")
        for one in models
    ]
    return rows or [("none", f"put a GGUF file into {profile.models}")]


def _store(profile: Profile) -> Rows:
    rows = [("Profile", str(profile.root))]
    if not profile.key_file.exists():
        return [*rows, ("State", "not made yet")]
    kept = " and ".join(PROTECTIONS[one] for one in Vault(profile, system_keyring).protections())
    size = profile.database.stat().st_size if profile.database.exists() else 0
    return [*rows, ("State", f"encrypted, {size / 1e6:.1f} MB"), ("Key protected by", kept)]


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.1f} GB"
