"""Which story is suggested for an entry: one that is clearly meant, or none."""

import pytest

from reader.suggesting import KnownStories, known_stories, stems_of
from tests import factories

QUAY, STRIKE = 1, 2


def stories() -> KnownStories:
    known = KnownStories()
    known.call(QUAY, "Harbour wall cracked")
    known.tell(QUAY, "Divers found a crack below the water; ferries were sent to Ostend.")
    known.call(STRIKE, "Strike of the train drivers")
    known.tell(STRIKE, "Drivers walked out over pay; trains stand still in Ostend.")
    return known


def suggested(text: str, among: tuple[int, ...] = (QUAY, STRIKE)) -> tuple[int, list[str]] | None:
    found = stories().suggest(text, among)
    return (found.story, list(found.words)) if found else None


def test_shared_rare_words_name_the_story() -> None:
    found = suggested("Ferries stay away: harbour still has its Crack")
    assert found == (QUAY, ["Crack", "harbour", "Ferries"])


def test_longer_forms_are_the_same_word() -> None:
    assert set(stems_of("cracks ferry")) == set(stems_of("Cracked ferries"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The government said on Tuesday that people were told to wait",  # words of any news
        "Ferries sail",  # one shared word
        "Ostend",  # stands in both
        "Harbour strike: ferries and trains stand still, drivers and divers in Ostend crack",
        "Nothing that any story has ever told",
    ],
)
def test_what_is_not_clear_is_not_suggested(text: str) -> None:
    assert suggested(text) is None


def test_only_stories_of_the_entrys_own_desk_are_suggested() -> None:
    assert suggested("Ferries stay away: harbour still has its crack", (STRIKE,)) is None


@pytest.mark.django_db
def test_stories_are_known_by_titles_reports_and_points() -> None:
    story = factories.make_story(title="Kestrel")
    other = factories.make_story(story.desk, title="Harvest")
    article = factories.make_article(
        story, "Divers near the lighthouse.", title="Crack in the wall"
    )
    factories.make_point(story, label="Number of tugboats")
    factories.make_article(
        other, "A submarine surfaced.", status="taken_down", title="Submarine seen"
    )
    known = known_stories([story, other])
    assert article.current_version is not None
    for word in ("kestrel", "divers", "crack", "tugboats"):
        assert known.said[story.pk] >= set(stems_of(word))
    assert not known.said[other.pk] & set(stems_of("submarine"))


@pytest.mark.django_db
def test_their_number_of_queries_does_not_grow(
    django_assert_num_queries: pytest.FixtureRequest,
) -> None:
    desk = factories.make_desk()
    several = [factories.make_article(factories.make_story(desk)).story for _ in range(5)]
    for number in (1, 5):
        with django_assert_num_queries(2):  # type: ignore[operator]
            known_stories(several[:number])
