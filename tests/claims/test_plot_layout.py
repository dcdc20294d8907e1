"""Where the parts of a plot stand: days are days, names cover nothing, whatever the figures are."""

import random
import re
from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest

from claims.engine.readings import Modifier
from claims.plot import NARROW, SMALL, WIDE
from claims.plot_figures import Figure, Group, sorted_out
from claims.plot_layout import lay_out
from claims.plot_names import Named, _obstacles, named
from claims.plot_parts import Layout, Size
from claims.plot_scale import Box, LogScale, ValueScale, compact, day_columns, spaced
from claims.plot_svg import body
from tests.claims.plotted import DAY, figure

SIZES = (WIDE, NARROW, SMALL)
MODIFIERS: tuple[Modifier, ...] = ("exact", "about", "at_least", "up_to", "between")


def only(figures: list[Figure], conflicts: tuple[frozenset[int], ...] = ()) -> Group:
    (group,) = sorted_out(figures, conflicts)[0]
    return group


def made_up(seed: int) -> Group:
    """Some figures of some speakers over some days, a few of them flagged."""
    made = random.Random(seed)
    speakers = [f"Speaker {chr(65 + at) * made.randint(1, 14)}" for at in range(made.randint(1, 9))]
    days, top = made.choice([0, 3, 40, 4000]), made.choice([9, 400, 10**6])
    figures = []
    for number in range(1, made.randint(2, 24)):
        low = made.randint(-3 if top == 9 else 0, top)
        modifier = made.choice(MODIFIERS)
        ends: tuple[int | None, int | None] = (low, low)
        if modifier in ("about", "between"):
            ends = (low, low + made.randint(1, top))
        elif modifier != "exact":
            ends = (low, None) if modifier == "at_least" else (None, low)
        figures.append(
            figure(
                *ends,
                modifier=modifier,
                speaker=made.choice(speakers),
                source=f"Report {made.randint(1, 5)}",
                day=DAY + timedelta(days=made.randint(0, days)),
                certainty=made.choice(["asserted", "attributed", "predicted"]),
                claim=seed * 100 + number,
            )
        )
    flagged = frozenset(made.sample([one.claim for one in figures], min(3, len(figures))))
    return only(figures, (flagged,))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.name)
def test_names_cover_nothing_and_every_figure_is_named_joined_or_numbered(size: Size) -> None:
    for seed in range(40):
        group = made_up(seed)
        plot = named(group, size)
        boxes = [name.box for name in plot.names]
        assert not any(one.meets(other) for one, other in combinations(boxes, 2)), seed
        taken = _obstacles(plot.layout)
        assert not any(box.meets(other) for box in boxes for other in taken), seed
        assert all(box.left >= 0 and box.right <= size.width for box in boxes), seed
        assert unnamed(plot) == set(), seed
        assert body(plot) == body(named(group, size))  # the same figures, the same bytes


def unnamed(plot: Named) -> set[str]:
    """Speakers with a figure that neither has a name or number nor is joined to one that has."""
    spots = plot.layout.spots
    known = {id(name.spot) for name in plot.names if any(w.strong for w in name.lines[0])}
    known |= {id(spot) for spot in spots if spot.mark.main.speaker in plot.numbers}
    for _turn in spots:
        for line in plot.layout.joints:
            if {id(line.start), id(line.end)} & known:
                known |= {id(line.start), id(line.end)}
    return {spot.mark.main.speaker for spot in spots if id(spot) not in known}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.name)
def test_a_name_stands_nearer_to_its_own_dot_than_to_another_speakers(size: Size) -> None:
    for seed in range(40):
        plot = named(made_up(seed), size)
        for name in plot.names:
            own = name.box.distance(name.spot.x, name.spot.y)
            for spot in plot.layout.spots:
                if spot.mark.main.speaker != name.spot.mark.main.speaker:
                    assert own < name.box.distance(spot.x, spot.y), seed


def test_figures_of_one_day_stand_within_its_column_and_cover_no_other() -> None:
    crowd = [figure(at % 7, at % 7, speaker=f"A speaker with number {at}") for at in range(20)]
    layout = lay_out(only([*crowd, figure(3, 3, day=date(2024, 10, 25))]), WIDE)
    columns = layout.lanes[0].days
    first, second = columns.values()
    assert first.right < second.left
    for spot in layout.spots:
        column = columns[spot.mark.main.day]
        assert column.left <= spot.x <= column.right
    assert no_marks_meet(layout)


def no_marks_meet(layout: Layout) -> bool:
    boxes = [spot.box for spot in layout.spots]
    return not any(one.meets(other) for one, other in combinations(boxes, 2))


def test_twenty_figures_of_one_day_have_their_names_in_the_key() -> None:
    crowd = [figure(90, 90, speaker=f"A speaker with number {at}") for at in range(20)]
    for size in SIZES:
        plot = named(only(crowd), size)
        assert len(plot.names) + len(plot.numbers) == 20


def test_one_value_or_one_figure_makes_a_plot_too() -> None:
    same = [figure(90, 90, day=DAY + timedelta(days=at)) for at in range(3)]
    for figures in ([figure(5, 5)], [figure(0, 0)], same):
        layout = lay_out(only(figures), NARROW)
        field = layout.size.field
        assert all(field.top <= spot.y <= field.bottom for spot in layout.spots)


def test_a_flag_ties_each_value_to_the_nearest_that_it_does_not_meet() -> None:
    figures = [
        figure(10, 10, speaker="A", claim=1),
        figure(10, 10, speaker="B", claim=2, day=date(2024, 10, 24)),
        figure(50, 50, speaker="C", claim=3, day=date(2024, 10, 25)),
        figure(45, 55, speaker="D", claim=4, modifier="about", day=date(2024, 10, 30)),
    ]
    layout = lay_out(only(figures, (frozenset({1, 2, 3, 4}),)), WIDE)
    tied = {(line.start.mark.main.speaker, line.end.mark.main.speaker) for line in layout.against}
    assert tied == {("B", "C"), ("B", "D")}
    assert len(layout.badges) == 2


def test_soft_bounds_reach_as_far_as_they_say() -> None:
    figures = [
        figure(40, None, modifier="at_least", speaker="A"),
        figure(None, 90, modifier="up_to", speaker="B"),
        figure(60, 80, modifier="between", speaker="C"),
    ]
    layout = lay_out(only(figures), WIDE)
    floor, ceiling, range_ = layout.spots
    assert floor.top < floor.y == floor.low
    assert ceiling.top == ceiling.y < ceiling.low
    assert (range_.top, range_.low) == (layout.scale.y(80), layout.scale.y(60))


def test_a_figure_of_several_days_has_a_line_up_to_its_dot() -> None:
    long = figure(5, 5, first=date(2024, 10, 23), day=date(2024, 10, 27), speaker="Army")
    layout = lay_out(only([figure(3, 3), long]), WIDE)
    day, stretch = layout.spots
    assert day.since == day.x
    assert stretch.since == day.x < stretch.x
    assert not stretch.since_before


@pytest.mark.parametrize("first", [None, date(2024, 10, 1)], ids=["unknown", "before all"])
def test_a_stretch_that_began_before_the_days_drawn_has_no_beginning(first: date | None) -> None:
    long = figure(5, 5, first=first, day=date(2024, 10, 27), speaker="Army")
    plot = named(only([figure(3, 3), long]), WIDE)
    _day, stretch = plot.layout.spots
    assert stretch.since_before
    assert stretch.since < stretch.x - 20
    (way,) = re.findall(r'class="stretch" d="([^"]*)"', body(plot))
    assert "v" not in way  # no mark where it begins


def test_a_stretch_from_between_two_days_begins_between_them() -> None:
    long = figure(5, 5, first=date(2024, 10, 25), day=date(2024, 10, 27), speaker="Army")
    day, stretch = lay_out(only([figure(3, 3), long]), WIDE).spots
    assert day.x < stretch.since < stretch.x
    assert not stretch.since_before


def test_days_far_apart_have_more_room_between_them_and_keep_their_order() -> None:
    days = [date(2001, 1, 1), date(2001, 1, 3), date(2003, 1, 1), date(2024, 1, 1)]
    columns = day_columns(dict.fromkeys(days, 1), 0, 700, 14)
    gaps = [late.left - early.right for early, late in pairwise(columns.values())]
    assert 0 < gaps[0] < gaps[1] < gaps[2]
    crowded = day_columns({DAY + timedelta(days=at): 3 for at in range(60)}, 0, 300, 14)
    assert [*crowded.values()][-1].right <= 300.001


def test_labels_of_days_keep_apart() -> None:
    assert spaced([(0, 40), (20, 40), (60, 40), (100, 40)]) == [0, 3]
    assert spaced([(0, 10), (50, 10), (100, 10)]) == [0, 1, 2]
    assert spaced([]) == []


@pytest.mark.parametrize(
    ("least", "most"),
    [
        (0, 0),
        (5, 5),
        (3000, 12600),
        (1, 10**12),
        (-5, 3),
        (0.01, 0.02),
        (99990, 100010),
        (981120335950906752, 981120335950906880),  # two floats with none between
    ],
)
def test_all_values_lie_on_the_scale(least: float, most: float) -> None:
    scale = ValueScale((float(least), float(most)), 10, 110)
    assert 10 <= scale.y(most) <= scale.y(least) <= 110
    assert 2 <= len(scale.ticks) <= 7


def test_powers_of_ten_stand_at_even_heights() -> None:
    scale = LogScale((12, 900_000), 0, 100)
    assert scale.ticks == [10.0**power for power in range(1, 7)]
    assert [round(scale.y(tick)) for tick in scale.ticks] == [100, 80, 60, 40, 20, 0]
    assert scale.y(0) == 100
    assert len(LogScale((1, 1e18), 0, 100).ticks) <= 7


def test_the_distance_to_a_name_is_that_to_its_nearest_edge() -> None:
    box = Box(10, 10, 20, 20)
    assert (box.distance(15, 15), box.distance(25, 15), box.distance(23, 24)) == (0, 5, 5)


def test_ticks_are_short() -> None:
    assert compact([0, 950, 12000]) == ["0", "950", "12k"]
    assert compact([2.5e6, 5e10, 1e12]) == ["2.5m", "50bn", "1tn"]
    assert compact([99990, 100000, 100010]) == ["99,990", "100,000", "100,010"]
