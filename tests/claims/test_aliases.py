"""Names that a desk adds: which may be, what is recorded, and that other desks never see them."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from claims.annotation import engine_reading, passage_of
from claims.models import Alias, Discrepancy
from claims.services.aliases import Wanted, add_alias, change_alias, faults, remove_alias
from claims.services.comparing import compare_story, request_comparison
from claims.services.newsroom import settings_of
from reader.models import AuditEntry, Desk, Story
from reader.services.people import Refused
from tests import factories, jobs
from tests.personas import Personas, make_personas
from tests.plain_sql import refused
from tests.reader.admin_client import open_row, post_opened, post_row, signed_in, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Personas:
    return make_personas()


def wanted(
    name: str = "Elm House", canonical: str = "Norway", kind: str = "institution", note: str = ""
) -> Wanted:
    return Wanted(name=name, canonical=canonical, kind=kind, note=note)


def add(people: Personas, *given: str) -> Alias:
    return add_alias(desk_id=people.desk.pk, wanted=wanted(*given), person=people.admin)


def test_a_name_is_recorded_and_the_desks_open_stories_are_compared(people: Personas) -> None:
    mine = factories.make_story(people.desk)
    factories.make_story(people.desk, status=Story.Status.CLOSED)
    factories.make_story()
    alias = add(people)
    assert (alias.folded, alias.desk) == ("elm house", people.desk)
    assert jobs.waiting() == [{"story_id": mine.pk}]
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor) == ("claims.alias.added", people.admin)
    assert entry.after == {
        "desk": people.desk.pk,
        "name": "Elm House",
        "canonical": "Norway",
        "kind": "institution",
        "note": "",
    }


def test_a_name_holds_on_its_desk_alone(people: Personas) -> None:
    add(people)
    assert {alias.name for alias in settings_of(people.desk).aliases} == {"Elm House"}
    assert settings_of(factories.make_desk()).aliases == frozenset()


def explained(desk: Desk) -> str:
    """What is said of a figure that a house gives, beside another one."""
    story = factories.make_story(desk)
    event = "people were injured when a grandstand collapsed in Dorn on Friday."
    for text in (
        f"Elm House said 12 {event}\n\nThe match was called off. The club promised to pay.",
        f"A hospital said 19 {event}\n\nThousands had come to watch. Trains were delayed.",
    ):
        factories.make_article(story, text, published_at=datetime(2024, 5, 3, 9, tzinfo=UTC))
    request_comparison(story.pk)
    compare_story(story.pk)
    return Discrepancy.objects.get(story=story, rule="quantity-intervals").explanation


def test_the_desks_comparisons_know_the_name_and_no_other_desks(people: Personas) -> None:
    add(people)
    assert "Norway: 12 people" in explained(people.desk)
    assert "Elm House: 12 people" in explained(factories.make_desk())


def test_a_selection_is_read_under_the_desks_names(people: Personas) -> None:
    article = factories.make_article(
        factories.make_story(people.desk), "Elm Gazette reported on Friday that two boats sank."
    )

    def kinds() -> list[object]:
        passage = passage_of(article, 0, 51)
        assert passage is not None
        links = engine_reading(passage)["attribution"]
        return [link["kind"] for link in links]

    before = kinds()
    add(people, "Elm Gazette", "Elm Gazette Group", "agency")
    assert kinds() == ["agency"]
    assert before != ["agency"]


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        (wanted("Elm\x07House"), "name", "control characters"),
        (wanted("E"), "name", "two letters"),
        (wanted("!!!"), "name", "two letters"),
        (wanted("The"), "name", "common words"),
        (wanted("He Was"), "name", "common words"),
        (wanted("A B C D E F G H I"), "name", "8 words"),
        (wanted("2024"), "name", "two letters"),
        (wanted("ﷺ" * 40), "name", "too long"),
        (wanted(canonical="–"), "canonical", "two letters"),
        (wanted(canonical="the --"), "canonical", "two letters"),
        (wanted(canonical="they"), "canonical", "common words"),
        (wanted(canonical="the Elm-House"), "canonical", "for itself"),
        (wanted("Elmland", "Dorn", "nation"), "canonical", "no country"),
        (wanted("Elmland", "Reuters", "nation"), "canonical", "no country"),
        (wanted("Kremlin", "Moscow"), "name", "name of Russia already"),
        (wanted("the KREMLIN", "Russian Federation"), "name", "name of Russia already"),
        (wanted("Norway", "Sweden"), "name", "an actor itself"),
    ],
)
def test_names_that_cannot_be(people: Personas, given: Wanted, field: str, said: str) -> None:
    found = faults(people.desk.pk, given)
    assert found.keys() == {field}
    assert said in found[field]
    with pytest.raises(Refused, match=said):
        add_alias(desk_id=people.desk.pk, wanted=given, person=people.admin)
    assert not Alias.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (wanted("the ELM House", "Peru"), "name"),  # the same name again
        (wanted("Elm Palace", "Elm House"), "canonical"),  # a name of a name
        (wanted("Dorn Works", "Peru"), "name"),  # what another name stands for
        (wanted("Norway House", "DW"), "canonical"),  # that of the other name
    ],
)
def test_no_name_stands_twice_nor_leads_to_another(
    people: Personas, given: Wanted, field: str
) -> None:
    add(people)
    add(people, "DW", "Dorn Works")
    assert faults(people.desk.pk, given).keys() == {field}
    assert not faults(factories.make_desk().pk, given)


@pytest.mark.parametrize(
    "given",
    [
        wanted("Kremlin", "Kremlin Hotel Group"),  # a desk may know another one
        wanted("KNDC", "Kestrel Dam Company"),
        wanted("Dorn Papers", "Dorn Papers of 1974", "document"),
        wanted("Elmland", "Norway", "nation"),
        wanted("Thunderer", "Reuters", "agency"),
    ],
)
def test_names_that_may_be(people: Personas, given: Wanted) -> None:
    assert not faults(people.desk.pk, given)


def test_a_changed_name_is_judged_without_itself(people: Personas) -> None:
    alias = add(people)
    jobs.forget_all()
    story = factories.make_story(people.desk)
    change_alias(alias_id=alias.pk, wanted=wanted(note="seat"), person=people.admin)
    assert jobs.waiting() == []  # a note changes nothing that is compared
    change_alias(alias_id=alias.pk, wanted=wanted("Elm Hall", note="seat"), person=people.admin)
    assert jobs.waiting() == [{"story_id": story.pk}]
    alias.refresh_from_db()
    assert (alias.name, alias.folded) == ("Elm Hall", "elm hall")
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["claims.alias.added", "claims.alias.changed", "claims.alias.changed"]
    add(people)
    with pytest.raises(Refused):
        change_alias(alias_id=alias.pk, wanted=wanted(), person=people.admin)


def test_a_removed_name_is_kept_in_the_trail(people: Personas) -> None:
    alias = add(people)
    jobs.forget_all()
    story = factories.make_story(people.desk)
    remove_alias(alias_id=alias.pk, person=people.admin)
    assert not Alias.objects.exists()
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.before["name"]) == ("claims.alias.removed", "Elm House")
    assert jobs.waiting() == [{"story_id": story.pk}]


@pytest.mark.parametrize(
    ("change", "constraint"),
    [("folded = 'elm house'", "alias_name_once"), ("kind = 'person'", "alias_kind_known")],
)
def test_the_database_keeps_names_apart_and_kinds_known(
    people: Personas, change: str, constraint: str
) -> None:
    add(people)
    other = add(people, "Elm Hall")
    refused(f"UPDATE claims_alias SET {change} WHERE id = %s", other.pk, match=constraint)


class TestPages:
    @pytest.fixture
    def client(self, people: Personas) -> Client:
        return signed_in(people.admin)

    def given(self, desk: Desk, **fields: str) -> dict[str, object]:
        row = {"name": "Elm House", "canonical": "Norway", "kind": "institution", "note": ""}
        return {"desk": desk.pk, **row, **fields}

    def test_an_admin_adds_changes_and_removes_a_name(
        self, client: Client, people: Personas
    ) -> None:
        assert client.post(url(Alias, "add"), self.given(people.desk)).status_code == 302
        alias = Alias.objects.get()
        assert post_row(client, alias, name="Elm\u200b Hall") == 302
        alias.refresh_from_db()
        assert (alias.name, alias.folded) == ("Elm Hall", "elm hall")
        assert client.post(url(Alias, "delete", alias.pk), {"post": "yes"}).status_code == 302
        assert not Alias.objects.exists()
        assert AuditEntry.objects.count() == 3

    def test_a_fault_is_told_at_its_field_and_what_was_typed_stays(
        self, client: Client, people: Personas
    ) -> None:
        answer = client.post(url(Alias, "add"), self.given(people.desk, canonical="elm house"))
        assert "canonical" in answer.context["adminform"].form.errors
        assert 'value="elm house"' in answer.content.decode()

    def test_nobody_adds_to_another_desk_nor_moves_a_name_there(
        self, client: Client, people: Personas
    ) -> None:
        other = factories.make_desk()
        assert client.post(url(Alias, "add"), self.given(other)).status_code == 200
        assert not Alias.objects.exists()
        alias = add(people)
        post_row(client, alias, desk=other.pk, name="Elm Hall")
        alias.refresh_from_db()
        assert (alias.desk, alias.name) == (people.desk, "Elm Hall")

    def test_a_page_that_is_behind_overwrites_nothing(
        self, client: Client, people: Personas
    ) -> None:
        alias = add(people)
        form = open_row(client, alias)
        change_alias(alias_id=alias.pk, wanted=wanted("Elm Hall"), person=people.admin)
        post_opened(client, alias, form, name="Elm Court")
        alias.refresh_from_db()
        assert alias.name == "Elm Hall"
