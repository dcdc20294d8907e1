"""The files in a zip archive, one after another; none is ever written to a disk."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from reader.ingest.containers import Container
from reader.ingest.document import Part
from reader.ingest.kinds import ARCHIVES, TABLES, TYPES, max_bytes
from reader.ingest.refusals import Reason, Refused
from reader.text import clean_line

_MAX_NAME = 300  # code points of a label
_SYSTEM_FOLDERS = ("__MACOSX",)
_SYSTEM_FILES = ("thumbs.db", "desktop.ini")


def members(data: bytes) -> Iterator[Part]:
    """The files of an archive that can be read, and those that cannot with their problem.

    Folders may be nested; what systems and programs leave in archives is passed over. Raises
    `Refused` where the archive as a whole cannot be used: broken, bomb.
    """
    container = Container(data)
    for name in container.names:
        path = PurePosixPath(name.replace("\\", "/"))
        if not _is_meant(path):
            continue
        label = clean_line(name)[:_MAX_NAME]
        problem = _problem(path.suffix.lower(), container.size(name))
        content = b""
        if not problem:
            try:
                content = container.read(name)
            except Refused as refusal:
                if refusal.reason == "bomb":
                    raise
                problem = refusal.reason
        yield Part(name=label, data=content, problem=problem)


def _is_meant(path: PurePosixPath) -> bool:
    """Whether a person put it there: no dotfile, and not what systems keep for themselves."""
    for part in path.parts:
        if part in _SYSTEM_FOLDERS or part.startswith(".") and part.strip("."):
            return False
    return bool(path.name) and path.name.lower() not in _SYSTEM_FILES


def _problem(suffix: str, size: int) -> Reason | str:
    if suffix in ARCHIVES:
        return "nested_archive"
    if suffix in TABLES:
        return "table_inside"
    if suffix not in TYPES:
        return "unsupported"
    return "too_large" if size > max_bytes(TYPES[suffix]) else ""
