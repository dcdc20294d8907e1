"""What the tests of the claims app share."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import transaction

from claims.engine.compare import Read
from claims.engine.corrections import Corrections
from claims.engine.readings import Comparison
from claims.services import carrying, comparing
from claims.services.comparison_inputs import Inputs
from reader.models import Article, Story
from tests import factories
from tests.claims import tiny_engine

Reported = Callable[..., list[Article]]
Blind = Callable[..., None]


def renew(article: Article, text: str) -> None:
    """Give an article a new text, carry its claims there, and compare."""
    version = factories.make_version(article, text)
    with transaction.atomic():
        carrying.carry_claims(version.pk)
    comparing.request_comparison(article.story_id)
    comparing.compare_story(article.story_id)


class ReaderBlindTo:
    """The tiny engine, improved: it no longer takes some words for claims."""

    def __init__(self, *exact: str) -> None:
        self.exact = exact

    def __call__(self, inputs: Inputs) -> Read:
        found = tiny_engine.read(inputs.reports)
        kept = tuple(claim for claim in found.claims if claim.exact not in self.exact)
        return replace(found, claims=kept)


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compare with the tiny engine in place of the real one."""

    def relate(found: Read, corrections: Corrections, inputs: Inputs) -> Comparison:
        return tiny_engine.relate(found, corrections)

    monkeypatch.setattr(comparing, "_engine_read", lambda inputs: tiny_engine.read(inputs.reports))
    monkeypatch.setattr(comparing, "_engine_relate", relate)


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
            patch.setattr(comparing, "_engine_read", ReaderBlindTo(*exact))
            comparing.compare_story(story.pk)

    return compare
