"""A story as a whole, as the matrix, the timeline and the report load it."""

import pytest
from pytest_django import DjangoAssertNumQueries

from claims.whole_story import load_whole_story
from tests import factories
from tests.claims.compared import claims_of, compared_story

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("articles", [2, 12])
def test_queries_do_not_grow_with_the_story(
    articles: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    story = compared_story(articles=articles).story
    assert story.desk.zone
    with django_assert_num_queries(5):
        whole = load_whole_story(story)
    assert len(whole.reports) == len(whole.rows) == articles


def test_each_point_has_its_own_statements_and_flags() -> None:
    compared = compared_story()
    whole = load_whole_story(compared.story)
    assert [point.id for point in whole.points] == [point.pk for point in compared.points]
    for point in compared.points:
        said = {statement.id for statement in whole.statements[point.pk]}
        assert said == {claim.pk for claim in claims_of(point)}
    first = whole.flags_of(compared.points[0].pk)
    assert [flag.point for flag in first] == [compared.points[0].pk]


def test_the_flags_of_a_point_come_gravest_first_suggestions_last() -> None:
    compared = compared_story()
    point, other, _third = compared.points
    claims = claims_of(point)
    low = factories.make_discrepancy(point, claims, severity="low", kind="date")
    guess = factories.make_discrepancy(point, claims, kind="place", suggestion=True)
    medium = factories.make_discrepancy(point, claims, severity="medium", kind="actor")
    elsewhere = factories.make_discrepancy(other, claims_of(other), kind="response")
    whole = load_whole_story(compared.story, "thorough")
    order = [compared.flag.pk, medium.pk, low.pk, guess.pk]
    assert [flag.id for flag in whole.flags_of(point.pk)] == order
    assert [flag.id for flag in whole.flags_of(other.pk)] == [elsewhere.pk]
    assert whole.flags_of(0) == ()
