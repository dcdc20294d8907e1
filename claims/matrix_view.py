"""How a person has set up the matrix: order, filters, mode and open cell stand in its address."""

from dataclasses import dataclass, replace
from typing import Any, Final, Literal, Self, get_args
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from claims import words
from claims.modes import KEPT, Mode, mode_in
from reader.web import read_number

Sort = Literal["disagreement", "story", "silent"]
SORTS: Final[words.Words] = {
    "disagreement": _("Disagreement first"),
    "story": _("Order of the story"),
    "silent": _("Most silent first"),
}


@dataclass(frozen=True, kw_only=True)
class MatrixView:
    """What is shown, and how.

    `kind` and `verdict` cut the points down to those with a flag of the kind, or of the verdict;
    empty: all. `point` and `report` name the cell whose quotes are open.
    """

    sort: Sort = "disagreement"
    kind: str = ""
    verdict: str = ""
    mode: Mode = "quiet"
    point: int | None = None
    report: int | None = None

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        """The view that an address names; what cannot be meant is left out."""
        sort, kind = query.get("sort", ""), query.get("kind", "")
        verdict = query.get("verdict", "")
        point, report = read_number(query.get("point")), read_number(query.get("report"))
        is_cell = point is not None and report is not None
        return cls(
            sort=sort if sort in get_args(Sort) else "disagreement",  # type: ignore[arg-type]
            kind=kind if kind in words.KINDS else "",
            verdict=verdict if verdict in words.VERDICTS else "",
            mode=mode_in({KEPT: query.get(KEPT, "")}),
            point=point if is_cell else None,
            report=report if is_cell else None,
        )

    @property
    def query(self) -> str:
        """What the address of a cell needs behind point and report to stay in this view."""
        written = urlencode(self._parts())
        return f"&{written}" if written else ""

    @property
    def closed(self) -> str:
        """The address of the view without an open cell, from "?" on."""
        return f"?{urlencode(self._parts())}"

    @property
    def unfiltered(self) -> str:
        """The address of the view with all points, from "?" on."""
        return self.changed(kind="", verdict="").closed

    @property
    def is_filtered(self) -> bool:
        """Whether only some of the points are asked for."""
        return bool(self.kind or self.verdict)

    @property
    def mode_query(self) -> str:
        """What an address of the side-by-side page needs behind the point, to open in the mode."""
        return "" if self.mode == "quiet" else f"&{KEPT}={self.mode}"

    def changed(self, **changes: Any) -> Self:
        """The view with some of it changed."""
        return replace(self, **changes)

    def _parts(self) -> list[tuple[str, str]]:
        """Name and value of all that is not as usual, without the cell."""
        written = [
            ("sort", "" if self.sort == "disagreement" else self.sort),
            ("kind", self.kind),
            ("verdict", self.verdict),
            (KEPT, "" if self.mode == "quiet" else self.mode),
        ]
        return [(name, value) for name, value in written if value]
