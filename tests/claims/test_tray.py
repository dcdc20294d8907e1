"""The tray: what waits, who may act on it, and what becomes of it."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from claims.models import Claim
from claims.services import annotating, carrying, undoing
from claims.services.comparing import compare_story
from claims.services.quoting import Target
from claims.waiting import waiting
from reader.models import Article, Role, Story, User
from tests import factories
from tests.claims.conftest import Reported, renew

TEXT = "The ministry spoke on Monday. It counted troops: 3000 at the border. Others saw ships: 4."
NEW = "The ministry spoke on Friday. It counted troops: 2500 at the border. Others saw ships: 4."


@pytest.fixture
def person(story: Story) -> User:
    return factories.make_member(story.desk, Role.FACT_CHECKER)


@pytest.fixture
def article(story: Story, reported: Reported, person: User) -> Article:
    """A report whose new text changed an accepted claim and left out one marked by hand."""
    article, _ = reported(TEXT, "There are troops: 9 and ships: 4.")
    compare_story(story.pk)
    claim = Claim.objects.get(unit="troops", article_version__article=article)
    annotating.set_status(
        person=person, claim_id=claim.pk, row_version=claim.row_version, status="accepted"
    )
    start = TEXT.index("spoke on Monday")
    annotating.add_claim(
        person=person,
        version_id=claim.article_version_id,
        target=Target(start=start, end=start + 15, exact="spoke on Monday"),
        reading={},
        place=None,
    )
    renew(article, NEW)
    return article


@pytest.fixture
def troops(article: Article) -> Claim:
    return Claim.objects.get(unit="troops", article_version__article=article, status="accepted")


@pytest.fixture
def mine(article: Article) -> Claim:
    return Claim.objects.get(exact="spoke on Monday")


def address(story: Story) -> str:
    return f"/stories/{story.slug}/tray/"


def send(client: Client, claim: Claim, **form: Any) -> Any:
    version = claim.article_version.article.current_version_id
    form = {"row_version": claim.row_version, "version": version, **form}
    return client.post(f"/claims/{claim.pk}/reattach/", form)


def place(client: Client, claim: Claim) -> Any:
    return send(client, claim, start=claim.proposed_start, end=claim.proposed_end, verb="place")


def test_it_shows_old_and_new_words_and_how_many_wait(
    story: Story, person: User, client: Client, troops: Claim, mine: Claim
) -> None:
    client.force_login(person)
    page = client.get(address(story)).content.decode()
    assert "Placed 2, waiting 2 of 4" in page
    assert "<strong>troops: 3000</strong>" in page
    assert "<del>3000</del> <ins>2500</ins>" in page
    assert f'data-waiting="{mine.pk}"' in page
    assert waiting().filter(story=story).count() == 2
    assert "2 claims wait" in client.get(f"/stories/{story.slug}/").content.decode()


def test_readers_see_it_and_may_not_act(story: Story, client: Client, troops: Claim) -> None:
    client.force_login(factories.make_member(story.desk, Role.READER))
    page = client.get(address(story)).content.decode()
    assert f'data-waiting="{troops.pk}"' in page
    assert "data-action" not in page.partition("data-tray-report")[2]
    assert place(client, troops).status_code == 403


def test_a_confirmed_place_takes_the_claim_to_the_new_text(
    story: Story, person: User, client: Client, troops: Claim
) -> None:
    client.force_login(person)
    answer = place(client, troops)
    assert (answer.status_code, answer.url.split("?")[0]) == (302, address(story))
    compare_story(story.pk)
    troops.refresh_from_db()
    assert (troops.exact, troops.anchor_state, troops.status) == (
        "troops: 2500",
        "exact",
        "accepted",
    )
    assert troops.reading["quantities"][0]["low"] == "2500"
    assert Claim.objects.shown().anchored().filter(unit="troops").count() == 2
    assert waiting().filter(story=story).count() == 1


def test_a_claim_marked_by_hand_is_put_onto_words_and_taken_back(
    story: Story, person: User, client: Client, mine: Claim
) -> None:
    client.force_login(person)
    assert send(client, mine, quote="spoke on Friday").status_code == 302
    after = Claim.objects.get(pk=mine.pk)
    assert (after.exact, after.anchor_state) == ("spoke on Friday", "exact")
    decision = after.decisions.latest("pk")
    answer = client.post(f"/decisions/{decision.pk}/undo/", {"next": address(story)})
    assert answer.headers["Location"] == address(story)
    back = Claim.objects.get(pk=mine.pk)
    assert (back.exact, back.article_version_id, back.anchor_state) == (
        mine.exact,
        mine.article_version_id,
        mine.anchor_state,
    )
    assert (back.proposed_start, back.proposed_end) == (mine.proposed_start, mine.proposed_end)


def test_letting_go_withdraws_and_can_be_undone(
    story: Story, person: User, client: Client, mine: Claim
) -> None:
    client.force_login(person)
    assert send(client, mine, verb="let_go").status_code == 302
    after = Claim.objects.get(pk=mine.pk)
    assert (after.status, after.status_before) == ("withdrawn", "accepted")
    page = client.get(address(story)).content.decode()
    assert "1 let go" in page
    undoing.undo(person=person, decision_id=after.decisions.latest("pk").pk)
    back = Claim.objects.get(pk=mine.pk)
    assert (back.status, back.status_before) == ("accepted", "")


@pytest.mark.parametrize("name", ["troops", "mine"])
def test_one_that_was_let_go_comes_back_with_its_words(
    article: Article, person: User, client: Client, name: str, request: pytest.FixtureRequest
) -> None:
    claim: Claim = request.getfixturevalue(name)
    client.force_login(person)
    send(client, claim, verb="let_go")
    assert Claim.objects.get(pk=claim.pk).status == "withdrawn"
    renew(article, TEXT)
    claim.refresh_from_db()
    assert (claim.status, claim.status_before, claim.anchor_state) == ("accepted", "", "exact")


def test_an_older_view_is_refused_with_the_tray_as_it_is(
    person: User, client: Client, troops: Claim
) -> None:
    client.force_login(person)
    Claim.objects.filter(pk=troops.pk).update(row_version=troops.row_version + 1)
    answer = place(client, troops)
    assert answer.status_code == 409
    assert "This has changed since you opened it." in answer.content.decode()


def test_a_place_in_an_older_text_is_refused(
    person: User, client: Client, troops: Claim, article: Article
) -> None:
    client.force_login(person)
    older = troops.article_version_id
    assert send(client, troops, version=older, start=0, end=9).status_code == 422


def test_words_that_are_not_there_are_asked_for_again(
    person: User, client: Client, mine: Claim
) -> None:
    client.force_login(person)
    answer = send(client, mine, quote="spoke on Sunday")
    assert answer.status_code == 422
    assert 'value="spoke on Sunday"' in answer.content.decode()


def test_the_page_to_choose_a_place_lists_the_sentences_and_marks_the_likely_one(
    person: User, client: Client, troops: Claim
) -> None:
    client.force_login(person)
    page = client.get(f"/claims/{troops.pk}/reattach/").content.decode()
    assert "It counted troops: 2500 at the border." in page
    assert page.count(" checked>") == 1


def test_a_claim_that_stands_cannot_be_placed(
    story: Story, person: User, client: Client, article: Article
) -> None:
    client.force_login(person)
    ships = Claim.objects.get(unit="ships", article_version__article=article)
    answer = send(client, ships, start=0, end=5)
    assert answer.status_code == 422
    assert "does not wait" in answer.content.decode()


def test_the_engines_own_are_folded(story: Story, reported: Reported, client: Client) -> None:
    article, _ = reported(TEXT, "There are troops: 9.")
    compare_story(story.pk)
    renew(article, NEW)
    client.force_login(factories.make_member(story.desk, Role.FACT_CHECKER))
    page = client.get(address(story)).content.decode()
    assert "1 of the engine’s own was changed" in page
    assert "waiting 0 of" in page


def test_an_empty_tray_says_so(story: Story, client: Client) -> None:
    client.force_login(factories.make_member(story.desk, Role.READER))
    assert "Nothing waits." in client.get(address(story)).content.decode()


def test_queries_do_not_grow_with_what_waits(
    story: Story,
    person: User,
    client: Client,
    article: Article,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(person)
    client.get(address(story))
    with django_assert_num_queries(QUERIES):
        client.get(address(story))
    for number in range(12):
        other = factories.make_article(story, f"Report {number}. {TEXT}")
        claim = factories.make_claim(other.versions.get(), "spoke on Monday", status="accepted")
        assert claim.pk
        version = factories.make_version(other, f"Report {number}. {NEW}")
        with transaction.atomic():
            carrying.carry_claims(version.pk)
    with django_assert_num_queries(QUERIES):
        client.get(address(story))


QUERIES = 6


def test_the_claim_and_its_report_lead_to_the_tray_while_it_waits(
    story: Story, person: User, client: Client, troops: Claim, mine: Claim
) -> None:
    client.force_login(person)
    report = f"/articles/{troops.article_version.article_id}/"
    assertContains(client.get(f"/claims/{troops.pk}/"), f"{address(story)}#claim-{troops.pk}")
    assertContains(client.get(report), "2 claims wait</a>")
    place(client, troops)
    assertNotContains(client.get(f"/claims/{troops.pk}/"), address(story))
    assertContains(client.get(report), "1 claim waits</a>")
