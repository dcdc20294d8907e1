"""The list of stories, and making one."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from claims.story_list import list_stories
from reader.models import AuditEntry, Role, Story
from tests import factories
from tests.claims.compared import compared_story

pytestmark = pytest.mark.django_db


def test_list_shows_sources_flags_and_state_of_own_desks_only(client: Client) -> None:
    compared = compared_story()
    hidden = factories.make_story()
    client.force_login(factories.make_member(compared.story.desk, Role.READER))
    page = client.get(reverse("claims:stories"))
    assertContains(page, f'data-story-row="{compared.story.slug}"')
    assertContains(page, f"{compared.story.slug} source 1")
    assertContains(page, "1 open flag")
    assertContains(page, "2 reports · 3 points")
    assertNotContains(page, hidden.slug)
    assertNotContains(page, "New story")


@pytest.mark.parametrize("stories", [1, 6])
def test_queries_of_the_list_do_not_grow(
    stories: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    desk = factories.make_desk()
    for _ in range(stories):
        compared_story(desk)
    person = factories.make_member(desk, Role.READER)
    with django_assert_num_queries(4):
        assert len(list_stories(person).rows) == stories


def test_an_empty_list_says_what_to_do(client: Client) -> None:
    client.force_login(factories.make_member(factories.make_desk(), Role.EDITOR))
    assertContains(client.get(reverse("claims:stories")), "Make the first story")


def test_an_editor_makes_a_story_and_it_is_audited(client: Client) -> None:
    editor = factories.make_member(factories.make_desk(), Role.EDITOR)
    client.force_login(editor)
    desk = editor.memberships.get().desk
    made = client.post(
        reverse("reader:story_new"), {"title": "Flood in the valley", "desk": desk.pk}
    )
    story = Story.objects.get()
    assertRedirects(made, "/stories/flood-in-the-valley/")
    assert (story.desk, story.title) == (desk, "Flood in the valley")
    entry = AuditEntry.objects.get(action="reader.story.created")
    assert (entry.actor, entry.story_id) == (editor, story.pk)


def test_a_taken_slug_gets_a_number(client: Client) -> None:
    factories.make_story(slug="flood")
    editor = factories.make_member(factories.make_desk(), Role.EDITOR)
    client.force_login(editor)
    desk = editor.memberships.get().desk
    client.post(reverse("reader:story_new"), {"title": "Flood", "desk": desk.pk})
    assert Story.objects.filter(slug="flood-2", desk=desk).exists()


def test_another_desk_cannot_be_named(client: Client) -> None:
    client.force_login(factories.make_member(factories.make_desk(), Role.EDITOR))
    other = factories.make_desk()
    answer = client.post(reverse("reader:story_new"), {"title": "Flood", "desk": other.pk})
    assert answer.status_code == 422
    assert not Story.objects.exists()


def test_a_refused_title_stays_on_the_page(client: Client) -> None:
    editor = factories.make_member(factories.make_desk(), Role.EDITOR)
    client.force_login(editor)
    title = "long " * 80
    answer = client.post(
        reverse("reader:story_new"), {"title": title, "desk": editor.memberships.get().desk_id}
    )
    assertContains(answer, title.strip(), status_code=422)


@pytest.mark.parametrize(
    ("typed", "stored"), [(" Flood\u200b\u202e\x1b ", ["Flood"]), ("\u200b", [])]
)
def test_a_new_title_is_cleaned_and_must_show_something(
    client: Client, typed: str, stored: list[str]
) -> None:
    editor = factories.make_member(factories.make_desk(), Role.EDITOR)
    client.force_login(editor)
    desk = editor.memberships.get().desk_id
    client.post(reverse("reader:story_new"), {"title": typed, "desk": desk})
    assert list(Story.objects.values_list("title", flat=True)) == stored
