"""What a reader of one file format gives: what the file says of itself, its markup, its cuts."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reader.ingest.metadata import Metadata


@dataclass(frozen=True, kw_only=True)
class Document:
    """A file as its format's reader understood it; nothing in it is cleaned yet.

    `markup` is HTML as it stood in the file, for the one gate that cleans; `original` is the
    visible text of all that came in. `cuts` are the spans of it that the reader itself left out of
    the markup ([start, end) in code points, in order); what cleaning leaves out is found later.
    `warnings` are codes of what a person should look at.
    """

    meta: Metadata
    markup: str = field(repr=False)
    original: str = field(repr=False)
    cuts: tuple[tuple[int, int], ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Part:
    """One thing out of an archive, a mail or a table: its bytes, or the problem that kept them.

    `name` is a label for people, never a path to write to. `problem` is a `Reason`, or empty, and
    `details` fill its words. `warnings` are codes, as in a document.
    """

    name: str
    data: bytes = field(repr=False)
    problem: str = ""
    warnings: tuple[str, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)
