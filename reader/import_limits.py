"""What the import form takes: which ends of names, how large, how many at once."""

from dataclasses import dataclass
from pathlib import Path

from reader.import_item_words import size_words
from reader.ingest.kinds import ARCHIVES, KINDS, TABLES, TYPES, Kind, max_bytes

MAX_FILES = 500
MAX_ADDRESSES = 100


@dataclass(frozen=True, kw_only=True)
class Size:
    """Types that may have the same size, in words."""

    types: str
    most: str


def kind_of_name(name: str) -> Kind | None:
    """What a file of this name is read as; None where nothing reads it."""
    return KINDS.get(Path(name).suffix.lower())


def is_table(name: str) -> bool:
    """Whether a file of this name is a table, of which each row is a report."""
    return Path(name).suffix.lower() in TABLES


def file_types() -> list[str]:
    """The ends of names that the choice of files offers."""
    return [*TYPES, *ARCHIVES]


def table_types() -> list[str]:
    """The ends of names that the choice of a table offers."""
    return [*TABLES]


def limits() -> dict[str, int]:
    """How many bytes a file may have, by the end of its name."""
    return {suffix: max_bytes(kind) for suffix, kind in KINDS.items()}


def sizes() -> list[Size]:
    """What the form says beforehand: types together, and how large each may be."""
    by_limit: dict[int, list[str]] = {}
    for suffix in file_types():
        by_limit.setdefault(limits()[suffix], []).append(suffix)
    return [Size(types=" ".join(found), most=size_words(most)) for most, found in by_limit.items()]


def table_most() -> str:
    """How large a table may be, in words."""
    return size_words(max(limits()[suffix] for suffix in TABLES))
