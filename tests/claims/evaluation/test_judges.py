"""Judges scored apart: the labels know best, the configured model is asked, nobody else is."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django import Settings

from claims.engine import compare
from claims.engine.judges import ClaimPair, InContext, in_context
from claims.evaluation.corpus import LabelledStory, load_story
from claims.evaluation.judges import ALWAYS, score_judges
from claims.evaluation.label_judge import LabelJudge
from tests.claims.evaluation.conftest import WriteStory
from tests.claims.judging.model_server import ModelServer, Reply, serving


@pytest.fixture
def story_folder(write_story: WriteStory) -> Path:
    """The small labelled story on disk, as an open one."""
    return write_story(half="open")


@pytest.fixture
def story(story_folder: Path) -> LabelledStory:
    """The small labelled story."""
    return load_story(story_folder)


def sides(story: LabelledStory) -> dict[str, InContext]:
    """The engine's claims of the story by their words, in context."""
    found = compare.read(list(story.reports.values()))
    return {claim.exact: in_context(claim, found.documents[claim.report]) for claim in found.claims}


def beginning(known: dict[str, InContext], words: str) -> InContext:
    (found,) = [side for exact, side in known.items() if exact.startswith(words)]
    return found


def test_the_labels_say_what_is_one_question_and_what_conflicts(story: LabelledStory) -> None:
    known = sides(story)
    killed = ClaimPair(a=beginning(known, "At least 41"), b=beginning(known, "12 people"))
    mayor = ClaimPair(a=beginning(known, "At least 41"), b=beginning(known, "The mayor"))
    judge = LabelJudge(story)
    assert [one and one.same for one in judge.same_point([killed, mayor])] == [True, False]
    first, second = judge.relation([killed, mayor])
    assert first is not None
    assert (first.relation, first.kind, second) == ("conflict", "quantity", None)


def test_the_labels_have_no_opinion_where_nobody_marked_a_claim(story: LabelledStory) -> None:
    known = sides(story)
    one = beginning(known, "At least 41")
    assert LabelJudge(story).same_point([ClaimPair(a=one, b=one)])[0] is not None
    blank = LabelJudge(story)
    blank._labels = {name: [] for name in blank._labels}
    assert blank.same_point([ClaimPair(a=one, b=one)]) == [None]


def test_each_judge_has_its_card(story: LabelledStory) -> None:
    cards = score_judges([story], None, ALWAYS)
    assert [card.name for card in cards] == ["rules, open stories", "labels, open stories"]
    rules, labels = (card.stages["matching, pairs"].recall or 0 for card in cards)
    assert labels >= rules


def test_the_command_prints_the_judges_that_are_named(story_folder: Path) -> None:
    out = StringIO()
    call_command("evaluate", str(story_folder), "--no-model", "--judge", "labels", stdout=out)
    assert "labels, open stories" in out.getvalue()
    assert "rules, open stories" not in out.getvalue()


def test_a_model_must_be_configured(story_folder: Path) -> None:
    with pytest.raises(CommandError, match="PARALLAX_JUDGE_URL"):
        call_command("evaluate", str(story_folder), "--no-model", "--judge", "model")


@pytest.mark.django_db
def test_the_configured_model_is_asked_once(story_folder: Path, settings: Settings) -> None:
    with serving(ModelServer()) as server:
        settings.JUDGE_URL, settings.JUDGE_MODEL = server.url, "tested-model"
        for _ in range(2):
            out = StringIO()
            words = ["evaluate", str(story_folder), "--no-model", "--judge", "model"]
            call_command(*words, stdout=out)
            assert "model, open stories" in out.getvalue()
        asked = [str(question) for question in server.questions]
    assert asked
    assert len(asked) == len(set(asked))


@pytest.mark.django_db
def test_a_model_that_fails_has_no_score(story_folder: Path, settings: Settings) -> None:
    with serving(ModelServer(reply=lambda asked: Reply(status=500))) as server:
        settings.JUDGE_URL = server.url
        with pytest.raises(CommandError, match="judge_failed"):
            call_command("evaluate", str(story_folder), "--no-model", "--judge", "model")
