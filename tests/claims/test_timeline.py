"""What each source did when: events by source, days as axis, long silences cut out."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, pairwise
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from claims import timeline
from claims.engine.readings import AsOf, Reading
from claims.plot_text import in_two, width
from claims.timeline import FEW, story_plot
from claims.timeline_axis import axis_of
from claims.timeline_events import Event, Lane, day_number, load_lanes
from claims.timeline_plot import NARROW, WIDE, LaneSize, draw_lanes
from claims.whole_story import load_whole_story
from reader.models import Article, Story
from tests import factories
from tests.claims.compared import compared_story

KYIV = ZoneInfo("Europe/Kyiv")
DAY = date(2024, 10, 23).toordinal()


def test_a_moment_is_placed_by_the_clock_of_its_zone() -> None:
    moment = datetime(2024, 10, 23, 22, 0, tzinfo=UTC)
    assert day_number(moment) == DAY + 22 / 24
    assert day_number(moment.astimezone(KYIV)) == DAY + 1 + 1 / 24


def test_days_are_as_broad_as_each_other_and_short_silences_stay() -> None:
    axis = axis_of([DAY + 0.5, DAY + 5.25], (), 0, 600)
    assert axis.breaks == ()
    assert axis.x(DAY) == 0
    assert axis.x(DAY + 6) == 600
    assert axis.x(DAY + 3) == 300


def test_a_long_silence_is_cut_out_and_says_how_long_it_is() -> None:
    axis = axis_of([DAY, DAY + 3.5, DAY + 400], (), 0, 600)
    ((left, right, days),) = axis.breaks
    assert days == 396
    assert axis.x(DAY + 3.99) <= left < right <= axis.x(DAY + 400)
    assert axis.x(DAY + 200) == right


def test_a_silence_that_is_short_beside_all_the_rest_stays() -> None:
    days = [DAY + at for at in range(0, 60, 4)]
    assert axis_of([*days, days[-1] + 14], (), 0, 600).breaks == ()
    assert axis_of([*days, days[-1] + 90], (), 0, 600).breaks != ()


def test_facts_near_the_events_are_drawn_and_others_are_not() -> None:
    axis = axis_of([DAY + 0.5], [DAY - 3, DAY - 4000, DAY + 9], 0, 600)
    assert axis.holds(DAY - 3)
    assert axis.holds(DAY - 1)
    assert not axis.holds(DAY - 4000)
    assert not axis.holds(DAY + 9)


def test_days_that_are_labelled_have_their_room() -> None:
    axis = axis_of([DAY, DAY + 99], (), 0, 600)
    places = [x for _day, x in axis.ticks(50)]
    assert all(late - early >= 50 for early, late in pairwise(places))


def test_in_years_the_firsts_of_months_are_named() -> None:
    first = date(2021, 3, 9).toordinal()
    axis = axis_of(range(first, first + 1000, 100), (), 0, 600)
    for room, named in ((50, ["2021-04-01", "2021-07-01", "2021-10-01"]), (200, ["2022-01-01"])):
        days = [date.fromordinal(day) for day, _x in axis.ticks(room)]
        assert [str(day) for day in days][: len(named)] == named
    short = axis_of([first, first + 8, first + 16], (), 0, 100)  # no month begins in it
    assert [day for day, _x in short.ticks(200)] == [first]


def lane(source: str, *days: date) -> Lane:
    events = (
        Event(
            at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
            kind="published",
            words="Published",
            day_only=False,
            title="Ships left",
            article=1,
        )
        for day in days
    )
    return Lane(source=source, events=tuple(events), facts={})


def words_of(svg: str) -> list[tuple[float, float, str]]:
    """The days, years and silences in words: from where to where at most, and at which height."""
    found = re.findall(r'class="tick" x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)<', svg)
    return [(float(x), float(y), text) for x, y, text in found]


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=lambda size: size.name)
def test_how_long_a_silence_is_covers_no_day_and_no_year(size: LaneSize) -> None:
    days = (date(1990, 9, 30), date(2022, 1, 5), date(2024, 10, 23), date(2024, 10, 24))
    with translation.override("de"):
        words = words_of(draw_lanes("Plot", size, [lane("Harbour News", *days)]).svg)
    assert "11.419 Tage" in [text for _x, _y, text in words]
    for (x, y, text), (other_x, other_y, other) in combinations(words, 2):
        apart = abs(x - other_x) - (width(text, 12) + width(other, 12)) / 2
        assert y != other_y or apart > 0, (text, other)


def test_the_plot_of_the_story_always_tells_the_year() -> None:
    svg = draw_lanes("Plot", WIDE, [lane("Harbour News", date(2022, 9, 30))]).svg
    assert [text for _x, _y, text in words_of(svg)] == ["30 Sep", "2022"]


def test_a_long_name_has_two_lines_beside_its_lane() -> None:
    name = "Frankfurter Allgemeine Zeitung der Küste"
    svg = draw_lanes("Plot", WIDE, [lane(name, date(2022, 9, 30))]).svg
    lines = re.findall(r'class="lane-name"[^>]*>([^<]*)<', svg)
    assert (len(lines), " ".join(lines)) == (2, name)
    assert in_two("Donaudampfschifffahrtsgesellschaft", 80, 12) == ("Donaudamp…",)


@pytest.mark.django_db
def test_each_source_has_a_lane_with_what_it_published_changed_and_corrected() -> None:
    story = factories.make_story()
    source = factories.make_source("Harbour News")
    day_only = factories.make_source("The Gazette")
    report = factories.make_article(story, "Twelve ships left.", source)
    factories.make_version(report, "Twelve  ships left.")
    factories.make_version(
        report,
        "Nine ships left. Correction: an earlier version said twelve.",
        modified_at=factories.PUBLISHED + timedelta(hours=5),
    )
    later = factories.PUBLISHED + timedelta(days=1)
    factories.make_article(
        story, "Ships left.", day_only, published_at=later, published_precision="day"
    )
    lanes = load_lanes(load_whole_story(story), KYIV, story.desk.zone)
    assert [lane.source for lane in lanes] == ["Harbour News", "The Gazette"]
    assert {event.kind for event in lanes[0].events} == {"published", "minor", "corrected"}
    (only,) = lanes[1].events
    assert only.day_only
    assert ":" not in only.when
    assert {event.at.tzinfo for lane in lanes for event in lane.events} == {KYIV}
    assert lanes[0].events[0].when.endswith(" EEST")


def test_the_more_claims_speak_for_a_day_the_higher_its_bar() -> None:
    first, last = date(2024, 10, 1), date(2024, 10, 2)
    facts = {first: 1, last: 3}
    one = replace(lane("Harbour News", first), facts=facts)
    found = re.findall(r'class="facts"[^>]*height="([\d.]+)"', draw_lanes("A", WIDE, [one]).body)
    assert len(found) == 2
    assert float(found[0]) < float(found[1])
    assert one.as_of == "1 Oct 2024 to 2 Oct 2024"


@pytest.mark.django_db
def test_a_claim_about_several_days_counts_for_the_last_of_them() -> None:
    version = factories.make_article(factories.make_story(), "Twelve ships left.").current_version
    assert version is not None
    stretch = AsOf(first=date(2024, 10, 1), last=date(2024, 10, 9))
    claim = factories.make_claim(version, "Twelve ships", Reading(as_of=stretch))
    factories.make_point(version.article.story, [claim])
    story = version.article.story
    (only,) = load_lanes(load_whole_story(story), KYIV, story.desk.zone)
    assert only.facts == {date(2024, 10, 9): 1}


@pytest.mark.django_db
def test_the_plot_of_the_story_draws_some_sources_unless_all_are_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    story = compared_story(articles=FEW + 2).story
    whole = load_whole_story(story)
    some = story_plot(whole, story, KYIV, all_sources=False)
    every = story_plot(whole, story, KYIV, all_sources=True)
    assert some is not None
    assert every is not None
    assert (some.hidden, every.hidden) == (2, 0)
    monkeypatch.setattr(timeline, "MOST", FEW + 1)
    most = story_plot(whole, story, KYIV, all_sources=True)
    assert most is not None
    assert most.hidden == 1
    assert some.drawings[0].svg.count('class="lane-name"') == FEW
    assert [drawing.name for drawing in every.drawings] == ["wide", "narrow"]
    assert len(some.events) == FEW + 2  # the table has all
    for drawing in every.drawings:
        assert drawing.svg.count('class="lane-name"') == FEW + 2
        assert drawing.svg.count('class="event"') == FEW + 2


@pytest.mark.django_db
def test_events_at_one_place_are_one_sign_with_their_number() -> None:
    story = factories.make_story()
    report = factories.make_article(story, "Twelve ships left.")
    for minute, text in ((5, "Ten ships left."), (9, "Nine ships left."), (12, "No ships left.")):
        factories.make_version(
            report, text, modified_at=report.published_at + timedelta(minutes=minute)
        )
    plot = story_plot(load_whole_story(story), story, KYIV, all_sources=False)
    assert plot is not None
    assert "×4" in plot.drawings[0].svg
    assert plot.drawings[0].svg.count('class="event"') == 1
    assert plot.drawings[0].body.count('class="published"') == 1  # the gravest


@pytest.mark.django_db
def test_a_story_without_reports_has_no_plot() -> None:
    story: Story = factories.make_story()
    assert story_plot(load_whole_story(story), story, KYIV, all_sources=False) is None
    assert not Article.objects.filter(story=story).exists()
