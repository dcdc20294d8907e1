"""Tables of articles, row by row: .csv, .tsv, .xlsx and .jsonl."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeGuard, get_args

from reader.ingest.addresses import is_outside_address
from reader.ingest.document import Document
from reader.ingest.files import IncomingArticle, article_of, checked_kind
from reader.ingest.kinds import Kind, TableType
from reader.ingest.metadata import FoundIn, Metadata, without_by
from reader.ingest.pages import read_fragment
from reader.ingest.plain import paragraphs_to_markup
from reader.ingest.refusals import Reason, Refused
from reader.ingest.tables_text import csv_records, json_records, table_text
from reader.ingest.tables_times import cell_time, day_at
from reader.ingest.times import Published
from reader.text import clean_line, clean_text

FIELDS = ("source", "title", "byline", "published", "time", "text", "html", "address", "language")
ROW_CONTENT_TYPE = "application/json"
MAX_COLUMNS = 200
MAX_ROWS = 100_000
MAX_CELL = 2 * 1024 * 1024  # code points of all the cells of a row
_SIGNS = re.compile(r"[\W_]+")
_MAX_HEAD = 100
_MAX_GUESSED = 100  # code points of a title that is the first words of the text
# Column names, in small letters and with blanks for all other signs; documented in import.md.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "source": ("source", "outlet", "publisher", "publication", "newspaper", "medium", "media",
               "site", "site name", "website", "agency", "source name", "news source", "paper"),
    "title": ("title", "headline", "head", "heading", "article title", "story title", "subject",
              "name"),
    "byline": ("byline", "author", "authors", "by", "writer", "creator", "reporter", "journalist"),
    "published": ("published", "published at", "published on", "publication date", "date published",
                  "datepublished", "publish date", "pub date", "pubdate", "date time", "datetime",
                  "timestamp", "when", "date", "day", "published time", "publication time", "time"),
    "time": ("time", "time of day", "time published", "published time", "publication time",
             "publish time", "pub time"),
    "text": ("text", "body", "content", "story text", "story body", "article text", "article body",
             "full text", "fulltext", "plain text", "body text", "report", "article", "story",
             "copy"),
    "html": ("html", "body html", "content html", "html body", "article html", "markup"),
    "address": ("address", "url", "link", "permalink", "article url", "canonical", "canonical url",
                "web url", "web address", "href"),
    "language": ("language", "lang", "locale"),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row: its number as a person counts it (the column names are row 1), and its cells.

    `problem` says that it cannot be used, and `why` is one of `WHYS`. `guessed` says that its
    letters rest on a guess of the table's encoding.
    """

    number: int
    cells: Mapping[str, str]
    problem: Reason | None = None
    why: str = ""
    guessed: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """The column names and the rows, which are read as they are asked for.

    The iterator raises `Refused` (bad_row, with its number) where no row after it can be told.
    """

    heads: tuple[str, ...]
    rows: Iterator[Row]


def is_table(kind: Kind) -> TypeGuard[TableType]:
    """Whether files of this type are tables."""
    return kind in get_args(TableType)


def read_table(data: bytes, said: Kind | None = None, name: str = "") -> Table:
    """The columns and rows of a table.

    Raises `Refused`: unsupported for what is no table, no_columns, encoding, and as its type does.
    """
    kind = checked_kind(data, name, said)
    if not is_table(kind):
        raise Refused("unsupported")
    if kind == "jsonl":
        return _json_table(data)
    guessed = False
    if kind == "xlsx":
        from reader.ingest.tables_excel import excel_records

        records: Iterator[Sequence[str]] = excel_records(data, MAX_COLUMNS)
    else:
        file, guessed = table_text(data)
        records = csv_records(file, "\t" if kind == "tsv" else "")
    numbered = enumerate(records, 1)
    for number, record in numbered:
        if any(cell.strip() for cell in record):
            heads = _heads(record)
            return Table(heads=heads, rows=_rows(numbered, heads, number, guessed=guessed))
    raise Refused("no_columns")


def _rows(
    records: Iterator[tuple[int, Sequence[str]]],
    heads: tuple[str, ...],
    first: int,
    *,
    guessed: bool,
) -> Iterator[Row]:
    for number, record in records:
        if number > first + MAX_ROWS:
            raise Refused("bad_row", row=str(number), why="rows")
        cells = [clean_text(cell) for cell in record]
        if not any(cell.strip() for cell in cells):
            continue
        why = "cells" if any(cell.strip() for cell in cells[len(heads) :]) else ""
        why = "long" if sum(map(len, cells)) > MAX_CELL else why
        cells += [""] * (len(heads) - len(cells))
        yield Row(
            number=number,
            cells=dict(zip(heads, cells, strict=False)),
            problem="bad_row" if why else None,
            why=why,
            guessed=guessed and not all(map(str.isascii, cells)),
        )


def _heads(record: Sequence[str]) -> tuple[str, ...]:
    """Column names that differ: an empty one is named by its place, a second one is numbered."""
    heads: list[str] = []
    cells = [clean_line(cell)[:_MAX_HEAD] for cell in record[:MAX_COLUMNS]]
    while cells and not cells[-1]:
        cells.pop()
    for place, cell in enumerate(cells, 1):
        head, count = cell or f"column {place}", 1
        while head in heads:
            count += 1
            head = f"{cell or 'column'} ({count})"
        heads.append(head)
    return tuple(heads)


def _json_table(data: bytes) -> Table:
    file, guessed = table_text(data)
    records = json_records(file)
    first = list(islice(records, 50))
    heads: dict[str, None] = {}
    for _number, cells in first:
        heads.update(dict.fromkeys(list(cells or ())[:MAX_COLUMNS]))
    if not heads:
        if first:
            raise Refused("bad_row", row=str(first[0][0]), why="json")
        raise Refused("no_columns")

    def rows() -> Iterator[Row]:
        for source in (first, records):
            for number, cells in source:
                if number > MAX_ROWS:
                    raise Refused("bad_row", row=str(number), why="rows")
                fits = cells is not None and sum(map(len, cells.values())) <= MAX_CELL
                yield Row(
                    number=number,
                    cells=cells if fits and cells else {},
                    problem=None if fits else "bad_row",
                    why="" if fits else "json" if cells is None else "long",
                    guessed=guessed,
                )

    return Table(heads=tuple(heads)[:MAX_COLUMNS], rows=rows())


def guess_mapping(heads: Sequence[str]) -> dict[str, str]:
    """Which column likely holds what, by the columns' names: field -> column.

    A time of day stands beside a column of days, not beside one that names its times itself.
    """
    known = {" ".join(_SIGNS.sub(" ", head.casefold()).split()): head for head in reversed(heads)}
    mapping: dict[str, str] = {}
    for field, names in _NAMES.items():
        found = next((known[name] for name in names if name in known), "")
        if found and found not in mapping.values():
            mapping[field] = found
    if "time" in mapping and "time" in mapping.get("published", "time").casefold():
        del mapping["time"]
    return mapping


def read_row(data: bytes, mapping: Mapping[str, str], name: str = "") -> IncomingArticle:
    """The article of a row as `parts.parts_of` gave it. Raises `Refused`."""
    cells = json.loads(data)
    row = {str(head): str(cell) for head, cell in cells.items()}
    return replace(row_article(row, mapping, name), raw=data)


def row_article(
    row: Mapping[str, str], mapping: Mapping[str, str], name: str = ""
) -> IncomingArticle:
    """The article that a row holds, by a mapping of our `FIELDS` to its columns.

    Markup goes before plain text. Raises `Refused`: empty_row, and what cleaning refuses.
    """
    given = {field: row.get(mapping.get(field, ""), "").strip() for field in FIELDS}
    if not (given["text"] or given["html"]):
        raise Refused("empty_row", row=name)
    if given["html"]:
        body = read_fragment(given["html"])
    else:
        text = clean_text(given["text"])
        meta = Metadata()
        body = Document(meta=meta, markup=paragraphs_to_markup(text), original=text)
    published, warnings = _published(given["published"], given["time"])
    shown = _others(row, mapping["html" if given["html"] else "text"])
    document = Document(
        meta=_meta(given, published, body),
        markup=body.markup,
        original=shown + body.original,
        cuts=((0, len(shown.rstrip())),) if shown else (),
        warnings=warnings,
    )
    return article_of(document, b"", name, ROW_CONTENT_TYPE)


def _meta(given: Mapping[str, str], published: Published | None, body: Document) -> Metadata:
    title, address = given["title"], given["address"]
    found_in: dict[str, FoundIn] = {
        field: "column" for field in ("source", "title", "byline", "language") if given[field]
    }
    if not title:
        title = " ".join(body.original.split())[:_MAX_GUESSED].rsplit(" ", 1)[0]
        found_in["title"] = "guess"
    if published:
        found_in["published"] = "column"
    if is_outside_address(address):
        found_in["address"] = "column"
    return Metadata(
        title=title,
        source=given["source"],
        byline=without_by(given["byline"]),
        published=published,
        language=given["language"][:12].replace("_", "-"),
        address=address if is_outside_address(address) else "",
        found_in=found_in,
    )


def _published(text: str, clock: str) -> tuple[Published | None, tuple[str, ...]]:
    """The published time; a day whose time of day cannot be read stays a day, and says so."""
    try:
        day = cell_time(text) if text else None
    except ValueError:
        return None, ("unread_time",)
    if day is None or not clock or day.precision == "minute":
        return day, ()
    try:
        return day_at(day, clock), ()
    except ValueError:
        return day, ("unread_time",)


def _others(row: Mapping[str, str], body: str) -> str:
    """What stands in the other columns of a row, one line for each."""
    lines = [
        f"{head}: {clean_line(cell)}" for head, cell in row.items() if head != body and cell.strip()
    ]
    return "\n".join(lines) + "\n\n" if lines else ""
