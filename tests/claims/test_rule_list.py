"""The list of rules: what each flagged, what became of it, and whose numbers they are."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from claims.engine.rules import CARDS
from claims.models import Discrepancy, Point
from claims.rule_list import RuleRow, build_rules
from claims.services.switching import switch_rule
from reader.models import Desk
from tests import factories
from tests.personas import Personas, make_personas
from tests.reader.admin_client import signed_in

pytestmark = pytest.mark.django_db
RULE = "quantity-intervals"
LIST = "admin:claims_ruleswitch_changelist"


@pytest.fixture
def people() -> Personas:
    return make_personas()


@pytest.fixture
def point(people: Personas) -> Point:
    return factories.make_point(factories.make_story(people.desk))


def flags(point: Point, number: int, status: str = "open", **fields: Any) -> list[Discrepancy]:
    return [factories.make_discrepancy(point, status=status, **fields) for _ in range(number)]


def row(*desks: Desk, rule: str = RULE) -> RuleRow:
    return next(found for found in build_rules(desks) if found.name == rule)


@pytest.mark.parametrize("name", CARDS)
def test_every_rule_has_a_sentence_and_an_example(name: str, people: Personas) -> None:
    found = row(people.desk, rule=name)
    assert found.sentence.endswith(".")
    assert " / " in found.example
    assert (found.flags.number, found.flags.parts, found.off) == (0, [], [])


def test_flags_are_counted_by_what_became_of_them(people: Personas, point: Point) -> None:
    flags(point, 2)
    flags(point, 3, "confirmed")
    flags(point, 1, "settled")
    flags(point, 1, "superseded", status_before="open")
    flags(point, 4, rule="date-ranges")
    found = row(people.desk).flags
    assert (found.number, found.open) == (7, 2)
    assert found.parts == ["2 open", "3 confirmed", "1 settled", "1 no longer found"]


def test_dismissals_are_counted_by_the_reason_that_stands(people: Personas, point: Point) -> None:
    for flag, code in zip(flags(point, 3, "dismissed"), ("misread", "misread", ""), strict=True):
        factories.make_decision(people.editor, flag, reason_code="same_value")
        factories.make_decision(people.editor, flag, reason_code=code)
    reopened = flags(point, 1)[0]
    factories.make_decision(people.editor, reopened, reason_code="not_material")
    assert row(people.desk).flags.reasons == ["Misread by the engine: 2", "No reason: 1"]


def test_a_dismissal_that_was_undone_gives_no_reason(people: Personas, point: Point) -> None:
    (flag,) = flags(point, 1, "dismissed")
    factories.make_decision(people.editor, flag, reason_code="misread")
    last = factories.make_decision(people.editor, flag, reason_code="same_value")
    factories.make_decision(people.editor, flag, action="undo", undoes=last)
    assert row(people.desk).flags.reasons == ["Misread by the engine: 1"]


def test_how_often_editors_upheld_it_is_said_from_five_decisions_on(
    people: Personas, point: Point
) -> None:
    flags(point, 3, "confirmed")
    flags(point, 1, "dismissed")
    assert row(people.desk).flags.share == "Too few to say (4 decided)"
    flags(point, 1, "superseded", status_before="confirmed")
    flags(point, 9, "superseded", status_before="open")
    assert row(people.desk).flags.share == "4 of 5 decided (80%)"


def test_suggestions_are_counted_apart(people: Personas, point: Point) -> None:
    flags(point, 2, suggestion=True)
    found = row(people.desk)
    assert (found.flags.number, found.suggestions.parts) == (0, ["2 open"])


def test_numbers_are_those_of_the_desks_asked_for(people: Personas, point: Point) -> None:
    other = factories.make_point()
    flags(point, 1)
    flags(other, 2)
    assert row(people.desk).flags.open == 1
    assert row(people.desk, other.story.desk).flags.open == 3
    assert row().flags.open == 0


def test_queries_do_not_grow(
    people: Personas, point: Point, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for flag in flags(point, 5, "dismissed"):
        factories.make_decision(people.editor, flag)
    with django_assert_num_queries(3):
        build_rules([people.desk])


class TestPage:
    @pytest.fixture
    def client(self, people: Personas) -> Client:
        return signed_in(people.admin)

    def test_an_admin_of_one_desk_sees_its_numbers_and_switches(
        self, client: Client, people: Personas, point: Point
    ) -> None:
        flags(point, 1)
        flags(factories.make_point(), 5)
        page = client.get(reverse(LIST)).content.decode()
        assert page.count("data-rule=") == len(CARDS)
        assert "1 open" in page
        assert "5 open" not in page
        assert f"/review/?rule={RULE}" in page
        assert f"Switch {RULE} off for {people.desk.name}" in page
        assert "<select" not in page

    def test_flags_of_a_rule_that_is_off_are_said_to_go(
        self, client: Client, people: Personas, point: Point
    ) -> None:
        flags(point, 1)
        switch_rule(
            desk_id=people.desk.pk, rule=RULE, on=False, reason="Too loud", person=people.admin
        )
        page = client.get(reverse(LIST)).content.decode()
        assert "being compared without this rule" in page
        assert f"/review/?rule={RULE}" not in page

    def test_a_superuser_sees_all_desks_or_one(self, people: Personas, point: Point) -> None:
        root = factories.make_user("root", is_superuser=True)
        other = factories.make_point()
        flags(point, 1)
        flags(other, 2)
        client = signed_in(root)
        every = client.get(reverse(LIST)).content.decode()
        assert "3 open" in every
        assert "On for all desks." in every
        assert "/review/" not in every.partition("data-rule=")[2]
        one = client.get(reverse(LIST), {"desk": other.story.desk_id}).content.decode()
        assert "2 open" in one
        assert f"Switch {RULE} off for {other.story.desk.name}" in one

    def test_another_desk_cannot_be_asked_for(
        self, client: Client, people: Personas, point: Point
    ) -> None:
        factories.make_desk()
        other = factories.make_point()
        flags(other, 2)
        page = client.get(reverse(LIST), {"desk": other.story.desk_id}).content.decode()
        assert "2 open" not in page
        assert other.story.desk.name not in page

    def test_desks_with_a_rule_off_are_named_among_all(self, people: Personas) -> None:
        root = factories.make_user("root", is_superuser=True)
        factories.make_desk()
        switch_rule(desk_id=people.desk.pk, rule=RULE, on=False, reason="Too loud", person=root)
        page = signed_in(root).get(reverse(LIST)).content.decode()
        assert "Too loud" in page
        assert f"Switch {RULE} on for {people.desk.name}" in page
