"""A story compared with a model beside the rules: what leaves, what comes of it, what is said."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from claims.engine import matching, vectors, weights
from claims.judging.options import Options
from claims.models import Discrepancy, Point
from claims.services import comparing
from reader.models import Article, AuditEntry, Role, Story
from tests import factories
from tests.claims.judging.model_server import ModelServer, Question, Reply, says

FIRST = """Twelve people were injured in the blast at the depot, the fire brigade said.

The owner praised the rescue teams."""
SECOND = """Nineteen people were injured, two hospitals said.

The owner blamed the rescue teams."""

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def by_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Matching by words alone, which is quick."""
    monkeypatch.setattr(vectors, "load", lambda: None)


@pytest.fixture
def story() -> Story:
    """Two reports that a rule sets against each other, and two sentences that no rule knows."""
    story = factories.make_story()
    for source, text in (("Salm Wire", FIRST), ("Coast Daily", SECOND)):
        factories.make_article(story, text, factories.make_source(source), title=source)
    return story


@pytest.fixture
def in_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scores join nothing, and leave every pair that shares a word in doubt."""
    known = weights.default()
    way = replace(known.no_model, high=50, close=50, low=-5)
    monkeypatch.setattr(matching, "default", lambda: replace(known, no_model=way))


def compare(story: Story) -> Story:
    comparing.request_comparison(story.pk)
    comparing.compare_story(story.pk)
    story.refresh_from_db()
    return story


def answering(about: Callable[[str], dict[str, Any]]) -> Callable[[Question], Reply]:
    """A model that looks at the words of both claims."""
    return lambda asked: says(asked, **about(f"{asked['a']['claim']} {asked['b']['claim']}"))


def by_owner(text: str) -> dict[str, Any]:
    """Finds that praise and blame conflict, and has nothing to say about figures."""
    conflict = {"relation": "conflict", "kind": "description"}
    return conflict if "praised" in text and "blamed" in text else {"same": "unsure"}


def test_without_an_address_nothing_is_asked(story: Story, server: ModelServer) -> None:
    compare(story)
    assert (server.received, story.compare_note) == ([], "")
    assert Point.objects.exists()
    assert set(Discrepancy.objects.values_list("judge", flat=True)) <= {"rules"}


def test_a_difference_that_no_rule_knows_is_a_suggestion_of_the_model(
    story: Story, server: ModelServer, options: Options
) -> None:
    server.reply = answering(by_owner)
    compare(story)
    found = Discrepancy.objects.get(rule="model-relation")
    assert (found.judge, found.kind, found.suggestion) == ("tested-model", "description", True)
    assert "The model tested-model reads" in found.explanation
    assert "praised" not in str(found.evidence)
    claims = {claim.pk: claim for claim in found.claims.all()}
    for quote in found.evidence["quotes"]:
        claim = claims[quote["claim"]]
        text = claim.article_version.text[quote["start"] : quote["end"]]
        assert text == claim.exact
    assert story.compare_note == ""


def test_a_yes_joins_what_words_do_not_and_the_flag_of_the_rules_says_so(
    story: Story, server: ModelServer, options: Options, client: Client, in_doubt: None
) -> None:
    server.reply = answering(
        lambda text: {"same": "yes" if "Twelve" in text and "Nineteen" in text else "unsure"}
    )
    compare(story)
    flag = Discrepancy.objects.found().get(rule="quantity-intervals")
    assert (flag.judge, flag.suggestion) == ("rules", False)
    assert flag.evidence["rests_on_model"] == "tested-model"
    assert "is the word of tested-model" in flag.explanation
    client.force_login(factories.make_member(story.desk, Role.READER))
    page = client.get(f"/stories/{story.slug}/?point={flag.point_id}").content.decode()
    assert "claims matched by tested-model" in page


def test_a_no_keeps_claims_apart_that_the_scores_join(
    story: Story, server: ModelServer, options: Options
) -> None:
    server.reply = answering(lambda text: {"same": "no"})
    compare(story)
    assert server.received
    assert not Point.objects.exists()


def test_a_second_comparison_asks_nothing_and_changes_nothing(
    story: Story, server: ModelServer, options: Options
) -> None:
    server.reply = answering(by_owner)
    compare(story)
    asked, flags = len(server.received), list(Discrepancy.objects.order_by("pk").values())
    comparing.request_comparison(story.pk)
    comparing.compare_story(story.pk)
    assert asked > 0
    assert (len(server.received), list(Discrepancy.objects.order_by("pk").values())) == (
        asked,
        flags,
    )


def test_a_server_that_fails_leaves_the_rules_and_the_story_says_so(
    story: Story, server: ModelServer, options: Options, client: Client
) -> None:
    server.reply = lambda asked: Reply(status=500)
    compare(story)
    assert (story.comparison_state, story.compare_note) == ("ready", "judge_failed")
    assert Point.objects.filter(story=story).exists()
    entry = AuditEntry.objects.filter(action="claims.story.compared").latest("pk")
    assert entry.after["note"] == "judge_failed"
    client.force_login(factories.make_member(story.desk, Role.READER))
    page = client.get(f"/stories/{story.slug}/").content.decode()
    assert "The language model gave no answer" in page
    history = client.get(f"/stories/{story.slug}/history/").content.decode()
    assert "The language model gave no answer" in history


def test_the_note_goes_once_the_model_has_answered(
    story: Story, server: ModelServer, options: Options
) -> None:
    server.reply = lambda asked: Reply(status=500)
    compare(story)
    server.reply = says
    compare(story)
    assert story.compare_note == ""


@pytest.mark.parametrize(
    ("setting", "note"),
    [("JUDGE_MAX_PAIRS", "judge_limit"), ("JUDGE_DAILY_LIMIT", "judge_daily")],
)
def test_a_limit_ends_the_asking_and_the_story_says_so(
    story: Story,
    server: ModelServer,
    options: Options,
    settings: Settings,
    setting: str,
    note: str,
) -> None:
    setattr(settings, setting, 1)
    compare(story)
    assert (story.comparison_state, story.compare_note) == ("ready", note)
    assert len(server.received) == 1


@pytest.mark.parametrize("status", ["draft", "embargoed", "taken_down"])
def test_what_is_not_published_never_leaves(
    story: Story, server: ModelServer, options: Options, status: str
) -> None:
    hidden = "The owner cursed the rescue teams in secret."
    article = factories.make_article(story, hidden, factories.make_source("Hidden Post"))
    Article.objects.filter(pk=article.pk).update(status=status)
    compare(story)
    assert server.received
    assert "cursed" not in server.text
    assert "Hidden Post" not in server.text


@pytest.mark.parametrize(
    ("status", "allowed", "leaves"),
    [
        ("draft", False, False),
        ("embargoed", False, False),
        ("draft", True, True),
        ("embargoed", True, True),
        ("taken_down", True, False),
    ],
)
def test_what_was_hidden_while_the_engine_worked_does_not_leave_either(
    story: Story,
    server: ModelServer,
    options: Options,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    status: str,
    allowed: bool,
    leaves: bool,
) -> None:
    settings.JUDGE_ALLOW_UNPUBLISHED = allowed
    relate = comparing._engine_relate

    def hidden_meanwhile(*given: Any) -> Any:
        Article.objects.filter(story=story, title="Coast Daily").update(status=status)
        return relate(*given)

    monkeypatch.setattr(comparing, "_engine_relate", hidden_meanwhile)
    comparing.request_comparison(story.pk)
    comparing.compare_story(story.pk)
    assert bool(server.received) is leaves


def test_reports_of_another_desk_are_not_sent(
    story: Story, server: ModelServer, options: Options
) -> None:
    other = factories.make_story()
    assert other.desk_id != story.desk_id
    for source in ("Other Wire", "Other Daily"):
        text = f"The owner thanked the rescue teams of {source}."
        factories.make_article(other, text, factories.make_source(source))
    compare(story)
    assert server.received
    assert "thanked" not in server.text
    assert "Other" not in server.text


def test_what_is_sent_is_claims_in_context_and_no_byline(
    story: Story, server: ModelServer, options: Options
) -> None:
    Article.objects.filter(story=story).update(byline="A Reporter")
    compare(story)
    assert "A Reporter" not in server.text
    for question in server.questions:
        for side in question.values():
            assert set(side) == {
                "source",
                "published",
                "headline",
                "claim",
                "sentence",
                "before",
                "after",
            }


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_server_is_waited_for(
    story: Story, server: ModelServer, options: Options
) -> None:
    states = []
    pid, watching = backend_pid(), connection.get_connection_params()

    def look(asked: Question) -> Reply:
        known = {name: watching[name] for name in ("dbname", "user", "host", "port")}
        with psycopg.connect(**known) as other:
            found = other.execute("SELECT state FROM pg_stat_activity WHERE pid = %s", [pid])
            states.append(found.fetchone())
        return says(asked)

    server.reply = look
    comparing.request_comparison(story.pk)
    comparing.compare_story(story.pk)
    assert set(states) == {("idle",)}  # not "idle in transaction"


def backend_pid() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])
