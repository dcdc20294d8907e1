"""The forms that decide on flags: what is answered to htmx and to others, and what is kept."""

from collections.abc import Mapping

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from claims.models import Decision, Discrepancy
from claims.services import annotating, deciding
from reader.models import Article, Role, Story, User
from tests import factories
from tests.claims.compared import Compared, claims_of, compared_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def compared() -> Compared:
    return compared_story()


@pytest.fixture
def editor(compared: Compared) -> User:
    return factories.make_member(compared.story.desk, Role.EDITOR, "vera", zone="Asia/Tokyo")


@pytest.fixture
def client(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def htmx(target: str) -> dict[str, str]:
    return {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": target}


def post(client: Client, flag: Discrepancy, target: str = "", **sent: str | int) -> HttpResponse:
    form = {"row_version": flag.row_version, "seen": 0, **sent}
    headers: Mapping[str, str] = htmx(target) if target else {}
    return client.post(reverse("claims:decide", args=[flag.pk]), form, headers=headers)  # type: ignore[return-value]


def undo(client: Client, decision: Decision, target: str = "") -> HttpResponse:
    headers: Mapping[str, str] = htmx(target) if target else {}
    return client.post(reverse("claims:undo", args=[decision.pk]), headers=headers)  # type: ignore[return-value]


def page_of(compared: Compared) -> str:
    return f"/stories/{compared.story.slug}/?point={compared.points[0].pk}"


def by_another(compared: Compared, action: str = "dismiss", note: str = "Same wire") -> Decision:
    other = factories.make_member(compared.story.desk, Role.EDITOR, "otto")
    return deciding.decide(
        person=other,
        discrepancy_id=compared.flag.pk,
        row_version=compared.flag.row_version,
        action=action,
        reason_code="same_value" if action == "dismiss" else "",
        note=note,
    )


class TestWithoutScripts:
    def test_a_decision_leads_back_to_the_flag(self, client: Client, compared: Compared) -> None:
        done = post(client, compared.flag, action="confirm")
        here = f"{page_of(compared)}&flag={compared.flag.pk}#flag-{compared.flag.pk}"
        assertRedirects(done, here)
        page = client.get(here)
        assertContains(page, 'data-flag-status="confirmed"')
        assertContains(page, "data-decisions")
        assertContains(page, "vera")
        assertContains(page, "JST")

    def test_a_refused_dismissal_keeps_what_was_typed(
        self, client: Client, compared: Compared
    ) -> None:
        page = post(client, compared.flag, action="dismiss", reason_code="other", note=" ")
        assertContains(page, "<html", status_code=422)
        assertContains(page, "Say in the note", status_code=422)
        assertContains(page, 'value="other" required checked', status_code=422)

    def test_a_decision_that_was_overtaken_shows_both(
        self, client: Client, compared: Compared
    ) -> None:
        by_another(compared)
        page = post(
            client, compared.flag, action="dismiss", reason_code="misread", note="My <b> words"
        )
        assertContains(page, "Same wire", status_code=409)
        assertContains(page, "The same value", status_code=409)
        assertContains(page, "My &lt;b&gt; words", status_code=409)
        assertContains(page, "data-refused", status_code=409)
        assert Discrepancy.objects.get(pk=compared.flag.pk).status == "dismissed"

    def test_the_queue_is_returned_to_with_the_row_just_decided(
        self, client: Client, compared: Compared
    ) -> None:
        queue = f"/review/?kind={compared.flag.kind}"
        done = post(client, compared.flag, action="confirm", next=queue)
        assertRedirects(done, f"{queue}&decided={compared.flag.pk}")

    @pytest.mark.parametrize("wanted", ["https://example.org/review/", "//example.org", "/admin/"])
    def test_no_other_address_is_led_to(
        self, client: Client, compared: Compared, wanted: str
    ) -> None:
        done = post(client, compared.flag, action="confirm", next=wanted)
        assert done["Location"].startswith(page_of(compared))


class TestInPlace:
    def test_the_card_comes_with_all_that_follows_its_status(
        self, client: Client, compared: Compared
    ) -> None:
        pk = compared.flag.pk
        answer = post(client, compared.flag, f"article#flag-{pk}", action="confirm")
        assertNotContains(answer, "<html")
        assertContains(answer, f'id="flag-{pk}"')
        assertContains(answer, "Press u to undo")
        for target in ("#open-flags", "#review-count", "#freshness", "#evidence .plot"):
            assertContains(answer, f'hx-target="{target}"')
        assertContains(answer, "Key and figures as a table")  # the plot as the evidence has it
        assertContains(answer, f'hx-target="#point-{compared.points[0].pk}"')
        for article in compared.articles:
            assertContains(answer, f'hx-target="#cell-{article.pk}"')
        assertContains(answer, "no open flags")
        assertNotContains(answer, "data-start")

    def test_the_key_is_told_to_those_who_use_keys(
        self, client: Client, compared: Compared, editor: User
    ) -> None:
        User.objects.filter(pk=editor.pk).update(single_letter_keys=False)
        target = f"article#flag-{compared.flag.pk}"
        answer = post(client, compared.flag, target, action="note", note="Ask")
        assertNotContains(answer, "Press u")
        assertContains(answer, "Note saved.")

    def test_a_decision_that_was_overtaken_shows_both(
        self, client: Client, compared: Compared
    ) -> None:
        theirs = by_another(compared)
        target = f"article#flag-{compared.flag.pk}"
        answer = post(client, compared.flag, target, action="note", note="Mine")
        assert answer.status_code == 409
        body = answer.content.decode()
        assert f'data-decision="{theirs.pk}"' in body
        assert 'data-side="theirs"' in body
        assert 'data-side="yours"' in body
        assert body.count(">Mine<") == 2  # beside theirs, and in the form
        assert f'name="row_version" value="{compared.flag.row_version + 1}"' in body

    def test_a_comparison_that_came_between_is_told(
        self, client: Client, compared: Compared
    ) -> None:
        Discrepancy.objects.filter(pk=compared.flag.pk).update(row_version=7)
        target = f"article#flag-{compared.flag.pk}"
        answer = post(client, compared.flag, target, action="confirm")
        assertContains(answer, "a comparison has changed the flag", status_code=409)

    def test_a_flag_that_is_gone_says_so(self, client: Client, compared: Compared) -> None:
        Discrepancy.objects.filter(pk=compared.flag.pk).update(status="superseded")
        target = f"article#flag-{compared.flag.pk}"
        answer = post(client, compared.flag, target, action="confirm")
        assertContains(answer, "no longer found", status_code=422)

    def test_a_row_of_the_queue_stays_with_its_new_status(
        self, client: Client, compared: Compared
    ) -> None:
        pk = compared.flag.pk
        answer = post(client, compared.flag, f"li#row-{pk}", action="confirm")
        assertContains(answer, f'data-queue-row="{pk}"')
        assertContains(answer, 'data-flag-status="confirmed"')
        assertContains(answer, 'data-action="undo"')
        assertContains(answer, 'hx-target="#review-count"')

    @pytest.mark.parametrize("row_version", ["", "x", "-1", "9" * 40, "²"])
    def test_a_version_that_is_none_is_an_old_one(
        self, client: Client, compared: Compared, row_version: str
    ) -> None:
        answer = post(client, compared.flag, action="confirm", row_version=row_version)
        assert answer.status_code == 409


class TestUndo:
    def test_it_takes_a_decision_back(self, client: Client, compared: Compared) -> None:
        done = by_another(compared)
        answer = undo(client, done, f"article#flag-{compared.flag.pk}")
        assertContains(answer, 'data-flag-status="open"')
        assertContains(answer, "Undone: dismissed")

    def test_one_that_was_undone_already_is_told(self, client: Client, compared: Compared) -> None:
        done = by_another(compared)
        undo(client, done)
        assertContains(undo(client, done), "undone already", status_code=409)

    def test_a_fact_checker_undoes_claims_but_no_flags(
        self, client: Client, compared: Compared
    ) -> None:
        claim = claims_of(compared.points[0])[0]
        checker = factories.make_member(compared.story.desk, Role.FACT_CHECKER)
        annotating.set_status(
            person=checker, claim_id=claim.pk, row_version=claim.row_version, status="accepted"
        )
        about_claim = Decision.objects.get()
        about_flag = by_another(compared)
        client.force_login(checker)
        assert undo(client, about_flag).status_code == 403
        assertRedirects(undo(client, about_claim), compared.story.get_absolute_url())
        assertContains(undo(client, about_claim), "Not undone", status_code=409)


class TestWhatAPageOffers:
    def page(self, client: Client, compared: Compared, role: Role) -> HttpResponse:
        client.force_login(factories.make_member(compared.story.desk, role))
        return client.get(page_of(compared))  # type: ignore[return-value]

    @pytest.mark.parametrize("role", [Role.READER, Role.FACT_CHECKER])
    def test_readers_and_fact_checkers_see_decisions_without_buttons(
        self, client: Client, compared: Compared, role: Role
    ) -> None:
        by_another(compared)
        page = self.page(client, compared, role)
        assertContains(page, "Same wire")
        for action in ("confirm", "dismiss", "note", "undo"):
            assertNotContains(page, f'data-action="{action}"')
        assertNotContains(page, reverse("claims:review"))

    def test_a_closed_story_has_no_buttons(self, client: Client, compared: Compared) -> None:
        Story.objects.filter(pk=compared.story.pk).update(status=Story.Status.CLOSED)
        assertNotContains(self.page(client, compared, Role.EDITOR), 'data-action="confirm"')

    def test_the_flag_in_the_address_is_current(self, client: Client, compared: Compared) -> None:
        second = factories.make_discrepancy(
            compared.points[0], claims_of(compared.points[0]), kind="date", severity="low"
        )
        page = client.get(f"{page_of(compared)}&flag={second.pk}").content.decode()
        card = page[page.index(f'data-discrepancy="{second.pk}"') :]
        assert 'aria-current="true"' in card[: card.index(">")]

    def test_a_reopened_flag_shows_the_old_reason(self, client: Client, compared: Compared) -> None:
        by_another(compared)
        Discrepancy.objects.filter(pk=compared.flag.pk).update(status="open", values_key="f" * 64)
        page = client.get(page_of(compared))
        assertContains(page, "Reopened: the values changed since otto dismissed it on")
        assertContains(page, "The same value: Same wire.")
        assertNotContains(page, 'data-action="undo"')


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMIN])
def test_a_flag_that_rests_on_a_hidden_report_is_decided_by_admins_only(
    compared: Compared, role: Role
) -> None:
    person = factories.make_member(compared.story.desk, role)
    decision = by_another(compared)
    compared.flag.refresh_from_db()
    Article.objects.filter(pk=compared.articles[0].pk).update(status="embargoed")
    browser = Client()
    browser.force_login(person)
    found = {Role.EDITOR: 404, Role.ADMIN: 302}[role]
    assert undo(browser, decision).status_code == found
    compared.flag.refresh_from_db()
    assert post(browser, compared.flag, action="confirm").status_code == found


def test_a_decision_about_a_claim_of_a_hidden_report_is_undone_by_admins_only(
    compared: Compared,
) -> None:
    person = factories.make_member(compared.story.desk, Role.FACT_CHECKER)
    claim = claims_of(compared.points[0])[0]
    annotating.set_status(person=person, claim_id=claim.pk, row_version=1, status="accepted")
    decision = Decision.objects.get(claim=claim)
    report = Article.objects.filter(pk=claim.article_version.article_id)
    report.update(status="taken_down")
    browser = Client()
    browser.force_login(person)
    assert undo(browser, decision).status_code == 404
    report.update(status="live")
    assert undo(browser, decision).status_code == 302
