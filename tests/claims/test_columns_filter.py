"""The list of points cut down to a kind or a verdict."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from claims.comparison import Comparison, build_comparison
from claims.layout import Layout
from reader.models import Role
from tests import factories
from tests.claims.compared import Compared, claims_of, compared_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def compared() -> Compared:
    made = compared_story()
    grave = factories.make_discrepancy(made.points[2], claims_of(made.points[2]), kind="date")
    assert grave.severity
    return made


def build(compared: Compared, point: int | None = None, **layout: str) -> Comparison:
    person = factories.make_member(compared.story.desk, Role.READER)
    return build_comparison(compared.story, person, point=point, layout=Layout(**layout))  # type: ignore[arg-type]


def listed(page: Comparison) -> list[tuple[str, bool]]:
    return [(row.label, row.outside) for row in page.points]


def test_a_kind_leaves_the_points_with_such_a_flag(compared: Compared) -> None:
    page = build(compared, kind="date")
    assert listed(page) == [("Grounds", False)]
    assert page.chosen is not None
    assert (page.chosen.label, page.chosen.previous, page.chosen.next) == ("Grounds", None, None)
    assert (page.filtered.total, page.points[0].number) == (3, 3)


def test_facets_count_what_they_would_leave(compared: Compared) -> None:
    filtered = build(compared, verdict="conflict").filtered
    assert [(one.name, one.points) for one in filtered.kinds] == [("quantity", 1)]
    assert [(one.name, one.points, one.chosen) for one in filtered.verdicts] == [
        ("conflict", 1, True),
        ("refined", 1, False),
        ("agree", 1, False),
    ]
    assert (filtered.verdicts[0].query, filtered.verdicts[1].query) == ("", "&verdict=refined")


def test_the_chosen_point_stays_in_the_list_whatever_is_filtered(compared: Compared) -> None:
    page = build(compared, point=compared.points[1].pk, kind="date")
    assert listed(page) == [("The answer", True), ("Grounds", False)]
    assert page.chosen is not None
    assert (page.chosen.previous, page.chosen.next) == (None, compared.points[2].pk)


def test_where_nothing_fits_the_page_says_what_to_do(client: Client, compared: Compared) -> None:
    client.force_login(factories.make_member(compared.story.desk, Role.READER))
    page = client.get(reverse("claims:compare", args=[compared.story.slug]), {"kind": "place"})
    assertContains(page, "data-no-points")
    assertContains(page, "0 of 3 points")
    assertContains(page, 'id="point-clear"')
    assertContains(page, "data-verdict=")  # the first point's evidence is still there
    assertNotContains(page, "data-point-list")


def test_rows_say_how_many_flags_are_open_and_how_grave(compared: Compared) -> None:
    rows = build(compared).points
    assert [(row.verdict, row.open, row.worst) for row in rows] == [
        ("conflict", 1, "high"),
        ("agree", 0, ""),
        ("refined", 1, "high"),
    ]
