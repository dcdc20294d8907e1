"""The chosen point: each report's value, the flags with their rule cards, the figures to plot.

`claims.statements` loads the point's claims; the rest is arrangement. Nothing here judges:
verdicts, explanations and normal forms are the engine's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims import plot, words
from claims.blanks import Blank, blank_of
from claims.cells import Cell, cells_of
from claims.decided import Decided, load_decided
from claims.decision_form import Draft
from claims.engine.origins import Origins
from claims.engine.rules import CARDS
from claims.flags import FlagRow
from claims.judge_words import judged_by
from claims.modes import Mode
from claims.pairs import PointPairs, pairs_of
from claims.point_figures import conflicts_of, figures_of
from claims.report_origins import Silent, silent_on
from claims.settled_words import Settled, settled_of
from claims.statements import ReportFacts, Side, Statement, load_statements, side
from claims.value_groups import ValueGroup, grouped
from reader.models import Story


@dataclass(frozen=True, kw_only=True)
class PointFacts:
    """A point as the page counts it; `number` is its place in the list."""

    id: int
    number: int
    label: str
    verdict: str
    also: tuple[str, ...]
    tone: str
    reports: int
    origins: int
    open_flags: int
    confirmed_flags: int = 0
    open_suggestions: int = 0

    @property
    def spread(self) -> str:
        """How many reports speak of it, how many texts these go back to, how many flags it has."""
        parts = [ngettext("%(n)s report", "%(n)s reports", self.reports) % {"n": self.reports}]
        if self.origins < self.reports:
            parts.append(
                ngettext("%(n)s origin", "%(n)s origins", self.origins) % {"n": self.origins}
            )
        if self.open_flags:
            parts.append(
                ngettext("%(n)s flag", "%(n)s flags", self.open_flags) % {"n": self.open_flags}
            )
        if self.confirmed_flags:
            number = self.confirmed_flags
            parts.append(ngettext("%(n)s confirmed", "%(n)s confirmed", number) % {"n": number})
        if self.open_suggestions:
            number = self.open_suggestions
            words = ngettext("%(n)s suggestion", "%(n)s suggestions", number)
            parts.append(words % {"n": number})
        return ", ".join(parts)


@dataclass(frozen=True, kw_only=True)
class FlagCard:
    """One discrepancy with all that a person needs to recompute it, and what was decided on it.

    `current`: the one that keys act on. `reports` are the ids of the reports it is between.
    `suggestion`: it is none of the flags, and shown apart from them. `stands` is that of its row.
    """

    id: int
    kind_word: str
    severity: str
    severity_word: str
    status: str
    status_word: str
    explanation: str
    rule: str
    rule_sentence: str
    judge: str
    within_article: bool
    arithmetic: tuple[str, ...]
    groups: tuple[ValueGroup, ...]
    suggestion: bool
    stands: bool
    reports: tuple[int, ...]
    claims: tuple[int, ...]
    row_version: int
    decided: Decided
    current: bool
    draft: Draft | None = None

    @property
    def sides(self) -> tuple[Side, ...]:
        """Its claims, those of one value together."""
        return tuple(one for group in self.groups for one in group.sides)


@dataclass(frozen=True, kw_only=True)
class ChosenPoint:
    """The point that the page shows the evidence of.

    `cells` and `blanks` are by report: what it says, or why it says nothing.
    """

    id: int
    number: int
    label: str
    verdict: str
    verdict_word: str
    tone: str
    sentence: str
    also_sentence: str
    spread: str
    previous: int | None
    next: int | None
    flags: tuple[FlagCard, ...]
    suggestions: tuple[FlagCard, ...]
    settled: tuple[Settled, ...]
    pairs: PointPairs
    silent: tuple[Silent, ...]
    sides: tuple[Side, ...]
    cells: Mapping[int, Cell]
    blanks: Mapping[int, Blank]
    plot: plot.Plot | None
    announcement: str

    @property
    def shown_claims(self) -> str:
        """The ids of the claims whose values the feet show, parted by blanks."""
        return " ".join(map(str, self.claims))

    @property
    def claims(self) -> tuple[int, ...]:
        """The ids of the claims whose values the feet show, one of each report."""
        return tuple(cell.claim for cell in self.cells.values())

    @property
    def cards(self) -> tuple[FlagCard, ...]:
        """The flags, and the suggestions behind them."""
        return (*self.flags, *self.suggestions)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What the page shows of a story, whichever point is chosen."""

    reports: Sequence[ReportFacts]
    points: Sequence[PointFacts]
    flags: Sequence[FlagRow]
    settled: Sequence[FlagRow]
    origins: Origins
    mode: Mode


def choose(
    story: Story,
    chosen: int | None,
    shown: Shown,
    *,
    zone: ZoneInfo,
    flag: int | None = None,
) -> ChosenPoint | None:
    """Gather the evidence of one point; None if no point is chosen.

    One query for its claims and one for the decisions about its flags. `flag` is the current one;
    where the point has no such flag, its first is.
    """
    point = next((item for item in shown.points if item.id == chosen), None)
    if point is None:
        return None
    own = {row.id: row for row in _in_order(shown.flags) if row.point == point.id}
    current = flag if flag in own else next(iter(own), None)
    decided = load_decided(own, dict.fromkeys(own, zone)) if own else {}
    flagged = {claim for row in own.values() if row.stands for claim in row.claims}
    statements = load_statements(story, [point.id], shown.reports, flagged, with_pairs=True)
    cards = [
        _card(row, statements, shown.origins, decided[row.id], current=row.id == current)
        for row in own.values()
    ]
    return _chosen_point(point, statements, cards, shown, zone)


def _chosen_point(
    point: PointFacts,
    statements: Sequence[Statement],
    cards: Sequence[FlagCard],
    shown: Shown,
    zone: ZoneInfo,
) -> ChosenPoint:
    """The point with its claims and the cards of its flags, in the words of the page."""
    cells = cells_of(point.verdict, point.also, statements)
    return ChosenPoint(
        id=point.id,
        number=point.number,
        label=point.label,
        verdict=point.verdict,
        verdict_word=words.word(words.VERDICTS, point.verdict),
        tone=point.tone,
        sentence=words.word(words.VERDICT_SENTENCES, point.verdict),
        also_sentence=_also(point.also),
        spread=point.spread,
        previous=_neighbour(shown.points, point.number - 1),
        next=_neighbour(shown.points, point.number + 1),
        flags=tuple(card for card in cards if not card.suggestion),
        suggestions=tuple(card for card in cards if card.suggestion),
        settled=settled_of(shown.settled, point.id, zone),
        pairs=_pairs(statements, shown, zone),
        silent=silent_on(statements, shown.reports, shown.origins),
        sides=tuple(side(statement) for statement in statements),
        cells=cells,
        blanks={
            report.id: blank_of(report, point.id, statements)
            for report in shown.reports
            if report.id not in cells
        },
        plot=plot.draw(
            _("%(label)s: figures by day") % {"label": point.label},
            figures_of(statements),
            conflicts_of(flag for flag in shown.flags if flag.point == point.id),
        ),
        announcement=_announcement(point),
    )


def _pairs(statements: Sequence[Statement], shown: Shown, zone: ZoneInfo) -> PointPairs:
    reports = {report.version: report for report in shown.reports}
    labels = {item.id: item.label for item in shown.points}
    return pairs_of(statements, reports, labels, shown.origins, mode=shown.mode, zone=zone)


def _in_order(flags: Sequence[FlagRow]) -> Sequence[FlagRow]:
    """Suggestions behind all flags, so that keys begin with a flag."""
    return sorted(flags, key=lambda row: row.is_suggestion)


def _announcement(point: PointFacts) -> str:
    """What the live region says when the point is chosen."""
    return _("%(label)s. %(verdict)s: %(sentence)s %(spread)s.") % {
        "label": point.label,
        "verdict": words.word(words.VERDICTS, point.verdict),
        "sentence": words.word(words.VERDICT_SENTENCES, point.verdict),
        "spread": point.spread,
    }


def _neighbour(points: Sequence[PointFacts], number: int) -> int | None:
    """The id of the point with this number in the list."""
    return next((item.id for item in points if item.number == number), None)


def _card(
    flag: FlagRow,
    statements: Sequence[Statement],
    origins: Origins,
    decided: Decided,
    *,
    current: bool,
) -> FlagCard:
    rule = CARDS.get(flag.rule)
    own = [item for item in statements if item.id in flag.claims]
    return FlagCard(
        id=flag.id,
        kind_word=words.word(words.KINDS, flag.kind),
        severity=flag.severity,
        severity_word=words.word(words.SEVERITIES, flag.severity),
        status=flag.status,
        status_word=words.word(words.STATUSES, flag.status),
        explanation=flag.explanation,
        rule=flag.rule,
        rule_sentence=rule.sentence if rule else "",
        judge=judged_by(flag.judge, flag.evidence),
        within_article=flag.within_article,
        arithmetic=tuple(str(line) for line in flag.evidence.get("arithmetic", ())),
        groups=grouped(own, flag.evidence, origins),
        suggestion=flag.is_suggestion,
        stands=flag.stands,
        reports=tuple(dict.fromkeys(item.report.id for item in own)),
        claims=tuple(sorted(flag.claims)),
        row_version=flag.row_version,
        decided=decided,
        current=current,
    )


def _also(also: Sequence[str]) -> str:
    if not also:
        return ""
    names = ", ".join(words.inside(words.word(words.VERDICTS, verdict)) for verdict in also)
    return _("Also: %(verdicts)s.") % {"verdicts": names}
