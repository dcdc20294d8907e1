"""How many independent texts a story holds, as the comparison counts and stores it."""

import pytest

from claims.models import SharedPassage
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


def made_up(stem: str, number: int) -> str:
    """So many words that no other text has."""
    return " ".join(f"{stem}{'x' * (at + 1)}" for at in range(number))


WORDS = made_up("word", 60)


def test_shared_passages_are_stored_with_their_places(story: Story, reported: Reported) -> None:
    first, second = reported(f"An own lead. {WORDS}", f"{WORDS} More words of an editor follow.")
    compare_story(story.pk)
    (passage,) = SharedPassage.objects.filter(story=story)
    assert (passage.version, passage.other) == (first.current_version, second.current_version)
    assert (passage.start, passage.end) == (13, 13 + len(WORDS))
    assert (passage.other_start, passage.other_end) == (0, len(WORDS))
    assert (passage.words, passage.one_origin) == (60, True)


def test_a_run_without_change_keeps_the_passages(story: Story, reported: Reported) -> None:
    reported(WORDS, f"{WORDS} More words of an editor follow.")
    compare_story(story.pk)
    before = list(SharedPassage.objects.values())
    assert compare_story(story.pk) == "unchanged"
    assert list(SharedPassage.objects.values()) == before


def test_passages_go_with_the_report(story: Story, reported: Reported) -> None:
    reports = reported(WORDS, f"{WORDS} More words of an editor follow.")
    compare_story(story.pk)
    Article.objects.filter(pk=reports[1].pk).update(status=Article.Status.TAKEN_DOWN)
    comparing.request_comparison(story.pk)
    compare_story(story.pk)
    assert not SharedPassage.objects.exists()


def test_a_short_passage_of_two_origins_is_not_kept(story: Story, reported: Reported) -> None:
    quote = made_up("quoted", 24)
    reported(f"{quote}. {WORDS}", f"{quote}. {made_up('other', 60)}")
    compare_story(story.pk)
    assert not SharedPassage.objects.exists()
