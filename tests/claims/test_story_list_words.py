"""The words and drawings of the list of stories."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from claims.story_list_asked import Asked, Listed
from claims.story_list_news import KINDS, News
from claims.story_list_spark import HEIGHT, MOST_BARS, WIDTH, draw_spark, parts_of, spark_words
from claims.story_list_words import MOST, moment, news_items, news_label

NOW = datetime(2026, 11, 24, 13, 30, tzinfo=UTC)  # a Tuesday
BERLIN = ZoneInfo("Europe/Berlin")
OCTOBER = [date(2024, 10, day) for day in (23, 25, 25, 29, 30)]


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(hours=1), "13:30"),
        (timedelta(hours=15), "Mon 23:30"),
        (timedelta(days=6), "Wed 14:30"),
        (timedelta(days=7), "17 November"),
        (timedelta(days=400), "20 October 2025"),
        (timedelta(days=-3), "27 November"),  # a clock that was wrong
    ],
)
def test_the_time_of_a_look_is_as_short_as_it_is_clear(ago: timedelta, words: str) -> None:
    assert moment(NOW - ago, NOW, BERLIN) == words


def test_the_label_says_whether_anything_is_new() -> None:
    assert news_label(is_new=True, when="Tue 14:05") == "New since Tue 14:05"
    assert news_label(is_new=False, when="Tue 14:05") == "Nothing new since Tue 14:05"


def test_news_is_told_the_weightiest_first_and_leads_to_where_it_is_seen() -> None:
    told = {"decided": frozenset({7, 8}), "renamed": frozenset({1})}
    news = News(reports=(5, 6), corrections=(4,), flags=((3, 9), (3, 10)), told=told)
    items = news_items("flood", news, NOW)
    assert [item.words for item in items] == [
        "2 new reports",
        "1 correction",
        "2 new flags",
        "2 flags decided",
        "another title",
    ]
    since = "since=2026-11-24T13%3A30%3A00%2B00%3A00"
    assert [item.address for item in items] == [
        "/stories/flood/reports/",
        "/articles/4/",
        "/stories/flood/?point=3&flag=9",
        f"/stories/flood/history/?{since}&kind=claims.discrepancy",
        f"/stories/flood/history/?{since}&kind=reader.story",
    ]


def test_too_much_news_is_left_to_the_history() -> None:
    news = News(reports=(1,), told={kind: frozenset({1, 2}) for kind in KINDS})
    items = news_items("flood", news, NOW)
    assert len(items) == MOST
    assert items[-1].words == "more in the history"


@pytest.mark.parametrize("kind", sorted([*KINDS, "new_points"]))
def test_every_kind_of_news_has_words(kind: str) -> None:
    [item] = news_items("flood", News(told={kind: frozenset({1})}), NOW)
    assert item.words
    assert "%" not in item.words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (OCTOBER, "5 reports from 23 to 30 October 2024, most on 25 October"),
        (OCTOBER[:2], "2 reports from 23 to 25 October 2024"),
        (OCTOBER[:1], "1 report on 23 October 2024"),
        (OCTOBER[1:3], "2 reports on 25 October 2024"),
        (
            [date(2024, 12, 31), date(2025, 1, 2)],
            "2 reports from 31 December 2024 to 2 January 2025",
        ),
    ],
)
def test_the_reports_over_time_are_said_in_words(days: list[date], words: str) -> None:
    assert spark_words(days) == words


@pytest.mark.parametrize("length", [1, 8, 40, 41, 4000])
def test_every_report_is_in_one_part_of_the_stretch(length: int) -> None:
    first = date(2020, 1, 1)
    days = [first + timedelta(days=day) for day in range(length)]
    parts = parts_of(days)
    assert sum(parts) == length
    assert len(parts) == min(length, MOST_BARS)
    assert all(parts)


@pytest.mark.parametrize("number", [1, 3, 1000])
def test_bars_stay_inside_the_drawing(number: int) -> None:
    spark = draw_spark([*OCTOBER, *[OCTOBER[0]] * number])
    assert spark is not None
    svg = str(spark.svg)
    assert 'style="' not in svg
    assert spark.words in svg
    for bar in svg.split("<rect ")[1:]:
        x, y, width, height = (float(value) for value in bar.split('"')[1:8:2])
        assert 0 <= x <= x + width <= WIDTH
        assert 0 <= y <= y + height <= HEIGHT


def test_without_reports_nothing_is_drawn() -> None:
    assert draw_spark([]) is None


def listed(pk: int, title: str, **fields: object) -> Listed:
    """A story that was seen and has no flags."""
    usual = {
        "slug": f"story-{pk}",
        "desk": "World",
        "desk_slug": "world",
        "zone": BERLIN,
        "is_closed": False,
        "state": "ready",
        "changed": NOW + timedelta(minutes=pk),
        "revision": 1,
        "origins": 0,
        "seen_at": NOW,
        "has_news": False,
    }
    return Listed(pk=pk, title=title, **{**usual, **fields})  # type: ignore[arg-type]


STORIES = [
    listed(1, "Flood in the valley", seen_at=None, flags=(("date", "low", 9),)),
    listed(2, "a ferry", has_news=True, flags=(("date", "high", 1),), desk_slug="local", desk="L"),
    listed(3, "Zebra", is_closed=True),
    listed(4, "Flood of 1961"),
]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, [2, 1, 4, 3]),
        ({"sort": "changed"}, [4, 3, 2, 1]),
        ({"sort": "flags"}, [2, 1, 4, 3]),
        ({"sort": "title"}, [2, 1, 4, 3]),
        ({"sort": "nonsense", "show": "nonsense", "page": "x"}, [2, 1, 4, 3]),
        ({"show": "new"}, [2, 1]),
        ({"show": "flags", "sort": "changed"}, [2, 1]),
        ({"show": "closed"}, [3]),
        ({"q": "  FLOOD "}, [1, 4]),
        ({"q": "1961 flood"}, [4]),
        ({"q": "nothing like it"}, []),
        ({"desk": "local"}, [2]),
        ({"desk": "another"}, []),
    ],
)
def test_stories_are_narrowed_and_sorted(query: dict[str, str], found: list[int]) -> None:
    asked = Asked.read(query)
    assert [story.pk for story in asked.ordered(asked.narrowed(STORIES))] == found


def test_each_choice_counts_what_it_would_leave_and_keeps_the_rest_of_the_query() -> None:
    asked = Asked.read({"q": "flood", "sort": "title", "page": "2"})
    shows = asked.shows(STORIES)
    assert [(choice.word, choice.number) for choice in shows] == [
        ("All", 2),
        ("New to you", 1),
        ("With open flags", 1),
        ("Closed", 0),
    ]
    assert [choice.query for choice in shows][:2] == [
        "q=flood&sort=title",
        "q=flood&show=new&sort=title",
    ]
    assert asked.at(3) == "q=flood&sort=title&page=3"
    assert [choice.value for choice in asked.desks(STORIES)] == ["local", "world"]
    assert asked.desks(STORIES[:1]) == ()
