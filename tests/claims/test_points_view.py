"""A point's own page: what it shows to whom, and what its forms do."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from claims.models import Claim, Decision, Point
from claims.point_page import build_point_page
from claims.services import arranging
from reader.models import Article, Role, Story, User
from tests import factories
from tests.claims.compared import Compared, claims_of, compared_story

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#point-page"}


@pytest.fixture
def compared(db: None) -> Compared:
    return compared_story()


@pytest.fixture
def person(compared: Compared) -> User:
    return factories.make_member(compared.story.desk, Role.EDITOR)


@pytest.fixture
def visitor(person: User) -> Client:
    return signed_in(person)


@pytest.fixture
def point(compared: Compared) -> Point:
    return compared.points[0]


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(point: Point) -> str:
    return reverse("claims:point", args=[point.pk])


def named(*rows: Claim | Point) -> list[str]:
    """Claims and points as the page's inputs name them."""
    return [f"{row.pk}-{row.row_version}" for row in rows]


def send(visitor: Client, point: Point, verb: str, **form: Any) -> Any:
    data = {"verb": verb, "row_version": point.row_version, **form}
    return visitor.post(address(point), data, follow=True)


def test_the_page_shows_the_claims_and_the_other_points(
    visitor: Client, compared: Compared, point: Point
) -> None:
    page = visitor.get(address(point)).context["page"]
    assert [row.quote for row in page.rows] == [
        "About 1,000 soldiers are in the port",
        "About 2,000 soldiers are in the port",
    ]
    others = {other.id for other in page.nearest}
    assert others == {compared.points[1].pk, compared.points[2].pk}
    assert page.nearest[0].quotes


def test_rejected_and_outdated_claims_are_not_in_a_point(
    visitor: Client, compared: Compared, point: Point
) -> None:
    first, _second = claims_of(point)
    Claim.objects.filter(pk=first.pk).update(status="rejected")
    factories.make_version(compared.articles[1], "All is different now.")
    assert visitor.get(address(point)).context["page"].rows == ()


@pytest.mark.parametrize("more", [0, 20])
def test_the_number_of_queries_does_not_grow(
    person: User,
    compared: Compared,
    more: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    version = compared.articles[0].current_version
    for _ in range(more):
        factories.make_point(claims=[factories.make_claim(version, "The government")])
        factories.make_claim(version, "The government", point=compared.points[0])
    point = Point.objects.select_related("story__desk").get(pk=compared.points[0].pk)
    with django_assert_num_queries(7):
        build_point_page(point, person)


def test_an_editor_renames_a_point(visitor: Client, point: Point) -> None:
    done = send(visitor, point, "rename", label="How many soldiers?")
    assert done.redirect_chain == [(f"{address(point)}?did=rename", 302)]
    assert b"Renamed." in done.content
    point.refresh_from_db()
    assert (point.label, point.label_by) == ("How many soldiers?", "person")


def test_an_editor_splits_a_point(visitor: Client, point: Point) -> None:
    first, second = claims_of(point)
    send(visitor, point, "split", claim=named(first), new_label="Apart")
    first.refresh_from_db()
    assert first.point is not None
    assert (first.point.label, first.point.label_by) == ("Apart", "person")
    assert claims_of(point) == [second]


def test_an_editor_merges_points(visitor: Client, compared: Compared, point: Point) -> None:
    other = compared.points[1]
    send(visitor, point, "merge", other=named(other))
    other.refresh_from_db()
    assert other.status == "retired"
    assert Claim.objects.filter(point=point).count() == 4
    assert b"This point is no longer in use" in visitor.get(address(other)).content


def test_chosen_claims_are_taken_out_and_put_back_together(visitor: Client, point: Point) -> None:
    claims = claims_of(point)
    done = send(visitor, point, "take_out_chosen", claim=named(*claims))
    assert claims_of(point) == []
    taken = done.context["page"].taken_out
    assert taken.number == 2
    send(visitor, point, "put_back", decision=taken.decision)
    assert claims_of(point) == claims


def test_a_fact_checker_takes_single_claims_out_and_arranges_nothing(
    compared: Compared, point: Point
) -> None:
    visitor = signed_in(factories.make_member(compared.story.desk, Role.FACT_CHECKER))
    first, second = claims_of(point)
    page = visitor.get(address(point)).content
    assert b'data-action="take-out"' in page
    assert b'data-action="rename"' not in page
    for verb in ("rename", "split", "merge", "take_out_chosen", "undo", "other"):
        assert send(visitor, point, verb, claim=named(first)).status_code == 403
    assert send(visitor, point, "take_out", one=named(first)[0]).status_code == 200
    assert claims_of(point) == [second]


def test_a_reader_changes_nothing(compared: Compared, point: Point) -> None:
    visitor = signed_in(factories.make_member(compared.story.desk, Role.READER))
    assert b"data-action" not in visitor.get(address(point)).content
    assert send(visitor, point, "take_out").status_code == 403


def test_the_last_decision_about_a_point_is_undone_on_its_page(
    visitor: Client, point: Point
) -> None:
    done = send(visitor, point, "rename", label="How many soldiers?")
    last = done.context["page"].last
    assert "Renamed by" in last.words
    send(visitor, point, "undo", decision=last.decision)
    point.refresh_from_db()
    assert point.label == "Soldiers in the port"


def test_what_was_typed_stays_when_somebody_was_faster(
    visitor: Client, person: User, point: Point
) -> None:
    arranging.rename_point(person=person, point_id=point.pk, row_version=1, label="Theirs")
    refused = send(visitor, point, "rename", label="Mine")
    assert refused.status_code == 409
    assert b"This has changed since you opened it" in refused.content
    assert b'value="Mine"' in refused.content
    assert b'<h1 dir="auto">Theirs</h1>' in refused.content
    point.refresh_from_db()
    assert send(visitor, point, "rename", label="Mine").status_code == 200


def test_bad_input_stays_with_its_reason(visitor: Client, compared: Compared, point: Point) -> None:
    first, _second = claims_of(point)
    other = compared.points[1]
    refused = send(visitor, point, "split", claim=named(first), new_label=" ")
    assert refused.status_code == 422
    assert b"A point needs a label." in refused.content
    assert refused.context["chosen"] == {first.pk}
    refused = send(visitor, point, "split", new_label="Typed")
    assert b"Choose the claims for the new point." in refused.content
    assert b'value="Typed"' in refused.content
    refused = send(visitor, point, "merge", other=named(other, point))
    assert refused.context["taken_over"] == {other.pk, point.pk}
    assert send(visitor, point, "rename", label="x" * 301).status_code == 422
    assert Decision.objects.count() == 0


@pytest.mark.parametrize(
    ("verb", "form"),
    [
        ("split", {"claim": "x-y", "new_label": "Apart"}),
        ("split", {"claim": "99999-1", "new_label": "Apart"}),
        ("merge", {"other": ["x", "99999-1"]}),
        ("take_out_chosen", {"claim": "99999-1"}),
        ("take_out", {"one": ""}),
        ("undo", {"decision": "99999"}),
        ("put_back", {"decision": "x"}),
        ("", {}),
    ],
)
def test_made_up_input_changes_nothing(
    visitor: Client, point: Point, verb: str, form: dict[str, Any]
) -> None:
    assert send(visitor, point, verb, **form).status_code in (404, 422)
    assert Decision.objects.count() == 0


def test_htmx_gets_the_page_s_part_only(visitor: Client, point: Point) -> None:
    part = visitor.get(address(point), headers=HTMX)
    assert b"<html" not in part.content
    assert b'id="point-page"' in part.content
    data = {"verb": "rename", "row_version": 1, "label": ""}
    refused = visitor.post(address(point), data, headers=HTMX)
    assert refused.status_code == 422
    assert b"<html" not in refused.content


@pytest.mark.parametrize("headers", [{}, {**HTMX, "HX-Target": "div#elsewhere"}])
def test_others_get_the_whole_page(visitor: Client, point: Point, headers: dict[str, str]) -> None:
    assert b"<html" in visitor.get(address(point), headers=headers).content


def test_a_closed_story_offers_nothing(visitor: Client, point: Point) -> None:
    Story.objects.update(status=Story.Status.CLOSED)
    page = visitor.get(address(point)).content
    assert b"This story is closed" in page
    assert b"data-action" not in page


def test_a_claim_of_a_hidden_report_is_taken_out_by_admins_only(
    visitor: Client, compared: Compared, point: Point
) -> None:
    claim = point.claims.order_by("pk")[0]
    Article.objects.filter(pk=claim.article_version.article_id).update(status="taken_down")
    for verb, form in (("take_out", "one"), ("take_out_chosen", "claim")):
        answer = send(visitor, point, verb, **{form: f"{claim.pk}-{claim.row_version}"})
        assert answer.status_code == 404
    claim.refresh_from_db()
    assert claim.point_id == point.pk
