"""Columns chosen, ordered, hidden and filled: what the page shows of them and what it loads."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from claims.comparison import Comparison, build_comparison
from claims.layout import Layout
from reader.models import Article, Role, User
from tests import factories
from tests.claims.compared import Compared, compared_story

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def compared() -> Compared:
    return compared_story(articles=10)


@pytest.fixture
def person(compared: Compared) -> User:
    return factories.make_member(compared.story.desk, Role.EDITOR)


@pytest.fixture
def client(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


@pytest.fixture
def url(compared: Compared) -> str:
    return reverse("claims:compare", args=[compared.story.slug])


@pytest.fixture
def ids(compared: Compared) -> list[int]:
    return [report.pk for report in compared.articles]


def build(compared: Compared, person: User, query: str = "") -> Comparison:
    return build_comparison(compared.story, person, layout=Layout.of_address(f"/?{query}"))


def shown(page: Any) -> list[int]:
    found = re.findall(r'<article class="column"[^>]* data-article="(\d+)"', page.content.decode())
    return [int(number) for number in found]


class TestWhatIsDrawn:
    def test_of_many_reports_the_first_eight_texts_are_loaded_in_six_queries(
        self,
        compared: Compared,
        person: User,
        ids: Any,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        with django_assert_num_queries(6):
            page = build(compared, person)
        assert [column.article for column in page.columns] == ids
        assert [column.is_drawn for column in page.columns] == [True] * 8 + [False] * 2
        assert page.columns[9].html == ""
        assert page.columns[9].length == len(compared.articles[9].current_version.text)  # type: ignore[union-attr]
        assert page.columns[9].cell is not None

    def test_of_chosen_reports_their_texts_are_loaded(
        self, compared: Compared, person: User, ids: Any
    ) -> None:
        page = build(compared, person, f"columns={ids[9]},{ids[1]}&base={ids[8]}")
        assert [column.article for column in page.columns] == [ids[8], ids[9], ids[1]]
        assert all(column.is_drawn for column in page.columns)

    def test_hidden_reports_still_count(self, compared: Compared, person: User, ids: Any) -> None:
        whole = build(compared, person)
        cut = build(compared, person, f"columns={ids[0]},{ids[1]}")
        assert cut.facts == whole.facts
        assert cut.points == whole.points
        assert cut.chosen is not None
        assert whole.chosen is not None
        assert cut.chosen.sides == whole.chosen.sides
        assert cut.chosen.silent == whole.chosen.silent

    def test_a_text_that_comes_into_view_is_answered_alone_and_once(
        self, client: Client, url: str, ids: Any, compared: Compared
    ) -> None:
        page = client.get(url)
        assertContains(page, "data-unloaded", count=2)
        asked = {"column": ids[9], "point": compared.points[1].pk}
        headers = {**HX, "HX-Target": "div#columns"}
        client.get(url, asked, headers=headers)
        with CaptureQueriesContext(connection) as queries:
            text = client.get(url, asked, headers=headers)
        assert sum("claims_" in query["sql"] for query in queries) <= 6
        assertContains(text, "About 10,000 soldiers")
        assertContains(text, 'data-state="on"', count=1)
        assertNotContains(text, "<html")
        assertNotContains(text, "<article")
        again = client.get(url, asked, headers={**headers, "If-None-Match": text["ETag"]})
        assert again.status_code == 304

    def test_without_scripts_a_link_draws_the_text(
        self, client: Client, url: str, ids: Any
    ) -> None:
        address = f"{url}?point=3&column={ids[9]}#column-{ids[9]}"
        assertContains(client.get(url), f"column={ids[9]}#column-{ids[9]}")
        page = client.get(address)
        assertContains(page, "data-unloaded", count=1)
        assertContains(page, "About 10,000 soldiers")

    @pytest.mark.parametrize("column", ["", "x", "0", "1,x,,2", "9" * 30])
    def test_a_column_that_is_none_is_no_error(self, client: Client, url: str, column: str) -> None:
        headers = {**HX, "HX-Target": "div#columns"}
        assert client.get(url, {"column": column}, headers=headers).status_code == 200


class TestThePanel:
    def test_what_is_ticked_is_shown_by_an_address_of_its_own(
        self, client: Client, url: str, ids: Any, compared: Compared
    ) -> None:
        point = compared.points[1].pk
        form: dict[str, Any] = {
            "arrange": 1,
            "pick": [ids[3], ids[1]],
            "base": ids[1],
            "point": point,
            "show": 1,
        }
        answer = client.get(url, {**form, "mode": "thorough", "colour": "kind"})
        layout = f"columns={ids[3]},{ids[1]}&base={ids[1]}&colour=kind&mode=thorough"
        assertRedirects(answer, f"{url}?point={point}&{layout}")
        page = client.get(answer["Location"])
        assert shown(page) == [ids[1], ids[3]]
        assertContains(page, "2 of 10 reports shown")

    def test_all_in_their_usual_order_need_no_address(
        self, client: Client, url: str, ids: Any
    ) -> None:
        assertRedirects(client.get(url, {"arrange": 1, "pick": ids, "show": 1}), url)

    @pytest.mark.parametrize(("first", "number"), [(0, 0), (3, 1), (0, 9)])
    def test_too_few_or_too_many_are_refused_and_kept(
        self, client: Client, url: str, ids: Any, first: int, number: int
    ) -> None:
        picked = ids[first : first + number]
        before = f"{ids[5]},{ids[4]}"
        page = client.get(url, {"arrange": 1, "pick": picked, "columns": before, "show": 1})
        assertContains(page, 'role="alert"')
        assert shown(page) == [ids[5], ids[4]]
        ticked = re.findall(r'name="pick" value="(\d+)"[^>]* checked', page.content.decode())
        assert [int(one) for one in ticked] == picked

    def test_without_scripts_a_move_keeps_the_panel_open(
        self, client: Client, url: str, ids: Any
    ) -> None:
        form: dict[str, Any] = {"arrange": 1, "pick": ids[:3], "move": f"{ids[2]}:-1"}
        page = client.get(url, form)
        assert shown(page) == [ids[0], ids[2], ids[1]]
        assertContains(page, "data-layout-menu open")
        moved = client.get(url, form, headers={**HX, "HX-Target": "div#comparison"})
        assertRedirects(
            moved, f"{url}?columns={ids[0]},{ids[2]},{ids[1]}", fetch_redirect_response=False
        )

    @pytest.mark.parametrize("move", ["", "x", "1", ":-1", "9:1", "0:0", "٣:1"])
    def test_a_move_of_nothing_moves_nothing(
        self, client: Client, url: str, ids: Any, move: str
    ) -> None:
        form: dict[str, Any] = {"arrange": 1, "pick": ids[:2], "move": move, "base": "x"}
        answer = client.get(url, form)
        assertRedirects(answer, f"{url}?columns={ids[0]},{ids[1]}")

    def test_reports_of_others_cannot_be_chosen(self, client: Client, url: str, ids: Any) -> None:
        other = factories.make_article().pk
        form: dict[str, Any] = {"arrange": 1, "pick": [other, ids[0]], "base": other}
        page = client.get(url, form)
        assertContains(page, "Choose at least two reports")


class TestTheMenus:
    def test_a_menu_offers_what_can_be_done(self, person: User) -> None:
        three = compared_story(person.memberships.get().desk, articles=3)
        first, second, third = (report.pk for report in three.articles)
        page = build(three, person, f"base={second}")
        base, middle, last = page.columns
        assert [base.article, middle.article, last.article] == [second, first, third]
        assert (base.menu.hide, base.menu.earlier, base.menu.later) == (None, None, None)
        assert base.menu.base.query == ""
        assert middle.menu.earlier is None
        assert middle.menu.later is not None
        assert middle.menu.later.query == f"&columns={second},{third},{first}&base={second}"
        assert middle.menu.hide is not None
        assert middle.menu.hide.query == f"&columns={second},{third}&base={second}"

    def test_of_more_than_can_be_chosen_none_is_moved(
        self, compared: Compared, person: User
    ) -> None:
        menu = build(compared, person).columns[4].menu
        assert (menu.hide, menu.earlier, menu.later) == (None, None, None)

    def test_every_address_of_the_page_keeps_the_layout(
        self, client: Client, url: str, ids: Any
    ) -> None:
        layout = f"columns={ids[1]},{ids[0]}&widths={ids[0]}:400&colour=state&focus=dim"
        page = client.get(f"{url}?{layout}").content.decode()
        kept = layout.replace("&", "&amp;")
        links = re.findall(
            r'class="(?:point |badge|button)[^>]*(?:href|hx-get)="([^"]*point=\d+[^"]*)"', page
        )
        assert len(links) > 5
        assert [link for link in links if kept not in link and "claim" not in link] == []
        assert f"seen=3&amp;{kept}" in page
        assert 'data-width="400"' in page
        assert f'hx-push-url="{url}?point=' in page


class TestOlderTexts:
    @pytest.fixture
    def renewed(self, compared: Compared) -> Article:
        report = compared.articles[0]
        text = report.current_version.text  # type: ignore[union-attr]
        older = text.replace("The government denied it", "Nobody spoke")
        first = factories.make_article(compared.story, older, title="Renewed")
        factories.make_version(first, f"{text}\n\nMore came.", change="words")
        first.refresh_from_db()
        for quote in ("About 1,000 soldiers are in the port", "The government denied it"):
            claim = factories.make_claim(first.current_version, quote)
            compared.points[0].claims.add(claim)
        return first

    def test_the_claims_whose_words_stand_in_it_are_marked(
        self, compared: Compared, person: User, renewed: Article
    ) -> None:
        story = compared.story
        query = f"columns={renewed.pk},{compared.articles[0].pk}&versions={renewed.pk}:1"
        layout = Layout.of_address(f"/?{query}")
        page = build_comparison(story, person, layout=layout)
        column = next(one for one in page.columns if one.article == renewed.pk)
        assert column.older is not None
        assert column.html.count("<mark ") == 1
        assert "About 1,000 soldiers are in the port</mark>" in column.html
        assert "data-flags" not in column.html
        assert column.older.missing == "1 of 2 claims is not in this text."
        assert column.version == renewed.versions.get(number=1).pk
        assert [(row.number, row.shown, row.query) for row in column.versions] == [
            (2, False, f"&columns={renewed.pk},{compared.articles[0].pk}"),
            (1, True, f"&{query}"),
        ]

    def test_it_says_that_it_is_older_and_offers_no_marking(
        self, client: Client, url: str, renewed: Article, ids: Any
    ) -> None:
        layout = {"columns": f"{renewed.pk},{ids[0]}", "versions": f"{renewed.pk}:1"}
        page = client.get(url, layout)
        assertContains(page, "This is an older text: version 1.")
        assertContains(page, f"/articles/{renewed.pk}/changes/?from=1&amp;to=2")
        assertContains(page, "data-mark-here", count=1)

    @pytest.mark.parametrize("number", [0, 2, 3, 99])
    def test_a_version_that_is_none_shows_the_newest(
        self, client: Client, url: str, renewed: Article, ids: Any, number: int
    ) -> None:
        layout = {"columns": f"{renewed.pk},{ids[0]}", "versions": f"{renewed.pk}:{number}"}
        page = client.get(url, layout)
        assertContains(page, "More came.")
        assertNotContains(page, "data-older")

    def test_older_texts_cost_no_query(
        self,
        compared: Compared,
        person: User,
        renewed: Article,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        layout = Layout(columns=(renewed.pk, compared.articles[0].pk), versions={renewed.pk: 1})
        with django_assert_num_queries(6):
            build_comparison(compared.story, person, layout=layout)
