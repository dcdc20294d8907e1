"""How a person has set up the side-by-side page: it all stands in the address.

So a link opens the same view for a colleague, Back undoes a change, and the page works without
scripts. `Layout.read` takes what an address says and forgets what makes no sense; `Layout.query`
writes it back, shortest form first, nothing for what is as usual.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final, Literal, Self, get_args
from urllib.parse import urlencode, urlsplit

from django.http import QueryDict

from claims.modes import KEPT, Mode, mode_in
from reader.web import read_number

Colour = Literal["flags", "verdict", "kind", "source", "state"]
Focus = Literal["", "dim", "fold"]

FEWEST, MOST = 2, 8  # columns that a person can choose to be shown
LEAST_WIDTH, MOST_WIDTH = 200, 900  # px of a column
MOST_PAIRS = 40  # of an address that are looked at, and numbers


@dataclass(frozen=True, kw_only=True)
class Layout:
    """What is shown, and how.

    `columns` are the chosen reports in their order; empty: all, in the order of publication.
    `base` is the report that the others are held against, `versions` the older text shown of a
    report (its number), `widths` a column's width in px. `colour` says what the highlights tell
    apart, `focus` whether all else is dimmed or folded, `kind` and `verdict` which points the list
    is cut down to, `draft` whether the person's own draft stands beside the reports.
    """

    columns: tuple[int, ...] = ()
    base: int | None = None
    versions: Mapping[int, int] = field(default_factory=dict)
    widths: Mapping[int, int] = field(default_factory=dict)
    colour: Colour = "flags"
    focus: Focus = ""
    kind: str = ""
    verdict: str = ""
    draft: bool = False
    mode: Mode = "quiet"

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        """The layout that an address names; what cannot be meant is left out."""
        columns = read_numbers(query.get("columns", ""))
        colour, focus = query.get("colour", ""), query.get("focus", "")
        widths = _pairs(query.get("widths", ""))
        return cls(
            columns=columns[:MOST] if len(columns) >= FEWEST else (),
            base=read_number(query.get("base")),
            versions=_pairs(query.get("versions", "")),
            widths={at: min(max(w, LEAST_WIDTH), MOST_WIDTH) for at, w in widths.items()},
            colour=colour if colour in get_args(Colour) else "flags",  # type: ignore[arg-type]
            focus=focus if focus in get_args(Focus) else "",  # type: ignore[arg-type]
            kind=query.get("kind", "")[:20],
            verdict=query.get("verdict", "")[:20],
            draft=query.get("draft") == "1",
            mode=mode_in({KEPT: query.get(KEPT, "")}),
        )

    def parts(self) -> list[tuple[str, str]]:
        """Name and value of all that is not as usual, always in one order."""
        written = [
            ("columns", ",".join(map(str, self.columns))),
            ("base", str(self.base or "")),
            ("versions", _written(self.versions)),
            ("widths", _written(self.widths)),
            ("colour", "" if self.colour == "flags" else self.colour),
            ("focus", self.focus),
            ("kind", self.kind),
            ("verdict", self.verdict),
            ("draft", "1" if self.draft else ""),
            ("mode", "" if self.mode == "quiet" else self.mode),
        ]
        return [(name, value) for name, value in written if value]

    @cached_property
    def query(self) -> str:
        """What an address that has a query already needs to open in this layout: "&base=3"."""
        written = urlencode(self.parts(), safe=",:")
        return f"&{written}" if written else ""

    @property
    def without_draft(self) -> Self:
        """The layout with the person's own draft taken away."""
        return replace(self, draft=False)

    def address(self, page: str, point: int | None = None) -> str:
        """The page's address in this layout, with the chosen point."""
        chosen = [("point", str(point))] if point is not None else []
        written = urlencode([*chosen, *self.parts()], safe=",:")
        return f"{page}?{written}" if written else page

    def changed(self, **changes: Any) -> Self:
        """The layout with some of it changed."""
        return replace(self, **changes)

    @classmethod
    def of_address(cls, address: str) -> Self:
        """The layout that a path with its query names."""
        return cls.read(QueryDict(urlsplit(address).query))

    def arranged(self, columns: Sequence[int], reports: Sequence[int]) -> Self:
        """The layout with other columns: none are named where they are all reports, as usual."""
        usual = list(columns) == list(reports)
        return self.changed(columns=() if usual else tuple(columns))

    def without(self, report: int, reports: Sequence[int]) -> Self | None:
        """The layout that hides a report; None where too few or too many would be left."""
        left = [shown for shown in self.shown(reports) if shown != report]
        if report == self.base or not FEWEST <= len(left) <= MOST:
            return None
        return self.arranged(left, reports)

    def moved(self, report: int, by: int, reports: Sequence[int]) -> Self | None:
        """The layout with a report one place earlier (-1) or later; None where it cannot go."""
        order = self.shown(reports)
        fixed = 1 if self.base in order else 0  # the base stays in front
        at = order.index(report) if report in order else -1
        to = at + by
        if len(order) > MOST or at < fixed or not fixed <= to < len(order):
            return None
        order[at], order[to] = order[to], order[at]
        return self.arranged(order, reports)

    def shown(self, reports: Sequence[int]) -> list[int]:
        """The reports that are shown, in their order, of those that there are: the base first."""
        known = [report for report in self.columns if report in reports]
        shown = known if len(known) >= FEWEST else list(reports)
        if self.base in reports:
            shown = [self.base, *(report for report in shown if report != self.base)]  # type: ignore[list-item]
        return shown


USUAL: Final = Layout()


def read_numbers(text: str) -> tuple[int, ...]:
    """Numbers parted by commas, each once; what is none is left out."""
    found = (read_number(word) for word in text.split(",")[:MOST_PAIRS])
    return tuple(dict.fromkeys(number for number in found if number is not None))


def _pairs(text: str) -> dict[int, int]:
    """Numbers in pairs: "12:3,15:1"."""
    found: dict[int, int] = {}
    for word in text.split(",")[:MOST_PAIRS]:
        first, _colon, second = word.partition(":")
        at, value = read_number(first), read_number(second)
        if at is not None and value is not None:
            found[at] = value
    return found


def _written(pairs: Mapping[int, int]) -> str:
    return ",".join(f"{at}:{value}" for at, value in sorted(pairs.items()))
