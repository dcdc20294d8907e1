"""One comparison of a story: its present texts through the engine into the tables.

The same texts twice change no row. What a person set is never overwritten, a closed story never
regrouped.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Literal

from django.db import connection, transaction
from django.db.models import F

from claims.engine import readings
from claims.engine.readings import Comparison
from claims.judge_words import note_of
from claims.judging.options import configured
from claims.judging.outgoing import may_leave
from claims.models import Claim
from claims.services.comparison_inputs import Inputs, read_inputs
from claims.services.kept_readings import encoder_for, read_each
from claims.services.settling import Changes
from claims.services.storing_claims import drop_claims, store_claims
from claims.services.storing_counterparts import store_counterparts
from claims.services.storing_flags import store_flags
from claims.services.storing_passages import store_passages
from claims.services.storing_points import retire_emptied, store_points
from claims.services.tally import Tally
from claims.services.time_limit import time_limit
from reader import audit
from reader.models import Story

if TYPE_CHECKING:
    from claims.engine.compare import Read
    from claims.engine.corrections import Corrections
    from claims.engine.judges import Judge
    from claims.engine.origins import Origins

Outcome = Literal["changed", "unchanged", "closed", "stale", "missing"]

# A hundred reports take a minute or two; a story made to be slow must not hold the worker.
MOST_SECONDS = 600.0

# Rows of a discrepancy follow their claims when those change points; until then these rest.
MENDED = "discrepancy_claim_point_of_claim, discrepancy_claim_point_of_discrepancy"


@dataclass(frozen=True, kw_only=True)
class _Compared:
    """The engine's own claims, and how they relate with what people have corrected of them.

    `note` says in one word what the comparison had to do without; mostly empty.
    """

    claims: Sequence[readings.Claim]
    comparison: Comparison
    note: str = ""

    @property
    def added(self) -> set[str]:
        """The ids of claims that the engine was given and did not find itself."""
        found = {claim.id for claim in self.claims}
        return {claim.id for claim in self.comparison.claims} - found


def request_comparison(story_id: int) -> None:
    """Note that the compared texts changed; the caller defers the job in the same transaction."""
    Story.objects.filter(pk=story_id).bump(texts_revision=F("texts_revision") + 1)


def compare_story(story_id: int) -> Outcome:
    """Compare the story's live English reports and store the result in one transaction.

    `stale`: newer texts came meanwhile, nothing was stored, and their own job will. Where only
    claims were corrected meanwhile, all is stored but what concerns these: their own job does that,
    and a story in which people work all the time is compared none the less. If anything fails, the
    story says so (`compare_error`), what was stored before stays, and the error goes on to the
    caller; `TookTooLong` where a stage of the engine takes `MOST_SECONDS`. Where a model is
    configured its server is waited for, so never call this inside a transaction.
    """
    try:
        inputs = read_inputs(story_id)
    except Exception as error:
        note_failure(story_id, type(error).__name__)
        raise
    if inputs is None:
        return "missing"
    try:
        if inputs.story.status == Story.Status.CLOSED:
            return _finish_closed(inputs)
        return _store(inputs, _compare(inputs), _find_origins(inputs))
    except Exception as error:
        _fail(story_id, inputs.texts_revision, type(error).__name__)
        raise


def _compare(inputs: Inputs) -> _Compared:
    """The engine's answer. Loaded here: a web process defers jobs and never needs its tables."""
    from claims.services.correcting import corrections_for

    with time_limit(MOST_SECONDS):
        found = _engine_read(inputs)
    corrections = corrections_for(found.claims, inputs.rows, inputs.versions, inputs.apart)
    relate = partial(_relate, found, corrections, inputs)
    model = configured()
    if model is None:
        return _Compared(claims=found.claims, comparison=relate(None))
    from claims.judging.consult import consult

    answered = consult(model, relate, partial(may_leave, inputs.versions, model.unpublished))
    return _Compared(claims=found.claims, comparison=answered.comparison, note=answered.note)


def _engine_read(inputs: Inputs) -> "Read":
    from claims.engine import compare as engine

    known = read_each(inputs)
    return engine.read(inputs.reports, settings=inputs.settings, known=known)


def _relate(
    found: "Read", corrections: "Corrections", inputs: Inputs, judge: "Judge | None"
) -> Comparison:
    asking = replace(inputs, settings=replace(inputs.settings, judge=judge))
    with time_limit(MOST_SECONDS):
        return _engine_relate(found, corrections, asking)


def _engine_relate(found: "Read", corrections: "Corrections", inputs: Inputs) -> Comparison:
    from claims.engine import compare as engine
    from claims.engine import vectors

    return engine.relate(
        found,
        corrections=corrections,
        mode="thorough",
        encoder=encoder_for(found, inputs, vectors.load()),
        settings=inputs.settings,
    )


def _find_origins(inputs: Inputs) -> "Origins":
    """Which texts are one text, in whichever language: wire copy counts once."""
    from claims.engine import origins

    with time_limit(MOST_SECONDS):
        return origins.find([*inputs.reports, *inputs.unread])


def note_failure(story_id: int, error: str) -> None:
    """Make it visible that the present texts could not be compared; `error` is one word."""
    texts_revision = Story.objects.values_list("texts_revision", flat=True).get(pk=story_id)
    _fail(story_id, texts_revision, error)


@transaction.atomic
def _finish_closed(inputs: Inputs) -> Outcome:
    """A closed story stays as it is; its new texts count as seen."""
    _settle(inputs.story.pk, inputs.texts_revision, Tally())
    return "closed"


@transaction.atomic
def _store(inputs: Inputs, compared: _Compared, origins: "Origins") -> Outcome:
    """Write what changed, and note which texts and corrections it belongs to."""
    story = Story.objects.select_for_update().get(pk=inputs.story.pk)
    if story.status == Story.Status.CLOSED:
        return _finish_closed(inputs)
    since: Sequence[Claim] = ()
    if story.texts_revision != inputs.texts_revision:
        now = read_inputs(story.pk)
        if now is None or now.texts != inputs.texts:
            return "stale"
        since = _changed_since(inputs.rows, now.rows)
    tally = Tally()
    with audit.act():
        _defer_keys()
        held = _points_in_use(story)
        comparison = compared.comparison
        stored = store_claims(story, inputs.versions, compared.claims, compared.added, tally)
        points, busy = store_points(story, comparison.points, stored, since, tally)
        changes = Changes(followers=stored.followers, present=stored.present)
        store_flags(story, comparison.discrepancies, points, stored.rows, busy, changes, tally)
        store_counterparts(story, comparison.counterparts, stored.rows, tally)
        drop_claims(stored.gone, stored.present, tally)
        retired = retire_emptied(story, held)
        tally.touched("points retired", *[point.pk for point in retired])
        _check_keys()
        store_passages(story, origins, inputs.versions, tally)
        number = len(set(origins.by_report.values()))
        note = note_of(compared.note, inputs.settings.rules_off)
        changed = _settle(story.pk, inputs.texts_revision, tally, origins=number, note=note)
    return "changed" if changed else "unchanged"


def _changed_since(before: Sequence[Claim], now: Sequence[Claim]) -> list[Claim]:
    """The claims that were marked or changed since they were read for the comparison."""
    seen = {row.pk: row.row_version for row in before}
    return [row for row in now if seen.get(row.pk) != row.row_version]


def _points_in_use(story: Story) -> list[int]:
    claims = Claim.objects.filter(story=story, point__isnull=False)
    return list(claims.values_list("point", flat=True).distinct())


def _defer_keys() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {MENDED} DEFERRED")


def _check_keys() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {MENDED} IMMEDIATE")


def _settle(
    story_id: int,
    texts_revision: int,
    tally: Tally,
    *,
    error: str = "",
    origins: int | None = None,
    note: str = "",
) -> bool:
    """Bump and audit the story if anything changed, the state of its comparison included.

    `origins` is given where a comparison was stored; what was counted before stays otherwise.
    `note` stands in the audit entry where there is one.
    """
    story = Story.objects.select_for_update().get(pk=story_id)
    before = _state(story.compared_revision, story.compare_error, story.origins)
    after = _state(texts_revision, error, story.origins if origins is None else origins)
    if note or story.compare_note:
        before["note"], after["note"] = story.compare_note, note
    overtaken = story.compared_revision > texts_revision
    if overtaken or (not tally and before == after):
        return False
    Story.objects.filter(pk=story_id).bump(
        compared_revision=texts_revision,
        compare_error=error,
        compare_note=note,
        origins=after["origins"],
    )
    audit.record(
        "claims.story.comparison_failed" if error else "claims.story.compared",
        target=story,
        actor=None,
        actor_name=audit.ENGINE,
        before=before,
        after={**after, **tally.as_json()},
    )
    return True


def _state(compared_revision: int, error: str, origins: int) -> dict[str, object]:
    return {"compared_revision": compared_revision, "error": error, "origins": origins}


@transaction.atomic
def _fail(story_id: int, texts_revision: int, error: str) -> None:
    """Make a failure visible on the story. Only the kind of error is kept: messages quote texts."""
    _settle(story_id, texts_revision, Tally(), error=error)
