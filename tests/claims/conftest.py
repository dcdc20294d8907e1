"""What the tests of the claims app share."""

from collections.abc import Callable

import pytest

from claims.services import comparing
from reader.models import Article, Story
from tests import factories
from tests.claims import tiny_engine

Reported = Callable[..., list[Article]]


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
