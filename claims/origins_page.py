"""The read model of the page of origins: which reports share their text, and the shared words.

Two queries, however many reports and passages there are. Nothing here judges: which texts are one
origin was found by the comparison (`claims.engine.origins`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from textwrap import shorten
from typing import Any
from zoneinfo import ZoneInfo

from claims import page_words
from claims.models import SharedPassage
from reader.models import Article, Story, User
from reader.text import count_words

FIELDS: Sequence[str] = (
    "pk",
    "source__name",
    "title",
    "published_at",
    "published_precision",
    "published_zone",
    "current_version_id",
    "current_version__text",
)
QUOTE = 600  # characters of a passage that are shown; the columns have the whole text
# A popular wire text shares thousands of passages with its copies: a page shows what tells most.
PASSAGES = 8  # of one pair, the longest
PAIRS = 40  # of reports that share only parts, those that share most
Both = tuple[int, int]  # two texts by their versions, the one that came out first named first


@dataclass(frozen=True, kw_only=True)
class ReportRow:
    """A report of the page; `words` is the length of its text.

    `at` is the moment of publication where it is known to the minute, `day` the day in any case.
    """

    id: int
    version: int
    source: str
    title: str
    published: str
    day: date
    at: datetime | None
    words: int

    def came_before(self, other: "ReportRow") -> bool:
        """Whether it was published before the other one, as far as that is known."""
        if self.at is not None and other.at is not None:
            return self.at < other.at
        return self.day < other.day


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Words of a passage that stand in both texts, or in this one only."""

    text: str
    own: bool


@dataclass(frozen=True, kw_only=True)
class Shared:
    """One passage in the words of both texts; `theirs` is empty where both are the same."""

    words: int
    ours: tuple[Piece, ...]
    theirs: tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True)
class Pair:
    """What two reports share, longest passage first; `hidden` counts the passages left out.

    `first` came out first. `share` is the part of the shorter report in it, in percent.
    """

    first: ReportRow
    second: ReportRow
    words: int
    share: int
    passages: tuple[Shared, ...]
    hidden: int


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Reports that are one text, earliest first, with the pairs that tie them together."""

    reports: tuple[ReportRow, ...]
    pairs: tuple[Pair, ...]

    @property
    def knows_first(self) -> bool:
        """Whether the first one is known to have come out before all others."""
        first, *others = self.reports
        return all(first.came_before(other) for other in others)


@dataclass(frozen=True, kw_only=True)
class OriginsPage:
    """Origins with more than one report, pairs that share only parts, and all others.

    `hidden` counts the pairs that are left out.
    """

    shared: tuple[Origin, ...]
    partly: tuple[Pair, ...]
    hidden: int
    own: tuple[ReportRow, ...]


def build_origins(story: Story, user: User) -> OriginsPage:
    """Arrange the passages that the last comparison found in the texts that are shown now."""
    zone = ZoneInfo(user.zone or story.desk.zone)
    rows = _articles(story)
    texts = {row["current_version_id"]: row["current_version__text"] for row in rows}
    reports = {row["current_version_id"]: _report(row, zone, story.desk.zone) for row in rows}
    found = _passages(story, reports)
    ranked = sorted(found, key=lambda both: (-_words(found[both]), both))
    whole = [both for both in ranked if found[both][0].one_origin]
    partly = [both for both in ranked if not found[both][0].one_origin]
    groups, ties = _groups(reports, whole)

    def shown(pairs: Iterable[Both]) -> tuple[Pair, ...]:
        return tuple(
            _pair(reports[first], reports[second], found[first, second], texts)
            for first, second in pairs
        )

    return OriginsPage(
        shared=tuple(
            Origin(
                reports=tuple(reports[version] for version in group),
                pairs=shown(both for both in ties if both[0] in group),
            )
            for group in groups
            if len(group) > 1
        ),
        partly=shown(partly[:PAIRS]),
        hidden=len(partly[PAIRS:]),
        own=tuple(reports[group[0]] for group in groups if len(group) == 1),
    )


def _articles(story: Story) -> list[dict[str, Any]]:
    live = Article.objects.live().filter(story=story, current_version__isnull=False)
    return list(live.order_by("published_at", "pk").values(*FIELDS))


def _report(row: Mapping[str, Any], zone: ZoneInfo, desk_zone: str) -> ReportRow:
    names = ("published_at", "published_precision", "published_zone")
    article = Article(**{name: row[name] for name in names})
    to_the_minute = article.published_precision == Article.Precision.MINUTE
    return ReportRow(
        id=row["pk"],
        version=row["current_version_id"],
        source=row["source__name"],
        title=row["title"],
        published=page_words.published(row, zone),
        day=article.published_on(desk_zone),
        at=article.published_at if to_the_minute else None,
        words=count_words(row["current_version__text"]),
    )


def _passages(story: Story, reports: Mapping[int, ReportRow]) -> dict[Both, list[SharedPassage]]:
    """The passages by their two texts."""
    order = {version: at for at, version in enumerate(reports)}
    found: dict[Both, list[SharedPassage]] = defaultdict(list)
    for passage in SharedPassage.objects.filter(
        story=story, version__in=order, other__in=order
    ).order_by("pk"):
        first, second = sorted((passage.version_id, passage.other_id), key=lambda one: order[one])
        found[first, second].append(passage)
    return found


def _words(found: Iterable[SharedPassage]) -> int:
    return sum(passage.words for passage in found)


def _pair(
    first: ReportRow,
    second: ReportRow,
    found: Sequence[SharedPassage],
    texts: Mapping[int, str],
) -> Pair:
    words = _words(found)
    shorter = max(min(first.words, second.words), 1)
    ordered = sorted(found, key=lambda passage: (-passage.words, passage.pk))
    return Pair(
        first=first,
        second=second,
        words=words,
        share=min(100, round(100 * words / shorter)),
        passages=tuple(_shared(passage, first.version, texts) for passage in ordered[:PASSAGES]),
        hidden=len(ordered[PASSAGES:]),
    )


def _shared(passage: SharedPassage, first: int, texts: Mapping[int, str]) -> Shared:
    sides = {
        passage.version_id: texts[passage.version_id][passage.start : passage.end],
        passage.other_id: texts[passage.other_id][passage.other_start : passage.other_end],
    }
    ours, theirs = _quote(sides.pop(first)), _quote(next(iter(sides.values())))
    if ours == theirs:
        return Shared(words=passage.words, ours=_pieces(ours, [(0, len(ours))]), theirs=())
    same = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    return Shared(
        words=passage.words,
        ours=_pieces(ours, [(block.a, block.size) for block in same]),
        theirs=_pieces(theirs, [(block.b, block.size) for block in same]),
    )


def _quote(text: str) -> list[str]:
    return shorten(text, QUOTE, placeholder=" …").split()


def _pieces(words: Sequence[str], same: Iterable[tuple[int, int]]) -> tuple[Piece, ...]:
    """The words in stretches; `same` are the places and lengths of those in both texts."""
    found: list[Piece] = []
    at = 0
    for start, size in same:
        for text, own in ((words[at:start], True), (words[start : start + size], False)):
            if text:
                found.append(Piece(text=" ".join(text), own=own))
        at = start + size
    return tuple(found)


def _groups(
    reports: Iterable[int], pairs: Iterable[Both]
) -> tuple[list[tuple[int, ...]], list[Both]]:
    """The texts of each origin in the order in which they came out, and the pairs that tie them.

    A pair of two that are tied by other pairs already, which stand before it, is left out: so there
    is one pair fewer than there are texts.
    """
    home = {version: [version] for version in reports}
    ties = []
    for first, second in pairs:
        kept, gone = home[first], home[second]
        if kept is not gone:
            kept += gone
            home.update(dict.fromkeys(gone, kept))
            ties.append((first, second))
    order = {version: at for at, version in enumerate(home)}
    groups = {id(group): group for group in home.values()}.values()
    return [tuple(sorted(group, key=lambda one: order[one])) for group in groups], ties
