"""What the tests of the claims app share."""

from collections.abc import Callable

import pytest

from claims.engine.readings import Comparison
from claims.services import comparing
from reader.models import Article, Story
from tests import factories
from tests.claims import tiny_engine

Reported = Callable[..., list[Article]]
Blind = Callable[..., None]


def renew(article: Article, text: str) -> None:
    """Give an article a new text and compare."""
    factories.make_version(article, text)
    comparing.request_comparison(article.story_id)
    comparing.compare_story(article.story_id)


class EngineBlindTo:
    """The tiny engine, improved: it no longer takes some words for claims."""

    def __init__(self, *exact: str) -> None:
        self.exact = exact

    def __call__(self, inputs: comparing._Inputs) -> Comparison:
        found = tiny_engine.compare(list(inputs.reports))
        lost = {claim.id for claim in found.claims if claim.exact in self.exact}
        return Comparison(
            claims=[claim for claim in found.claims if claim.id not in lost],
            points=[point for point in found.points if not lost & set(point.claims)],
            discrepancies=[flag for flag in found.discrepancies if not lost & set(flag.claims)],
        )


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compare with the tiny engine in place of the real one."""
    monkeypatch.setattr(
        comparing, "_compare", lambda inputs: tiny_engine.compare(list(inputs.reports))
    )


@pytest.fixture
def story(db: None, tiny: None) -> Story:
    """An empty story that the tiny engine compares."""
    return factories.make_story()


@pytest.fixture
def reported(story: Story) -> Reported:
    """Add a report for each text to the story, as the import would."""

    def add(*texts: str) -> list[Article]:
        articles = [factories.make_article(story, text) for text in texts]
        comparing.request_comparison(story.pk)
        return articles

    return add


@pytest.fixture
def blind(monkeypatch: pytest.MonkeyPatch, story: Story) -> Blind:
    """Compare with an engine that is blind to these words."""

    def compare(*exact: str) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(comparing, "_compare", EngineBlindTo(*exact))
            comparing.compare_story(story.pk)

    return compare
