"""The tour: its words by role, its page, and that it is offered until it was seen."""

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from reader.models import Role, Story
from reader.tour import highest_role, steps_for
from tests import factories

pytestmark = pytest.mark.django_db
CARDS = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#tour"}


def test_the_steps_say_what_a_role_can_do() -> None:
    told = {role: " ".join(step.text for step in steps_for(role)) for role in Role}
    assert "Editors decide" in told[Role.FACT_CHECKER]
    assert "You decide" in told[Role.EDITOR]
    assert "You decide" not in told[Role.READER]
    assert "1 to 4" in told[Role.EDITOR]  # the report is the fourth view
    assert "1 to 3" in told[Role.FACT_CHECKER]
    assert "you hand over" not in told[Role.READER]
    assert "Import" in told[Role.ADMIN]
    assert "Import" not in told[Role.EDITOR]
    assert {len(steps_for(role)) for role in Role} == {6}


def test_the_highest_role_of_all_desks_counts() -> None:
    person = factories.make_member(factories.make_desk(), Role.READER)
    person.memberships.create(desk=factories.make_desk(), role=Role.EDITOR)
    assert highest_role(person) == Role.EDITOR
    assert highest_role(factories.make_user()) == Role.READER


def test_it_is_offered_until_it_was_seen_or_skipped(client: Client) -> None:
    person = factories.make_member(factories.make_desk(), Role.READER)
    client.force_login(person)
    assertContains(client.get("/"), "data-tour-offer")
    back = "http://testserver/?show=new"
    assertRedirects(client.post("/tour/done/", headers={"Referer": back}), back)
    assertNotContains(client.get("/"), "data-tour-offer")


def test_the_page_tells_every_step_and_done_leads_to_the_stories(client: Client) -> None:
    client.force_login(factories.make_member(factories.make_desk(), Role.EDITOR))
    page = client.get("/tour/")
    for step in steps_for(Role.EDITOR):
        assertContains(page, step.title)
    assertContains(page, "no compared story on your desks yet")
    done = client.post("/tour/done/", headers={"Referer": "http://testserver/tour/"})
    assertRedirects(done, "/")


def test_the_cards_alone_come_for_the_place_of_the_cards(client: Client) -> None:
    client.force_login(factories.make_member(factories.make_desk(), Role.EDITOR))
    cards = client.get("/tour/", headers=CARDS)
    assertContains(cards, "data-tour-step", count=6)
    assertNotContains(cards, "<html")


def test_it_leads_to_a_compared_story_of_several_texts_else_to_its_page(client: Client) -> None:
    story = factories.make_story()
    client.force_login(factories.make_member(story.desk, Role.READER))
    assertRedirects(client.get("/tour/go/"), "/tour/")
    Story.objects.filter(pk=story.pk).update(texts_revision=1, compared_revision=1, origins=2)
    shown = client.get("/tour/go/")
    assertRedirects(shown, f"/stories/{story.slug}/?tour=on", fetch_redirect_response=False)
    elsewhere = factories.make_story()
    Story.objects.filter(pk=elsewhere.pk).update(texts_revision=1, compared_revision=1, origins=2)
    assert client.get("/tour/go/")["Location"] == shown["Location"]
