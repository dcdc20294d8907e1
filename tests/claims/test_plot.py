"""The plot of a point's figures: what is drawn is said in rows too, and nothing needs a style."""

import re
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from claims.engine.readings import Per, Quantity
from claims.plot import Figure, _names, _obstacles, _places, draw
from claims.plot_scale import Box, DayScale, ValueScale, compact, place


def figure(
    low: int | None,
    high: int | None,
    *,
    speaker: str = "Ministry",
    day: date | None = date(2024, 10, 23),
    flagged: bool = False,
    **more: object,
) -> Figure:
    fields = {"unit": "soldier", **more}
    quantity = Quantity(
        start=0,
        end=1,
        low=None if low is None else Decimal(low),
        high=None if high is None else Decimal(high),
        **fields,  # type: ignore[arg-type]
    )
    return Figure(
        speaker=speaker, source="Desk", first=day, last=day, quantity=quantity, flagged=flagged
    )


FOUR = [
    figure(3000, None, modifier="at_least"),
    figure(None, 10000, modifier="up_to", high_soft=True, day=date(2024, 12, 31)),
    figure(11400, 12600, modifier="about", speaker="Kyiv & co", flagged=True),
    figure(3000, 3000, speaker="<NIS>", day=date(2024, 10, 25)),
]


def classes(svg: str, name: str) -> int:
    return len(re.findall(rf'class="[^"]*\b{name}\b', svg))


def test_intervals_floors_and_ceilings_are_drawn_apart() -> None:
    plot = draw("Soldiers", FOUR)
    assert plot is not None
    assert classes(plot.svg, "tip") == 2  # one arrow up, one down
    assert classes(plot.svg, "open") == 2
    assert classes(plot.svg, "flagged") == 1
    assert classes(plot.svg, "dot") == 4


def test_the_drawing_is_well_formed_and_named_and_escapes_names() -> None:
    plot = draw('Soldiers "here"', FOUR)
    assert plot is not None
    root = ET.fromstring(plot.svg)
    assert root.get("aria-label") == 'Soldiers "here"'
    names = [node.text for node in root.iter("text") if node.get("class") == "name"]
    assert {"Ministry", "Kyiv & co", "<NIS>"} >= set(names)
    assert not any("style" in node.attrib for node in root.iter())


def test_rows_say_what_the_drawing_shows() -> None:
    plot = draw("Soldiers", FOUR)
    assert plot is not None
    assert [(row.speaker, row.as_of, row.figure, row.interval) for row in plot.rows] == [
        ("Kyiv & co", "23 Oct", "about 12,000 soldiers", "11,400 to 12,600"),
        ("Ministry", "23 Oct", "at least 3,000 soldiers", "3,000 or more"),
        ("<NIS>", "25 Oct", "3,000 soldiers", "3,000"),
        ("Ministry", "31 Dec", "up to 10,000 soldiers", "up to 10,000"),
    ]


def test_one_speakers_figures_are_joined() -> None:
    plot = draw("Soldiers", [figure(1, 1), figure(2, 2, day=date(2024, 10, 28))])
    assert plot is not None
    assert classes(plot.svg, "later") == 1


def test_a_floor_and_a_count_are_no_trend() -> None:
    later = date(2024, 10, 28)
    counts = [figure(1, 1), figure(3, None, modifier="at_least", day=later)]
    floors = [figure(1, None), figure(3, None, day=later)]
    for figures, lines in ((counts, 0), (floors, 1)):
        plot = draw("Soldiers", figures)
        assert plot is not None
        assert classes(plot.svg, "later") == lines


def test_the_key_names_the_signs_that_are_drawn() -> None:
    plot = draw("Soldiers", FOUR)
    plain = draw("Soldiers", [figure(1, 1), figure(2, 2)])
    assert plot is not None
    assert plain is not None
    assert [key.words for key in plot.keys][:3] == ["at least", "up to", "flagged"]
    assert plain.keys == ()


def test_every_speaker_is_named_beside_a_figure_or_in_the_key() -> None:
    crowd = [figure(at, at, speaker=f"A speaker with number {at}") for at in range(1, 13)]
    plot = draw("Soldiers", crowd)
    assert plot is not None
    labels = [
        node.text for node in ET.fromstring(plot.svg).iter("text") if node.get("class") == "name"
    ]
    keyed = [key.words for key in plot.keys]
    assert keyed
    assert len(labels) + len(keyed) == 12


def test_a_name_that_would_seem_anothers_stands_in_the_key() -> None:
    plot = draw(
        "Soldiers",
        [
            figure(3000, 3000, speaker="Seoul's agency"),
            figure(3000, None, speaker="White House"),
            figure(12000, 12000, speaker="Kyiv", day=date(2024, 10, 30)),
        ],
    )
    assert plot is not None
    assert "Seoul's agency" in [key.words for key in plot.keys]


def test_names_cover_neither_signs_nor_lines_nor_each_other() -> None:
    days = [date(2024, 10, day) for day in (23, 28, 30)]
    figures = [figure(10000, 10000, speaker="United States", day=day) for day in days]
    figures += [figure(3000, None, speaker="South Korea", day=day) for day in days]
    figures += [figure(None, 12000, speaker="Ukraine", day=days[1])]
    spots, values, _days = _places(figures)
    labels, unlabelled = _names(spots, values)
    boxes = _obstacles(spots, values)
    assert not unlabelled
    for label in labels:
        found = re.search(r'x="([\d.]+)" y="([\d.]+)">(.*)<', label)
        assert found is not None
        left, bottom = float(found[1]), float(found[2]) + 3
        box = Box(left, bottom - 14, left + 6 * len(found[3]), bottom)
        assert not any(box.meets(other) for other in boxes)
        boxes.append(box)


@pytest.mark.parametrize(
    "figures",
    [
        [],
        [figure(1, 1)],
        [figure(1, 1), figure(2, 2, unit="officer")],
        [figure(1, 1), figure(2, 2, day=None)],
        [figure(1, 1), figure(None, None)],
        [figure(1, 1), figure(2, 2, per=Per(value=Decimal(30), unit="soldier"))],
    ],
    ids=["none", "one", "other unit", "undated", "unbounded", "ratio"],
)
def test_nothing_is_plotted_without_two_comparable_figures(figures: list[Figure]) -> None:
    assert draw("Soldiers", figures) is None


@pytest.mark.parametrize(
    ("least", "most"),
    [(0, 0), (5, 5), (3000, 12600), (1, 10**12), (-5, 3), (0.01, 0.02), (99990, 100010)],
)
def test_all_values_lie_on_the_scale(least: float, most: float) -> None:
    scale = ValueScale(least, most, 10, 110)
    assert 10 <= scale.y(most) <= scale.y(least) <= 110
    assert 2 <= len(scale.ticks) <= 7


def test_figures_of_one_day_stand_side_by_side() -> None:
    days = DayScale([date(2024, 10, 23)] * 3, 0, 300)
    places = [days.x(date(2024, 10, 23), at) for at in range(3)]
    assert places == sorted(set(places))
    assert days.ticks == [(date(2024, 10, 23), 150)]


def test_a_name_never_covers_what_is_there() -> None:
    taken = [Box(94, 44, 106, 56)]
    spot = place("Ministry", 100, 50, taken, Box(0, 0, 400, 100))
    assert spot is not None
    assert not spot.meets(taken[0])
    assert place("Ministry", 100, 50, [Box(0, 0, 400, 100)], Box(0, 0, 400, 100)) is None


def test_ticks_are_short() -> None:
    assert [compact(value) for value in (0, 950, 12000, 2500000, 5e10, 1e12)] == [
        "0",
        "950",
        "12k",
        "2.5m",
        "50bn",
        "1tn",
    ]
