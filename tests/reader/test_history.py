"""The history of a story: what is told of each entry, and to whom."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from reader import audit
from reader.models import Article, AuditEntry, Role, Story, User
from reader.services.stories import close_story, create_story
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


def test_an_act_is_told_as_a_sentence_with_who_and_when_in_the_persons_zone(
    client: Client, story: Story, editor: User
) -> None:
    AuditEntry.objects.create(
        act_id=uuid4(),
        at=datetime(2024, 10, 26, 23, 30, tzinfo=UTC),
        action="reader.story.renamed",
        object_type="reader.story",
        object_id=story.pk,
        story=story,
        actor=editor,
        actor_name="ada",
        before={"title": "Old"},
        after={"title": "A port"},
    )
    page = told(client, story)
    assert "Times are those of Europe/Berlin" in page
    assert "Sunday 27 October 2024" in page
    assert "01:30 CEST" in page
    assert "Ada Writer renamed the story" in page
    assert "Title Old → became A port" in page


def test_one_act_with_several_entries_is_one_item(
    client: Client, story: Story, editor: User
) -> None:
    imported(story, editor)
    page = client.get(url(story))
    assertContains(page, "data-act=", count=1)
    text = told(client, story)
    assert "Ada Writer brought in the report Ships (Agence)" in text
    assert "1 more change" in text
    assert "stored a version of the report" in text
    assert "Published 23 October 2024, 09:30 CEST" in text


def test_the_newest_act_comes_first(client: Client, story: Story, editor: User) -> None:
    imported(story, editor)
    close_story(story_id=story.pk, person=editor, reason="Printed")
    text = told(client, story)
    assert text.index("closed the story") < text.index("brought in")
    assert "Reason: Printed" in text
    assert "Status Open → became Closed" in text


def test_a_reports_words_are_told_only_as_changed_and_by_todays_name(
    client: Client, story: Story, editor: User
) -> None:
    article = imported(story, editor, title="First title")
    with transaction.atomic():
        audit.record(
            "reader.article.changed",
            target=article,
            actor=editor,
            before=audit.hashed({"title": "First title"}),
            after=audit.hashed({"title": "Second title"}),
        )
    Article.objects.filter(pk=article.pk).update(title="Second title")
    text = told(client, story)
    assert "changed the facts of the report Second title (Agence)" in text
    assert "Title another one (the history keeps no words of it)" in text
    assert "First title" not in text


def test_what_is_no_entry_of_words_is_folded_under_details(
    client: Client, story: Story, editor: User
) -> None:
    article = imported(story, editor)
    text = told(client, story)
    assert article.current_sha256
    assert text.index("Details") < text.index(article.current_sha256)
    assert f"About reader.article:{article.pk}" in text


def test_an_unknown_action_is_shown_by_its_raw_name(
    client: Client, story: Story, editor: User
) -> None:
    with transaction.atomic():
        audit.record("later.thing.frobnicated", target=story, actor=editor, after={"n": [1, 2]})
        audit.record("reader.story.frobnicated", target=story, actor=editor, after={"n": 3})
        audit.record("claims.claim.frobnicated", target=story, actor=None, actor_name="robot")
    text = told(client, story)
    assert f"Ada Writer: later.thing.frobnicated, reader.story {story.pk}" in text
    assert "Ada Writer: reader.story.frobnicated, A port" in text
    assert "robot: claims.claim.frobnicated" in text
    assert "n [1, 2]" in text


def test_words_that_should_not_be_in_the_trail_are_not_shown(
    client: Client, story: Story, editor: User
) -> None:
    with transaction.atomic():
        audit.record(
            "claims.claim.frobnicated", target=story, actor=editor, after={"exact": "secret words"}
        )
    assertNotContains(client.get(url(story)), "secret words")


@pytest.mark.parametrize("status", ["draft", "embargoed", "taken_down"])
def test_a_hidden_report_is_not_named_to_those_to_whom_it_does_not_exist(
    status: str, client: Client, story: Story, editor: User
) -> None:
    article = imported(story, editor, title="Embargoed news")
    Article.objects.filter(pk=article.pk).update(status=status)
    page = client.get(url(story))
    assertNotContains(page, "Embargoed news")
    assertNotContains(page, reverse("reader:article", args=[article.pk]))
    assertNotContains(page, "Agence")
    assertContains(page, "a report that is not shown")
    of_it = client.get(url(story), {"object": f"reader.article:{article.pk}"})
    assertNotContains(of_it, "Embargoed news")
    admin = Client()
    admin.force_login(factories.make_member(story.desk, Role.ADMIN))
    assertContains(admin.get(url(story)), "Embargoed news")


def test_only_the_storys_own_entries_are_told(client: Client, story: Story, editor: User) -> None:
    elsewhere = create_story(desk=factories.make_desk(), title="Another desk's", actor=editor)
    assertNotContains(client.get(url(story)), "Another desk")
    asked = {"object": f"reader.story:{elsewhere.pk}"}
    assert client.get(url(story), asked).status_code == 404


def test_the_history_of_one_thing_names_it_and_leads_back(
    client: Client, story: Story, editor: User
) -> None:
    article = imported(story, editor)
    other = imported(story, editor, "Another text.", title="Planes", source="Brevia")
    text = told(client, story, object=f"reader.article:{article.pk}")
    assert "All that happened to Ships (Agence)" in text
    assert "Planes" not in text
    assert "Show the history of the whole story" in text
    page = client.get(url(story), {"object": f"reader.article:{other.pk}"})
    assertContains(page, f'href="{url(story)}"')


def test_an_empty_history_says_so(client: Client, story: Story) -> None:
    assert "Nothing has happened here yet" in told(client, story)


def test_the_article_page_leads_to_the_articles_history(
    client: Client, story: Story, editor: User
) -> None:
    article = imported(story, editor)
    page = client.get(reverse("reader:article", args=[article.pk]))
    assertContains(page, f"{url(story)}?object=reader.article:{article.pk}")
