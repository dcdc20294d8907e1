"""The pages on which an admin hides, schedules and erases a report."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from reader.models import Article, Role
from reader.services.visibility import take_down
from tests import factories
from tests.claims.compared import Compared, compared_story

pytestmark = pytest.mark.django_db

# stands in the text of every report of the compared story
WORDS = "They train at five grounds"


@pytest.fixture
def compared() -> Compared:
    return compared_story()


@pytest.fixture
def article(compared: Compared) -> Article:
    return compared.articles[0]


@pytest.fixture
def admin(compared: Compared) -> Client:
    """Signed in as an admin who lives in Berlin."""
    return signed_in(compared, Role.ADMIN, zone="Europe/Berlin")


def signed_in(compared: Compared, role: Role, **fields: str) -> Client:
    client = Client()
    client.force_login(factories.make_member(compared.story.desk, role, **fields))
    return client


def address(name: str, article: Article) -> str:
    return reverse(f"reader:{name}", args=[article.pk])


def test_an_embargo_is_set_in_the_persons_own_zone(article: Article, admin: Client) -> None:
    year = timezone.now().year + 1
    form = {"status": "embargoed", "until_on": f"{year}-07-01", "until_time": "09:30"}
    done = admin.post(address("article_visibility", article), {**form, "seen": "live"})
    assertRedirects(done, address("article", article))
    article.refresh_from_db()
    assert article.embargo_until == datetime(year, 7, 1, 7, 30, tzinfo=UTC)
    assertContains(admin.get(address("article_visibility", article)), 'value="09:30')


def test_an_embargo_that_has_ended_already_is_refused(article: Article, admin: Client) -> None:
    form = {"status": "embargoed", "until_on": "2020-07-01", "seen": "live", "reason": "Kept"}
    answer = admin.post(address("article_visibility", article), form)
    assertContains(answer, "An embargo ends in the future.", status_code=422)
    assertContains(answer, 'value="Kept"', status_code=422)


def test_a_change_made_meanwhile_is_shown_and_nothing_is_overwritten(
    article: Article, admin: Client
) -> None:
    form = {"status": "embargoed", "reason": "Mine", "seen": "live"}
    take_down(article=article, person=factories.make_user(), reason="Theirs")
    answer = admin.post(address("article_visibility", article), form)
    assertContains(answer, "Somebody changed this meanwhile", status_code=409)
    assertContains(answer, 'value="Mine"', status_code=409)
    article.refresh_from_db()
    assert (article.status, article.status_note) == ("taken_down", "Theirs")


@pytest.mark.parametrize("hide", ["visibility", "erase"])
def test_a_hidden_report_is_on_no_page_that_others_see(
    hide: str, compared: Compared, admin: Client
) -> None:
    for article in compared.articles:
        if hide == "erase":
            form = {"reason": "A court demands it.", "word": "erase"}
        else:
            form = {"status": "taken_down", "seen": "live"}
        admin.post(address(f"article_{hide}", article), form)
    editor = signed_in(compared, Role.EDITOR)
    story = {"slug": compared.story.slug}
    for name in ("claims:compare", "claims:origins", "reader:history", "reader:story_reports"):
        page = editor.get(reverse(name, kwargs=story))
        assertNotContains(page, WORDS)
        assertNotContains(page, compared.articles[0].source.name)
    assert editor.get(address("article", article)).status_code == 404


def test_an_erased_report_says_so_and_offers_nothing(article: Article, admin: Client) -> None:
    form = {"reason": "A court demands it.", "word": "Erase"}
    assertRedirects(
        admin.post(address("article_erase", article), form), address("article", article)
    )
    assertNotContains(admin.get(address("article", article)), WORDS)
    again = admin.post(address("article_erase", article), form)
    assertContains(again, "The report was erased on", status_code=409)
    assertContains(admin.get(address("article_visibility", article)), "cannot be shown again")


def test_nothing_is_erased_without_the_word_and_a_reason(article: Article, admin: Client) -> None:
    answer = admin.post(address("article_erase", article), {"word": "delete"})
    assertContains(answer, "Type erase to go on.", status_code=422)
    article.refresh_from_db()
    assert article.erased_at is None


def test_the_list_of_reports_shows_hidden_ones_to_admins(
    compared: Compared, article: Article, admin: Client
) -> None:
    until = timezone.now() + timedelta(days=2)
    Article.objects.filter(pk=article.pk).update(status="embargoed", embargo_until=until)
    url = reverse("reader:story_reports", args=[compared.story.slug])
    assertContains(admin.get(url), "Embargoed")
    assertNotContains(signed_in(compared, Role.READER).get(url), article.title)


def test_the_list_asks_the_same_for_any_number_of_reports(
    compared: Compared, admin: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    url = reverse("reader:story_reports", args=[compared.story.slug])
    admin.get(url)
    with django_assert_num_queries(5) as few:
        admin.get(url)
    for _number in range(5):
        factories.make_article(compared.story)
    with django_assert_num_queries(len(few)):
        admin.get(url)
