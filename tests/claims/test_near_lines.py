"""The lines nearest to a point on which a report is silent: what is offered, and to whom."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from claims.models import Claim, Counterpart, Decision
from reader.models import Role, Story
from tests import factories
from tests.claims.compared import Compared, claims_of, compared_story

pytestmark = pytest.mark.django_db

LINES = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#near-lines"}
FIGURES, ANSWER, GROUNDS = 0, 1, 2


@pytest.fixture
def compared() -> Compared:
    """A story whose second report has lost its claim on the training grounds."""
    made = compared_story(articles=3)
    lost = claims_of(made.points[GROUNDS])[1]
    Claim.objects.filter(pk=lost.pk).update(point=None)
    return made


@pytest.fixture
def address(compared: Compared) -> str:
    return near(compared, GROUNDS, 1)


def near(compared: Compared, point: int, report: int) -> str:
    named = (compared.points[point].pk, compared.articles[report].pk)
    return reverse("claims:near_lines", args=named)


def signed(story: Story, role: Role = Role.FACT_CHECKER) -> Client:
    client = Client()
    client.force_login(factories.make_member(story.desk, role))
    return client


def lost_claim(compared: Compared) -> Claim:
    version = compared.articles[1].current_version
    return Claim.objects.get(article_version=version, point=None)


def test_the_line_that_matching_missed_comes_first_with_its_place(
    compared: Compared, address: str
) -> None:
    claim = lost_claim(compared)
    page = signed(compared.story, Role.READER).get(address).content.decode()
    _head, first, *_others = page.split('<li class="near-line">')
    assert claim.exact in first
    assert f'data-near-claim="{claim.pk}"' in first
    assert f"&amp;at={claim.start}-" in first
    assert "in no point" in first
    assert "data-near-put" not in page


def test_a_claim_of_another_point_names_that_point(compared: Compared) -> None:
    claim = claims_of(compared.points[ANSWER])[1]
    Claim.objects.filter(pk=claim.pk).update(point=compared.points[GROUNDS])
    answer = signed(compared.story).get(near(compared, ANSWER, 1), headers=LINES)
    assertContains(answer, f'data-near-claim="{claim.pk}"')
    assertContains(answer, f"{compared.points[GROUNDS].label}</a>")
    assertNotContains(answer, "<main")


@pytest.mark.parametrize("articles", [3, 12])
def test_the_lines_ask_six_questions_for_any_number_of_reports(
    articles: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = compared_story(articles=articles)
    Claim.objects.filter(pk=claims_of(made.points[GROUNDS])[1].pk).update(point=None)
    client = signed(made.story)
    client.get(near(made, GROUNDS, 1))
    with django_assert_num_queries(4 + 6):  # who asks, the point, their roles, the story
        assertContains(client.get(near(made, GROUNDS, 1)), "near-line")


def test_a_copy_that_still_holds_is_not_sent_again(compared: Compared, address: str) -> None:
    client = signed(compared.story)
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    Story.objects.filter(pk=compared.story.pk).bump()
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_a_fact_checker_puts_the_claim_into_the_point(compared: Compared, address: str) -> None:
    claim = lost_claim(compared)
    sent = {"claim": claim.pk, "row_version": claim.row_version}
    answer = signed(compared.story).post(address, sent)
    point, report = compared.points[GROUNDS].pk, compared.articles[1].pk
    assert (
        answer["Location"] == f"{compared.story.get_absolute_url()}?point={point}#column-{report}"
    )
    claim.refresh_from_db()
    assert (claim.point_id, claim.point_by) == (point, "person")
    assert Decision.objects.get(claim=claim).action == "place"
    again = signed(compared.story).post(address, sent)
    assertContains(again, "This report has a claim on the point by now.", status_code=409)


def test_from_the_matrix_the_way_leads_back_to_its_cell(compared: Compared, address: str) -> None:
    claim = lost_claim(compared)
    cell = f"{compared.story.get_absolute_url()}matrix/?point=1&report=2"
    sent = {"claim": claim.pk, "row_version": claim.row_version}
    headers = {**LINES, "HX-Current-URL": f"http://testserver{cell}"}
    answer = signed(compared.story).post(address, sent, headers=headers)
    assert answer["HX-Redirect"] == cell


def test_a_claim_of_another_report_or_story_is_not_put_anywhere(
    compared: Compared, address: str
) -> None:
    client = signed(compared.story)
    other = claims_of(compared.points[ANSWER])[0]
    foreign = claims_of(compared_story().points[0])[0]
    for claim in (other.pk, foreign.pk, 10**30, "x", ""):
        assert client.post(address, {"claim": claim, "row_version": 1}).status_code == 404


def test_what_a_person_kept_apart_is_not_offered_again(compared: Compared, address: str) -> None:
    claim, near_one = lost_claim(compared), claims_of(compared.points[GROUNDS])[0]
    first, second = sorted((claim.pk, near_one.pk))
    Counterpart.objects.create(
        story=compared.story, claim_id=first, other_id=second, score=2, status="kept_apart"
    )
    assertNotContains(signed(compared.story).get(address), f'data-near-claim="{claim.pk}"')


def test_a_line_without_a_claim_is_marked_with_the_point_chosen(
    compared: Compared, address: str
) -> None:
    lost_claim(compared).delete()
    client = signed(compared.story)
    page = client.get(address).content.decode()
    link = page.partition(f"{reverse('claims:claim_new', args=[compared.story.slug])}?")[2]
    form = client.get(
        reverse("claims:claim_new", args=[compared.story.slug]),
        QUERY_STRING=link.partition('"')[0].replace("&amp;", "&"),
    )
    point = compared.points[GROUNDS].pk
    assertContains(form, f'value="{point}" id="claim-home-{point}" checked')


def test_other_blanks_say_what_they_are_and_offer_nothing(compared: Compared, address: str) -> None:
    article = compared.articles[1]
    article.language = "uk"
    article.save(update_fields=["language"])
    page = signed(compared.story).get(address)
    assertContains(page, "Nobody knows yet")
    assertNotContains(page, 'near-line"')
    spoken = signed(compared.story).get(near(compared, GROUNDS, 0))
    assertContains(spoken, "This report has a claim on the point by now.")


def test_what_the_story_does_not_show_is_not_there(compared: Compared) -> None:
    client, other = signed(compared.story), compared_story()
    point, report = compared.points[0].pk, compared.articles[0].pk
    for named in [
        (other.points[0].pk, other.articles[0].pk),
        (point, other.articles[0].pk),
        (10**30, report),
        (point, 10**30),
    ]:
        assert client.get(reverse("claims:near_lines", args=named)).status_code == 404


def test_silence_leads_to_the_lines_wherever_it_is_told(compared: Compared, address: str) -> None:
    client = signed(compared.story)
    point, report = compared.points[GROUNDS].pk, compared.articles[1].pk
    page = client.get(f"{compared.story.get_absolute_url()}?point={point}").content.decode()
    assert page.count(f'href="{address}" data-near-lines') == 2  # at the foot, and in the evidence
    cell = reverse("claims:matrix", args=[compared.story.slug])
    assertContains(client.get(f"{cell}?point={point}&report={report}"), f'href="{address}"')


def test_a_foot_says_which_of_the_three_blanks_it_is(compared: Compared, address: str) -> None:
    article = compared.articles[1]
    article.language = "uk"
    article.save(update_fields=["language"])
    point = compared.points[GROUNDS].pk
    page = signed(compared.story).get(f"{compared.story.get_absolute_url()}?point={point}")
    assertContains(page, "Not checked</p>")
    assertNotContains(page, "Silent on this")
    assertNotContains(page, address)
