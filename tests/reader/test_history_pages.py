"""The pages of a history: what they can be narrowed to, how they follow, what they cost."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from reader import audit, history
from reader.models import AuditEntry, Role, Story, User
from reader.services.stories import close_story, rename_story
from tests import factories
from tests.reader.told import imported, told, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    desk = factories.make_desk(zone="Europe/Berlin")
    return factories.make_story(desk, title="A port")


@pytest.fixture
def editor(story: Story) -> User:
    return factories.make_member(
        story.desk, Role.EDITOR, "ada", first_name="Ada", last_name="Writer"
    )


@pytest.fixture
def client(client: Client, story: Story) -> Client:
    client.force_login(factories.make_member(story.desk, Role.READER, "rita"))
    return client


@pytest.mark.parametrize(
    "asked",
    [
        {"object": "reader.article:0"},
        {"object": "reader.article:999999"},
        {"object": "reader.article"},
        {"object": "nothing.here:1"},
        {"object": "reader.article:" + "9" * 30},
        {"object": "x\x00:1"},
        {"before": "x"},
        {"before": "-1"},
        {"act": "no-uuid"},
        {"kind": "\x00"},
        {"since": "yesterday"},
        {"since": "2026-11-22T10:00:00"},
        {"since": "0001-01-01T00:00:00+00:00"},
    ],
)
def test_what_does_not_exist_is_not_found(
    asked: dict[str, str], client: Client, story: Story
) -> None:
    assert client.get(url(story), asked).status_code == 404


def test_acts_can_be_narrowed_to_a_person_and_to_a_kind_of_thing(
    client: Client, story: Story, editor: User
) -> None:
    imported(story, editor)
    close_story(story_id=story.pk, person=factories.make_member(story.desk, Role.EDITOR, "ben"))
    with transaction.atomic():
        audit.record(
            "claims.story.compared", target=story, actor=None, actor_name="engine", after={}
        )
    ada = told(client, story, by=editor.pk)
    assert "brought in" in ada
    assert "closed the story" not in ada
    assert "compared" not in ada
    engine = told(client, story, by="engine")
    assert "The engine compared" in engine
    assert "brought in" not in engine
    reports = told(client, story, kind="reader.article")
    assert "brought in" in reports
    assert "closed the story" not in reports
    assert "Nothing that fits" in told(client, story, by="nobody")


def test_the_filter_offers_who_acted_and_keeps_what_was_chosen(
    client: Client, story: Story, editor: User
) -> None:
    close_story(story_id=story.pk, person=editor)
    with transaction.atomic():
        audit.record("a.b.c", target=story, actor=None, actor_name="engine")
    page = client.get(url(story), {"by": str(editor.pk)})
    assertContains(page, f'<option value="{editor.pk}" selected>Ada Writer</option>', html=True)
    assertContains(page, '<option value="engine">The engine</option>', html=True)
    assertNotContains(page, "rita</option>")


def many_acts(story: Story, editor: User, number: int) -> None:
    with transaction.atomic():
        for at in range(number):
            audit.record("reader.story.changed", target=story, actor=editor, after={"n": at})


def places(page: str) -> list[int]:
    return [int(found) for found in re.findall(r'id="act-(\d+)"', page)]


def test_pages_follow_one_another_without_gaps_or_repeats(
    client: Client, story: Story, editor: User
) -> None:
    many_acts(story, editor, history.ACTS_A_PAGE + 3)
    page = client.get(url(story), {"by": str(editor.pk)}).content.decode()
    assert len(places(page)) == history.ACTS_A_PAGE
    older = re.search(r'rel="next" href="([^"]+)"', page)
    assert older
    with transaction.atomic():  # what happens meanwhile moves nothing
        audit.record("reader.story.changed", target=story, actor=editor)
    rest = client.get(older[1].replace("&amp;", "&")).content.decode()
    assert len(places(rest)) == 3
    assert places(page) + places(rest) == sorted(places(page) + places(rest), reverse=True)
    assert set(places(page) + places(rest)) == set(
        AuditEntry.objects.filter(story=story).order_by("-pk").values_list("pk", flat=True)[1:]
    )
    assert 'rel="next"' not in rest


def test_a_large_act_shows_its_first_parts_and_leads_to_all(
    client: Client, story: Story, editor: User
) -> None:
    number = history.PARTS_AN_ACT + 2
    with transaction.atomic(), audit.act() as act:
        for at in range(number):
            audit.record("reader.article.added", target=story, actor=editor, after={"n": at})
    page = client.get(url(story)).content.decode()
    assert f"brought in {number} reports" in page
    assert page.count("act-details") == history.PARTS_AN_ACT
    assert "Show all, 2 more" in page
    alone = client.get(url(story), {"act": str(act)}).content.decode()
    assert alone.count("act-details") == number
    assert client.get(url(story), {"act": str(uuid4())}).status_code == 200


def queries(client: Client, story: Story) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url(story)).status_code == 200
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_acts(
    client: Client, story: Story, editor: User
) -> None:
    imported(story, editor)
    queries(client, story)  # the first asks the session's store once more
    few = queries(client, story)
    for at in range(12):
        imported(story, editor, f"Text {at}.", title=f"Title {at}", source=f"Source {at}")
    rename_story(story_id=story.pk, person=editor, seen="A port", title="Two ports")
    assert queries(client, story) == few
    assert few <= 9


def test_the_history_since_a_time_leaves_out_what_was_before(
    client: Client, story: Story, editor: User
) -> None:
    rename_story(story_id=story.pk, person=editor, seen="A port", title="Two ports")
    entry = AuditEntry.objects.get(action="reader.story.renamed")
    for seconds, number in ((-1, 1), (1, 0)):
        since = (entry.at + timedelta(seconds=seconds)).isoformat()
        page = client.get(url(story), {"since": since})
        assertContains(page, "data-since")
        assert sum(len(day.acts) for day in page.context["history"].days) == number
