"""Two people at one row: what was changed while a page of the administration stood open stays."""

from datetime import UTC, datetime

import pytest
from pytest_django.asserts import assertContains

from reader.models import Article, AuditEntry, Membership, Role, Story
from reader.services.stories import rename_story
from tests import factories
from tests.personas import Personas, make_personas
from tests.reader.admin_client import open_row, post_opened, post_row, signed_in, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Personas:
    return make_personas()


def test_what_an_admin_left_alone_is_not_put_back(people: Personas) -> None:
    story = factories.make_story(people.desk, title="A port")
    client = signed_in(people.admin)
    form = open_row(client, story)
    rename_story(story_id=story.pk, person=people.editor, seen="A port", title="Two ports")
    assert post_opened(client, story, form, status="closed") == 302
    story.refresh_from_db()
    assert (story.title, story.status) == ("Two ports", "closed")
    actions = AuditEntry.objects.filter(actor=people.admin).values_list("action", flat=True)
    assert list(actions) == ["reader.story.closed"]


def test_a_title_that_changed_meanwhile_is_not_written_over(people: Personas) -> None:
    story = factories.make_story(people.desk, title="A port")
    client = signed_in(people.admin)
    form = open_row(client, story)
    rename_story(story_id=story.pk, person=people.editor, seen="A port", title="Two ports")
    post_opened(client, story, form, title="The port", status="closed")
    story.refresh_from_db()
    assert (story.title, story.status) == ("Two ports", "open")
    assertContains(client.get(url(Story, "change", story.pk)), "renamed the story to “Two ports”")
    assert post_row(client, story, title="The port") == 302
    assert AuditEntry.objects.latest("pk").action == "reader.story.renamed"


def test_of_two_admins_the_second_is_told(people: Personas) -> None:
    article = factories.make_article(factories.make_story(people.desk))
    client = signed_in(people.admin)
    form = open_row(client, article)
    moved = datetime(2024, 10, 24, 8, 0, tzinfo=UTC)
    post_row(client, article, title="Theirs", published_at=moved)
    assert post_opened(client, article, form, byline="Ana Ruiz") == 302
    article.refresh_from_db()
    assert (article.title, article.published_at, article.byline) == ("Theirs", moved, "Ana Ruiz")
    post_opened(client, article, form, title="Mine")
    assertContains(client.get(url(Article, "change", article.pk)), "has changed “Title”")
    article.refresh_from_db()
    assert article.title == "Theirs"


def test_a_role_that_changed_meanwhile_is_not_put_back(people: Personas) -> None:
    held = Membership.objects.get(user=people.editor, desk=people.desk)
    client = signed_in(people.admin)
    form = open_row(client, held)
    post_row(client, held, role=Role.READER)
    for role in (Role.EDITOR, Role.FACT_CHECKER):
        post_opened(client, held, form, role=role)
        held.refresh_from_db()
        assert held.role == Role.READER
