"""The panel in which a person chooses, orders and hides columns, and what its form says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.layout import FEWEST, MOST, Layout
from reader.web import read_number

SENT = "arrange"  # the field by which an address is known to be that of the form


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What the form says: the ticked reports in their order, and the base.

    `columns` is how a layout names it. `error` says why it cannot be shown so; the choice itself
    is kept in the form.
    """

    picked: tuple[int, ...]
    columns: tuple[int, ...]
    base: int | None
    moved: bool = False
    error: str = ""

    @classmethod
    def read(cls, query: QueryDict, reports: Sequence[int]) -> Self | None:
        """The choice that an address holds, of the reports that there are; None without one.

        A button's `move` ("ID:-1") moves one of them an earlier or a later place.
        """
        if SENT not in query:
            return None
        named = (read_number(word) for word in query.getlist("pick"))
        picked = [report for report in dict.fromkeys(named) if report in reports]
        base = read_number(query.get("base"))
        if base not in reports:
            base = None
        if base is not None and base not in picked:
            picked.insert(0, base)
        moved = _move(picked, query.get("move", ""))
        chosen = tuple(report for report in picked if report is not None)
        usual = list(chosen) == list(reports)
        return cls(
            picked=chosen,
            columns=() if usual else chosen,
            base=base,
            moved=moved,
            error=_error(len(chosen), len(reports), usual),
        )

    def shown(self, layout: Layout) -> Layout:
        """The layout with what was chosen, or as it was where that cannot be shown."""
        return layout if self.error else layout.changed(columns=self.columns, base=self.base)


def _move(picked: list[int | None], move: str) -> bool:
    """Swap the report that a button names with its neighbour; False where no button was used."""
    report, _colon, by = move.partition(":")
    number = read_number(report)
    if number not in picked or by not in ("-1", "1"):
        return False
    at = picked.index(number)
    to = min(max(at + int(by), 0), len(picked) - 1)
    picked[at], picked[to] = picked[to], picked[at]
    return True


def _error(number: int, total: int, usual: bool) -> str:
    """Why so many reports cannot be shown; empty where they can."""
    if usual or total < FEWEST:
        return ""
    if number < FEWEST:
        return _("Choose at least two reports: one alone has nothing beside it.")
    if number > MOST:
        told = {"number": number, "most": MOST}
        return (
            ngettext(
                "%(number)s report is chosen; at most %(most)s fit side by side. Untick some.",
                "%(number)s reports are chosen; at most %(most)s fit side by side. Untick some.",
                number,
            )
            % told
        )
    return ""


@dataclass(frozen=True, kw_only=True)
class PanelRow:
    """One report in the panel; `first` and `last` of those that are ticked."""

    article: int
    source: str
    title: str
    published: str
    picked: bool
    base: bool
    first: bool
    last: bool


@dataclass(frozen=True, kw_only=True)
class Panel:
    """The panel as a whole: shown reports first, in their order, then the hidden ones."""

    rows: tuple[PanelRow, ...]
    shown: int
    total: int
    is_cut: bool
    is_open: bool
    error: str


def panel_of(articles: Sequence[Mapping[str, Any]], layout: Layout, choice: Choice | None) -> Panel:
    """The panel for a layout, or for a choice that was sent and could not be shown, or moved.

    `articles` are the reports' rows, each with words that tell when it was `published`.
    """
    by_id = {article["pk"]: article for article in articles}
    shown = layout.shown(list(by_id))
    picked = list(choice.picked) if choice else shown
    base = choice.base if choice else layout.base
    order = [*picked, *(report for report in by_id if report not in picked)]
    return Panel(
        rows=tuple(
            PanelRow(
                article=report,
                source=by_id[report]["source__name"],
                title=by_id[report]["title"],
                published=by_id[report]["published"],
                picked=report in picked,
                base=report == base,
                first=report == picked[0] if picked else False,
                last=report == picked[-1] if picked else False,
            )
            for report in order
        ),
        shown=len(shown),
        total=len(by_id),
        is_cut=len(shown) < len(by_id),
        is_open=choice is not None,
        error=choice.error if choice else "",
    )
