"""An older text of a report in its column: what it is, and which claims stand in it too.

What was compared is the present text. In an older one the claims are marks that can be read: they
support no flag there, and nobody decides on them or corrects them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.engine.anchoring import carry
from claims.layout import Layout
from reader.dates import date_format
from reader.models import ArticleVersion
from reader.text import Block, Mark, paragraphs
from reader.version_words import extent_words
from reader.versions_rows import Body, are_too_long

# A claim is looked for in a moment; of a text with more of them only so many are.
MOST_CLAIMS = 2_000


@dataclass(frozen=True, kw_only=True)
class VersionRow:
    """One text of a report, for the switch between them; `newest` is the one that is compared.

    `query` is that of the layout which shows it.
    """

    number: int
    came: str
    change: str
    newest: bool
    shown: bool
    query: str


@dataclass(frozen=True, kw_only=True)
class OlderText:
    """The older text of a column; `missing` says how many claims do not stand in it."""

    version: int
    number: int
    text: str
    blocks: tuple[Block, ...]
    marks: tuple[Mark, ...]
    missing: str


def version_rows(
    row: Mapping[str, Any], shown: int, layout: Layout, zone: ZoneInfo
) -> tuple[VersionRow, ...]:
    """The texts of a report, newest first; empty where it has but one."""
    if not row["earlier"]:
        return ()
    newest, report = row["current_version__number"], row["pk"]
    others = {other: number for other, number in layout.versions.items() if other != report}
    now = VersionRow(
        number=newest,
        came="",
        change=_("The newest, which is compared"),
        newest=True,
        shown=shown == newest,
        query=layout.changed(versions=others).query,
    )
    return now, *(
        VersionRow(
            number=one["number"],
            came=date_format(datetime.fromisoformat(one["at"]).astimezone(zone), "j M, H:i T"),
            change=_change(one),
            newest=False,
            shown=one["number"] == shown,
            query=layout.changed(versions={**others, report: one["number"]}).query,
        )
        for one in reversed(row["earlier"])
    )


def _change(one: Mapping[str, Any]) -> str:
    """What that text changed against the one before it."""
    change = ArticleVersion.Change(one["change"])
    if change in (ArticleVersion.Change.WORDS, ArticleVersion.Change.CORRECTION):
        return extent_words(one["extent"]) or str(change.label)
    return str(change.label)


def older_text(row: Mapping[str, Any], marks: Sequence[Mark]) -> OlderText | None:
    """The older text that the layout asks for, with those marks whose words stand in it.

    None where there is no such text, or the present one is not drawn. Costs one difference of the
    two texts; where they are too long for that, no claim is shown.
    """
    found = row["older"]
    if found is None or row["text"] is None:
        return None
    blocks = tuple(Block.from_json(block) for block in found["blocks"])
    blocks = blocks or tuple(paragraphs(found["text"]))
    now = Body(text=row["text"], blocks=[Block.from_json(block) for block in row["blocks"]])
    too_long = are_too_long(now, Body(text=found["text"], blocks=blocks))
    kept = [] if too_long else _carried(row["text"], found["text"], marks[:MOST_CLAIMS])
    return OlderText(
        version=found["id"],
        number=found["number"],
        text=found["text"],
        blocks=blocks,
        marks=tuple(kept),
        missing=_missing(len(marks) - len(kept), len(marks)),
    )


def _carried(text: str, older: str, marks: Sequence[Mark]) -> list[Mark]:
    places = carry(text, older, [(mark.start, mark.end) for mark in marks])
    return [
        replace(mark, start=place.start, end=place.end, flags=(), tint="", letter="")
        for mark, place in zip(marks, places, strict=True)
        if place.state in ("exact", "moved") and place.start is not None and place.end is not None
    ]


def _missing(missing: int, claims: int) -> str:
    if not claims:
        return ""
    if not missing:
        return _("All its claims stand in this text too.")
    told = {"n": missing, "claims": claims}
    return (
        ngettext(
            "%(n)s of %(claims)s claims is not in this text.",
            "%(n)s of %(claims)s claims are not in this text.",
            missing,
        )
        % told
    )
