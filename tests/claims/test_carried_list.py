"""What the difference page says of a report's claims."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from claims.carried_list import list_carried
from claims.services.carrying import carry_claims
from reader.models import Article, ArticleVersion, Role
from tests import factories

pytestmark = pytest.mark.django_db

FIRST = "The dam broke, and 12 people died.\n\nAbout 3,000 people left.\n\nThe road is <b>open</b>."
SECOND = (
    "Water came at noon.\n\nAbout 3,000 people left.\n\nThe dam broke, and 9 people died on Monday."
)


@pytest.fixture
def article() -> Article:
    """A report whose second version has moved, changed and lost a claim of the first."""
    article = factories.make_article(None, FIRST)
    first = article.versions.get()
    for quote in ("About 3,000 people left", "12 people died", "The road is <b>open</b>"):
        factories.make_claim(first, quote, status="accepted")
    carry_claims(factories.make_version(article, SECOND).pk)
    return article


def versions(article: Article) -> list[ArticleVersion]:
    return list(article.versions.order_by("number"))


def test_each_claim_is_told_once_by_what_became_of_it(article: Article) -> None:
    carried = list_carried(*versions(article))
    assert carried is not None
    told = [claim.quote for group in carried.groups for claim in group.claims]
    assert len(told) + (carried.exact or 0) == 3
    assert "The road is <b>open</b>" in told
    assert carried.waits


def test_what_the_engine_reads_anew_by_itself_waits_for_nobody() -> None:
    article = factories.make_article(None, FIRST)
    first = article.versions.get()
    factories.make_claim(first, "12 people died", status="suggested")
    factories.make_claim(first, "The road is <b>open</b>", status="accepted")
    carry_claims(factories.make_version(article, SECOND).pk)
    carried = list_carried(*versions(article))
    assert carried is not None
    told = {claim.quote: claim.waits for group in carried.groups for claim in group.claims}
    assert told == {"12 people died": False, "The road is <b>open</b>": True}


def test_nothing_is_told_backwards_or_of_a_report_without_claims(article: Article) -> None:
    first, second = versions(article)
    assert list_carried(second, first) is None
    assert list_carried(second, second) is None
    bare = factories.make_article(article.story, "One.")
    carry_claims(factories.make_version(bare, "Two.").pk)
    assert list_carried(*versions(bare)) is None


def test_over_several_versions_the_last_step_that_names_a_claim_counts(article: Article) -> None:
    carry_claims(factories.make_version(article, FIRST).pk)
    first, second, third = versions(article)
    over_all, one_step = list_carried(first, third), list_carried(first, second)
    assert over_all is not None
    assert one_step is not None
    assert over_all.exact is None
    assert not over_all.waits or one_step.waits


def test_the_page_links_to_the_claims_and_escapes_their_words(
    client: Client, article: Article
) -> None:
    client.force_login(factories.make_member(article.story.desk, Role.READER))
    page = client.get(reverse("reader:article_changes", args=[article.pk]))
    assertContains(page, "Waits for a person")
    assertContains(page, "The road is &lt;b&gt;open&lt;/b&gt;")
    assertNotContains(page, "<b>open")
