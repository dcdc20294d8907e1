"""What editors do to points: rename, merge, split, and undo of each."""

from typing import Any

import pytest
from django.db import connection

from claims.models import Claim, Decision, Discrepancy, Point
from claims.services import annotating, arranging, comparing, storing_flags
from claims.services.changes import Refused, Stale
from reader.models import AuditEntry, Role, Story, User
from tests import factories, jobs
from tests.claims.compared import Compared, claims_of, compared_story
from tests.claims.conftest import Reported


@pytest.fixture
def compared(db: None) -> Compared:
    return compared_story()


@pytest.fixture
def person(compared: Compared) -> User:
    return factories.make_member(compared.story.desk, Role.EDITOR)


def rename(person: User, point: Point, label: str) -> Point:
    return arranging.rename_point(
        person=person, point_id=point.pk, row_version=point.row_version, label=label
    )


def merge(person: User, point: Point, *others: Point) -> Point:
    return arranging.merge_points(
        person=person,
        point_id=point.pk,
        row_version=point.row_version,
        others={other.pk: other.row_version for other in others},
    )


def split(person: User, point: Point, *claims: Claim, label: str = "Apart") -> Point:
    return arranging.split_point(
        person=person,
        point_id=point.pk,
        row_version=point.row_version,
        seen={claim.pk: claim.row_version for claim in claims},
        label=label,
    )


def places() -> dict[int, Any]:
    """Where every claim is, and by whom."""
    rows = Claim.objects.values_list("pk", "point", "point_by")
    return {pk: (point, str(by)) for pk, point, by in rows}


def keys_hold() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return True


def test_a_new_name_is_kept_and_on_record(person: User, compared: Compared) -> None:
    renamed = rename(person, compared.points[0], " How many soldiers? ")
    assert (renamed.label, renamed.label_by, renamed.row_version) == (
        "How many soldiers?",
        "person",
        2,
    )
    decision = Decision.objects.get(point=renamed)
    assert decision.values["before"] == {"label": "Soldiers in the port", "label_by": "engine"}
    assert AuditEntry.objects.get().action == "claims.point.rename"
    assert jobs.waiting() == []


def test_a_name_changes_once_and_is_never_empty(person: User, compared: Compared) -> None:
    renamed = rename(person, compared.points[0], "How many?")
    with pytest.raises(Refused, match="Nothing was changed"):
        rename(person, renamed, "How many?")
    with pytest.raises(Refused, match="needs a label"):
        rename(person, renamed, "\u200b \n")


def test_who_arranges_what_another_changed_is_told(person: User, compared: Compared) -> None:
    first, second, _third = compared.points
    rename(person, first, "How many?")
    for act in (
        lambda: rename(person, first, "How many soldiers?"),
        lambda: merge(person, first, second),
        lambda: split(person, first, claims_of(first)[0]),
    ):
        with pytest.raises(Stale) as refused:
            act()
        assert isinstance(refused.value.current, Point)
        assert refused.value.current.label == "How many?"
    assert Decision.objects.count() == 1


def test_a_point_takes_over_the_claims_of_others(person: User, compared: Compared) -> None:
    first, second, third = compared.points
    merged = merge(person, first, second, third)
    assert set(places().values()) == {(first.pk, "person")}
    assert [Point.objects.get(pk=other.pk).status for other in (second, third)] == ["retired"] * 2
    assert merged.row_version == 2
    assert jobs.waiting() == [{"story_id": first.story_id}]
    moved = AuditEntry.objects.filter(action="claims.claim.moved")
    assert moved.count() == 6
    assert moved.values("act_id").distinct().count() == 1


def test_a_flag_goes_along_with_all_its_claims_and_keeps_its_decision(
    person: User, compared: Compared
) -> None:
    first, second, _third = compared.points
    Discrepancy.objects.update(status="dismissed")
    merge(person, second, first)
    flag = Discrepancy.objects.get()
    assert (flag.point_id, flag.status) == (second.pk, "dismissed")
    claims = flag.claims.values_list("pk", flat=True)
    key = storing_flags.natural_key(second.pk, flag.kind, flag.rule, claims)
    assert flag.natural_key == key
    assert keys_hold()


def test_a_flag_whose_twin_is_there_already_is_superseded(person: User, compared: Compared) -> None:
    first, second, _third = compared.points
    claims = [claim.pk for claim in claims_of(first)]
    key = storing_flags.natural_key(second.pk, compared.flag.kind, compared.flag.rule, claims)
    twin = factories.make_discrepancy(second, natural_key=key, status="superseded")
    merge(person, second, first)
    compared.flag.refresh_from_db()
    assert (compared.flag.status, compared.flag.claims.count()) == ("superseded", 0)
    twin.refresh_from_db()
    assert twin.status == "superseded"
    assert keys_hold()


def test_a_label_by_a_person_outlives_a_merge(person: User, compared: Compared) -> None:
    first, second, _third = compared.points
    merged = merge(person, first, rename(person, second, "What did they answer?"))
    assert (merged.label, merged.label_by) == ("What did they answer?", "person")


def test_the_absorbing_point_s_own_label_by_a_person_wins(person: User, compared: Compared) -> None:
    first, second, _third = compared.points
    renamed = rename(person, first, "How many?")
    other = rename(person, second, "What did they answer?")
    assert merge(person, renamed, other).label == "How many?"


@pytest.mark.parametrize(
    ("others", "said"),
    [
        (lambda points: [], "at least one point"),
        (lambda points: [points[0]], "with itself"),
        (lambda points: [points[1], compared_story().points[0]], "does not exist"),
    ],
    ids=["none", "itself", "another story's"],
)
def test_points_that_cannot_be_merged_are_refused(
    person: User, compared: Compared, others: Any, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        merge(person, compared.points[0], *others(compared.points))
    assert Decision.objects.count() == 0


@pytest.mark.parametrize("status", ["closed", "retired"])
def test_a_point_that_is_not_open_is_not_arranged(
    person: User, compared: Compared, status: str
) -> None:
    first, second, _third = compared.points
    Point.objects.filter(pk=second.pk).update(status=status)
    with pytest.raises(Refused):
        merge(person, first, second)
    with pytest.raises(Refused):
        rename(person, second, "Other")
    with pytest.raises(Refused):
        split(person, second, claims_of(second)[0])


def test_chosen_claims_go_into_a_new_point_and_both_halves_stay(
    person: User, compared: Compared
) -> None:
    first = compared.points[0]
    kept, chosen = claims_of(first)
    made = split(person, first, chosen, label="Elsewhere")
    assert (made.label, made.label_by, made.made_by) == ("Elsewhere", "person", "person")
    assert places()[chosen.pk] == (made.pk, "person")
    assert places()[kept.pk] == (first.pk, "person")
    compared.flag.refresh_from_db()
    assert compared.flag.status == "superseded"
    assert list(compared.flag.claims.all()) == [kept]
    assert keys_hold()


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (lambda points: [], "Choose the claims"),
        (lambda points: claims_of(points[0]), "at least one claim"),
        (lambda points: claims_of(points[1])[:1], "no longer in this point"),
    ],
    ids=["none", "all", "of another point"],
)
def test_claims_that_cannot_be_split_off_are_refused(
    person: User, compared: Compared, chosen: Any, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        split(person, compared.points[0], *chosen(compared.points))
    assert Point.objects.count() == 3


def test_what_moves_must_be_as_it_was_seen(person: User, compared: Compared) -> None:
    point, other = compared.points[:2]
    first = claims_of(point)[0]
    accepted = annotating.set_status(
        person=person, claim_id=first.pk, row_version=first.row_version, status="accepted"
    )
    with pytest.raises(Stale) as stale:
        split(person, point, first)
    assert stale.value.current == first
    rename(person, other, "Theirs")
    with pytest.raises(Stale) as stale:
        merge(person, point, other)
    assert stale.value.current == other
    assert Point.objects.filter(status="retired").count() == 0
    split(person, point, accepted)


def test_a_closed_story_is_not_arranged(person: User, compared: Compared) -> None:
    first, second, _third = compared.points
    Story.objects.update(status=Story.Status.CLOSED)
    for act in (
        lambda: rename(person, first, "Other"),
        lambda: merge(person, first, second),
        lambda: split(person, first, claims_of(first)[0]),
    ):
        with pytest.raises(Refused, match="closed"):
            act()


@pytest.mark.parametrize("texts", [("troops: 3 ships: 4", "troops: 5 ships: 6")])
def test_what_was_merged_or_split_stays_so_over_a_comparison(
    story: Story, reported: Reported, texts: tuple[str, ...]
) -> None:
    reported(*texts)
    comparing.compare_story(story.pk)
    person = factories.make_member(story.desk, Role.EDITOR)
    first, second = Point.objects.order_by("position")
    merged = merge(person, first, second)
    held = places()
    comparing.compare_story(story.pk)
    assert places() == held
    merged.refresh_from_db()
    chosen = claims_of(merged)[:3]
    split(person, merged, *chosen)
    held = places()
    comparing.compare_story(story.pk)
    assert places() == held
    assert keys_hold()


def test_reversing_a_merge_brings_points_claims_and_flags_back(
    person: User, compared: Compared
) -> None:
    first, second, _third = compared.points
    Discrepancy.objects.update(status="confirmed")
    held = places()
    merge(person, second, first)
    arranging.reverse(Decision.objects.get(), person)
    first.refresh_from_db()
    assert places() == held
    assert first.status == "open"
    flag = Discrepancy.objects.get()
    assert (flag.point_id, flag.status) == (first.pk, "confirmed")
    assert keys_hold()


def test_reversing_a_split_retires_the_new_point(person: User, compared: Compared) -> None:
    held = places()
    made = split(person, compared.points[0], claims_of(compared.points[0])[0])
    arranging.reverse(Decision.objects.get(), person)
    made.refresh_from_db()
    assert places() == held
    assert made.status == "retired"


def test_reversing_a_rename_brings_the_old_label_back(person: User, compared: Compared) -> None:
    rename(person, compared.points[0], "How many?")
    decision = arranging.reverse(Decision.objects.get(), person)
    point = Point.objects.get(pk=compared.points[0].pk)
    assert (point.label, point.label_by) == ("Soldiers in the port", "engine")
    assert decision.undoes is not None


def test_a_merge_is_not_reversed_once_a_claim_went_elsewhere(
    person: User, compared: Compared
) -> None:
    first, second, third = compared.points
    merge(person, first, second)
    claim = claims_of(first)[0]
    annotating.place_claim(
        person=person, claim_id=claim.pk, row_version=claim.row_version, place=third.pk
    )
    held = places()
    with pytest.raises(Refused, match="changed since"):
        arranging.reverse(Decision.objects.get(action="merge"), person)
    assert places() == held
