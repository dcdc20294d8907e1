"""The matrix as a page: what it asks of the database, what it shows, what it says when empty."""

import html
import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from claims.matrix_quotes import BLANKS
from claims.models import Claim
from reader.models import Article, Role, Story
from tests import factories
from tests.claims.compared import Compared, claims_of, compared_story

pytestmark = pytest.mark.django_db

QUOTES = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "section#matrix-quotes"}
HEAD = 3  # queries for who asks, their roles and the story


def address(story: Story, query: str = "") -> str:
    return reverse("claims:matrix", args=[story.slug]) + query


def signed(story: Story, role: Role = Role.READER) -> Client:
    client = Client()
    client.force_login(factories.make_member(story.desk, role))
    return client


@pytest.fixture
def compared() -> Compared:
    return compared_story(title="A port")


@pytest.fixture
def client(compared: Compared) -> Client:
    return signed(compared.story)


def test_the_page_leads_to_the_other_views_and_each_point_side_by_side(
    client: Client, compared: Compared
) -> None:
    page = client.get(address(compared.story))
    assertContains(page, 'data-view="matrix" aria-current="page"')
    point = compared.points[0].pk
    assertContains(page, f'href="{compared.story.get_absolute_url()}?point={point}"')
    in_mode = client.get(address(compared.story, "?mode=thorough"))
    assertContains(in_mode, f'href="{compared.story.get_absolute_url()}?point={point}&amp;mode=')


@pytest.mark.parametrize("articles", [2, 12])
def test_the_page_asks_five_questions_for_any_number_of_reports(
    articles: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    story = compared_story(articles=articles).story
    client = signed(story)
    with django_assert_num_queries(HEAD + 5):
        assert client.get(address(story)).status_code == 200


def test_the_quotes_of_a_cell_ask_four(
    client: Client, compared: Compared, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cell = f"?point={compared.points[0].pk}&report={compared.articles[0].pk}"
    with django_assert_num_queries(HEAD + 4):
        answer = client.get(address(compared.story, cell), headers=QUOTES)
    assertContains(answer, "About 1,000 soldiers are in the port")
    assertContains(answer, "about 1,000 soldiers [950 to 1,050]")
    assertNotContains(answer, "<table")


def test_a_link_opens_a_cell_in_its_view_without_scripts(
    client: Client, compared: Compared
) -> None:
    page = client.get(address(compared.story, "?sort=silent"))
    links = re.findall(r'<a href="(\?point=[^"]+)"', page.content.decode())
    assert len(links) == 6
    opened = client.get(address(compared.story, html.unescape(links[0])))
    assertContains(opened, "data-open-point")
    assertContains(opened, '<option value="silent" selected>')
    assertContains(opened, 'href="?sort=silent" data-close-quotes')


def test_a_copy_that_still_holds_is_not_sent_again(client: Client, compared: Compared) -> None:
    first = client.get(address(compared.story))
    again = client.get(address(compared.story), headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    Story.objects.filter(pk=compared.story.pk).bump()
    changed = client.get(address(compared.story), headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200


def test_each_blank_has_a_sign_a_word_and_a_line_in_the_legend(
    client: Client, compared: Compared
) -> None:
    Claim.objects.filter(pk=claims_of(compared.points[2])[0].pk).update(status="rejected")
    early = datetime(2024, 10, 22, tzinfo=UTC)
    Article.objects.filter(pk=compared.articles[0].pk).update(published_at=early)
    page = client.get(address(compared.story))
    assertContains(page, '<td class="blank before">◂ before</td>', html=True)
    Article.objects.filter(pk=compared.articles[0].pk).update(language="uk")
    Story.objects.filter(pk=compared.story.pk).bump()
    page = client.get(address(compared.story))
    assertContains(page, '<td class="blank unchecked">? not checked</td>', html=True)
    for sign, word, meaning in BLANKS.values():
        assertContains(page, f'<span class="matrix-sign" aria-hidden="true">{sign}</span> {word}')
        assertContains(page, meaning)


def test_a_silent_cell_opens_by_its_link_too(client: Client, compared: Compared) -> None:
    Claim.objects.filter(pk=claims_of(compared.points[2])[1].pk).update(status="rejected")
    cell = f"?point={compared.points[2].pk}&amp;report={compared.articles[1].pk}"
    told = f'<td class="blank"><a href="{cell}">— silent</a></td>'
    assertContains(client.get(address(compared.story)), told, html=True)


def test_an_open_blank_says_what_it_means(client: Client, compared: Compared) -> None:
    Claim.objects.filter(pk=claims_of(compared.points[2])[1].pk).update(status="rejected")
    cell = f"?point={compared.points[2].pk}&report={compared.articles[1].pk}"
    answer = client.get(address(compared.story, cell), headers=QUOTES)
    assertContains(answer, "No claim of the report was found on this point.")
    assertContains(answer, "Published on 23 October 2024.")


def test_no_point_is_left_by_a_filter_and_the_way_back(client: Client, compared: Compared) -> None:
    page = client.get(address(compared.story, "?kind=place&sort=story"))
    assertContains(page, "The story has 3 points, none of which is of this kind.")
    assertContains(page, 'href="?sort=story"')


def test_a_story_without_reports_or_points_says_what_comes_next() -> None:
    empty = factories.make_story()
    assertContains(signed(empty).get(address(empty)), "No reports yet")
    single = factories.make_story()
    factories.make_article(single)
    page = signed(single).get(address(single))
    assertContains(page, "One report has nothing to be compared with yet.")


@pytest.mark.parametrize(
    "query",
    [
        "?sort=%00&kind=x&verdict=%ff&mode=?&point=&report=-1",
        f"?point={'9' * 40}&report={'9' * 40}",
        "?point=999999999&report=1",
        "?point[]=1&report=1",
    ],
)
def test_no_query_breaks_the_page(client: Client, compared: Compared, query: str) -> None:
    assert client.get(address(compared.story, query)).status_code == 200
    assert client.get(address(compared.story, query), headers=QUOTES).status_code == 200


def test_a_chosen_mode_is_kept(client: Client, compared: Compared) -> None:
    client.post(reverse("claims:mode"), {"mode": "thorough", "next": address(compared.story)})
    answer = client.get(address(compared.story, "?sort=story"))
    assert answer["Location"] == address(compared.story, "?sort=story&mode=thorough")


def test_hostile_words_are_shown_as_words(compared: Compared, client: Client) -> None:
    type(compared.points[0]).objects.filter(pk=compared.points[0].pk).update(
        label="<script>alert(1)</script>"
    )
    version = compared.articles[0].current_version
    factories.make_claim(version, "<b>Nothing</b> else is known", point=compared.points[1])
    page = client.get(address(compared.story)).content.decode()
    assert "<script>alert(1)" not in page
    assert "<b>Nothing" not in page
