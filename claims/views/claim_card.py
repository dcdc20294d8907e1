"""The read model of the claim's panel: quote, fields by group, who set what, and what to decide."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.forms import BoundField
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import annotation, normal_words, reading_form, words
from claims.annotation import NEAREST, Passage
from claims.decided import name_of
from claims.forms import NONE, ClaimForm
from claims.models import Claim, Decision, MadeBy, Point
from claims.stored_reading import Json
from claims.waiting import waiting
from reader.dates import date_format
from reader.models import User

LEGENDS: Mapping[str, str | Promise] = {
    "quantities": gettext_lazy("Figure"),
    "attribution": gettext_lazy("Who says it"),
    "certainty": gettext_lazy("How sure"),
    "as_of": gettext_lazy("The days it holds for"),
    "dates": gettext_lazy("A date that it names"),
    "response": gettext_lazy("An answer"),
    "place": gettext_lazy("Where"),
}
ACTIONS: words.Words = {
    "add": gettext_lazy("Marked"),
    "edit": gettext_lazy("Corrected"),
    "place": gettext_lazy("Put elsewhere"),
    "accept": gettext_lazy("Accepted"),
    "reject": gettext_lazy("Rejected"),
    "suggest": gettext_lazy("Made a suggestion again"),
    "undo": gettext_lazy("Undone"),
}
USUAL = ("quantities", "attribution", "certainty")
_MOST_DECISIONS = 8


@dataclass(frozen=True, kw_only=True)
class Group:
    """One field of the reading with its inputs, and what the engine read there."""

    field: str
    legend: str
    inputs: tuple[BoundField, ...]
    engine: str
    engine_words: str
    now_words: str
    own: bool
    set_by: str
    wrong: bool


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A point to choose, or one that is chosen already."""

    value: str
    label: str
    chosen: bool
    is_read: bool  # it is chosen on the page


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One field in which two people's claims differ."""

    what: str
    theirs: str
    yours: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """A status that the claim could be given."""

    status: str
    action: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Act:
    """Something that a person did to the claim."""

    words: str
    when: str


@dataclass(frozen=True, kw_only=True)
class Card:
    """All that the panel shows beside the form's own inputs."""

    claim: Claim | None
    passage: Passage
    row_version: str
    decision: str
    may_edit: bool
    outdated: bool
    waits: bool
    made_by: str
    status: str
    usual: tuple[Group, ...]
    more: tuple[Group, ...]
    more_open: bool
    chain: tuple[str, ...]
    nearest: tuple[Choice, ...]
    others: tuple[Choice, ...]
    home: str
    here: tuple[tuple[int, str], ...]
    changes: tuple[Change, ...]
    acts: tuple[Act, ...]
    stale: bool
    their_name: str
    own_change: bool
    differences: tuple[Difference, ...]
    point: Point | None


def build(
    user: User, form: ClaimForm, passage: Passage, engine: Json, row: Claim | None, *, stale: bool
) -> Card:
    """The card of an existing claim, or of one to be marked (`row` is None).

    Three queries, and one more for a claim of an older text.
    """
    decisions = _decisions(row)
    zone = ZoneInfo(user.zone or passage.article.story.desk.zone)
    groups = [_group(field, form, engine, row, decisions, zone) for field in reading_form.GROUPS]
    home = str(form["home"].value() or NONE)
    nearest, others = _choices(form, home)
    more = tuple(group for group in groups if group.field not in USUAL)
    seen = form.seen
    # a form that is sent back for an error is still about the claim as it was when it was opened
    sent = form.data if form.is_bound and not stale else {}
    faster = _faster(form, decisions) if stale else None
    outdated = passage.article.current_version_id != passage.version.pk
    return Card(
        claim=row,
        passage=passage,
        row_version=str(sent.get("row_version", row.row_version if row else "")),
        decision=str(sent.get("decision", decisions[0].pk if decisions else 0)),
        # what was typed is never lost, not even where the story was closed meanwhile
        may_edit=form.is_bound or annotation.may_annotate(user, passage.article.story),
        outdated=outdated,
        waits=outdated and row is not None and waiting().filter(pk=row.pk).exists(),
        made_by=_made_by(row),
        status=str(Claim.Status(row.status).label) if row else "",
        usual=tuple(group for group in groups if group.field in USUAL),
        more=more,
        more_open=any(group.own or group.wrong for group in more),
        chain=tuple(link["name"] for link in seen["attribution"][:-1] if link["name"]),
        nearest=nearest,
        others=others,
        home=home,
        here=_here(passage, row),
        changes=_changes(row),
        acts=tuple(_act(decision, zone) for decision in decisions[:_MOST_DECISIONS]),
        stale=stale,
        their_name=name_of(faster.person) if faster and faster.person != user else "",
        own_change=faster is not None and faster.person == user,
        differences=_differences(form, row) if stale and row and form.is_valid() else (),
        point=row.point if row else None,
    )


def _here(passage: Passage, row: Claim | None) -> tuple[tuple[int, str], ...]:
    found = annotation.claims_inside(passage, but=row.pk if row else 0)
    return tuple((claim.pk, annotation.shortened(claim.exact)) for claim in found)


def _group(
    field: str,
    form: ClaimForm,
    engine: Json,
    row: Claim | None,
    decisions: Sequence[Decision],
    zone: ZoneInfo,
) -> Group:
    names = reading_form.GROUPS[field]
    read = reading_form.shown(engine)
    inputs = tuple(form[name] for name in names)
    own = row is not None and field in row.overrides
    return Group(
        field=field,
        legend=str(LEGENDS[field]),
        inputs=inputs,
        engine=json.dumps({name: form.written(name, read[name]) for name in names}),
        engine_words=normal_words.field(field, engine) or _("nothing"),
        now_words=normal_words.field(field, form.seen) or _("nothing"),
        own=own,
        set_by=_set_by(field, decisions, zone) if own else "",
        wrong=any(bound.errors for bound in inputs),
    )


def _choices(form: ClaimForm, home: str) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    """The present point, the one read on the page, the nearest; others as the list has them."""
    read = str(form["reading"].value() or "")
    order = {read: 1, str(form.initial["home"]): 0}
    ranked = sorted(form.points, key=lambda point: order.get(str(point.pk), 2))
    offered = tuple(_choice(point, home, read) for point in ranked[:NEAREST])
    rest = sorted(ranked[NEAREST:], key=lambda point: (point.position, point.pk))
    picked = str(form["other_point"].value() or "")
    return offered, tuple(_choice(point, picked) for point in rest)


def _choice(point: Point, chosen: str, read: str = "") -> Choice:
    value = str(point.pk)
    return Choice(value=value, label=point.label, chosen=value == chosen, is_read=value == read)


def _made_by(row: Claim | None) -> str:
    if row is None:
        return ""
    if row.made_by == MadeBy.PERSON and row.author is not None:
        return _("Marked by %(name)s") % {"name": name_of(row.author)}
    return _("Corrected by a person") if row.overrides else _("Found by the engine")


def _changes(row: Claim | None) -> tuple[Change, ...]:
    """What else the claim could be; one marked by hand is no suggestion."""
    if row is None:
        return ()
    known = (
        Change(status="accepted", action="accept", words=_("Accept")),
        Change(status="rejected", action="reject", words=_("Reject")),
        Change(status="suggested", action="suggest", words=_("Make it a suggestion again")),
    )
    shut = {row.status, "suggested" if row.made_by == MadeBy.PERSON else ""}
    return tuple(change for change in known if change.status not in shut)


def _decisions(row: Claim | None) -> list[Decision]:
    if row is None:
        return []
    return list(Decision.objects.filter(claim=row).select_related("person").order_by("-pk"))


def _faster(form: ClaimForm, decisions: Sequence[Decision]) -> Decision | None:
    """The newest decision that whoever sent the form had not seen; None where a comparison was."""
    newest = decisions[0] if decisions else None
    return newest if newest and str(newest.pk) != form.data.get("decision") else None


def _act(decision: Decision, zone: ZoneInfo) -> Act:
    said = words.word(ACTIONS, decision.action)
    changed = set(decision.values.get("after", {}))
    fields = [words.inside(str(LEGENDS[field])) for field in LEGENDS if field in changed]
    fields += [_("quote")] if {"start", "end"} & changed else []
    fields += [_("point")] if "point" in changed else []
    if decision.action == "edit" and fields:
        said = f"{said}: {', '.join(fields)}"
    return Act(words=f"{said}, {name_of(decision.person)}", when=_when(decision, zone))


def _when(decision: Decision, zone: ZoneInfo) -> str:
    return date_format(timezone.localtime(decision.at, zone), "j M Y, H:i")


def _set_by(field: str, decisions: Sequence[Decision], zone: ZoneInfo) -> str:
    """Who set the field last, and when."""
    for decision in decisions:
        if field in decision.values.get("after", {}):
            said = {"name": name_of(decision.person), "when": _when(decision, zone)}
            return _("Set by %(name)s, %(when)s") % said
    return _("Set by a person")


def _differences(form: ClaimForm, row: Claim) -> tuple[Difference, ...]:
    """What the stored claim and the typed one say differently; of a valid form."""
    theirs = dict(row.effective)
    yours = {**theirs, **form.changed()}
    found = [
        Difference(
            what=str(LEGENDS[field]),
            theirs=normal_words.field(field, theirs) or _("nothing"),
            yours=normal_words.field(field, yours) or _("nothing"),
        )
        for field in LEGENDS
        if theirs[field] != yours[field]
    ]
    if form.target.exact != row.exact:
        found.insert(0, Difference(what=_("Quote"), theirs=row.exact, yours=form.target.exact))
    if form.place != row.point_id:
        labels: Mapping[Any, str] = {point.pk: point.label for point in form.points}
        none = _("No point yet")
        yours_at = labels.get(form.place, str(form.place)) if form.place else none
        at = row.point.label if row.point else none
        found.append(Difference(what=_("Point"), theirs=at, yours=yours_at))
    return tuple(found)
