"""What a new text of a report changes against the one before it, as far as the texts tell.

Most changes of a report on the web are of no interest to a reader: other spaces or quotation marks,
a new time in the line "Updated ...", a cache that gives an older text once more (newsdiffs leaves
the same three out of its lists). The rules are general; no outlet has one of its own.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal, TypedDict

from reader.difference import difference
from reader.text import Block, BlockJson, count_words, paragraphs, text_sha256
from reader.versions_dates import without_date_lines
from reader.versions_marks import plain
from reader.versions_notes import correction_note
from reader.versions_rows import Body, Row, are_too_long, rows_of

# The values of `ArticleVersion.Change`.
Change = Literal["first", "spacing", "date_line", "flip_flop", "words", "correction"]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """The kind of a change, and the words in which a correction says so itself."""

    change: Change
    correction_note: str = ""


class Extent(TypedDict, total=False):
    """How much differs from the version before: paragraphs by what became of them, and words."""

    changed: int
    added: int
    removed: int
    moved: int
    words_in: int
    words_out: int


class VersionColumns(TypedDict):
    """What a version's row says of its text, by column."""

    change: Change
    correction_note: str
    words: int
    extent: Extent


def version_columns(
    text: str,
    blocks: Sequence[BlockJson],
    before: tuple[str, Sequence[BlockJson]] | None,
    earlier_sha256s: Collection[str],
) -> VersionColumns:
    """What the row of a new version says of its text.

    `before` is the text that it follows, with its blocks, and None for a report's first version;
    `earlier_sha256s` are the hashes of the report's versions so far.
    """
    columns: VersionColumns = {
        "change": "first",
        "correction_note": "",
        "words": count_words(text),
        "extent": {},
    }
    if before is not None:
        kind = kind_of_change(before[0], text, earlier_sha256s)
        columns |= {"change": kind.change, "correction_note": kind.correction_note}
        old, new = _body(*before), _body(text, blocks)
        if not are_too_long(old, new):  # else nothing is counted: the story is held meanwhile
            columns["extent"] = extent_of(rows_of(old, new, difference(old.text, new.text)))
    return columns


def kind_of_change(old_text: str, new_text: str, earlier_sha256s: Collection[str]) -> Kind:
    """What kind of change leads from one text to the next.

    `earlier_sha256s` are the hashes of the report's earlier versions: a text that was there before
    is a flip-flop, whatever it changes. Other marks for the same sign and other blanks are spacing;
    a comma, a capital or a digit is a word's matter. A correction is what the new text itself calls
    one, in words that the old text did not have.
    """
    if text_sha256(new_text) in earlier_sha256s:
        return Kind(change="flip_flop")
    if plain(old_text) == plain(new_text):
        return Kind(change="spacing")
    if plain(without_date_lines(old_text)) == plain(without_date_lines(new_text)):
        return Kind(change="date_line")
    note = correction_note(old_text, new_text)
    return Kind(change="correction", correction_note=note) if note else Kind(change="words")


def _body(text: str, blocks: Sequence[BlockJson]) -> Body:
    found = [Block.from_json(block) for block in blocks]
    return Body(text=text, blocks=found or paragraphs(text))


def extent_of(rows: Sequence[Row]) -> Extent:
    """How much differs in these rows."""
    kinds = Counter(row.kind for row in rows)
    return {
        "changed": kinds["changed"],
        "added": kinds["added"],
        "removed": kinds["removed"],
        "moved": kinds["moved"],
        "words_in": sum(row.words("new") for row in rows),
        "words_out": sum(row.words("gone") for row in rows),
    }
