"""What fact-checkers do to claims: mark, correct, place, accept, reject."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims import stored_reading
from claims.models import Claim, Decision, MadeBy, Point
from claims.services import claim_facts, moving
from claims.services.changes import Refused, Stale, changing, put_on_record, renew
from claims.services.claim_facts import Facts
from claims.services.moving import Place
from claims.services.quoting import (
    Target,
    naming,
    quotes_checked,
    refuse_old_text,
    refuse_other_words,
)
from claims.services.readings_checked import EMPTY, FIELD_WORDS, check_fields
from reader.models import Article, ArticleVersion, Story, User
from reader.text import clean_text

NOTE_LIMIT = 2000  # characters
ACTIONS: Mapping[str, str] = {"accepted": "accept", "rejected": "reject", "suggested": "suggest"}


def add_claim(
    *, person: User, version_id: int, target: Target, reading: Mapping[str, Any], place: Place
) -> Claim:
    """Mark a claim by hand: accepted, and of this author. The story is compared again.

    `reading` is in the stored form; missing fields are empty. Without a place the engine puts the
    claim where it fits. Raises `Refused` for a text that is no longer shown, a quote that is not
    there, a reading that makes no sense, and a point that cannot take it.
    """
    story_id = ArticleVersion.objects.values_list("story_id", flat=True).get(pk=version_id)
    with changing(story_id, corrects=True) as story, quotes_checked():
        version = ArticleVersion.objects.select_related("article").get(pk=version_id)
        refuse_old_text(version)
        refuse_other_words(version.text, target)
        given = {name: value for name, value in reading.items() if name != "schema"}
        checked = {**EMPTY, **_checked(given, target, version.text)}
        point = None if place is None else moving.find_point(story, place, person)
        claim = Claim.objects.create(
            story=story,
            article_version=version,
            start=target.start,
            end=target.end,
            status=Claim.Status.ACCEPTED,
            made_by=MadeBy.PERSON,
            author=person,
            reading=checked,
            point=point,
            point_by=MadeBy.PERSON if point else MadeBy.ENGINE,
            **claim_facts.quote(version.text, target.start, target.end),
            **claim_facts.known_by(checked),
            **stored_reading.mirror_columns(checked),
        )
        filled = {name: checked[name] for name in FIELD_WORDS if checked[name]}
        after = {"version": version.pk, **claim_facts.facts_of(claim), **filled}
        put_on_record(claim, person=person, action="add", before={}, after=after)
        return claim


def edit_claim(
    *,
    person: User,
    claim_id: int,
    row_version: int,
    target: Target,
    corrected: Mapping[str, Any],
    place: Place,
) -> Claim:
    """Set a claim's span, the corrected fields of its reading and its point, and accept it.

    A field that equals the engine's own is no correction any more; those not named stay as they
    are. Raises `Stale` where somebody was faster, and `Refused` as `add_claim` does, for a claim of
    an older text, and where nothing would change.
    """
    with _changing_claim(claim_id, row_version) as (story, claim), quotes_checked():
        text = claim.article_version.text
        refuse_other_words(text, target)
        checked = _checked(corrected, target, text)
        facts = {
            **claim_facts.moved_span(claim, target.start, target.end),
            "status": Claim.Status.ACCEPTED.value,
            **_placed(story, claim, place, person),
        }
        corrections = claim_facts.corrections_after(claim, checked)
        return _write(story, claim, facts, corrections, person=person, action="edit")[0]


def place_claim(*, person: User, claim_id: int, row_version: int, place: Place) -> Claim:
    """Attach a claim to a point, or take it out of its one. It stays so over every comparison.

    Naming the point that the engine chose keeps the claim there. Raises `Stale` and `Refused`.
    """
    with _changing_claim(claim_id, row_version) as (story, claim):
        facts = _placed(story, claim, place, person) or {"point_by": MadeBy.PERSON.value}
        corrections = claim_facts.corrections_of(claim)
        return _write(story, claim, facts, corrections, person=person, action="place")[0]


def set_status(
    *, person: User, claim_id: int, row_version: int, status: str, note: str = ""
) -> Claim:
    """Accept a claim, reject it, or put it back among the suggestions.

    A rejected claim supports no flag from this moment on. Raises `Stale` and `Refused`.
    """
    note = clean_text(note).strip()
    if len(note) > NOTE_LIMIT:
        raise Refused(_("The note is too long: at most %(n)s characters.") % {"n": NOTE_LIMIT})
    was = Claim.objects.values_list("status", flat=True).get(pk=claim_id)
    with _changing_claim(claim_id, row_version, corrects=_matters(was, status)) as (story, claim):
        return _set_status(story, claim, status, person, note)


def set_all(*, person: User, article_id: int, status: str, expected: int) -> int:
    """Accept or reject all suggestions of a report's present text; how many they were.

    One act with one decision for each. Raises `Refused` where there are not as many as `expected`:
    the person agreed to another number.
    """
    story_id = Article.objects.values_list("story_id", flat=True).get(pk=article_id)
    with changing(story_id, corrects=_matters("suggested", status)) as story:
        article = Article.objects.get(pk=article_id)
        waiting = Claim.objects.filter(
            article_version=article.current_version_id, status=Claim.Status.SUGGESTED
        )
        claims = list(waiting.select_related("article_version__article").order_by("start", "pk"))
        if len(claims) != expected or not claims:
            raise Refused(_number_differs(len(claims), expected))
        with moving.flags_follow(story, [claim.pk for claim in claims], person):
            for claim in claims:
                _set_status(story, claim, status, person, "", follow=False)
        return len(claims)


def reverse(decision: Decision, person: User, row_version: int | None = None) -> Decision:
    """Put a claim back as it was before the decision; a hand-made one is rejected again.

    Raises `Stale`, and `Refused` where something that the decision set has changed since.
    """
    assert decision.claim is not None  # the dispatcher looked
    known = decision.claim.row_version if row_version is None else row_version
    corrects = _reversal_matters(decision)
    with _changing_claim(decision.claim.pk, known, corrects=corrects) as (story, claim):
        return _reverse(story, claim, decision, person)


def reverse_all(decisions: Sequence[Decision], person: User) -> list[Decision]:
    """Put the claims of decisions of one story back, each as `reverse` does, all or none.

    Raises `Refused` with the words of the first claim that cannot be put back.
    """
    corrects = any(map(_reversal_matters, decisions))
    ids = [decision.claim_id for decision in decisions if decision.claim_id is not None]
    with changing(decisions[0].story_id, corrects=corrects) as story:
        rows = Claim.objects.select_related("article_version__article").in_bulk(ids)
        undone = []
        with moving.flags_follow(story, ids, person):
            for pk, decision in zip(ids, decisions, strict=True):
                with naming(rows[pk]):
                    _refuse_out_of_use(rows[pk])
                    undone.append(_reverse(story, rows[pk], decision, person, follow=False))
        return undone


def _reverse(
    story: Story, claim: Claim, decision: Decision, person: User, *, follow: bool = True
) -> Decision:
    before, after = claim_facts.reversal(decision)
    carried = claim.article_version.created_at > decision.at
    facts, corrections = claim_facts.restored(claim, before, after, carried=carried)
    _reopen_place(facts.get("point"), person)
    return _write(
        story,
        claim,
        facts,
        corrections,
        person=person,
        action="undo",
        undoes=decision,
        follow=follow,
    )[1]


def _reversal_matters(decision: Decision) -> bool:
    before, after = claim_facts.reversal(decision)
    return set(after) != {"status"} or _matters(after["status"], before["status"])


def _matters(was: str, status: str) -> bool:
    """Whether a change of status changes what is compared: rejected claims are left out."""
    return Claim.Status.REJECTED in (was, status)


def _number_differs(number: int, expected: int) -> str:
    if number == 0:
        return _("No suggestion is left in this report.")
    words = {"number": number, "expected": expected}
    said = ngettext(
        "There is %(number)s suggestion now, not %(expected)s. Look again and repeat it.",
        "There are %(number)s suggestions now, not %(expected)s. Look again and repeat it.",
        number,
    )
    return said % words


@contextmanager
def _changing_claim(
    claim_id: int, row_version: int, *, corrects: bool = True
) -> Iterator[tuple[Story, Claim]]:
    """Hold the story for a change of one claim, which is of a shown text and as it was seen."""
    story_id = Claim.objects.values_list("story_id", flat=True).get(pk=claim_id)
    with changing(story_id, corrects=corrects) as story:
        claim = Claim.objects.select_related("article_version__article").get(pk=claim_id)
        if claim.row_version != row_version:
            raise Stale(claim)
        _refuse_out_of_use(claim)
        yield story, claim


def _refuse_out_of_use(claim: Claim) -> None:
    refuse_old_text(claim.article_version)
    if claim.status == Claim.Status.WITHDRAWN:
        raise Refused(_("The engine no longer finds this claim. Mark its words to keep it."))


def _checked(fields: Mapping[str, Any], target: Target, text: str) -> Facts:
    return check_fields(fields, start=target.start, end=target.end, length=len(text))


def _placed(story: Story, claim: Claim, place: Place, person: User) -> Facts:
    """The facts of a new place; none where the claim is there already."""
    if place == claim.point_id:
        return {}
    point = None if place is None else moving.find_point(story, place, person)
    return {"point": point.pk if point else None, "point_by": MadeBy.PERSON.value}


def _reopen_place(point_id: int | None, person: User) -> None:
    """Make ready the point that a claim returns to. Raises `Refused` for a closed one."""
    if point_id is not None:
        moving.revive([point_id], person)
        moving.refuse_unless_open(Point.objects.get(pk=point_id))


def _set_status(
    story: Story, claim: Claim, status: str, person: User, note: str, *, follow: bool = True
) -> Claim:
    if status not in ACTIONS:
        raise Refused(_("A claim is accepted, rejected or suggested."))
    if status == Claim.Status.SUGGESTED and claim.made_by == MadeBy.PERSON:
        raise Refused(_("A claim marked by hand is no suggestion. Reject it instead."))
    facts, corrections = {"status": status}, claim_facts.corrections_of(claim)
    action = ACTIONS[status]
    return _write(
        story, claim, facts, corrections, person=person, action=action, note=note, follow=follow
    )[0]


def _write(
    story: Story,
    claim: Claim,
    facts: Facts,
    corrections: Facts,
    *,
    person: User,
    action: str,
    note: str = "",
    undoes: Decision | None = None,
    follow: bool = True,
) -> tuple[Claim, Decision]:
    """Write the claim's new facts and the decision; `follow`: the flags at once, too."""
    before, after = claim_facts.told(claim, facts, corrections)
    if not after:
        raise Refused(_("Nothing was changed."))
    unsettles = "point" in after or after.get("status") == Claim.Status.REJECTED
    values = claim_facts.columns_for(claim, facts, corrections)
    if before.get("status") == Claim.Status.REJECTED:  # its point may have been retired with it
        moving.revive([values.get("point_id", claim.point_id)], person)
    flags = moving.flags_follow(story, [claim.pk], person) if follow and unsettles else None
    with flags or nullcontext():
        renewed = renew(claim, claim.row_version, **values)
    decision = put_on_record(
        renewed,
        person=person,
        action=action,
        before=before,
        after=after,
        note=note,
        undoes=undoes,
    )
    return renewed, decision
