"""`manage.py learn`: fits with a desk's decisions, shows what changes, switches on when told to."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.evaluation.corpus import load_corpus
from claims.learning.desk_stories import training_stories
from claims.management.commands import learn
from claims.models import Claim, Counterpart, FittedWeights
from claims.services.comparing import compare_story, request_comparison
from claims.services.newsroom import settings_of
from reader.models import Desk, Story
from tests import factories

pytestmark = pytest.mark.django_db
CORPUS = Path(__file__).resolve().parents[3] / "fixtures/corpus/open"
TEXTS = (
    "Police said 12 people were injured in the collapse of the grandstand on Friday.",
    "The hospital said 19 people were injured in the collapse of the grandstand on Friday.",
)


@pytest.fixture
def story() -> Story:
    """A story in which a person said of one pair that it is the same."""
    story = factories.make_story()
    for text in TEXTS:
        factories.make_article(story, text)
    request_comparison(story.pk)
    compare_story(story.pk)
    one, other = (
        Claim.objects.filter(article_version__article=article, reading_kind="quantity").first()
        for article in story.articles.order_by("pk")
    )
    assert one
    assert other
    factories.make_counterpart(one, other, status=Counterpart.Status.JOINED)
    return story


@pytest.fixture
def two_delivered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the two smallest of the labelled stories, for speed."""
    names = ("norrhall-results", "port-amsel-water-march")
    stories = [story for name in names for story in load_corpus(CORPUS / name)]
    monkeypatch.setattr(learn, "load_corpus", lambda folder: stories)


def run(desk: Desk, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    call_command("learn", "--no-model", *options, desk=desk.slug)
    return capsys.readouterr().out


def test_a_desks_story_is_read_with_what_people_said_in_it(story: Story) -> None:
    (training,) = training_stories(story.desk)
    assert training.name == story.slug
    assert len(training.same) == 1
    assert training.apart == frozenset()


def test_a_story_in_which_nobody_decided_teaches_nothing(story: Story) -> None:
    Counterpart.objects.all().delete()
    assert list(training_stories(story.desk)) == []


@pytest.mark.usefixtures("two_delivered")
def test_weights_are_fitted_shown_kept_and_switched_on_by_their_number(
    story: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = run(story.desk, capsys)
    kept = FittedWeights.objects.get()
    assert [row[0] for row in kept.measured] == [
        "norrhall-results",
        "port-amsel-water-march",
        story.slug,
        "together",
    ]
    assert f"--switch-on {kept.pk}" in shown
    assert settings_of(story.desk).weights is None
    run(story.desk, capsys, "--switch-on", str(kept.pk))
    used = settings_of(story.desk).weights
    assert used
    assert story.slug in used.stories
    run(story.desk, capsys, "--switch-off")
    assert settings_of(story.desk).weights is None


def test_a_desk_without_decisions_is_told_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError, match="merge or split"):
        run(factories.make_desk(), capsys)


def test_unknown_desks_and_numbers_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError, match="no desk nowhere"):
        call_command("learn", desk="nowhere")
    with pytest.raises(CommandError, match="no weights 7"):
        run(factories.make_desk(), capsys, "--switch-on", "7")
