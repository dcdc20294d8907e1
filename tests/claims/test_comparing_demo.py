"""The demo story through the real engine into the tables."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from claims.models import Claim, Discrepancy, Point
from claims.services.comparing import compare_story
from claims.stored_reading import from_json
from config.settings import BASE_DIR
from reader.ingest import files
from reader.models import ArticleVersion, Story
from tests import factories
from tests.claims.test_comparing import row_versions

FOLDER = BASE_DIR / "fixtures" / "stories" / "north-korean-troops-in-russia"
LONG = 6  # words; shorter runs are names and values, which evidence is made of


@pytest.fixture
def story(db: None) -> Story:
    """The five reports, all of one day: what they say is not the point here."""
    story = factories.make_story()
    published = datetime(2024, 10, 25, 9, tzinfo=UTC)
    for path in sorted(FOLDER.glob("*.html")):
        report = files.read_file(path)
        source = factories.make_source(path.stem)
        factories.make_article(story, report.text, source, published_at=published)
    return story


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def test_the_demo_story_is_stored_whole_and_once(story: Story) -> None:
    assert compare_story(story.pk) == "changed"
    assert Claim.objects.count() > 50
    assert Point.objects.shown().exists()
    assert Discrepancy.objects.found().exists()
    for claim in Claim.objects.all():
        from_json(claim.effective)
    before = row_versions()
    assert compare_story(story.pk) == "unchanged"
    assert row_versions() == before


def test_evidence_and_explanations_quote_no_article(story: Story) -> None:
    compare_story(story.pk)
    texts = [
        " ".join(text.split()) for text in ArticleVersion.objects.values_list("text", flat=True)
    ]
    for flag in Discrepancy.objects.all():
        for said in [*strings(flag.evidence), flag.explanation]:
            words = said.split()
            for at in range(len(words) - LONG + 1):
                run = " ".join(words[at : at + LONG])
                assert not any(run in text for text in texts), run
