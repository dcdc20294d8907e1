"""What a person can set of a claim: told field by field, checked against now, put back exactly.

The facts are span, status, anchor and point; the corrections are the fields of the reading that a
person set. Decisions and audit entries hold both, so that an undo restores what was.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from claims import stored_reading
from claims.models import Claim, Decision, MadeBy
from claims.services.changes import Refused
from claims.services.readings_checked import FIELD_WORDS
from claims.services.resting import unplaced
from claims.services.storing_claims import CONTEXT

Facts = dict[str, Any]
# The facts by the names that the trail has for them, with the columns that hold them.
COLUMNS: Mapping[str, str] = {
    "start": "start",
    "end": "end",
    "found_start": "found_start",
    "found_end": "found_end",
    "anchor_state": "anchor_state",
    "status": "status",
    "point": "point_id",
    "point_by": "point_by",
}
CORRECTED = "corrected"  # in the trail: the names of the fields that a person set


def facts_of(claim: Claim) -> Facts:
    """The claim's facts as they are now, as the trail holds them: plain words and numbers."""
    facts = {name: getattr(claim, column) for name, column in COLUMNS.items()}
    return {name: str(value) if isinstance(value, str) else value for name, value in facts.items()}


def corrections_of(claim: Claim) -> Facts:
    """The fields of the reading that a person set, without the schema's number."""
    return {name: value for name, value in claim.overrides.items() if name in FIELD_WORDS}


def moved_span(claim: Claim, start: int, end: int) -> Facts:
    """The facts of a span that a person set: the place is sure, the engine's own one is kept."""
    if (start, end) == (claim.start, claim.end):
        unsure = claim.anchor_state in (Claim.AnchorState.CHANGED, Claim.AnchorState.ORPHAN)
        return {"anchor_state": Claim.AnchorState.EXACT.value} if unsure else {}
    found: tuple[int | None, int | None] = (None, None)
    if claim.made_by == MadeBy.ENGINE and claim.found_span != (start, end):
        found = claim.found_span
    return {
        "start": start,
        "end": end,
        "found_start": found[0],
        "found_end": found[1],
        "anchor_state": Claim.AnchorState.EXACT.value,
    }


def corrections_after(claim: Claim, checked: Mapping[str, Any]) -> Facts:
    """The person's fields with these on top; one that equals the engine's own drops out."""
    merged = {**corrections_of(claim), **checked}
    own = stored_reading.from_json(claim.reading)
    said = stored_reading.from_json({**claim.reading, **merged})
    return {
        name: value for name, value in merged.items() if getattr(said, name) != getattr(own, name)
    }


def told(claim: Claim, facts: Facts, corrections: Facts) -> tuple[Facts, Facts]:
    """Before and after, with only what differs between the claim and these facts."""
    now, had = facts_of(claim), corrections_of(claim)
    before = {name: now[name] for name, value in facts.items() if now[name] != value}
    after = {name: facts[name] for name in before}
    for name in FIELD_WORDS:
        if (name in had, had.get(name)) != (name in corrections, corrections.get(name)):
            before[name] = had.get(name, claim.reading.get(name))
            after[name] = corrections.get(name, claim.reading.get(name))
    if set(had) != set(corrections):
        before[CORRECTED], after[CORRECTED] = sorted(had), sorted(corrections)
    return before, after


def columns_for(claim: Claim, facts: Facts, corrections: Facts) -> Facts:
    """The columns to write, those made from others included. Needs the claim's version."""
    values: Facts = {COLUMNS[name]: value for name, value in facts.items()}
    text = claim.article_version.text
    start, end = facts.get("start", claim.start), facts.get("end", claim.end)
    if (start, end) != (claim.start, claim.end):
        values.update(quote(text, start, end))
    if corrections != corrections_of(claim):
        values.update(reading_columns(claim, corrections))
    return values


def quote(text: str, start: int, end: int) -> Facts:
    """A span's words and what stands around it."""
    return {
        "exact": text[start:end],
        "prefix": text[max(0, start - CONTEXT) : start],
        "suffix": text[end : end + CONTEXT],
    }


def reading_columns(claim: Claim, corrections: Facts) -> Facts:
    """The corrections, what mirrors them, and what a hand-made claim is known by."""
    effective = {**claim.reading, **corrections}
    overrides = {"schema": stored_reading.SCHEMA, **corrections} if corrections else {}
    values = {"overrides": overrides, **stored_reading.mirror_columns(effective)}
    if claim.made_by == MadeBy.PERSON:  # an engine's claim is found again by the engine's reading
        values.update(known_by(effective))
    return values


def known_by(effective: Mapping[str, Any]) -> Facts:
    """The kind of the reading and where its principal value stands."""
    kind, slot = stored_reading.kind_and_slot(stored_reading.from_json(effective))
    return {"reading_kind": kind, "slot": slot}


def reversal(decision: Decision) -> tuple[Facts, Facts]:
    """What the undo of a decision about a claim sets, and what it expects to find.

    A claim that was marked by hand is rejected: nothing that people did is deleted.
    """
    before, after = decision.values["before"], decision.values["after"]
    if decision.action != "add":
        return before, after
    gone = {"status": Claim.Status.REJECTED.value, "point": None, "point_by": MadeBy.PERSON.value}
    return gone, {name: value for name, value in after.items() if name not in FIELD_WORDS}


def restored(
    claim: Claim, before: Facts, after: Facts, *, carried: bool = False
) -> tuple[Facts, Facts]:
    """The facts and corrections as they were before a decision.

    `carried` says that the claim stands on a newer text by now: what was corrected counts then, not
    where it stood, and what comes back has the claim's own place where it would have no other.
    Raises `Refused` where something that the decision set has changed since, by a person or by the
    engine; the engine's own reading may have been renewed, which an undo does not touch.
    """
    now, has = facts_of(claim), corrections_of(claim)
    for name, value in after.items():
        if name in COLUMNS and now[name] != value:
            raise Refused(_("This has changed since; undoing it would lose the newer change."))
        if name in FIELD_WORDS and not _still(has, name, after, carried=carried):
            raise Refused(_("This has changed since; undoing it would lose the newer change."))
    corrections = dict(has)
    for name in FIELD_WORDS:
        if name not in before:
            continue
        if name in before.get(CORRECTED, has):
            was = before[name]
            corrections[name] = within(was, claim.start, claim.end) if carried else was
        else:
            corrections.pop(name, None)
    return {name: value for name, value in before.items() if name in COLUMNS}, corrections


def _still(has: Facts, name: str, after: Facts, *, carried: bool) -> bool:
    """Whether the field is as the decision left it: set to that value, or left to the engine."""
    if CORRECTED in after and name not in after[CORRECTED]:
        return name not in has
    if carried:
        return name in has and unplaced(has[name]) == unplaced(after[name])
    return name in has and has[name] == after[name]


def within(value: Any, start: int, end: int) -> Any:
    """A reading all of whose places are the claim's own: where they stand now is not known."""
    if isinstance(value, Mapping):
        inside = {name: within(item, start, end) for name, item in value.items()}
        if {"start", "end"} <= set(value) and not start <= value["start"] <= value["end"] <= end:
            inside["start"], inside["end"] = start, end
        return inside
    if isinstance(value, list):
        return [within(item, start, end) for item in value]
    return value
