"""In words: what a report's new text did to a flag and to the report's claims."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims import words
from claims.flags import FlagRow
from reader.dates import date_format


@dataclass(frozen=True, kw_only=True)
class Settled:
    """A flag that a new text settled: the sentence, and where the change is shown."""

    id: int
    kind: str
    sentence: str
    href: str


def settled_of(flags: Iterable[FlagRow], point: int, zone: ZoneInfo) -> tuple[Settled, ...]:
    """What settled the flags of one point, in words."""
    return tuple(
        Settled(
            id=flag.id,
            kind=words.word(words.KINDS, flag.kind),
            sentence=sentence(flag.settlement, zone),
            href=difference_address(flag.settlement),
        )
        for flag in flags
        if flag.point == point and flag.settlement
    )


def sentence(settlement: Mapping[str, Any], zone: ZoneInfo) -> str:
    """The settlement in words: "B changed 12 people to 9 people at 14:05 on 3 May 2025"."""
    said = {
        "source": settlement["source"],
        "was": settlement["was"],
        "now": settlement["now"],
        "at": moment(settlement["at"], zone),
    }
    if not said["now"]:
        return _("%(source)s left out %(was)s at %(at)s") % said
    if said["was"] == said["now"]:
        return _("%(source)s changed what it says of %(was)s at %(at)s") % said
    return _("%(source)s changed %(was)s to %(now)s at %(at)s") % said


def difference_address(settlement: Mapping[str, Any]) -> str:
    """The page that shows what changed between the two texts."""
    path = reverse("reader:article_changes", args=[settlement["article"]])
    return f"{path}?from={settlement['from']}&to={settlement['number']}"


def moment(at: str, zone: ZoneInfo) -> str:
    """The time of day and its day, in the person's zone."""
    local = datetime.fromisoformat(at).astimezone(zone)
    said = {"time": date_format(local, "H:i"), "day": date_format(local, "j M Y")}
    return _("%(time)s on %(day)s") % said


def carried(after: Mapping[str, Any]) -> str:
    """What became of a report's claims: "41 placed, 3 wait for a person"."""
    placed = after.get("exact", 0) + len(after.get("moved", ()))
    waiting = len(after.get("changed", ())) + len(after.get("orphan", ()))
    parts = [ngettext("%(n)s placed", "%(n)s placed", placed) % {"n": placed}]
    if waiting:
        parts.append(
            ngettext("%(n)s found changed or gone", "%(n)s found changed or gone", waiting)
            % {"n": waiting}
        )
    return ", ".join(parts)
