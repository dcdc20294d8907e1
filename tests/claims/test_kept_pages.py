"""Side-by-side pages that a process keeps: who gets them, and when they are made anew."""

import re

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from claims import kept_pages
from claims.comparison import Comparison, build_comparison
from claims.kept_pages import LONGEST, KeptPages
from claims.models import Point
from claims.views import compare
from reader.models import Role, Story
from tests import factories
from tests.claims.claim_forms import signed_in
from tests.claims.compared import Compared, compared_story

pytestmark = pytest.mark.django_db
BEFORE = 3  # queries for the session, the person, the story with their roles


@pytest.fixture
def compared() -> Compared:
    return compared_story()


@pytest.fixture
def url(compared: Compared) -> str:
    return reverse("claims:compare", args=[compared.story.slug])


@pytest.fixture(autouse=True)
def pages(monkeypatch: pytest.MonkeyPatch) -> KeptPages:
    found = KeptPages(4)
    monkeypatch.setattr(compare, "PAGES", found)
    return found


def member(compared: Compared, role: Role = Role.EDITOR, **facts: str) -> Client:
    person = factories.make_member(compared.story.desk, role)
    for name, value in facts.items():
        setattr(person, name, value)
    person.save()
    return signed_in(person)


def asked(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def without_tokens(page: bytes) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value="|X-CSRFToken": ")\w+', r"\1", page.decode())


def test_a_page_that_a_colleague_opened_asks_nothing_below_the_story(
    compared: Compared, url: str
) -> None:
    assert asked(member(compared), url) == BEFORE + 6
    assert asked(member(compared), url) == BEFORE
    assert asked(member(compared), f"{url}?colour=kind") == BEFORE + 6


def test_a_kept_page_is_what_would_be_made(compared: Compared, url: str, pages: KeptPages) -> None:
    client = member(compared)
    first, second = client.get(url), client.get(url)
    pages.pages.clear()
    assert without_tokens(first.content) == without_tokens(second.content)
    assert without_tokens(client.get(url).content) == without_tokens(second.content)


def test_a_change_of_the_story_is_shown_at_once(compared: Compared, url: str) -> None:
    client = member(compared)
    assertNotContains(client.get(url), "Boats at sea")
    Point.objects.filter(pk=compared.points[0].pk).update(label="Boats at sea")
    Story.objects.filter(pk=compared.story.pk).update(revision=F("revision") + 1)
    assertContains(client.get(url), "Boats at sea")


def test_what_a_person_may_do_is_never_anothers(compared: Compared, url: str) -> None:
    assertContains(member(compared, Role.FACT_CHECKER).get(url), "data-mark-here")
    assertNotContains(member(compared, Role.READER).get(url), "data-mark-here")
    assertContains(member(compared, Role.FACT_CHECKER).get(url), "data-mark-here")


def test_strangers_find_nothing_though_the_page_is_kept(compared: Compared, url: str) -> None:
    member(compared).get(url)
    assert signed_in(factories.make_user()).get(url).status_code == 404


def test_each_reads_in_their_language_and_zone(compared: Compared, url: str) -> None:
    assertContains(member(compared).get(url), "Points of comparison")
    german = member(compared, language="de", zone="Asia/Tokyo").get(url)
    assertNotContains(german, "Points of comparison")
    assertContains(german, "JST")
    assertNotContains(member(compared).get(url), "JST")


def test_few_pages_are_kept_and_each_for_a_minute(compared: Compared) -> None:
    now = [0.0]
    made: list[str] = []
    person = factories.make_member(compared.story.desk, Role.READER)
    kept = KeptPages(2, clock=lambda: now[0])

    def ask(name: str) -> None:
        def make() -> Comparison:
            made.append(name)
            return build_comparison(compared.story, person)

        kept.get(name, make)

    for name in ("first", "second", "first", "third", "first", "second"):
        ask(name)
    assert made == ["first", "second", "third", "second"]
    assert len(kept.pages) == 2
    now[0] += LONGEST
    ask("second")
    assert made[-2:] == ["second", "second"]
    assert list(kept.pages) == ["second"]  # the others' time is past as well


def test_other_tests_keep_nothing() -> None:
    assert kept_pages.PAGES.most == 0
