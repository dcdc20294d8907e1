"""An item with nearly the text of a report of the same source: a new version, or a new report."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from reader.models import Article, ImportItem
from reader.services.erasing import erase
from tests import factories
from tests.reader.importing.pages import FACTS, act, preview, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(admin, story) -> ImportItem:
    batch = factories.make_read_import(admin, story, ["The ferry sank.", "The crew is safe."])
    first: ImportItem = batch.items.get(position=0)
    return first


def warn(item: ImportItem, article: Article) -> None:
    warnings = [{"code": "near_same_source", "article": article.pk}]
    ImportItem.objects.filter(pk=item.pk).update(warnings=warnings)


@pytest.fixture
def known(item, story) -> Article:
    source = factories.make_source("The Post")
    article: Article = factories.make_article(
        story, "The ferry sank at noon.", source, title="Known"
    )
    warn(item, article)
    return article


def test_of_a_near_copy_of_the_same_source_two_buttons_ask_for_a_word(client, item, known):
    page = preview(client, item)
    version = 'class="button primary" name="verb" value="renew" data-import-confirm'
    assertContains(page, f"<button {version}>Store as a new version of “Known”</button>")
    assertContains(page, 'value="anew">Store as a new report</button>')
    assertContains(page, 'name="renews"')
    assertNotContains(page, "Import this report")


@pytest.mark.parametrize(("verb", "versions", "articles"), [("renew", 2, 1), ("anew", 1, 2)])
def test_the_button_says_whether_a_near_copy_is_a_version(
    client, item, story, known, verb, versions, articles
):
    chosen = {"near": known.pk, "renews": "" if verb == "renew" else known.pk}
    response = act(client, item, verb, **FACTS, **chosen)
    assert response.status_code == 302
    work()
    assert (known.versions.count(), story.articles.count()) == (versions, articles)


@pytest.mark.parametrize("near", ["", "999999", "x"])
def test_a_version_of_no_report_is_refused_and_does_not_become_a_new_report(
    client, item, known, near
):
    response = act(client, item, "renew", near=near, **FACTS)
    assertContains(response, "Select a valid choice", status_code=422)
    assertContains(response, '<details class="item-else" open>', status_code=422)
    assert ImportItem.objects.get(pk=item.pk).status == "waiting"


def test_an_erased_report_is_not_offered_to_be_renewed(client, item, admin, known):
    erase(article=known, person=admin, reason="It was wrong.")
    warn(item, known)
    page = preview(client, item)
    assertContains(page, "Import this report")
    assertNotContains(page, 'value="renew"')
