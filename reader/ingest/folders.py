"""What the words on a command line stand for: files, folders, addresses, stdin."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from reader.ingest.kinds import ARCHIVES, TYPES

STDIN = "-"
STORY_FILE = "story.toml"
_READ = (*TYPES, *ARCHIVES)  # a table has to be named: what a folder holds may be data
_FACTS = ("source", "published", "byline", "title")


@dataclass(frozen=True, kw_only=True)
class StoryFile:
    """What a story.toml says of its story; empty where it says nothing."""

    title: str = ""
    slug: str = ""
    desk: str = ""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing to import: a file, an address, or standard input where it has neither.

    `facts` is what a story.toml says of it, `problem` why it cannot be.
    """

    name: str
    path: Path | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    story: StoryFile = field(default_factory=StoryFile)
    problem: str = ""
    address: str = ""


def expand(words: Sequence[str]) -> Iterator[Item]:
    """Each thing that the words name, in order; folders are not entered twice."""
    for word in words:
        if word == STDIN:
            yield Item(name=word)
        elif "://" in word:
            yield Item(name=word, address=word)
        elif _is_folder(Path(word)):
            yield from _in_folder(Path(word))
        else:
            yield Item(name=word, path=Path(word))


def _is_folder(path: Path) -> bool:
    """Whether it is one; what cannot be asked is left to the reading of the file to refuse."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _in_folder(folder: Path) -> Iterator[Item]:
    """The reports that the folder's story.toml lists, else all files of a type that can be read."""
    try:
        if (folder / STORY_FILE).is_file():
            yield from _listed(folder)
            return
        found = sorted(path for path in folder.iterdir() if path.suffix.lower() in _READ)
    except OSError:
        yield Item(name=str(folder), problem="the folder cannot be opened")
        return
    if not found:
        yield Item(name=str(folder), problem=f"the folder holds none of {', '.join(_READ)}")
    for path in found:
        yield Item(name=str(path), path=path)


def _listed(folder: Path) -> Iterator[Item]:
    name = str(folder / STORY_FILE)
    try:
        data = tomllib.loads((folder / STORY_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        yield Item(name=name, problem=f"it cannot be read: {' '.join(str(error).split())}")
        return
    story = StoryFile(**{key: str(data.get(key, "")) for key in ("title", "slug", "desk")})
    reports = data.get("reports")
    if not isinstance(reports, list) or not reports:
        yield Item(name=name, problem="it lists no reports: add a [[reports]] table for each file")
        return
    for report in reports:
        entry = cast(Mapping[str, object], report) if isinstance(report, dict) else {}
        file = str(entry.get("file", ""))
        if not file or Path(file).is_absolute() or ".." in Path(file).parts:
            yield Item(name=name, problem=f"a report's file must lie in the folder: {file!r}")
            continue
        facts = {key: _fact(entry[key]) for key in _FACTS if key in entry}
        yield Item(name=str(folder / file), path=folder / file, facts=facts, story=story)


def _fact(value: object) -> str:
    """A value as text; TOML has days and times of its own."""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
