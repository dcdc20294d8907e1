"""The page of a report's claims: what it lists, and what its forms do."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from claims import report_claims as read_model
from claims.models import Claim, Decision
from claims.services import annotating
from reader.models import Article, Role, Story, User
from tests import factories
from tests.claims.compared import Compared, compared_story


@pytest.fixture
def compared(db: None) -> Compared:
    return compared_story()


@pytest.fixture
def person(compared: Compared) -> User:
    return factories.make_member(compared.story.desk, Role.FACT_CHECKER)


@pytest.fixture
def visitor(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def report(compared: Compared) -> Article:
    return compared.articles[0]


def address(report: Article) -> str:
    return reverse("claims:report_claims", args=[report.pk])


def status_address(claim: Claim) -> str:
    return reverse("claims:claim_status", args=[claim.pk])


def first_claim(report: Article) -> Claim:
    return Claim.objects.filter(article_version__article=report).order_by("start")[0]


def htmx(claim: Claim) -> dict[str, str]:
    """The headers of a form inside the claim's row."""
    return {
        "HX-Request": "true",
        "HX-Request-Type": "partial",
        "HX-Target": f"li#suggestion-{claim.pk}",
    }


def test_claims_stand_in_the_order_of_the_text_with_what_was_read(
    visitor: Client, report: Article
) -> None:
    listed = visitor.get(address(report)).context["listed"]
    figure, denial, training = listed.rows
    assert figure.quote == "About 1,000 soldiers are in the port"
    assert (figure.before, figure.behind) == ("", ", the ministry said.")
    assert figure.normal == "about 1,000 soldiers [950 to 1,050]"
    assert (figure.speaker, figure.certainty) == ("the ministry", "attributed")
    assert (figure.as_of, figure.point_label) == ("1 Oct", "Soldiers in the port")
    assert denial.speaker == "North Korea"
    assert training.speaker == report.source.name


def test_article_text_is_never_markup(visitor: Client, report: Article) -> None:
    version = report.current_version
    factories.make_claim(version, "<b>Nothing</b> else is known")
    page = visitor.get(address(report)).content.decode()
    assert "&lt;b&gt;Nothing&lt;/b&gt; else is known" in page
    assert "<b>Nothing" not in page


def test_a_quote_stands_in_its_own_sentence_only(visitor: Client, report: Article) -> None:
    version = report.current_version
    factories.make_claim(version, "train at five")
    rows = visitor.get(address(report)).context["listed"].rows
    row = next(row for row in rows if row.quote == "train at five")
    assert (row.before, row.behind) == ("They ", " grounds.")


@pytest.mark.parametrize(
    ("show", "number"), [("suggested", 1), ("accepted", 1), ("rejected", 1), ("all", 3), ("x", 1)]
)
def test_the_list_is_filtered_by_status(
    visitor: Client, report: Article, show: str, number: int
) -> None:
    first, second, _third = Claim.objects.filter(article_version__article=report).order_by("start")
    Claim.objects.filter(pk=first.pk).update(status="accepted")
    Claim.objects.filter(pk=second.pk).update(status="rejected")
    page = visitor.get(address(report), {"show": show})
    assert len(page.context["listed"].rows) == number
    numbers = [found.number for found in page.context["filters"]]
    assert numbers == [1, 1, 1, 0, 3]


def test_claims_of_older_texts_are_not_listed(visitor: Client, report: Article) -> None:
    factories.make_version(report, "All is different now.")
    page = visitor.get(address(report), {"show": "all"})
    assert page.context["listed"].rows == ()
    assert b"Nothing in this report was taken for a claim." in page.content


def test_a_long_list_is_paged_and_a_page_too_far_is_the_last(
    person: User, visitor: Client, report: Article
) -> None:
    for _ in range(read_model.PAGE):
        factories.make_claim(report.current_version, "The government")
    first = visitor.get(address(report)).context["listed"]
    assert (len(first.rows), first.pages, first.next, first.previous) == (40, 2, 2, None)
    last = visitor.get(address(report), {"page": 99}).context["listed"]
    assert (len(last.rows), last.page, last.next, last.previous) == (3, 2, None, 1)


@pytest.mark.parametrize("claims", [0, 30])
def test_the_number_of_queries_does_not_grow(
    person: User,
    report: Article,
    claims: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(claims):
        factories.make_claim(report.current_version, "The government")
    article = Article.objects.select_related("source", "story__desk").get(pk=report.pk)
    with django_assert_num_queries(4):
        read_model.build_report_claims(article, person)


def test_a_copy_that_holds_is_not_sent_again(visitor: Client, report: Article) -> None:
    page = visitor.get(address(report))
    assert page["Cache-Control"] == "private, no-cache"
    again = visitor.get(address(report), headers={"If-None-Match": page["ETag"]})
    assert again.status_code == 304
    claim = first_claim(report)
    visitor.post(status_address(claim), {"status": "accepted", "row_version": 1})
    assert visitor.get(address(report), headers={"If-None-Match": page["ETag"]}).status_code == 200


def test_a_reader_sees_the_claims_and_no_button(compared: Compared, report: Article) -> None:
    client = Client()
    client.force_login(factories.make_member(compared.story.desk, Role.READER))
    page = client.get(address(report)).content
    assert b"data-suggestion=" in page
    assert b"data-action" not in page
    assert b"data-all" not in page


def test_a_closed_story_says_so_and_offers_nothing(visitor: Client, report: Article) -> None:
    Story.objects.update(status=Story.Status.CLOSED)
    page = visitor.get(address(report)).content
    assert b"This story is closed" in page
    assert b"data-action" not in page


@pytest.mark.parametrize("status", ["accepted", "rejected"])
def test_one_claim_is_decided_without_scripts(
    visitor: Client, report: Article, status: str
) -> None:
    claim = first_claim(report)
    here = f"{address(report)}?show=suggested&page=1"
    done = visitor.post(status_address(claim), {"status": status, "row_version": 1, "next": here})
    assert done.status_code == 302
    assert done["Location"] == f"{here}#suggestion-{claim.pk}"
    claim.refresh_from_db()
    assert claim.status == status


@pytest.mark.parametrize(
    "asked", ["", "https://example.org/", "//example.org", "/articles/1/claims/../../admin/"]
)
def test_the_way_back_leads_nowhere_else(visitor: Client, report: Article, asked: str) -> None:
    claim = first_claim(report)
    form = {"status": "accepted", "row_version": 1, "next": asked}
    done = visitor.post(status_address(claim), form)
    assert done["Location"] == reverse("claims:claim", args=[claim.pk])


def test_htmx_gets_the_row_and_the_numbers_only(visitor: Client, report: Article) -> None:
    claim = first_claim(report)
    form = {"status": "accepted", "row_version": 1, "show": "suggested"}
    part = visitor.post(status_address(claim), form, headers=htmx(claim))
    said = part.content.decode()
    assert part.status_code == 200
    assert "<html" not in said
    assert said.count("data-suggestion=") == 1
    assert 'data-announce="Accepted."' in said
    assert '<span class="number" data-count="suggested">2</span>' in said
    assert "Accept all 2 suggestions" in said


def test_one_who_was_slower_gets_the_claim_as_it_is_now(
    visitor: Client, person: User, report: Article
) -> None:
    claim = first_claim(report)
    annotating.set_status(person=person, claim_id=claim.pk, row_version=1, status="rejected")
    form = {"status": "accepted", "row_version": 1}
    part = visitor.post(status_address(claim), form, headers=htmx(claim))
    assert part.status_code == 409
    assert b'<p class="notice bad" role="alert">This has changed since you' in part.content
    assert b'data-suggestion-status="rejected"' in part.content
    page = visitor.post(status_address(claim), form)
    assert page.status_code == 409
    assert b"<html" in page.content
    claim.refresh_from_db()
    assert claim.status == "rejected"


@pytest.mark.parametrize(
    "form",
    [
        {"status": "withdrawn", "row_version": 1},
        {"status": "suggested", "row_version": 1},
        {"row_version": 1},
    ],
    ids=["engine's word", "as it is", "nothing"],
)
def test_what_cannot_be_done_is_told(
    visitor: Client, report: Article, form: dict[str, Any]
) -> None:
    claim = first_claim(report)
    part = visitor.post(status_address(claim), form, headers=htmx(claim))
    assert part.status_code == 422
    assert b'class="notice bad"' in part.content
    assert visitor.post(status_address(claim), form).status_code == 422
    assert Decision.objects.count() == 0


def test_a_decision_is_undone_in_its_row(visitor: Client, person: User, report: Article) -> None:
    claim = first_claim(report)
    annotating.set_status(person=person, claim_id=claim.pk, row_version=1, status="rejected")
    decision = Decision.objects.get()
    part = visitor.post(status_address(claim), {"undo": decision.pk}, headers=htmx(claim))
    assert part.status_code == 200
    assert b'data-suggestion-status="suggested"' in part.content
    assert b"Undone." in part.content


@pytest.mark.parametrize("number", ["0", "99999", "x", "9" * 30])
def test_a_decision_about_something_else_is_not_undone_here(
    visitor: Client, report: Article, number: str
) -> None:
    claim = first_claim(report)
    assert visitor.post(status_address(claim), {"undo": number}).status_code == 404


def test_all_are_asked_for_once_more_with_their_number(visitor: Client, report: Article) -> None:
    asked = visitor.get(address(report), {"confirm": "accepted"})
    assert b"Accept all 3 suggestions of this report" in asked.content
    assert b'name="expected" value="3"' in asked.content
    assert Claim.objects.filter(status="accepted").count() == 0


def test_all_are_decided_and_undone_together(visitor: Client, report: Article) -> None:
    done = visitor.post(address(report), {"status": "accepted", "expected": 3}, follow=True)
    assert done.redirect_chain[0][1] == 302
    assert b"3 claims were accepted." in done.content
    act = done.context["listed"].act
    assert (act.number, act.status) == (3, "accepted")
    undone = visitor.post(address(report), {"undo": act.decision}, follow=True)
    assert [found.number for found in undone.context["filters"]][:2] == [3, 0]
    again = visitor.get(address(report), {"act": act.decision})
    assert again.context["listed"].act is None


def test_another_number_is_refused_and_asked_again(visitor: Client, report: Article) -> None:
    refused = visitor.post(address(report), {"status": "rejected", "expected": 7})
    assert refused.status_code == 422
    assert b"There are 3 suggestions now, not 7." in refused.content
    assert b'name="expected" value="3"' in refused.content


@pytest.mark.parametrize("form", [{"status": "suggested"}, {"undo": "77777"}, {}])
def test_other_forms_change_nothing(visitor: Client, report: Article, form: dict[str, str]) -> None:
    assert visitor.post(address(report), form).status_code in (404, 422)
    assert Decision.objects.count() == 0
