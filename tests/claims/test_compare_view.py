"""The side-by-side page, its parts for htmx, and when a browser may keep its copy."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from reader.models import Role, Story, User
from tests import factories
from tests.claims.compared import Compared, claims_of, compared_story

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def compared() -> Compared:
    return compared_story()


@pytest.fixture
def person(compared: Compared) -> User:
    return factories.make_member(compared.story.desk, Role.READER)


@pytest.fixture
def client(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


@pytest.fixture
def url(compared: Compared) -> str:
    return reverse("claims:compare", args=[compared.story.slug])


def part(client: Client, url: str, target: str, **query: int | str) -> HttpResponse:
    return client.get(url, query, headers={**HX, "HX-Target": target})  # type: ignore[return-value]


def test_page_has_the_stable_hooks(client: Client, url: str, compared: Compared) -> None:
    page = client.get(url)
    point, article = compared.points[0].pk, compared.articles[0].pk
    for hook in (
        f'data-story="{compared.story.slug}"',
        f'data-article="{article}"',
        'data-start="0"',
        "data-point-list",
        f'data-point="{point}"',
        "data-cell",
        "data-inspector",
        'data-verdict="conflict"',
        f'data-discrepancy="{compared.flag.pk}"',
        "data-status",
    ):
        assertContains(page, hook)


@pytest.mark.parametrize(
    ("target", "has", "lacks"),
    [
        ("section#evidence", "data-verdict", "<html"),
        ("section#evidence", "hx-partial", "data-start"),
        ("div#freshness", 'id="freshness"', "data-verdict"),
        ("div#comparison", "data-start", "<html"),
    ],
)
def test_a_part_alone_for_htmx(client: Client, url: str, target: str, has: str, lacks: str) -> None:
    answer = part(client, url, target)
    assertContains(answer, has)
    assertNotContains(answer, lacks)
    assert {"HX-Request", "HX-Request-Type", "HX-Target"} <= set(answer["Vary"].split(", "))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {**HX, "HX-Target": "div#elsewhere"},
        {**HX, "HX-Target": "ol"},
        {**HX, "HX-Request-Type": "full", "HX-Target": "section#evidence"},
        {"HX-History-Restore-Request": "true", "HX-Request-Type": "full"},
    ],
    ids=["visit", "unlisted", "no-id", "full", "back"],
)
def test_whole_page_otherwise(client: Client, url: str, headers: dict[str, str]) -> None:
    assertContains(client.get(url, headers=headers), "<html")


def test_the_address_names_the_chosen_point(client: Client, url: str, compared: Compared) -> None:
    wanted = compared.points[1]
    page = client.get(url, {"point": wanted.pk}).content.decode()
    row = page[page.index(f'data-point="{wanted.pk}"') :]
    assert 'aria-current="true"' in row[: row.index(">")]
    assert 'data-verdict="agree"' in page


@pytest.mark.parametrize("point", ["", "x", "-1", "0", "9" * 30, "²", "1; drop table"])
def test_a_point_that_is_none_is_no_error(client: Client, url: str, point: str) -> None:
    assertContains(client.get(url, {"point": point}), 'data-verdict="conflict"')


def test_a_point_that_the_story_has_not_is_said_to_be_missing(client: Client, url: str) -> None:
    assertContains(client.get(url, {"point": 2**40}), "data-elsewhere")
    assertNotContains(client.get(url), "data-elsewhere")


def test_evidence_comes_with_the_cell_of_every_column(
    client: Client, url: str, compared: Compared
) -> None:
    answer = part(client, url, "section#evidence", point=compared.points[1].pk)
    for article in compared.articles:
        assertContains(answer, f'<hx-partial hx-target="#cell-{article.pk}"')
    assertContains(answer, "denied")


class TestKeptCopies:
    def test_a_copy_that_holds_is_not_sent_again(self, client: Client, url: str) -> None:
        first = client.get(url)
        assert first["Cache-Control"] in ("private, no-cache", "no-cache, private")
        again = client.get(url, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]

    def test_a_changed_story_is_sent(self, client: Client, url: str, compared: Compared) -> None:
        first = client.get(url)
        Story.objects.filter(pk=compared.story.pk).update(revision=4)
        again = client.get(url, headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 200

    def test_another_role_preference_or_person_gets_another_tag(
        self, client: Client, url: str, person: User, compared: Compared
    ) -> None:
        tags = [client.get(url)["ETag"]]
        User.objects.filter(pk=person.pk).update(single_letter_keys=False)
        tags.append(client.get(url)["ETag"])
        person.memberships.update(role=Role.ADMIN)
        tags.append(client.get(url)["ETag"])
        client.force_login(factories.make_member(compared.story.desk, Role.ADMIN))
        tags.append(client.get(url)["ETag"])
        assert len(set(tags)) == len(tags)

    def test_page_and_part_have_tags_of_their_own(self, client: Client, url: str) -> None:
        assert client.get(url)["ETag"] != part(client, url, "section#evidence")["ETag"]

    def test_a_new_csrf_secret_changes_the_tag(self, client: Client, url: str) -> None:
        first = client.get(url)["ETag"]
        client.cookies.pop("parallax-csrf")
        assert client.get(url)["ETag"] != first


class TestFreshness:
    def test_an_unchanged_story_goes_on_asking(self, client: Client, url: str) -> None:
        answer = part(client, url, "div#freshness", seen=3)
        assertContains(answer, "seen=3")
        assertNotContains(answer, "has changed")

    def test_a_changed_story_waits_behind_a_link(self, client: Client, url: str) -> None:
        assertContains(part(client, url, "div#freshness", seen=2), "Show the new state")

    def test_a_running_comparison_is_asked_after_soon(
        self, client: Client, url: str, compared: Compared
    ) -> None:
        Story.objects.filter(pk=compared.story.pk).update(texts_revision=3)
        assertContains(part(client, url, "div#freshness", seen=3), "every 2s")
        assertContains(client.get(url), "Comparing the reports")

    def test_who_waits_for_a_comparison_gets_it(self, client: Client, url: str) -> None:
        answer = part(client, url, "div#freshness", seen=2, waiting=1)
        assertContains(answer, 'hx-trigger="load"')
        assertContains(answer, 'hx-target="#comparison"')

    def test_who_waits_keeps_the_point(self, client: Client, url: str, compared: Compared) -> None:
        second = compared.points[1]
        held = " ".join(str(claim.pk) for claim in claims_of(second))
        page = client.get(url, {"point": second.pk})
        assertContains(page, f'<input type="hidden" name="point" value="{second.pk}">')
        assertContains(page, f'<input type="hidden" name="held" value="{held}">')
        assertContains(page, 'hx-include="#page-place"')
        answer = part(client, url, "div#freshness", seen=2, waiting=1, point=second.pk, held=held)
        assertContains(answer, f"?point={second.pk}&amp;held={held.replace(' ', '+')}")

    def test_of_a_point_that_is_gone_the_one_with_its_claims_is_shown(
        self, client: Client, url: str, compared: Compared
    ) -> None:
        gone, home = compared.points[1], compared.points[2]
        held = " ".join(str(claim.pk) for claim in claims_of(gone))
        gone.claims.update(point=home)
        headers = {
            "HX-Request": "true",
            "HX-Request-Type": "partial",
            "HX-Target": "div#comparison",
            "HX-Current-URL": f"http://testserver{url}?point={gone.pk}&mode=thorough",
        }
        sent = {"point": str(gone.pk), "held": held, "mode": "thorough"}
        answer = client.get(url, sent, headers=headers)
        assertContains(answer, f'<input type="hidden" name="point" value="{home.pk}">')
        assert answer["HX-Replace-Url"] == f"{url}?point={home.pk}&mode=thorough"
        there = {**headers, "HX-Current-URL": f"http://testserver{url}?point={home.pk}"}
        assert "HX-Replace-Url" not in client.get(url, {"point": home.pk}, headers=there)

    def test_a_failed_comparison_says_that_nothing_is_lost(
        self, client: Client, url: str, compared: Compared
    ) -> None:
        Story.objects.filter(pk=compared.story.pk).update(compare_error="ValueError")
        assertContains(client.get(url), "The last comparison failed")


def test_an_empty_story_offers_import_to_admins_only(client: Client, compared: Compared) -> None:
    empty = factories.make_story(compared.story.desk)
    page = client.get(reverse("claims:compare", args=[empty.slug]))
    assertContains(page, "No reports yet")
    assertNotContains(page, "Import a report")
