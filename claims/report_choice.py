"""What a report of a story is to hold, and for whom: it all stands in its address.

So a link opens the same report, the page works without scripts, and the file that is downloaded
holds what the page showed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from claims import words
from claims.flags import FlagRow
from claims.modes import KEPT, Mode, mode_in

# What can be chosen, by its name in the address. All of a group is what none of it means.
GROUPS: Final[Mapping[str, words.Words]] = {
    "status": words.STATUSES,
    "severity": words.SEVERITIES,
    "kind": words.KINDS,
}
SHARING: Final = "sharing"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Which flags a report holds, in which mode, and whether it leaves the desk.

    An empty group takes all of its kind. `shared`: for people outside the desk, without names and
    notes.
    """

    shared: bool = False
    status: tuple[str, ...] = ()
    severity: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    mode: Mode = "quiet"

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        """The choice that an address names; what cannot be meant is left out."""
        return cls(
            shared=query.get("for") == SHARING,
            mode=mode_in({KEPT: query.get(KEPT, "")}),
            **{name: _chosen(query.getlist(name), known) for name, known in GROUPS.items()},
        )

    def group(self, name: str) -> tuple[str, ...]:
        """What is chosen of a group of `GROUPS`; empty: all."""
        chosen: tuple[str, ...] = getattr(self, name)
        return chosen

    def takes(self, flag: FlagRow) -> bool:
        """Whether the report holds this flag."""
        return all(
            not self.group(name) or getattr(flag, name) in self.group(name) for name in GROUPS
        )

    @property
    def takes_all(self) -> bool:
        """Whether nothing is left out by choice."""
        return not any(self.group(name) for name in GROUPS)

    @property
    def sentence(self) -> str:
        """What was chosen, in words; empty where nothing is left out."""
        if self.takes_all:
            return ""
        chosen = [
            ", ".join(words.inside(str(GROUPS[name][value])) for value in self.group(name))
            for name in GROUPS
            if self.group(name)
        ]
        return _("Chosen for this report: %(choice)s.") % {"choice": "; ".join(chosen)}

    def address(self, page: str) -> str:
        """The page's address with this choice, always in one order."""
        parts = [("for", SHARING)] if self.shared else []
        parts += [(name, value) for name in GROUPS for value in self.group(name)]
        parts += [(KEPT, self.mode)] if self.mode != "quiet" else []
        return f"{page}?{urlencode(parts)}" if parts else page

    def changed(self, **changes: Any) -> Self:
        """The choice with some of it changed."""
        return replace(self, **changes)


def _chosen(asked: Sequence[str], known: words.Words) -> tuple[str, ...]:
    """The known values asked for, in their own order; empty where that is all of them."""
    chosen = tuple(value for value in known if value in asked)
    return () if len(chosen) == len(known) else chosen


@dataclass(frozen=True, kw_only=True)
class Box:
    """One choice of a group as the form offers it."""

    value: str
    label: str
    chosen: bool


def boxes(choice: Choice, name: str) -> tuple[Box, ...]:
    """The choices of a group of `GROUPS`; where all are taken, all are ticked."""
    taken = choice.group(name)
    return tuple(
        Box(value=value, label=str(label), chosen=not taken or value in taken)
        for value, label in GROUPS[name].items()
    )
