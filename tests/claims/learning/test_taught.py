"""Which pairs a desk's decisions teach: the same, or apart, and nothing of what was undone."""

import pytest
from pytest_django import DjangoAssertNumQueries

from claims.learning.taught import Taught, taught_by
from claims.models import Claim, Counterpart, Decision, Discrepancy
from claims.services import annotating, arranging, deciding, undoing
from reader.models import Role, User
from tests import factories
from tests.claims.compared import Compared, claims_of, compared_story

Status = Discrepancy.Status


@pytest.fixture
def compared(db: None) -> Compared:
    return compared_story()


@pytest.fixture
def person(compared: Compared) -> User:
    return factories.make_member(compared.story.desk, Role.EDITOR)


def taught(compared: Compared) -> Taught:
    return taught_by(compared.story, list(Claim.objects.filter(story=compared.story)))


def pair(*claims: Claim) -> tuple[int, ...]:
    return tuple(sorted(claim.pk for claim in claims))


def decide(compared: Compared, person: User, action: str, reason: str = "") -> Decision:
    flag = compared.flag
    flag.refresh_from_db()
    return deciding.decide(
        person=person,
        discrepancy_id=flag.pk,
        row_version=flag.row_version,
        action=action,
        reason_code=reason,
    )


def test_what_the_engine_did_alone_teaches_nothing(compared: Compared) -> None:
    assert not taught(compared)


def test_the_claims_of_a_confirmed_flag_are_the_same(compared: Compared, person: User) -> None:
    decide(compared, person, "confirm")
    assert taught(compared).same == {pair(*compared.flag.claims.all())}


def test_a_flag_dismissed_as_two_things_keeps_its_claims_apart(
    compared: Compared, person: User
) -> None:
    decide(compared, person, "dismiss", "not_same_thing")
    assert taught(compared).apart == {pair(*compared.flag.claims.all())}


def test_a_flag_dismissed_for_another_reason_teaches_nothing(
    compared: Compared, person: User
) -> None:
    decide(compared, person, "dismiss", "not_material")
    assert not taught(compared)


def test_what_was_undone_teaches_nothing(compared: Compared, person: User) -> None:
    decision = decide(compared, person, "confirm")
    undoing.undo(person=person, decision_id=decision.pk)
    assert not taught(compared)


def test_merged_points_teach_that_their_claims_are_the_same(
    compared: Compared, person: User
) -> None:
    first, second = compared.points[:2]
    claims = [*claims_of(first), *claims_of(second)]
    arranging.merge_points(
        person=person,
        point_id=first.pk,
        row_version=first.row_version,
        others={second.pk: second.row_version},
    )
    reports = {claim.pk: claim.article_version_id for claim in claims}
    assert taught(compared).same == {
        (one, other)
        for one in reports
        for other in reports
        if one < other and reports[one] != reports[other]
    }


def test_a_split_teaches_that_its_halves_are_apart(compared: Compared, person: User) -> None:
    point = compared.points[0]
    one, other = claims_of(point)
    arranging.split_point(
        person=person,
        point_id=point.pk,
        row_version=point.row_version,
        seen={one.pk: one.row_version},
        label="Apart",
    )
    assert taught(compared) == Taught(same=frozenset(), apart=frozenset({pair(one, other)}))  # type: ignore[arg-type]


def test_a_claim_that_was_taken_out_is_apart_from_those_it_left(
    compared: Compared, person: User
) -> None:
    one, other = claims_of(compared.points[1])
    annotating.place_claim(person=person, claim_id=one.pk, row_version=one.row_version, place=None)
    assert taught(compared).apart == {pair(one, other)}


def test_pairs_in_doubt_teach_what_a_person_said_of_them(compared: Compared) -> None:
    one, other = claims_of(compared.points[0])[0], claims_of(compared.points[1])[1]
    said = factories.make_counterpart(one, other, status=Counterpart.Status.KEPT_APART)
    assert taught(compared).apart == {pair(one, other)}
    Counterpart.objects.filter(pk=said.pk).update(status=Counterpart.Status.JOINED)
    assert taught(compared).same == {pair(one, other)}


def test_a_pair_said_to_be_both_teaches_nothing(compared: Compared, person: User) -> None:
    decide(compared, person, "confirm")
    claims = list(compared.flag.claims.all())
    factories.make_counterpart(*claims, status=Counterpart.Status.KEPT_APART)
    assert not taught(compared)


def test_rejected_claims_teach_nothing(compared: Compared, person: User) -> None:
    decide(compared, person, "confirm")
    Claim.objects.filter(story=compared.story).update(status=Claim.Status.REJECTED)
    assert not taught(compared)


def test_three_queries_for_any_number_of_claims(
    compared: Compared, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = list(Claim.objects.filter(story=compared.story))
    with django_assert_num_queries(3):
        taught_by(compared.story, rows)
