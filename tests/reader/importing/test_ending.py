"""How an import ends: stored, renewed, a duplicate, discarded, expired, refused."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertRedirects

from reader.models import Article, ImportItem, Role, Story
from reader.tasks import empty_expired_imports
from tests import factories
from tests.plain_sql import refused
from tests.reader.importing.pages import (
    FACTS,
    PAGE,
    START,
    TEXT,
    confirm,
    only_item,
    paste,
    preview,
    upload,
)

pytestmark = pytest.mark.django_db


def test_confirming_twice_stores_once(client, story):
    paste(client)
    item = only_item()
    confirm(client, item)
    again = confirm(client, item)
    assertContains(again, "finished", status_code=409)
    assert Article.objects.count() == 1


def test_the_same_text_is_announced_and_not_stored_twice(client, story):
    paste(client)
    confirm(client, only_item())
    paste(client)
    item = ImportItem.objects.latest("pk")
    assertContains(preview(client, item), "The same text is already here")
    assertRedirects(confirm(client, item), f"/import/{item.pk}/")
    assertContains(preview(client, item), "already has the same text")
    assert Article.objects.count() == 1


def test_a_person_may_say_that_it_renews_a_report(client, story):
    paste(client)
    confirm(client, only_item())
    article = Article.objects.get()
    paste(client, text=TEXT.replace("14", "20"))
    item = ImportItem.objects.latest("pk")
    assertContains(preview(client, item), "A new version of: The Post, Ferry sinks")
    confirm(client, item, renews=article.pk)
    assert Article.objects.get().versions.count() == 2


def test_a_pages_own_address_says_that_it_renews_a_report(client, story):
    for text in (PAGE, PAGE.replace("14", "20")):
        upload(client, text.encode())
        item = ImportItem.objects.latest("pk")
        page = preview(client, item)
        confirm(client, item, source="The Courier", renews=item.proposed.get("renews", ""))
    article = Article.objects.get()
    assertContains(page, f'<option value="{article.pk}" selected>')
    assert article.versions.count() == 2


def test_an_expired_preview_says_so_and_is_emptied(client, story):
    paste(client)
    item = only_item()
    ImportItem.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assertContains(confirm(client, item), "expired", status_code=409)
    assertContains(preview(client, item), "expired")
    item.refresh_from_db()
    assert (item.status, item.text) == ("expired", "")


def test_the_hourly_job_empties_what_nobody_confirmed(client, story):
    paste(client)
    paste(client)
    ImportItem.objects.filter(pk=ImportItem.objects.earliest("pk").pk).update(
        expires_at=timezone.now() - timedelta(hours=1)
    )
    empty_expired_imports(int(timezone.now().timestamp()))
    assert sorted(ImportItem.objects.values_list("status", flat=True)) == ["expired", "waiting"]
    assert ImportItem.objects.get(status="expired").body_html == ""


def test_a_discarded_preview_stores_nothing(client, story):
    paste(client, story="", new_story="Never made")
    item = only_item()
    url = reverse("reader:import_discard", args=[item.pk])
    assertRedirects(client.post(url), START)
    assertContains(preview(client, item), "discarded")
    assertContains(client.post(url), "discarded", status_code=409)
    assert Story.objects.count() == 1
    assert not Article.objects.exists()


def test_the_database_asks_a_finished_import_for_its_story(client, story):
    paste(client, story="", new_story="Never made")
    for status in ("created", "version", "duplicate"):
        refused(
            "UPDATE reader_importitem SET status = %s WHERE id = %s",
            status,
            only_item().pk,
            match="import_item_done_has_story",
        )


def test_only_admins_and_only_the_one_who_began_it(client, story):
    paste(client)
    urls = [
        reverse(f"reader:import_{verb}", args=[only_item().pk]) for verb in ("confirm", "discard")
    ]
    for role, expected in [(Role.EDITOR, 404), (Role.ADMIN, 404)]:
        other = Client()
        other.force_login(factories.make_member(story.desk, role))
        assert preview(other, only_item()).status_code == expected
        assert {other.post(url, FACTS).status_code for url in urls} == {expected}
    assert only_item().status == "waiting"


def test_who_is_no_longer_admin_cannot_confirm(client, admin, story):
    paste(client)
    admin.memberships.update(role=Role.EDITOR)
    assert confirm(client, only_item()).status_code == 403
    assert client.get(START).status_code == 403
    assert not Article.objects.exists()
