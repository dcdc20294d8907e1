"""Claims that wait for their place in a report's new text: put there by a person, or let go.

Such a claim stands on an older text, and nothing rests on it, until its own words come back or a
person says where it belongs now.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext as _

from claims import stored_reading
from claims.models import Claim, Decision, MadeBy
from claims.services import claim_facts, moving
from claims.services.changes import Refused, Stale, changing, put_on_record, renew
from claims.services.quoting import Target, quotes_checked, refuse_other_words
from claims.services.readings_checked import FIELD_WORDS
from claims.services.storing_claims import set_by_person
from reader.models import ArticleVersion, Story, User

ACTIONS = ("reattach", "let_go")
WAITING = (Claim.AnchorState.CHANGED, Claim.AnchorState.ORPHAN)
_FACTS: Mapping[str, str] = {
    "version": "article_version_id",
    "start": "start",
    "end": "end",
    "found_start": "found_start",
    "found_end": "found_end",
    "anchor_state": "anchor_state",
    "proposed_start": "proposed_start",
    "proposed_end": "proposed_end",
    "status": "status",
    "status_before": "status_before",
    "reading": "reading",
    "overrides": "overrides",
}
# What a comparison may renew meanwhile; an undo puts it back all the same.
_RENEWED = ("reading", "overrides")
Facts = dict[str, Any]


def reattach_claim(
    *,
    person: User,
    claim_id: int,
    row_version: int,
    version_id: int,
    target: Target,
    reading: Mapping[str, Any],
) -> Claim:
    """Put a waiting claim onto these words of its report's present text, and accept it.

    `reading` is what the engine reads there, in the stored form: a claim that was marked by hand
    says that from now on, where it says anything; of others the next comparison reads it. Raises
    `Stale`, and `Refused` for a claim that does not wait, words that are not there, and a text that
    is not the report's present one.
    """
    with _waiting(claim_id, row_version) as (_story, claim), quotes_checked():
        version = claim.article_version.article.current_version
        if version is None or version.pk != version_id:
            raise Refused(_("This report has a newer text meanwhile. Look again."))
        refuse_other_words(version.text, target)
        facts = {
            "version": version.pk,
            "start": target.start,
            "end": target.end,
            **_known_there(claim, _engines_own(claim, version, target), target),
            "anchor_state": Claim.AnchorState.EXACT.value,
            "proposed_start": None,
            "proposed_end": None,
            "status": Claim.Status.ACCEPTED.value,
            "status_before": "",
            "overrides": claim_facts.within(_read_anew(claim, reading), target.start, target.end),
        }
        moving.revive([claim.point_id], person)
        return _write(claim, facts, version, person, "reattach")[0]


def let_go(*, person: User, claim_id: int, row_version: int) -> Claim:
    """Say that a waiting claim has no place in the new text: it is withdrawn, never deleted.

    Words that come back in an even newer text bring it back all the same. Raises `Stale` and
    `Refused`.
    """
    with _waiting(claim_id, row_version) as (_story, claim):
        if claim.status == Claim.Status.WITHDRAWN:
            raise Refused(_("This claim was let go already."))
        facts = {"status": Claim.Status.WITHDRAWN.value, "status_before": str(claim.status)}
        return _write(claim, facts, claim.article_version, person, "let_go")[0]


def reverse(decision: Decision, person: User, row_version: int | None = None) -> Decision:
    """Take back what was said of a waiting claim. Raises `Stale`, and `Refused` if it moved on."""
    assert decision.claim is not None  # the dispatcher looked
    known = decision.claim.row_version if row_version is None else row_version
    before, after = decision.values["before"], decision.values["after"]
    with _held(decision.claim.pk, known) as (_story, claim):
        now = _facts_of(claim)
        if any(now[name] != value for name, value in after.items() if name not in _RENEWED):
            raise Refused(_("This has changed since; undoing it would lose the newer change."))
        version = claim.article_version
        if before.get("version", version.pk) != version.pk:
            version = ArticleVersion.objects.get(pk=before["version"])
        return _write(claim, before, version, person, "undo", undoes=decision)[1]


@contextmanager
def _held(claim_id: int, row_version: int) -> Iterator[tuple[Story, Claim]]:
    """Hold the story for a change of one claim that is as the person saw it."""
    story_id = Claim.objects.values_list("story_id", flat=True).get(pk=claim_id)
    with changing(story_id, corrects=True) as story:
        claim = Claim.objects.select_related("article_version__article__current_version").get(
            pk=claim_id
        )
        if claim.row_version != row_version:
            raise Stale(claim)
        yield story, claim


@contextmanager
def _waiting(claim_id: int, row_version: int) -> Iterator[tuple[Story, Claim]]:
    with _held(claim_id, row_version) as (story, claim):
        if claim.anchor_state not in WAITING:
            raise Refused(_("This claim does not wait for a place any more."))
        yield story, claim


def _engines_own(claim: Claim, version: ArticleVersion, target: Target) -> Claim | None:
    """The engine's own claim of that kind there, which is one row with this from now on."""
    if claim.made_by != MadeBy.ENGINE:
        return None
    found = Claim.objects.shown().filter(
        article_version=version,
        made_by=MadeBy.ENGINE,
        reading_kind=claim.reading_kind,
        start__lt=target.end,
        end__gt=target.start,
    )
    own = [row for row in found.exclude(pk=claim.pk) if not set_by_person(row)]
    return min(own, key=lambda row: (-_shared(row.found_span, target), row.pk), default=None)


def _known_there(claim: Claim, own: Claim | None, target: Target) -> Facts:
    """What the next comparison knows the claim by, and what it says until then."""
    facts: Facts = {
        "found_start": None,
        "found_end": None,
        "reading": claim_facts.within(claim.reading, target.start, target.end),
    }
    if own is None:
        return facts
    facts["reading"] = own.reading
    if own.found_span != (target.start, target.end):
        facts["found_start"], facts["found_end"] = own.found_span
    return facts


def _shared(span: tuple[int, int], target: Target) -> int:
    return min(span[1], target.end) - max(span[0], target.start)


def _read_anew(claim: Claim, reading: Mapping[str, Any]) -> Facts:
    """The claim's corrections; one marked by hand takes over what the engine reads at its place."""
    if claim.made_by != MadeBy.PERSON:
        return dict(claim.overrides)
    fields = {name: reading[name] for name in FIELD_WORDS if reading.get(name)}
    if not fields:
        return dict(claim.overrides)
    return {**claim.overrides, "schema": stored_reading.SCHEMA, **fields}


def _facts_of(claim: Claim) -> Facts:
    facts = {name: getattr(claim, column) for name, column in _FACTS.items()}
    return {name: str(value) if isinstance(value, str) else value for name, value in facts.items()}


def _write(
    claim: Claim,
    facts: Facts,
    version: ArticleVersion,
    person: User,
    action: str,
    undoes: Decision | None = None,
) -> tuple[Claim, Decision]:
    """Write the facts that differ, what follows from them, and the decision."""
    now = _facts_of(claim)
    before = {name: now[name] for name, value in facts.items() if now[name] != value}
    after = {name: facts[name] for name in before}
    values: Facts = {_FACTS[name]: value for name, value in after.items()}
    if {"version", "start", "end"} & set(after):
        start, end = facts.get("start", claim.start), facts.get("end", claim.end)
        values.update(claim_facts.quote(version.text, start, end))
    effective = {**facts.get("reading", claim.reading), **facts.get("overrides", claim.overrides)}
    values.update(stored_reading.mirror_columns(effective))
    values["slot"] = claim_facts.known_by(effective)["slot"]
    renewed = renew(claim, claim.row_version, **values)
    decision = put_on_record(
        renewed, person=person, action=action, before=before, after=after, undoes=undoes
    )
    return renewed, decision
