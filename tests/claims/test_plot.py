"""The plot of a point's figures: what is drawn is said in rows too, and nothing needs a style."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from django.utils import translation

from claims.engine.readings import Per
from claims.plot import NARROW, SMALL, WIDE, draw, plot_of
from claims.plot_figures import Figure, marks_of, sorted_out
from claims.plot_parts import TO_SCALE, Size
from claims.plot_text import width
from tests.claims.plotted import DAY, figure

LATER = date(2024, 10, 28)
FOUR = [
    figure(3000, None, modifier="at_least"),
    figure(None, 10000, modifier="up_to", high_soft=True, day=date(2024, 12, 31)),
    figure(11400, 12600, modifier="about", speaker="Kyiv & co", flagged=True),
    figure(3000, 3000, speaker="<NIS>", day=date(2024, 10, 25)),
]


def drawn(figures: list[Figure], conflicts: tuple[frozenset[int], ...] = ()) -> str:
    plot = draw("Soldiers", figures, conflicts)
    assert plot is not None
    return str(plot.drawings[0].svg)


def classes(svg: str, name: str) -> int:
    return len(re.findall(rf'class="[^"]*\b{name}\b', svg))


def test_intervals_bands_floors_and_ceilings_are_drawn_apart() -> None:
    svg = drawn([*FOUR, figure(5000, 7000, modifier="between", speaker="UN")])
    assert classes(svg, "tip") == 1  # an open arrow for "at least"
    assert classes(svg, "faint") == 1  # a stem that thins out for "up to"
    assert classes(svg, "band") == 1
    assert svg.count('class="stem"') == 1 + 2  # the range's, and two parts of the ceiling's
    assert classes(svg, "open") == 2
    assert classes(svg, "flagged") == 1
    assert classes(svg, "mark") == 5


def test_the_drawing_is_well_formed_and_named_and_escapes_names() -> None:
    plot = draw('Soldiers "here"', FOUR)
    assert plot is not None
    root = ET.fromstring(plot.drawings[0].svg)
    assert root.get("aria-label") == 'Soldiers "here"'
    names = {node.text for node in root.iter("tspan")}
    assert names == {"Ministry", "Kyiv & co", "<NIS>"}
    assert not any("style" in node.attrib for node in root.iter())


def test_what_xml_forbids_is_left_out_of_names() -> None:
    svg = drawn([figure(1, 1, speaker="A\x1bB\ufffe"), figure(2, 2, speaker="C")])
    assert {node.text for node in ET.fromstring(svg).iter("tspan")} == {"AB", "C"}


def test_a_name_from_right_to_left_turns_nothing_else_round() -> None:
    svg = drawn([figure(1, 1, speaker="وزارة"), figure(2, 2, speaker="C")])
    assert {node.text for node in ET.fromstring(svg).iter("tspan")} == {"\u200eوزارة\u200e", "C"}


def test_rows_say_what_the_drawing_shows() -> None:
    plot = draw("Soldiers", FOUR)
    assert plot is not None
    assert [(row.speaker, row.as_of, row.figure, row.interval) for row in plot.rows] == [
        ("Kyiv & co", "23 Oct 2024", "about 12,000 soldiers", "11,400 to 12,600"),
        ("Ministry", "23 Oct 2024", "at least 3,000 soldiers", "3,000 or more"),
        ("<NIS>", "25 Oct 2024", "3,000 soldiers", "3,000"),
        ("Ministry", "31 Dec 2024", "up to 10,000 soldiers", "up to 10,000"),
    ]
    assert plot.summary == (
        "4 figures of 3 speakers, 23 Oct 2024 to 31 Dec 2024. Lowest ≥ 3,000, highest ≈ 12,000."
    )


def ticks(svg: str) -> list[str]:
    return re.findall(r'class="tick"[^>]*>([^<]*)<', svg)


def test_days_of_several_years_have_these_below_the_first_of_each() -> None:
    days = [DAY, LATER, date(2026, 1, 5)]
    svg = drawn([figure(at, at, day=day) for at, day in enumerate(days, start=1)])
    written = ticks(svg)
    assert written[:5] == ["23 Oct", "2024", "28 Oct", "5 Jan", "2026"]
    assert "2024" not in ticks(drawn([figure(1, 1), figure(2, 2, day=LATER)]))


@pytest.mark.parametrize("size", [WIDE, NARROW, SMALL], ids=lambda size: size.name)
@pytest.mark.parametrize("language", ["en", "de"])
def test_two_days_of_each_lane_are_named_however_near_they_are(size: Size, language: str) -> None:
    far, near, next_to_it = date(2014, 3, 1), date(2024, 10, 23), date(2024, 10, 24)
    figures = [figure(at, at, day=day) for at, day in enumerate((far, near, next_to_it), start=1)]
    expected = [replace(one, certainty="predicted") for one in figures[1:]]
    with translation.override(language):
        plot = plot_of("Soldiers", sorted_out([*figures, *expected])[0][0], (size,))
        named = [one for one in ticks(str(plot.drawings[0].svg)) if len(one) != 4]  # the years
    assert [re.split(r"\W", one)[0] for one in named[:5]] == ["1", "23", "24", "23", "24"]


def test_a_month_is_named_once_where_there_is_no_room_for_more() -> None:
    days = [DAY + timedelta(days=at) for at in (0, 3, 6, 9, 12)]
    figures = [figure(at, at, day=day) for at, day in enumerate(days)]
    for size, named in (
        (WIDE, ["23 Oct", "26 Oct", "29 Oct", "1 Nov", "4 Nov"]),
        (NARROW, ["23 Oct", "26", "29", "1 Nov", "4"]),
    ):
        crowd = [figure(9, 9, speaker=f"Speaker {at}", day=days[-1]) for at in range(5)]
        plot = plot_of("Soldiers", sorted_out([*figures, *crowd])[0][0], (size,))
        assert ticks(str(plot.drawings[0].svg))[:5] == named
    many = [figure(at, at, day=DAY + timedelta(days=at)) for at in range(60)]
    thinned = ticks(drawn(many))  # where not even that fits, some have no words at all
    assert [one for one in thinned if re.fullmatch(r"\d+ \w{3}", one)][:2] != ["23 Oct", "24 Oct"]


def test_a_small_drawing_says_above_whose_the_numbers_are() -> None:
    crowd = [figure(90, 90, speaker=f"Speaker {at}") for at in range(9)]
    (group,) = sorted_out(crowd)[0]
    small, wide = (plot_of("Soldiers", group, (size,)).drawings[0] for size in (SMALL, WIDE))
    above = re.findall(r'y="13.0"><tspan class="speaker">1</tspan> ([^<]*)<', small.body)
    number_one = next(name for name, number in small.named.numbers.items() if number == 1)
    assert above == [number_one]
    assert 'y="13.0"><tspan' not in wide.body  # its key stands below


def test_whole_counts_have_whole_ticks_and_none_below_nothing() -> None:
    for values in ((10, 11), (0, 0), (2, 9)):
        svg = drawn([figure(one, one, speaker=str(at)) for at, one in enumerate(values)])
        assert not [one for one in ticks(svg) if "." in one or "-" in one]
    halves = drawn([figure(0.5, 0.5), figure(1, 1, day=LATER)])
    assert [one for one in ticks(halves) if "." in one]


def test_the_words_of_a_scale_have_their_room() -> None:
    plot = plot_of(
        "Votes", sorted_out([figure(99990, 99990), figure(100010, 100010)])[0][0], (NARROW,)
    )
    size = plot.drawings[0].named.layout.size
    assert "100,000" in ticks(str(plot.drawings[0].svg))
    assert size.left - TO_SCALE > width("100,000", size.type)


def test_one_speakers_figures_are_joined_and_other_terms_otherwise() -> None:
    counts = [figure(1, 1), figure(2, 2, day=LATER)]
    mixed = [figure(1, 1), figure(3, None, modifier="at_least", day=LATER)]
    others = [figure(1, 1), figure(2, 2, day=LATER, speaker="Army")]
    for figures, lines, unlike in ((counts, 1, 0), (mixed, 1, 1), (others, 0, 0)):
        svg = drawn(figures)
        assert (classes(svg, "later"), classes(svg, "unlike")) == (lines, unlike)


def test_a_conflict_is_marked_between_the_figures_that_a_flag_is_about() -> None:
    figures = [
        figure(10, 10, claim=1, speaker="A", flagged=True),
        figure(900, 900, claim=2, speaker="B", flagged=True, day=LATER),
        figure(905, 905, claim=3, speaker="C"),
    ]
    svg = drawn(figures, (frozenset({1, 2}),))
    assert classes(svg, "against") == classes(svg, "badge") == 1
    assert classes(drawn(figures), "against") == 0


def test_forecasts_stand_in_a_lane_of_their_own_and_hollow() -> None:
    figures = [
        figure(3, 3, day=LATER),
        figure(4, 4, certainty="predicted", day=DAY),
        figure(5, 5, speaker="Army"),
    ]
    plot = plot_of("Soldiers", sorted_out(figures)[0][0], (WIDE,))
    reported, forecasts = plot.drawings[0].named.layout.lanes
    assert reported.right + 20 < forecasts.left  # each on a line of days of its own
    assert classes(plot.drawings[0].svg, "axis") == 1
    for spot in plot.drawings[0].named.layout.spots:
        lane = forecasts if spot.mark.main.is_forecast else reported
        assert lane.left < spot.x < lane.right
    assert classes(plot.drawings[0].svg, "forecast") == 1
    assert classes(plot.drawings[0].svg, "later") == 0  # a forecast continues no report


def test_an_addition_is_not_plotted_among_totals_nor_one_unit_among_others() -> None:
    figures = [
        figure(3000, 3000),
        figure(1500, 1500, role="addition"),
        figure(2, 2, unit="ship"),
        figure(3200, 3200),
        figure(3, 3, per=Per(value=Decimal(25), unit="voter"), role="ratio"),
    ]
    groups, beside = sorted_out(figures)
    assert [(group.counted, len(group.figures)) for group in groups] == [
        ("soldiers", 2),
        ("ships", 1),
        ("soldiers per 25 voters", 1),
        ("soldiers, additions", 1),
    ]
    assert beside == ()


def test_units_that_a_flag_sets_against_each_other_share_a_plot() -> None:
    figures = [figure(30, 30, claim=1), figure(50, 50, claim=2, unit="troop")]
    groups, _beside = sorted_out(figures, (frozenset({1, 2}),))
    assert [len(group.figures) for group in groups] == [2]
    assert len(sorted_out(figures)[0]) == 2


def test_what_cannot_be_plotted_is_listed_with_its_reason() -> None:
    figures = [
        figure(1, 1, day=None),
        figure(None, None),
        figure(2, 2, certainty="denied"),
        figure(3, 3, certainty="unknown"),
        figure(3, 10**400),
    ]
    groups, beside = sorted_out(figures)
    assert groups == ()
    assert [one.reason for one in beside] == [
        "no day is known",
        "without a bound",
        "said not to be so",
        "not known to be so",
        "too large to be drawn",
    ]


def test_alike_figures_of_one_speaker_are_one_mark() -> None:
    marks = marks_of([figure(5, 5, source=name) for name in ("One", "Two", "Three")])
    assert [mark.sources for mark in marks] == ["One and 2 more"]
    assert len(marks_of([figure(5, 5), figure(5, None, modifier="at_least")])) == 2


def test_a_long_name_of_what_is_counted_is_cut() -> None:
    svg = drawn([figure(at, at, unit="volunteer" * 20) for at in (1, 2)])
    heading = re.search(r'class="heading"[^>]*>([^<]*)<', svg)
    assert heading is not None
    assert heading[1].endswith("…")


def test_the_key_names_the_signs_that_are_drawn() -> None:
    plot = draw("Soldiers", FOUR)
    plain = draw("Soldiers", [figure(1, 1), figure(2, 2)])
    assert plot is not None
    assert plain is not None
    assert [key.words for key in plot.drawings[0].keys] == [
        "about",
        "at least",
        "up to",
        "the same speaker, later, in other terms",
        "flagged",
    ]
    assert plain.drawings[0].keys == ()


def test_values_of_dozens_and_millions_can_have_a_logarithmic_scale() -> None:
    wide = sorted_out([figure(12, 12), figure(2_000_000, 2_400_000)])[0][0]
    near = sorted_out([figure(12, 12), figure(900, 900)])[0][0]
    negative = sorted_out([figure(-3, -3), figure(9000, 9000)])[0][0]
    asked = [plot_of("Soldiers", group, (NARROW,), log=True) for group in (wide, near, negative)]
    assert [plot.can_be_log for plot in asked] == [True, False, False]
    assert [plot.drawings[0].named.layout.is_log for plot in asked] == [True, False, False]
    low, high = asked[0].drawings[0].named.layout.spots
    assert low.y - high.y < 0.95 * (WIDE.height)
    assert "logarithmic" in asked[0].drawings[0].svg


@pytest.mark.parametrize(
    "figures",
    [[], [figure(1, 1)], [figure(1, 1), figure(2, 2, unit="officer")]],
    ids=["none", "one", "other unit"],
)
def test_the_evidence_has_no_plot_without_two_comparable_figures(figures: list[Figure]) -> None:
    assert draw("Soldiers", figures) is None
