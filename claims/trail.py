"""What the upper app says about its entries of the audit trail, and what of them can be undone.

A page's entries are described with five queries: the flags, points, pairs and claims that they
name, and the decisions about them, which hold notes and reasons.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from claims import settled_words, trail_fields, words
from claims.trail_things import (
    CLAIM,
    FLAG,
    PAIR,
    POINT,
    Decided,
    Facts,
    Flag,
    flag_address,
    gather,
    point_thing,
)
from claims.trail_words import KINDS, UNDONE, WORDINGS, compared
from reader.models import AuditEntry, Role, Story
from reader.trail import (
    Change,
    Field,
    Part,
    Thing,
    Viewer,
    in_words,
    plain_part,
    read_changes,
    unnamed,
    wording_of,
)
from reader.trail_words import story_thing

UNDO_NEEDS: Mapping[str, Role] = {
    FLAG: Role.EDITOR,
    POINT: Role.EDITOR,
    CLAIM: Role.FACT_CHECKER,
    PAIR: Role.FACT_CHECKER,
}
REOPENED = "claims.discrepancy.reopened"
SETTLED = "claims.discrepancy.settled"
CARRIED = "claims.article.carried"


class ClaimsTrail:
    """The describer of the app `claims`."""

    wordings = WORDINGS
    kinds = KINDS

    def describe(self, viewer: Viewer, entries: Sequence[AuditEntry]) -> Mapping[int, Part]:
        """The entries in words, with the notes and reasons of decisions."""
        facts = gather(viewer, entries)
        return {entry.pk: _part(viewer, entry, facts) for entry in entries}

    def name(self, viewer: Viewer, object_type: str, object_id: int) -> Thing | None:
        """A flag, a point or a claim of the story."""
        entry = AuditEntry(object_type=object_type, object_id=object_id)
        facts = gather(viewer, [entry])
        if object_type == FLAG and object_id in facts.flags:
            flag = facts.flags[object_id]
            said = {"kind": flag.kind, "point": trail_fields.named(facts.points, flag.point)}
            name = _("the %(kind)s flag on %(point)s") % said
            address = flag_address(viewer, object_id, flag.point)
            return Thing(name=name, href=address, quoted=False)
        if object_type == POINT and object_id in facts.points:
            return point_thing(viewer, facts, object_id)
        if object_type == CLAIM and object_id in facts.claims:
            return facts.claims[object_id][0]
        if object_type == PAIR and object_id in facts.pairs:
            return facts.claims[facts.pairs[object_id][0]][0]
        return None


def _part(viewer: Viewer, entry: AuditEntry, facts: Facts) -> Part:
    thing, values, fields = _about(viewer, entry, facts)
    part = Part(sentence=in_words(entry, thing, **values))
    if wording_of(entry.action) is None:
        part = plain_part(entry, thing)
    if thing.hidden or entry.action in (SETTLED, CARRIED):
        return replace(part, details=())
    changes, details = read_changes(entry, fields)
    return _with_decision(viewer, entry, facts, replace(part, changes=changes, details=details))


def _about(
    viewer: Viewer, entry: AuditEntry, facts: Facts
) -> tuple[Thing, dict[str, str | Thing], dict[str, Field]]:
    """The thing of an entry, what else its sentence names, and its fields."""
    pk = entry.object_id
    values: dict[str, str | Thing] = {"undone": _undone(entry, facts)}
    if entry.object_type == FLAG and pk in facts.flags:
        flag = facts.flags[pk]
        point = point_thing(viewer, facts, flag.point)
        thing = replace(point, href=flag_address(viewer, pk, flag.point))
        values = {**values, "kind": flag.kind, **_settled(viewer, entry, thing)}
        return thing, values, trail_fields.flag_fields()
    if entry.object_type == POINT:
        thing = point_thing(viewer, facts, pk)
        return thing, values, trail_fields.point_fields(facts.points, pk)
    if entry.object_type == CLAIM:
        thing, source = facts.claims.get(pk, (unnamed(entry), _("a report")))
        return thing, {**values, "source": source}, trail_fields.claim_fields(facts.points)
    if entry.object_type == PAIR and pk in facts.pairs:
        return _about_pair(facts, pk, values)
    if entry.object_type == Story._meta.label_lower:  # noqa: SLF001 - public by its docs
        fields = trail_fields.story_fields()
        return story_thing(viewer.story), _comparison_words(entry), fields
    if entry.action == CARRIED:
        return unnamed(entry), _carried(entry), {}
    return unnamed(entry), {**values, "kind": "", "source": ""}, {}


def _settled(viewer: Viewer, entry: AuditEntry, thing: Thing) -> dict[str, str | Thing]:
    """What settled a flag, as the link to the difference; nothing of a hidden report."""
    if entry.action != SETTLED or thing.hidden:
        return {"settled": _("a new text has settled it")}
    said = settled_words.sentence(entry.after, viewer.zone)
    page = settled_words.difference_address(entry.after)
    return {"settled": Thing(name=said, href=page, quoted=False)}


def _carried(entry: AuditEntry) -> dict[str, str | Thing]:
    """What became of a report's claims when its new text came."""
    page = reverse("reader:article", args=[entry.object_id])
    text = Thing(name=_("its new text"), href=page, quoted=False)
    return {"text": text, "carried": settled_words.carried(entry.after)}


def _about_pair(
    facts: Facts, pk: int, values: dict[str, str | Thing]
) -> tuple[Thing, dict[str, str | Thing], dict[str, Field]]:
    """The first claim of a pair with the other one; nothing of both where one is hidden."""
    (thing, source), (other, other_source) = (facts.claims[claim] for claim in facts.pairs[pk])
    known = {**values, "source": source, "other": other, "other_source": other_source}
    return other if other.hidden else thing, known, trail_fields.pair_fields()


def _comparison_words(entry: AuditEntry) -> dict[str, str | Thing]:
    """What a comparison did; the first one compared nothing again."""
    again = _("compared again") if entry.before.get("compared_revision") else _("compared")
    return {"compared": again, "changes": compared(entry.after)}


def _undone(entry: AuditEntry, facts: Facts) -> str:
    """The name of what an undo reversed."""
    decisions = facts.decisions.get((entry.object_type, entry.object_id), ())
    own = _decision_of(entry, decisions)
    reversed_ = next((item for item in decisions if own and item.id == own.undoes), None)
    if reversed_ is None:
        return _("an earlier decision")
    return str(UNDONE.get(reversed_.action, reversed_.action))


def _decision_of(entry: AuditEntry, decisions: Sequence[Decided]) -> Decided | None:
    return next((item for item in decisions if item.id == entry.after.get("decision")), None)


def _with_decision(viewer: Viewer, entry: AuditEntry, facts: Facts, part: Part) -> Part:
    """The part with its decision's reason and note, and the address that undoes it."""
    decisions = facts.decisions.get((entry.object_type, entry.object_id), ())
    own = _decision_of(entry, decisions)
    flag = facts.flags.get(entry.object_id) if entry.object_type == FLAG else None
    details = [detail for detail in part.details if detail[0] != "reason"]
    if entry.action == REOPENED:
        return replace(
            part, details=details, changes=[*part.changes, *_given_then(entry, decisions)]
        )
    if own is None:
        return replace(part, details=details)
    return replace(
        part,
        details=details,
        reason=reason_words(own.reason),
        note=own.note,
        undone=own.undone,
        undo=""
        if _overtaken(own, flag)
        else _undo_address(viewer, entry.object_type, own, decisions),
    )


def _overtaken(own: Decided, flag: Flag | None) -> bool:
    """Whether the flag no longer has the status that was decided: its values have changed."""
    return flag is not None and own.is_review and own.new_status != flag.status


def _given_then(entry: AuditEntry, decisions: Sequence[Decided]) -> list[Change]:
    """Why the flag had been decided as it was, which a changed value has overtaken."""
    earlier = [item for item in decisions if item.at <= entry.at and item.is_review]
    if not earlier or not (earlier[-1].reason or earlier[-1].note):
        return []
    said = [reason_words(earlier[-1].reason), earlier[-1].note]
    given = ": ".join(part for part in said if part)
    return [Change(label=_("Reason given then"), before="", after=given)]


def reason_words(code: str) -> str:
    """The words of a dismissal's reason; empty where none was given."""
    return words.word(words.DISMISSAL_REASONS, code) if code else ""


def _undo_address(
    viewer: Viewer, object_type: str, own: Decided, decisions: Sequence[Decided]
) -> str:
    """Where the decision is undone; empty where it cannot be, or not by this person.

    Only the newest decision about a thing that still stands can be undone, in an open story.
    """
    standing = [item for item in decisions if item.undoes is None and not item.undone]
    if not standing or standing[-1].id != own.id:
        return ""
    if viewer.story.status == Story.Status.CLOSED:
        return ""
    needed = Role.EDITOR if own.action == "join_points" else UNDO_NEEDS[object_type]
    if not viewer.role.includes(needed):
        return ""
    try:
        return reverse("claims:undo", args=[own.id])
    except NoReverseMatch:
        return ""
