"""How many independent texts a story holds, as the comparison counts and stores it."""

import pytest

from claims.services import comparing
from claims.services.comparing import compare_story
from reader.models import Article, Story
from tests import factories
from tests.claims.conftest import Reported


def test_wire_copy_counts_as_one_origin_and_other_languages_count(
    story: Story, reported: Reported
) -> None:
    wire = " ".join(f"word{number}" for number in range(60))
    reported(wire, f"{wire} More words of an editor follow here.", "Nobody else knows of it yet.")
    factories.make_article(story, "Trajekt klesl ke dnu.", language="cs")
    factories.make_article(story, "A draft of something else.", status=Article.Status.DRAFT)
    compare_story(story.pk)
    story.refresh_from_db()
    assert story.origins == 3


def test_a_failure_keeps_the_number_of_origins(
    story: Story, reported: Reported, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported("troops: 1", "ships: 2")
    compare_story(story.pk)
    reported("troops: 3")
    monkeypatch.setattr(comparing, "_compare", lambda inputs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        compare_story(story.pk)
    story.refresh_from_db()
    assert (story.comparison_state, story.origins) == ("failed", 2)
