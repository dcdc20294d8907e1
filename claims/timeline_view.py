"""How a person has set up the timeline: filter, scale, page and mode stand in its address."""

from dataclasses import dataclass, replace
from typing import Any, Final, Literal, Self, get_args
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from claims.modes import KEPT, Mode, mode_in
from claims.words import Words
from reader.web import read_number

Show = Literal["all", "conflicts", "updates"]
SHOWS: Final[Words] = {
    "all": _("All figures"),
    "conflicts": _("With a conflict"),
    "updates": _("With an update"),
}


@dataclass(frozen=True, kw_only=True)
class TimelineView:
    """What is shown, and how.

    `log`: values that differ by decades stand on a logarithmic scale; `page` counts from 1;
    `all_sources`: the story's plot has every source, however many there are.
    """

    show: Show = "all"
    log: bool = False
    page: int = 1
    all_sources: bool = False
    mode: Mode = "quiet"

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        """The view that an address names; what cannot be meant is left out."""
        show = query.get("show", "")
        return cls(
            show=show if show in get_args(Show) else "all",  # type: ignore[arg-type]
            log=query.get("scale") == "log",
            page=max(read_number(query.get("page")) or 1, 1),
            all_sources=query.get("sources") == "all",
            mode=mode_in({KEPT: query.get(KEPT, "")}),
        )

    @property
    def address(self) -> str:
        """The address of the view, from "?" on."""
        return f"?{urlencode(self._parts())}"

    @property
    def file_query(self) -> str:
        """What the address of a file of a plot needs to show the same, from "?" on."""
        own = [(name, value) for name, value in self._parts() if name in ("scale", KEPT)]
        return f"?{urlencode(own)}" if own else ""

    @property
    def mode_query(self) -> str:
        """What an address of the side-by-side page needs behind the point, to open in the mode."""
        return "" if self.mode == "quiet" else f"&{KEPT}={self.mode}"

    @property
    def other_scale(self) -> str:
        """The address of the view with the other scale."""
        return self.changed(log=not self.log).address

    @property
    def with_all_sources(self) -> str:
        """The address of the view with every source in the story's plot."""
        return self.changed(all_sources=True).address

    @property
    def before(self) -> str:
        """The address of the page before."""
        return self.changed(page=self.page - 1).address

    @property
    def next(self) -> str:
        """The address of the page behind."""
        return self.changed(page=self.page + 1).address

    def showing(self, show: str) -> str:
        """The address of the view with another filter, from its first page on."""
        return self.changed(show=show, page=1).address

    def changed(self, **changes: Any) -> Self:
        """The view with some of it changed."""
        return replace(self, **changes)

    def _parts(self) -> list[tuple[str, str]]:
        """Name and value of all that is not as usual."""
        written = [
            ("show", "" if self.show == "all" else self.show),
            ("scale", "log" if self.log else ""),
            ("page", str(self.page) if self.page > 1 else ""),
            ("sources", "all" if self.all_sources else ""),
            (KEPT, "" if self.mode == "quiet" else self.mode),
        ]
        return [(name, value) for name, value in written if value]
