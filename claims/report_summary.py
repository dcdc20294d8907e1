"""The summary at the head of a report: how much there is, who is silent, what was done without."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims import judge_words, page_words, words
from claims.flags import FlagRow
from claims.models import Discrepancy
from claims.report_origins import Silent, silent_on
from claims.story_facts import TONES
from claims.whole_story import WholeStory
from reader.models import Story

OPEN, CONFIRMED, DISMISSED = (
    Discrepancy.Status.OPEN.value,
    Discrepancy.Status.CONFIRMED.value,
    Discrepancy.Status.DISMISSED.value,
)


@dataclass(frozen=True, kw_only=True)
class VerdictCount:
    """How many points came to one verdict."""

    word: str
    sentence: str
    tone: str
    number: int


@dataclass(frozen=True, kw_only=True)
class KindCount:
    """The flags of one kind by status; suggestions, which thorough mode adds, are apart."""

    word: str
    open: int
    confirmed: int
    dismissed: int
    suggestions: int


@dataclass(frozen=True, kw_only=True)
class SilentOn:
    """Who does not speak of a point in which reports differ."""

    number: int
    label: str
    groups: tuple[Silent, ...]


@dataclass(frozen=True, kw_only=True)
class Summary:
    """What a person reads first. `without` says what the comparison had to do without."""

    facts: tuple[str, ...]
    verdicts: tuple[VerdictCount, ...]
    kinds: tuple[KindCount, ...]
    total: KindCount
    settled: int
    silent: tuple[SilentOn, ...]
    without: tuple[str, ...]


def summary_of(story: Story, whole: WholeStory) -> Summary:
    """Count the story; whatever a report leaves out by choice is counted here all the same."""
    points = {point.id for point in whole.points}
    flags = [row for row in whole.flags if row.point in points]
    matched = sum(len(own) for own in whole.statements.values())
    return Summary(
        facts=page_words.facts(whole.reports, story.origins, whole.claims, matched),
        verdicts=_verdicts(point.verdict for point in whole.points),
        kinds=tuple(
            _count(str(word), [row for row in flags if row.kind == kind])
            for kind, word in words.KINDS.items()
            if any(row.kind == kind for row in flags)
        ),
        total=_count(_("All"), flags),
        settled=sum(row.point in points for row in whole.settled),
        silent=_silent(whole, {row.point for row in flags if row.stands}),
        without=_without(story, whole),
    )


def _verdicts(found: Iterable[str]) -> tuple[VerdictCount, ...]:
    numbers = Counter(found)
    return tuple(
        VerdictCount(
            word=str(word),
            sentence=words.word(words.VERDICT_SENTENCES, verdict),
            tone=TONES.get(verdict, ""),
            number=numbers[verdict],
        )
        for verdict, word in words.VERDICTS.items()
        if numbers[verdict]
    )


def _count(word: str, flags: Sequence[FlagRow]) -> KindCount:
    sure = Counter(row.status for row in flags if not row.is_suggestion)
    return KindCount(
        word=word,
        open=sure[OPEN],
        confirmed=sure[CONFIRMED],
        dismissed=sure[DISMISSED],
        suggestions=sum(row.is_suggestion for row in flags),
    )


def _silent(whole: WholeStory, contested: set[int]) -> tuple[SilentOn, ...]:
    found = []
    for point in whole.points:
        if point.id in contested:
            own = whole.statements.get(point.id, ())
            groups = silent_on(own, whole.reports, whole.origins)
            if groups:
                found.append(SilentOn(number=point.number, label=point.label, groups=groups))
    return tuple(found)


def _without(story: Story, whole: WholeStory) -> tuple[str, ...]:
    """In sentences: what the comparison lacked, so that nobody takes silence for agreement."""
    said: list[str] = []
    if story.comparison_state == "pending":
        said.append(_("The reports are being compared again: what stands here may change."))
    if story.comparison_state == "failed":
        said.append(
            _("The last comparison failed: what stands here may be older than the reports.")
        )
    note = judge_words.note(story.compare_note)
    if note:
        said.append(f"{note}.")
    unread = [report.source for report in whole.reports if not report.is_read]
    if unread:
        told = {"sources": ", ".join(unread)}
        said.append(_("Not compared, because the engine reads English only: %(sources)s.") % told)
    waiting = sum(row["waiting"] for row in whole.rows.values())
    if waiting:
        told_waiting = ngettext(
            "%(n)s claim waits for its place in a newer text and supports no flag.",
            "%(n)s claims wait for their place in a newer text and support no flag.",
            waiting,
        )
        said.append(told_waiting % {"n": waiting})
    return tuple(said)
