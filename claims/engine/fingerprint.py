"""Which engine this is: what it read is worth nothing to another one."""

import hashlib
import platform
from importlib.metadata import version
from pathlib import Path

_FOLDER = Path(__file__).parent
_WORDS = _FOLDER.parent.parent / "reader" / "words.py"  # by which all readers cut a text
_LIBRARIES = ("numpy", "pysbd", "snowballstemmer")


def _digest() -> str:
    """The hash of all sources and tables of the engine, and of what its readings rest on."""
    found = hashlib.sha256(platform.python_version().encode())
    for name in _LIBRARIES:
        found.update(f"\x1f{name} {version(name)}".encode())
    for path in (*sorted(_FOLDER.rglob("*")), _WORDS):
        if path.is_file() and path.suffix != ".pyc":
            found.update(f"\x1f{path.relative_to(_FOLDER.parent.parent).as_posix()}\x1f".encode())
            found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


# At import, so that a process that outlives an update does not give its readings the new name.
VERSION = _digest()
