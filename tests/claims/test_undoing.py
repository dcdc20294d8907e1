"""Undo: what a decision changed is put back exactly, or not at all."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Claim, Decision, Discrepancy, Point
from claims.services import annotating, arranging, deciding, undoing
from claims.services.changes import Refused
from claims.services.quoting import Target
from reader.models import AuditEntry, Role, Story, User
from tests import factories
from tests.claims.compared import Compared, claims_of, compared_story

FIELDS = [
    "start",
    "end",
    "exact",
    "prefix",
    "suffix",
    "found_start",
    "found_end",
    "status",
    "anchor_state",
    "overrides",
    "reading",
    "reading_kind",
    "slot",
    "point",
    "point_by",
    "unit",
    "whose",
    "amount",
    "as_of",
    "certainty",
    "response_act",
]


@pytest.fixture
def compared(db: None) -> Compared:
    return compared_story()


@pytest.fixture
def person(compared: Compared) -> User:
    return factories.make_member(compared.story.desk, Role.EDITOR)


@pytest.fixture
def claim(compared: Compared) -> Claim:
    return claims_of(compared.points[0])[0]


def state(claim: Claim) -> dict[str, object]:
    return dict(Claim.objects.values(*FIELDS).get(pk=claim.pk))


def now(claim: Claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)


def edit(person: User, claim: Claim, certainty: str, place: int | str | None = None) -> Claim:
    return annotating.edit_claim(
        person=person,
        claim_id=claim.pk,
        row_version=now(claim).row_version,
        target=Target(start=6, end=20, exact="1,000 soldiers"),
        corrected={"certainty": certainty},
        place=now(claim).point_id if place is None else place,
    )


def set_status(person: User, claim: Claim, status: str) -> Claim:
    return annotating.set_status(
        person=person, claim_id=claim.pk, row_version=now(claim).row_version, status=status
    )


def undo_last(person: User) -> Decision:
    standing = Decision.objects.filter(undoes__isnull=True, undone_by__isnull=True)
    return undoing.undo(person=person, decision_id=standing.latest("pk").pk)


ACTS: dict[str, Callable[[User, Claim, Compared], object]] = {
    "edit": lambda person, claim, story: edit(person, claim, "hedged", story.points[2].pk),
    "edit into a new point": lambda person, claim, story: edit(person, claim, "hedged", "New"),
    "accept": lambda person, claim, story: set_status(person, claim, "accepted"),
    "reject": lambda person, claim, story: set_status(person, claim, "rejected"),
    "take out": lambda person, claim, story: annotating.place_claim(
        person=person, claim_id=claim.pk, row_version=claim.row_version, place=None
    ),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS.keys())
def test_a_claim_is_put_back_exactly(
    person: User, compared: Compared, claim: Claim, act: Callable[..., object]
) -> None:
    before = state(claim)
    act(person, claim, compared)
    assert state(claim) != before
    undone = undo_last(person)
    assert state(claim) == before
    assert undone.undoes is not None
    assert undone.values["before"] == undone.undoes.values["after"]
    assert undone.values["after"] == undone.undoes.values["before"]
    assert now(claim).row_version == 3


def test_acts_are_undone_from_the_newest_to_the_oldest(person: User, claim: Claim) -> None:
    states = [state(claim)]
    for certainty in ("hedged", "possible", "asserted"):
        edit(person, claim, certainty)
        states.append(state(claim))
    for wanted in reversed(states[:-1]):
        undo_last(person)
        assert state(claim) == wanted


def test_an_older_decision_waits_for_the_newer_one(person: User, claim: Claim) -> None:
    edit(person, claim, "hedged")
    first = Decision.objects.get()
    edit(person, claim, "possible")
    with pytest.raises(Refused, match="Undo that first"):
        undoing.undo(person=person, decision_id=first.pk)


def test_a_decision_is_undone_once_and_an_undo_never(person: User, claim: Claim) -> None:
    set_status(person, claim, "accepted")
    first = Decision.objects.get()
    undone = undoing.undo(person=person, decision_id=first.pk)
    with pytest.raises(Refused, match="undone already"):
        undoing.undo(person=person, decision_id=first.pk)
    with pytest.raises(Refused, match="Decide again"):
        undoing.undo(person=person, decision_id=undone.pk)
    assert Decision.objects.count() == 2


def test_a_reading_that_the_engine_renewed_is_no_hindrance(person: User, claim: Claim) -> None:
    edit(person, claim, "hedged")
    renewed = {**claim.reading, "certainty": "predicted"}
    Claim.objects.filter(pk=claim.pk).update(reading=renewed, row_version=7)
    undo_last(person)
    assert (now(claim).certainty, now(claim).overrides) == ("predicted", {})


@pytest.mark.parametrize(
    "change",
    [
        {"status": "withdrawn", "status_before": "accepted"},
        {"overrides": {"schema": 1, "certainty": "possible"}},
        {"overrides": {}},
        {"point_id": None},
    ],
    ids=["withdrawn", "other correction", "no correction", "elsewhere"],
)
def test_what_changed_since_is_not_overwritten(
    person: User, claim: Claim, change: dict[str, object]
) -> None:
    edit(person, claim, "hedged", "New")
    Claim.objects.filter(pk=claim.pk).update(**change)
    held = state(claim)
    with pytest.raises(Refused):
        undo_last(person)
    assert state(claim) == held
    assert not Decision.objects.filter(undoes__isnull=False).exists()


def test_a_claim_marked_by_hand_is_rejected_by_an_undo(person: User, compared: Compared) -> None:
    version = compared.articles[0].current_version
    assert version is not None
    made = annotating.add_claim(
        person=person,
        version_id=version.pk,
        target=Target(start=6, end=20, exact="1,000 soldiers"),
        reading={},
        place="By hand",
    )
    point = made.point
    undo_last(person)
    assert (now(made).status, now(made).point_id) == ("rejected", None)
    assert point is not None
    assert Point.objects.get(pk=point.pk).status == "retired"


def test_a_claim_returns_into_a_point_that_was_retired_and_never_into_a_closed_one(
    person: User, compared: Compared
) -> None:
    point = compared.points[1]
    first, second = claims_of(point)
    arranging.take_out(person=person, seen={first.pk: 1, second.pk: 1})
    assert Point.objects.get(pk=point.pk).status == "retired"
    undo_last(person)
    assert Point.objects.get(pk=point.pk).status == "open"
    Point.objects.filter(pk=point.pk).update(status="closed")
    with pytest.raises(Refused, match="is closed"):
        undo_last(person)


def test_all_of_an_act_is_undone_together(person: User, compared: Compared) -> None:
    report = compared.articles[0]
    annotating.set_all(person=person, article_id=report.pk, status="accepted", expected=3)
    one = Decision.objects.order_by("pk")[1]
    assert undoing.undo_together(person=person, decision_id=one.pk) == 3
    assert set(Claim.objects.values_list("status", flat=True)) == {"suggested"}
    assert Decision.objects.filter(action="undo").count() == 3
    undos = AuditEntry.objects.filter(action="claims.claim.undo")
    assert undos.values("act_id").distinct().count() == 1


def test_an_act_of_which_one_part_changed_is_not_undone_by_half(
    person: User, compared: Compared
) -> None:
    report = compared.articles[0]
    annotating.set_all(person=person, article_id=report.pk, status="accepted", expected=3)
    one = Decision.objects.order_by("pk")[0]
    assert one.claim is not None
    set_status(person, one.claim, "rejected")
    with pytest.raises(Refused):
        undoing.undo_together(person=person, decision_id=one.pk)
    assert Claim.objects.filter(status="accepted").count() == 2


def test_decisions_about_points_and_flags_are_undone_too(person: User, compared: Compared) -> None:
    flag, point = compared.flag, compared.points[1]
    deciding.decide(person=person, discrepancy_id=flag.pk, row_version=1, action="confirm")
    undo_last(person)
    assert Discrepancy.objects.get().status == "open"
    arranging.rename_point(person=person, point_id=point.pk, row_version=1, label="Other")
    undo_last(person)
    assert Point.objects.get(pk=point.pk).label == "The answer"


def test_nothing_is_undone_in_a_closed_story(person: User, claim: Claim) -> None:
    set_status(person, claim, "accepted")
    Story.objects.update(status=Story.Status.CLOSED)
    with pytest.raises(Refused, match="closed"):
        undo_last(person)


def test_a_refusal_of_many_says_which_claim_it_is_about(person: User, compared: Compared) -> None:
    report = compared.articles[0]
    annotating.set_all(person=person, article_id=report.pk, status="accepted", expected=3)
    one = Decision.objects.get(claim__exact="The government denied it")
    assert one.claim is not None
    set_status(person, one.claim, "rejected")
    with pytest.raises(Refused, match=r"^“The government denied it” \(.*\): Something newer"):
        undoing.undo_together(person=person, decision_id=one.pk)


def test_a_claim_of_many_that_the_engine_lost_is_named(person: User, compared: Compared) -> None:
    report = compared.articles[0]
    annotating.set_all(person=person, article_id=report.pk, status="accepted", expected=3)
    one = Decision.objects.get(claim__exact="The government denied it")
    Claim.objects.filter(pk=one.claim_id).update(status="withdrawn")  # type: ignore[misc]
    with pytest.raises(Refused, match=r"^“The government denied it” \(.*\): The engine"):
        undoing.undo_together(person=person, decision_id=one.pk)


def test_the_undo_of_many_takes_few_queries_for_each(person: User, compared: Compared) -> None:
    version = compared.articles[0].current_version
    assert version is not None
    took = []
    for more in (0, 20):
        for _ in range(more):
            factories.make_claim(version, "They train")
        waiting = Claim.objects.filter(article_version=version, status="suggested").count()
        report = compared.articles[0]
        annotating.set_all(person=person, article_id=report.pk, status="rejected", expected=waiting)
        newest = Decision.objects.latest("pk")
        with CaptureQueriesContext(connection) as queries:
            undoing.undo_together(person=person, decision_id=newest.pk)
        took.append(len(queries))
    assert took[1] - took[0] <= 20 * 6


def point_entries(point: Point) -> list[tuple[str, object, object, str]]:
    """What the trail says of the point's status, oldest first."""
    entries = AuditEntry.objects.filter(object_type="claims.point", object_id=point.pk)
    return [
        (entry.action, entry.before["status"], entry.after["status"], entry.actor_name)
        for entry in entries.order_by("pk")
    ]


def test_a_point_that_goes_out_of_use_and_comes_back_is_on_record_with_who_did_it(
    person: User, compared: Compared
) -> None:
    point = compared.points[1]
    arranging.take_out(person=person, seen={claim.pk: 1 for claim in claims_of(point)})
    name = AuditEntry.objects.filter(action="claims.claim.place").latest("pk").actor_name
    assert name
    assert point_entries(point) == [("claims.point.retired", "open", "retired", name)]
    undo_last(person)
    assert point_entries(point)[1:] == [("claims.point.revived", "retired", "open", name)]


@pytest.mark.parametrize("how", ["accept", "edit", "undo"])
def test_a_claim_that_is_rejected_no_more_brings_its_point_back(
    person: User, compared: Compared, how: str
) -> None:
    point = compared.points[1]
    for claim in claims_of(point):
        set_status(person, claim, "rejected")
    assert Point.objects.get(pk=point.pk).status == "retired"
    claim = now(claims_of(point)[0])
    if how == "accept":
        set_status(person, claim, "accepted")
    elif how == "undo":
        undoing.undo(
            person=person, decision_id=Decision.objects.filter(claim=claim).latest("pk").pk
        )
    else:
        annotating.edit_claim(
            person=person,
            claim_id=claim.pk,
            row_version=claim.row_version,
            target=Target(start=claim.start, end=claim.end, exact=claim.exact),
            corrected={"certainty": "hedged"},
            place=point.pk,
        )
    assert now(claim).point_id == point.pk
    assert Point.objects.get(pk=point.pk).status == "open"
