"""In words: what a report's new text did to a flag and to the report's claims."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True, kw_only=True)
class Settled:
    """A flag that a new text settled: the sentence, and where the change is shown."""

    sentence: str
    href: str


def settled(settlement: Mapping[str, Any], zone: ZoneInfo) -> Settled | None:
    """The settlement in words: "B changed 12 people to 9 people at 14:05"; None for none."""
    if not settlement:
        return None
    said = {
        "source": settlement["source"],
        "was": settlement["was"],
        "now": settlement["now"],
        "at": moment(settlement["at"], zone),
    }
    if not said["now"]:
        sentence = _("%(source)s no longer says %(was)s since %(at)s") % said
    elif said["was"] == said["now"]:
        sentence = _("%(source)s changed what it says of %(was)s at %(at)s") % said
    else:
        sentence = _("%(source)s changed %(was)s to %(now)s at %(at)s") % said
    return Settled(sentence=sentence, href=difference_address(settlement))


def difference_address(settlement: Mapping[str, Any]) -> str:
    """The page that shows what changed between the two texts."""
    path = reverse("reader:article_changes", args=[settlement["article"]])
    return f"{path}?from={settlement['from']}&to={settlement['number']}"


def moment(at: str, zone: ZoneInfo) -> str:
    """The time of day, with its day unless that is today, in the person's zone."""
    local = datetime.fromisoformat(at).astimezone(zone)
    time = date_format(local, "H:i")
    if local.date() == timezone.now().astimezone(zone).date():
        return time
    return _("%(time)s on %(day)s") % {"time": time, "day": date_format(local, "j M Y")}


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
