"""Quiet and thorough: what each shows, what the address says, and what is remembered."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from claims.comparison import build_comparison
from claims.layout import Layout
from claims.models import Discrepancy
from claims.modes import in_mode
from claims.story_list import list_stories
from reader.models import Role, User
from tests import factories
from tests.claims.compared import Compared, claims_of, compared_story

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def compared() -> Compared:
    return compared_story()


@pytest.fixture
def suggested(compared: Compared) -> Discrepancy:
    """A suggestion in the second point, which has no flag."""
    point = compared.points[1]
    return factories.make_discrepancy(
        point, claims_of(point), kind="response", suggestion=True, explanation="Perhaps not."
    )


@pytest.fixture
def editor(compared: Compared) -> User:
    return factories.make_member(compared.story.desk, Role.EDITOR)


@pytest.fixture
def client(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def url(compared: Compared) -> str:
    return reverse("claims:compare", args=[compared.story.slug])


def decide(client: Client, flag: Discrepancy, **form: object) -> None:
    flag.refresh_from_db()
    sent = {"row_version": flag.row_version, "seen": 0, **form}
    answer = client.post(reverse("claims:decide", args=[flag.pk]), sent)
    assert answer.status_code == 302, answer.content


def post_card(client: Client, flag: Discrepancy, **form: object) -> Any:
    """The answer to a decision that htmx sends from the flag's card."""
    flag.refresh_from_db()
    return client.post(
        reverse("claims:decide", args=[flag.pk]),
        {"row_version": flag.row_version, "seen": 0, **form},
        headers={**HX, "HX-Target": f"article#flag-{flag.pk}"},
    )


class TestWhatIsShown:
    def test_suggestions_are_shown_apart_and_count_as_no_flags(
        self, compared: Compared, suggested: Discrepancy, editor: User
    ) -> None:
        page = build_comparison(
            compared.story, editor, point=suggested.point_id, layout=Layout(mode="thorough")
        )
        assert page.chosen is not None
        assert page.chosen.flags == ()
        assert [(card.id, card.suggestion) for card in page.chosen.suggestions] == [
            (suggested.pk, True)
        ]
        assert (page.open_flags, page.open_suggestions) == (1, 1)
        assert page.points[1].spread == "2 reports, 1 origin, 1 suggestion"
        assert "tone-flag" not in {cell.tone for cell in page.chosen.cells.values()}
        assert page.columns[0].html.count("data-flags") == 1  # that of the first point's flag

    def test_quiet_mode_says_nothing_of_them(
        self, compared: Compared, suggested: Discrepancy, editor: User
    ) -> None:
        page = build_comparison(compared.story, editor, point=suggested.point_id)
        assert page.chosen is not None
        assert (page.chosen.flags, page.chosen.suggestions) == ((), ())
        assert (page.open_flags, page.open_suggestions) == (1, 0)
        assert page.points[1].spread == "2 reports, 1 origin"
        assert sum(chip.number for chip in list_stories(editor).rows[0].chips) == 1

    def test_flags_come_before_suggestions_and_keys_begin_with_a_flag(
        self, compared: Compared, editor: User
    ) -> None:
        point = compared.points[0]
        grave = factories.make_discrepancy(point, claims_of(point), suggestion=True)
        Discrepancy.objects.filter(pk=compared.flag.pk).update(severity="low")
        chosen = build_comparison(compared.story, editor, layout=Layout(mode="thorough")).chosen
        assert chosen is not None
        assert [card.id for card in chosen.cards] == [compared.flag.pk, grave.pk]
        assert [card.current for card in chosen.cards] == [True, False]

    def test_a_confirmed_suggestion_is_a_flag_in_both_modes(
        self, client: Client, compared: Compared, suggested: Discrepancy, editor: User
    ) -> None:
        decide(client, suggested, action="confirm", mode="thorough")
        for mode in ("quiet", "thorough"):
            chosen = build_comparison(
                compared.story, editor, point=suggested.point_id, layout=Layout(mode=mode)
            ).chosen
            assert chosen is not None
            assert [(card.id, card.suggestion) for card in chosen.cards] == [(suggested.pk, False)]

    def test_a_dismissed_suggestion_stays_out_of_quiet_mode(
        self, client: Client, compared: Compared, suggested: Discrepancy, editor: User
    ) -> None:
        decide(client, suggested, action="dismiss", reason_code="not_material", mode="thorough")
        quiet = build_comparison(compared.story, editor, point=suggested.point_id).chosen
        assert quiet is not None
        assert quiet.cards == ()

    def test_the_history_calls_it_a_suggestion(
        self, client: Client, compared: Compared, suggested: Discrepancy
    ) -> None:
        decide(client, suggested, action="dismiss", reason_code="not_material", mode="thorough")
        page = client.get(reverse("reader:history", args=[compared.story.slug]))
        assertContains(page, "suggested response flag")


class TestAddress:
    def test_the_address_opens_the_mode(
        self, client: Client, url: str, suggested: Discrepancy
    ) -> None:
        asked: dict[str, str | int] = {"point": suggested.point_id}
        assertNotContains(client.get(url, asked), "Perhaps not.")
        page = client.get(url, {**asked, "mode": "thorough"})
        assertContains(page, "Perhaps not.")
        assertContains(page, "data-suggested")
        assertContains(page, f"?point={suggested.point_id}&amp;mode=thorough")

    def test_opening_a_link_chooses_nothing(self, client: Client, url: str) -> None:
        client.get(url, {"mode": "thorough"})
        assert client.get(url).status_code == 200

    def test_what_was_chosen_is_remembered_and_said_in_the_address(
        self, client: Client, url: str
    ) -> None:
        switch = reverse("claims:mode")
        answer = client.post(switch, {"mode": "thorough", "next": f"{url}?point=3"})
        assertRedirects(answer, f"{url}?point=3&mode=thorough", fetch_redirect_response=False)
        entered = client.get(url, {"point": 5})
        assertRedirects(entered, f"{url}?point=5&mode=thorough", fetch_redirect_response=False)
        assert client.get(reverse("claims:review"))["Location"].endswith("?mode=thorough")
        assert client.get(url, {"mode": "quiet"}).status_code == 200
        part = client.get(url, headers={**HX, "HX-Target": "section#evidence"})
        assert part.status_code == 200  # a page that is open stays in its mode
        answer = client.post(switch, {"mode": "quiet", "next": f"{url}?point=3&mode=thorough"})
        assertRedirects(answer, f"{url}?point=3", fetch_redirect_response=False)
        assert client.get(url).status_code == 200

    @pytest.mark.parametrize("next_", ["", "https://example.org/", "//example.org/", "/\\x.org"])
    def test_the_switch_leads_nowhere_else(self, client: Client, next_: str) -> None:
        answer = client.post(reverse("claims:mode"), {"mode": "quiet", "next": next_})
        assert answer["Location"] == "/"

    def test_an_address_changes_its_mode_and_nothing_else(self) -> None:
        assert in_mode("/stories/a/?point=3&mode=thorough&flag=2", "quiet") == (
            "/stories/a/?point=3&flag=2"
        )
        assert in_mode("/review/", "thorough") == "/review/?mode=thorough"


class TestDeciding:
    def test_a_suggestion_is_decided_on_where_it_stands(
        self, client: Client, suggested: Discrepancy, url: str
    ) -> None:
        answer = client.post(
            reverse("claims:decide", args=[suggested.pk]),
            {"action": "confirm", "row_version": 1, "seen": 0, "mode": "thorough"},
            headers={**HX, "HX-Target": f"article#flag-{suggested.pk}"},
        )
        assertContains(answer, f'id="flag-{suggested.pk}"')
        assertContains(answer, 'data-flag-status="confirmed"')
        assertNotContains(answer, "data-suggested")

    def test_a_confirmed_one_moves_to_the_flags_at_once(
        self, client: Client, suggested: Discrepancy
    ) -> None:
        answer = post_card(client, suggested, action="confirm", mode="thorough")
        assertContains(answer, 'hx-target="#flag-list" hx-swap="innerMorph"')
        assertNotContains(answer, 'id="suggested-title"')
        assertContains(answer, "data-announce", count=2)  # the card, and the card in the list

    def test_the_list_stays_as_it_is_where_a_flag_is_decided_on(
        self, client: Client, compared: Compared
    ) -> None:
        flag = Discrepancy.objects.get(point=compared.points[0])
        answer = post_card(client, flag, action="confirm", mode="thorough")
        assertNotContains(answer, "#flag-list")

    def test_quiet_mode_says_where_one_goes_that_nobody_stands_behind_any_more(
        self, client: Client, suggested: Discrepancy
    ) -> None:
        decide(client, suggested, action="confirm")
        answer = post_card(client, suggested, action="dismiss", reason_code="misread")
        assertContains(answer, "This is no flag any more")
        assertContains(answer, f"flag={suggested.pk}&amp;mode=thorough")
        assertContains(answer, 'id="freshness"')
        assertNotContains(answer, "Nothing was saved")

    def test_without_scripts_one_comes_back_in_the_mode(
        self, client: Client, suggested: Discrepancy, url: str
    ) -> None:
        answer = client.post(
            reverse("claims:decide", args=[suggested.pk]),
            {"action": "note", "note": "Ask", "row_version": 1, "mode": "thorough"},
        )
        assert "&mode=thorough#flag-" in answer["Location"]
