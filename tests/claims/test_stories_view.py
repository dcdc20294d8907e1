"""The list of stories, and making one."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from reader.models import AuditEntry, Role, Story
from reader.models.seen import StorySeen
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
    assertContains(page, "2 reports, 2 origins · 3 points")
    assertNotContains(page, hidden.slug)
    assertNotContains(page, "New story")


def test_a_view_of_the_story_notes_its_state_and_gets_no_page(client: Client) -> None:
    compared = compared_story()
    person = factories.make_member(compared.story.desk, Role.READER)
    client.force_login(person)
    shown = client.get(reverse("claims:compare", args=[compared.story.slug]))
    assertContains(shown, 'name="revision" value="3"')
    assertContains(shown, "data-seen")
    address = reverse("claims:story_seen", args=[compared.story.slug])
    for revision in ("2", "4", "x", ""):
        assert client.post(address, {"revision": revision}).status_code == 204
        assert not StorySeen.objects.exists()
    assert client.post(address, {"revision": "3"}).status_code == 204
    assert StorySeen.objects.get().person == person
    # what was noted makes nobody's copy of the page stale
    tag = {"If-None-Match": shown["ETag"]}
    assert client.get(shown.request["PATH_INFO"], headers=tag).status_code == 304


def test_the_lists_buttons_lead_back_to_the_list_as_it_was(client: Client) -> None:
    compared = compared_story()
    client.force_login(factories.make_member(compared.story.desk, Role.READER))
    address = reverse("claims:story_seen", args=[compared.story.slug])
    back = {"list": "show=new&sort=title&nonsense=1"}
    seen = client.post(address, {"revision": "3", **back})
    assertRedirects(seen, "/?show=new&sort=title")
    assertContains(client.get("/"), "you have seen everything")
    assertRedirects(client.post(address, {"seen": "off", "list": ""}), "/")
    assertContains(client.get("/"), "New to you")
    assert not StorySeen.objects.exists()


def test_htmx_gets_the_storys_row_as_it_is_then(client: Client) -> None:
    story = compared_story().story
    client.force_login(factories.make_member(story.desk, Role.READER))
    place = {
        "HX-Request": "true",
        "HX-Request-Type": "partial",
        "HX-Target": f"li#story-{story.pk}",
    }
    address = reverse("claims:story_seen", args=[story.slug])
    row = client.post(address, {"revision": "3"}, headers=place)
    assertContains(row, f'data-story-row="{story.slug}"')
    assertContains(row, "Nothing new since")
    assertContains(row, 'data-announce="Marked as seen."')
    assertNotContains(row, "<html")
    row = client.post(address, {"seen": "off"}, headers=place)
    assertContains(row, 'data-announce="Marked as unseen."')


@pytest.mark.parametrize("until", ["", "soon", "2026-13-01T00:00:00", "2100-01-01T00:00:00"])
def test_all_are_seen_at_once_whatever_the_time_says(client: Client, until: str) -> None:
    compared_story()
    story = compared_story().story
    client.force_login(factories.make_member(story.desk, Role.READER))
    assertRedirects(client.post(reverse("claims:all_seen"), {"until": until}), "/")
    assert StorySeen.objects.count() == (until == "2100-01-01T00:00:00")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"q": "Zanzibar"}, "No title here has the words"),
        ({"show": "closed"}, "No story is closed"),
        ({"desk": "elsewhere"}, "No stories of this desk"),
        ({"show": "flags"}, "No flag is open"),
    ],
)
def test_a_list_with_nothing_in_it_says_why_and_what_to_do(
    client: Client, query: dict[str, str], words: str
) -> None:
    story = factories.make_story()
    client.force_login(factories.make_member(story.desk, Role.READER))
    page = client.get("/", query)
    assertContains(page, words)
    assertContains(page, "Show all stories")


@pytest.mark.parametrize("given", ["0", "-1", "9" * 30, "x", "1\x00"])
def test_no_query_string_breaks_the_list(client: Client, given: str) -> None:
    story = factories.make_story()
    client.force_login(factories.make_member(story.desk, Role.READER))
    query = dict.fromkeys(("page", "q", "desk", "sort", "show"), given)
    assert client.get("/", query).status_code == 200


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
