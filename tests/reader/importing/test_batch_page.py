"""The page of one import: how far it is, what will happen to each item, what became of them."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from reader.models import Article, ImportBatch, ImportItem, Role
from reader.services.storing_items import store_batch
from tests import factories
from tests.reader.importing.pages import FACTS, items_act, list_page

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
TEXTS = ["The ferry sank at noon.", "The crew is safe.", "The port is closed."]


@pytest.fixture
def batch(admin, story) -> ImportBatch:
    return factories.make_read_import(admin, story, TEXTS)


def items(batch: ImportBatch) -> list[ImportItem]:
    return list(batch.items.order_by("position"))


def set_state(batch: ImportBatch, state: str, *statuses: str) -> None:
    ImportBatch.objects.filter(pk=batch.pk).update(state=state)
    for item, status in zip(items(batch), statuses, strict=False):
        ImportItem.objects.filter(pk=item.pk).update(status=status)


def page(client: Client, batch: ImportBatch, query: str = "", target: str = ""):
    headers = {**HTMX, "HX-Target": target} if target else {}
    url = reverse("reader:import_batch", args=[batch.pk])
    return client.get(f"{url}{query}", headers=headers)


def test_what_will_happen_is_said_for_each_item(client, batch):
    shown = page(client, batch)
    for item in items(batch):
        assertContains(shown, f'data-import-item="{item.pk}"')
    assertContains(shown, "3 reports wait for you")
    assertContains(shown, "Import all 3 that are ready")
    assertContains(shown, "The Post")
    assertContains(shown, "2025-03-12")


def test_what_is_uncertain_stands_first_and_is_not_stored_with_the_others(client, batch):
    doubtful = items(batch)[1]
    ImportItem.objects.filter(pk=doubtful.pk).update(warnings=[{"code": "published_guessed"}])
    shown = page(client, batch)
    assert re.findall(r'data-import-item="(\d+)"', shown.text) == [str(doubtful.pk)]
    assertContains(shown, "published time is a guess")
    assertContains(shown, "Import all 2 that are ready")
    items_act(client, "confirm_all")
    found = [item.status for item in items(batch)]
    assert found == ["confirmed", "waiting", "confirmed"]


def test_only_the_chosen_are_stored_and_the_page_is_their_report(client, batch):
    first, *_others = items(batch)
    response = items_act(client, "confirm", first)
    assertRedirects(response, f"/import/{batch.pk}/", fetch_redirect_response=False)
    store_batch(batch.pk)
    shown = page(client, batch, "?show=created")
    article = Article.objects.get()
    assertContains(shown, f'href="/articles/{article.pk}/"')
    assertContains(shown, "1 new report")


def test_a_finished_import_leads_to_the_story(client, batch, story):
    items_act(client, "confirm_all")
    store_batch(batch.pk)
    shown = page(client, batch)
    assertContains(shown, "Done: 3 reports stored")
    assertContains(shown, f'href="{story.get_absolute_url()}"')
    assertNotContains(shown, 'name="verb"')


@pytest.mark.parametrize(
    ("statuses", "heading"),
    [
        (("failed", "failed", "failed"), "Nothing could be stored"),
        (("created", "created", "failed"), "Done: 2 reports stored, 1 failed"),
        (("created", "failed", "discarded"), "Done: 1 report stored, 1 failed"),
    ],
)
def test_an_import_of_which_some_failed_is_not_simply_done(client, batch, statuses, heading):
    set_state(batch, "done", *statuses)
    shown = page(client, batch)
    assertContains(shown, f'<h2 id="progress-title">{heading}</h2>')
    assertContains(shown, '<section class="outcome warn"')
    word = f"Done, {statuses.count('failed')} failed"
    assertContains(client.get("/import/"), f'<span class="chip warn">{word}</span>')


def test_an_import_of_which_nothing_failed_is_done(client, batch):
    set_state(batch, "done", "created", "duplicate", "discarded")
    assertNotContains(page(client, batch), "outcome warn")
    assertContains(client.get("/import/"), '<span class="chip good">Done</span>')


def test_what_is_all_here_already_is_finished_at_once(client, story, batch):
    batch.items.update(planned="skip", reason="same_text")
    source = factories.make_source("The Post")
    for text in TEXTS:
        factories.make_article(story, text, source)
    assertContains(page(client, batch), "Finish: nothing new to store")
    items_act(client, "confirm_all")
    store_batch(batch.pk)
    shown = page(client, batch)
    assertContains(shown, "Done: all of it was here already")
    assertContains(shown, "This source already has the same text in the story.", count=3)


def test_items_are_discarded_and_tried_again_by_choice(client, batch):
    first, second, _third = items(batch)
    set_state(batch, "waiting", "failed")
    assert items_act(client, "retry", first).status_code == 302
    set_state(batch, "waiting")
    assert items_act(client, "discard", second).status_code == 302
    assert [item.status for item in items(batch)] == ["reading", "discarded", "waiting"]


@pytest.mark.parametrize(
    ("verb", "words"), [("confirm", "Choose one or more"), ("nothing", "Choose what is to be done")]
)
def test_an_act_without_a_choice_says_what_is_missing(client, batch, verb, words):
    assertContains(items_act(client, verb), words, status_code=422)


def test_what_all_needs_a_look_is_not_stored_and_stays_chosen(client, batch):
    batch.items.update(warnings=[{"code": "no_source"}])
    first = items(batch)[0]
    response = items_act(client, "confirm", first)
    assertContains(response, "Open each of them", status_code=422)
    box = re.search(f'<input type="checkbox" name="item" value="{first.pk}"[^>]*>', response.text)
    assert box
    assert " checked" in box[0]


def test_what_is_elsewhere_by_now_is_left_and_said(client, batch):
    set_state(batch, "waiting", "created")
    done, waiting, _third = items(batch)
    response = items_act(client, "discard", done, waiting)
    assertContains(response, "1 of these was left", status_code=409)
    assert [item.status for item in items(batch)][:2] == ["created", "discarded"]


def test_an_import_at_work_takes_no_confirmation(client, batch):
    set_state(batch, "reading", "reading")
    assertContains(items_act(client, "confirm_all"), "Nothing was changed", status_code=409)


def test_another_imports_items_are_out_of_reach(client, admin, story, batch):
    other = factories.make_read_import(admin, story, ["Elsewhere."])
    items_act(client, "discard", *items(batch))
    assert {item.status for item in items(batch)} == {"waiting"}
    assert items(other)[0].status == "waiting"


def test_failures_say_why_and_lead_to_mending(client, batch):
    first = items(batch)[0]
    ImportItem.objects.filter(pk=first.pk).update(status="failed", reason="encrypted")
    shown = page(client, batch, "?show=failed")
    assertContains(shown, "The file is protected by a password. Save it without one.")
    assertContains(shown, f'href="/import/{batch.pk}/items/{first.pk}/#mend"')


def test_progress_is_asked_for_again_while_it_is_at_work(client, batch):
    set_state(batch, "reading", "waiting", "reading", "reading")
    shown = page(client, batch)
    assertContains(shown, "Reading: 1 of 3")
    assertContains(shown, '<progress max="3" value="1"')
    assertContains(shown, 'hx-trigger="every 1s"')
    assertContains(shown, '<noscript><meta http-equiv="refresh" content="2"></noscript>')
    part = page(client, batch, "?state=reading&told=0", "section#progress")
    assertNotContains(part, "<html")
    assertContains(part, 'data-announce="Reading: 1 of 3"')
    assertContains(part, "told=1")
    again = page(client, batch, "?state=reading&told=1", "section#progress")
    assertNotContains(again, "data-announce")


def test_progress_at_its_end_brings_the_list_and_says_so(client, batch):
    part = page(client, batch, "?state=reading&told=3", "section#progress")
    assertContains(part, 'hx-target="#batch"')
    assertContains(part, 'hx-trigger="load"')
    whole = page(client, batch, "?from=reading", "div#batch")
    assertNotContains(whole, "<html")
    assertContains(whole, 'data-announce="3 reports wait for you"')
    assertContains(whole, "data-import-list")


def test_a_worker_that_is_away_is_told_of(client, batch):
    set_state(batch, "reading", "reading", "reading", "reading")
    long_ago = timezone.now() - timedelta(minutes=5)
    ImportBatch.objects.filter(pk=batch.pk).update(made_at=long_ago)
    assertContains(page(client, batch), "Nothing has moved for a while")


def test_cancelling_keeps_what_is_stored(client, batch):
    items_act(client, "confirm", items(batch)[0])
    store_batch(batch.pk)
    url = reverse("reader:import_cancel", args=[batch.pk])
    assertContains(client.post(url, follow=True), "What was stored before stays")
    assert [item.status for item in items(batch)] == ["created", "cancelled", "cancelled"]
    assert client.post(url).status_code == 302


def test_what_nobody_confirmed_in_time_says_so_at_once(client, batch):
    first, second, _third = items(batch)
    over = timezone.now() - timedelta(seconds=1)
    batch.items.filter(pk__in=[first.pk, second.pk]).update(expires_at=over)
    batch.items.filter(pk=second.pk).update(planned="skip", reason="same_text")
    shown = page(client, batch, "?show=all")
    assertContains(shown, "Nobody confirmed it within a day.", count=2)
    assertContains(shown, "1 report waits for you")
    assertContains(shown, "2 left out")
    assertContains(shown, "Import the one that is ready")
    assertContains(shown, '<input type="checkbox" name="item"', count=1)


def test_an_import_of_which_nothing_waits_any_more_says_what_to_do(client, batch):
    batch.items.update(expires_at=timezone.now() - timedelta(seconds=1))
    shown = page(client, batch)
    assertContains(shown, "Done: nothing was stored")
    assertContains(shown, "Import it again if it is wanted.")
    assertNotContains(shown, 'name="verb"')


def test_a_cancelled_import_offers_nothing_that_would_be_refused(client, batch):
    set_state(batch, "cancelled", "failed", "cancelled", "cancelled")
    shown = page(client, batch)
    assertContains(shown, "1 failed")
    for offered in ('name="verb"', 'type="checkbox"', "#mend"):
        assertNotContains(shown, offered)


def test_a_single_item_that_waits_is_shown_at_once(client, admin, story):
    alone = factories.make_read_import(admin, story, TEXTS[:1])
    url = f"/import/{alone.pk}/items/{items(alone)[0].pk}/"
    assertRedirects(page(client, alone), url, fetch_redirect_response=False)
    assert page(client, alone, target="section#progress").headers["HX-Redirect"] == url
    assert list_page(client).status_code == 200


def test_admins_of_the_desk_share_its_imports(batch):
    colleague = factories.make_member(batch.desk, Role.ADMIN)
    client = Client()
    client.force_login(colleague)
    assertContains(page(client, batch), str(batch.made_by))
    items_act(client, "confirm_all")
    assert {item.status for item in items(batch)} == {"confirmed"}


def test_lists_are_cut_in_pages_and_ask_no_more_for_more_items(client, admin, story):
    numbers = []
    for count in (2, 105):
        batch = factories.make_read_import(admin, story, [f"Text {n}." for n in range(count)])
        with CaptureQueriesContext(connection) as asked:
            first = page(client, batch)
        numbers.append(len(asked))
    assert numbers[0] == numbers[1] <= 9
    assert first.text.count("data-import-item=") == 100
    assertContains(first, "Page 1 of 2")
    assert page(client, batch, "?page=2").text.count("data-import-item=") == 5
    assert page(client, batch, "?page=99&show=nowhere").text.count("data-import-item=") == 5


def test_while_many_are_read_only_failures_are_listed(client, admin, story):
    batch = factories.make_read_import(admin, story, [f"Text {n}." for n in range(25)])
    set_state(batch, "reading", "failed")
    shown = page(client, batch)
    assert shown.text.count('class="live-name"') == 1


def test_facts_that_hold_for_all_are_said(client, batch):
    ImportBatch.objects.filter(pk=batch.pk).update(said=FACTS)
    assertContains(page(client, batch), "for all: source: The Post, published: 2025-03-12 06:40")
