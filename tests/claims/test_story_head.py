"""Renaming, closing and reopening a story by its pages, and what its head says and offers."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from reader.models import Role, Story
from tests import factories, jobs
from tests.claims.compared import Compared, claims_of, compared_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def compared() -> Compared:
    return compared_story(title="A port")


@pytest.fixture
def story(compared: Compared) -> Story:
    return compared.story


def signed(story: Story, role: Role) -> Client:
    client = Client()
    client.force_login(factories.make_member(story.desk, role))
    return client


@pytest.fixture
def client(story: Story) -> Client:
    return signed(story, Role.EDITOR)


def address(name: str, story: Story) -> str:
    return reverse(f"reader:{name}", args=[story.slug])


def test_closing_is_confirmed_on_a_page_that_says_what_it_means(
    client: Client, story: Story
) -> None:
    page = client.get(address("story_status", story))
    assertContains(page, "nothing in it is compared, regrouped or changed until it is reopened")
    story.refresh_from_db()
    assert story.status == "open"
    done = client.post(address("story_status", story), {"status": "closed", "reason": "Printed"})
    assertRedirects(done, story.get_absolute_url())
    story.refresh_from_db()
    assert story.status == "closed"
    head = client.get(story.get_absolute_url())
    assertContains(head, "data-story-closed")
    assertContains(head, "nothing in it is compared or changed until an editor reopens it")


def test_a_story_is_reopened_on_the_same_page_and_compared(client: Client, story: Story) -> None:
    Story.objects.filter(pk=story.pk).update(status="closed")
    page = client.get(address("story_status", story))
    assertContains(page, "Its reports are compared again")
    client.post(address("story_status", story), {"status": "open"})
    assert jobs.waiting() == [{"story_id": story.pk}]
    assertNotContains(client.get(story.get_absolute_url()), "data-story-closed")


@pytest.mark.parametrize(
    "form", [{}, {"status": "burnt"}, {"status": "closed", "reason": "x" * 301}]
)
def test_a_bad_form_changes_nothing_and_is_shown_again(
    form: dict[str, str], client: Client, story: Story
) -> None:
    answer = client.post(address("story_status", story), form)
    assertContains(answer, "Close the story", status_code=422)
    assertContains(answer, form.get("reason", "")[:300], status_code=422)
    story.refresh_from_db()
    assert story.status == "open"


def test_a_form_sent_twice_closes_once(client: Client, story: Story) -> None:
    for _ in range(2):
        done = client.post(address("story_status", story), {"status": "closed"})
        assertRedirects(done, story.get_absolute_url())
    assert story.audit_entries.count() == 1


def test_a_story_gets_another_title_by_its_page(client: Client, story: Story) -> None:
    page = client.get(address("story_rename", story))
    assertContains(page, 'name="seen" value="A port"')
    form = {"seen": "A port", "title": "  Two  ports "}
    done = client.post(address("story_rename", story), form)
    assertRedirects(done, story.get_absolute_url())
    assertContains(client.get(story.get_absolute_url()), "Two ports")


def test_a_title_that_somebody_else_gave_is_shown_beside_what_was_typed(
    client: Client, story: Story
) -> None:
    Story.objects.filter(pk=story.pk).update(title="Theirs")
    form = {"seen": "A port", "title": "Mine"}
    refused = client.post(address("story_rename", story), form)
    assertContains(refused, "Somebody else renamed this story", status_code=409)
    assertContains(refused, ">Theirs</strong>", status_code=409)
    assertContains(refused, 'value="Mine"', status_code=409)
    again = client.post(address("story_rename", story), {"seen": "Theirs", "title": "Mine"})
    assertRedirects(again, story.get_absolute_url())


def test_a_story_needs_a_title(client: Client, story: Story) -> None:
    refused = client.post(address("story_rename", story), {"seen": "A port", "title": "  "})
    assertContains(refused, 'aria-invalid="true"', status_code=422)


def test_the_head_offers_the_history_to_all_and_the_rest_to_editors(story: Story) -> None:
    own = ("story_rename", "story_status")
    for role in Role:
        page = signed(story, role).get(story.get_absolute_url())
        assertContains(page, f'href="{address("history", story)}"')
        check = assertContains if role.includes(Role.EDITOR) else assertNotContains
        for name in own:
            check(page, f'href="{address(name, story)}"')


@pytest.mark.parametrize("name", ["compare", "claim", "point", "report_claims"])
def test_a_closed_story_offers_nothing_that_would_change_it(
    name: str, compared: Compared, story: Story
) -> None:
    arguments = {
        "compare": story.slug,
        "claim": claims_of(compared.points[0])[0].pk,
        "point": compared.points[0].pk,
        "report_claims": compared.articles[0].pk,
    }
    page = reverse(f"claims:{name}", args=[arguments[name]])
    client = signed(story, Role.EDITOR)
    assertContains(client.get(page), "data-action=")
    Story.objects.filter(pk=story.pk).update(status="closed", revision=99)
    assertNotContains(client.get(page), "data-action=")
    assertNotContains(client.get(page), "data-select=")


def test_what_was_typed_into_a_claims_form_outlives_the_storys_closing(
    client: Client, compared: Compared, story: Story
) -> None:
    claim = claims_of(compared.points[0])[0]
    Story.objects.filter(pk=story.pk).update(status="closed")
    form = {
        "row_version": claim.row_version,
        "start": claim.start,
        "end": claim.end,
        "exact": claim.exact,
        "certainty": "asserted",
        "modifier": "exact",
        "figure": "987654",
        "home": str(claim.point_id),
    }
    answer = client.post(reverse("claims:claim", args=[claim.pk]), form)
    assert answer.status_code in (409, 422)
    assertContains(answer, "987654", status_code=answer.status_code)
