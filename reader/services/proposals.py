"""What an item is proposed to be stored with: what was said of it, else what it says of itself."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime, time
from textwrap import shorten
from typing import Any, Self
from zoneinfo import ZoneInfo

from reader.ingest.files import MAX_BYLINE, MAX_SOURCE, MAX_TITLE, IncomingArticle
from reader.ingest.metadata import UNCERTAIN
from reader.ingest.times import Published, parse_published, zones
from reader.models import Desk, ImportItem
from reader.services.imports import CannotImport, Facts
from reader.text import clean_line, text_sha256

FIELDS = ("source", "title", "byline", "published_on", "published_time", "zone")
_LONGEST = {"source": MAX_SOURCE, "title": MAX_TITLE, "byline": MAX_BYLINE}


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What an item waits with, beside its text.

    `fields` are the form's values as text (`FIELDS`); an empty time means that only the day is
    known. `found_in` says where each fact was found. `published` is the time to the letter, from
    which the last three fields come. `said` was said of this item alone before it was read, in the
    place `said_in`; `key` is how it is known again where it has no address. `change` is the kind of
    change if it renews an article; `noticed` are codes of what the reading itself found odd, and
    `refused` fills the words that say why it has failed (`Refused.details`).
    """

    said: Mapping[str, str] = field(default_factory=dict)
    said_in: str = "typed"
    key: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    published: str = ""
    language: str = ""
    address: str = ""
    dropped: Mapping[str, int] = field(default_factory=dict)
    excerpt: str = ""
    found_in: Mapping[str, str] = field(default_factory=dict)
    modified: str = ""
    sha256: str = ""
    change: str = ""
    noticed: Sequence[str] = ()
    refused: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, item: ImportItem) -> Self:
        """The proposal of an item."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in item.proposed.items() if name in known})

    def as_json(self) -> dict[str, Any]:
        """The value of `ImportItem.proposed`."""
        return asdict(self)

    @property
    def is_dated(self) -> bool:
        """Whether the published time is known and was not merely guessed."""
        return bool(self.published) and self.found_in.get("published") not in UNCERTAIN

    def facts(self, desk: Desk) -> Facts:
        """The facts that it would be stored with. Raises `CannotImport` where one is missing."""
        if not self.fields.get("source"):
            raise CannotImport("no source: give one", reason="no_source")
        if not self.published:
            raise CannotImport("no published time: give one", reason="no_published")
        zone = self.fields.get("zone") or desk.zone
        return Facts(
            source=self.fields["source"],
            title=self.fields["title"],
            byline=self.fields["byline"],
            published=_in_zone(parse_published(self.published), zone),
        )


def propose(
    incoming: IncomingArticle, given: Proposal, said: Mapping[str, str], desk: Desk
) -> Proposal:
    """The proposal for what was read. `said` holds for all items of the batch.

    What was said of the item goes first, then a table's column, what was said for all, and what the
    text says of itself.
    """
    facts, found_in = {}, {}
    for name in ("source", "title", "byline"):
        facts[name], found_in[name] = _first(name, incoming, given, said)
    if not facts["title"]:
        facts["title"] = shorten(incoming.text, 80, placeholder="…")
        found_in["title"] = "guess"
    published, found_in["published"] = _published(incoming, given, said, desk)
    zone = _zone(given.said) or _zone(said) or desk.zone
    return replace(
        given,
        fields={**facts, **time_fields(published, zone)},
        published=published.as_text() if published else "",
        language=incoming.language,
        address=incoming.address or given.address,
        dropped=dict(incoming.dropped),
        excerpt=incoming.excerpt,
        found_in={**incoming.found_in, **{k: v for k, v in found_in.items() if v}},
        modified=incoming.modified.as_text() if incoming.modified else "",
        sha256=text_sha256(incoming.text),
        noticed=[*given.noticed, *incoming.warnings],
        refused={},
    )


def with_facts(proposal: Proposal, facts: Facts, desk: Desk) -> Proposal:
    """The proposal as a person has corrected it; what they changed was found by typing."""
    zone = facts.published.zone
    name = zone.key if isinstance(zone, ZoneInfo) else desk.zone
    new = {
        "source": facts.source,
        "title": facts.title,
        "byline": facts.byline,
        **time_fields(facts.published, name),
    }
    typed = {name: "typed" for name in _LONGEST if new[name] != proposal.fields.get(name)}
    if any(new[n] != proposal.fields.get(n) for n in ("published_on", "published_time", "zone")):
        typed["published"] = "typed"
    elif not proposal.is_dated:
        typed["published"] = "typed"  # they have looked at the guess and let it stand
    same_time = "published" not in typed
    return replace(
        proposal,
        fields=new,
        published=proposal.published if same_time else facts.published.as_text(),
        found_in={**proposal.found_in, **typed},
    )


def time_fields(published: Published | None, zone: str) -> dict[str, str]:
    """A time as the form's day, time and zone; the time is empty where only the day is known."""
    if published is None:
        return {"published_on": "", "published_time": "", "zone": zone}
    local, at = published.local, ""
    if published.precision == "minute":
        if published.zone is not None:
            local = local.replace(tzinfo=published.zone).astimezone(ZoneInfo(zone))
        at = f"{local:%H:%M}"
    return {"published_on": local.date().isoformat(), "published_time": at, "zone": zone}


def said_published(said: Mapping[str, str]) -> Published | None:
    """The time that was said in the form's fields, or in one (`published`); None if none was.

    Raises ValueError for what is no time.
    """
    if said.get("published"):
        return parse_published(said["published"])
    if not said.get("published_on"):
        return None
    day = parse_published(said["published_on"])
    at = said.get("published_time", "")
    if not at:
        return day
    moment = datetime.combine(day.day, time.fromisoformat(at))
    return Published(local=moment, precision="minute")


def _published(
    incoming: IncomingArticle, given: Proposal, said: Mapping[str, str], desk: Desk
) -> tuple[Published | None, str]:
    own = said_published(given.said)
    if own is not None:
        return _in_zone(own, _zone(given.said) or _zone(said) or desk.zone), given.said_in
    zone = _zone(said) or desk.zone
    place = incoming.found_in.get("published", "")
    for_all = said_published(said)
    if for_all is not None and not (place == "column" and incoming.published):
        return _in_zone(for_all, zone), "typed"
    return (_in_zone(incoming.published, zone), place) if incoming.published else (None, "")


def _in_zone(published: Published, zone: str) -> Published:
    """The time in the zone, where it names none itself or only an offset of the same hours."""
    if published.precision == "minute" and published.zone is not None:
        local = published.local.replace(tzinfo=published.zone).astimezone(ZoneInfo(zone))
        if local.replace(tzinfo=None) != published.local:
            return published
    return replace(published, zone=ZoneInfo(zone))


def _first(
    name: str, incoming: IncomingArticle, given: Proposal, said: Mapping[str, str]
) -> tuple[str, str]:
    """The first value that there is for a fact, and where it was found."""
    own, for_all = clean_line(given.said.get(name, "")), clean_line(said.get(name, ""))
    place = str(incoming.found_in.get(name, ""))
    if own:
        return own[: _LONGEST[name]], given.said_in
    found = str(getattr(incoming, name))
    if for_all and not (found and place == "column"):
        return for_all[: _LONGEST[name]], "typed"
    return found[: _LONGEST[name]], place


def _zone(said: Mapping[str, str]) -> str:
    zone = said.get("zone", "")
    return zone if zone in zones() else ""
