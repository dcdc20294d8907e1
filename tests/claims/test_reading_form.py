"""Readings and the form's inputs: what is not changed stays, what is changed is what is meant."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from claims import reading_form, stored_reading
from claims.engine.readings import AsOf, DateRange, Link, Quantity, Reading, Response
from claims.services.readings_checked import EMPTY

FIGURE = Quantity(
    start=6,
    end=12,
    low=Decimal(11400),
    high=Decimal(12600),
    unit="soldier",
    whose="north korea",
    modifier="about",
    measured="strength",
)
FULL = Reading(
    quantities=(FIGURE, Quantity(start=20, end=21, low=Decimal(2), high=Decimal(2), unit="unit")),
    as_of=AsOf(first=date(2024, 10, 1), last=None),
    dates=(DateRange(start=1, end=2, first=date(2024, 6, 1), last=date(2024, 6, 30)),),
    attribution=(
        Link(start=1, end=2, name="the desk", kind="outlet", cue="says"),
        Link(start=3, end=4, name="the ministry", kind="institution", cue="said"),
    ),
    response=Response(start=5, end=6, actor="seoul", act="denied"),
    certainty="hedged",
    place="kursk",
)


def change(before: Reading, **given: Any) -> dict[str, Any]:
    stored = stored_reading.to_json(before)
    typed = {**reading_form.shown(stored), **given}
    return reading_form.changed(stored, typed, start=100, end=120)


@pytest.mark.parametrize("reading", [FULL, Reading()])
def test_what_is_shown_and_sent_back_changes_nothing(reading: Reading) -> None:
    assert change(reading) == {}
    blank = {name: value or "" for name, value in reading_form.shown(dict(EMPTY)).items()}
    assert change(Reading(), **blank) == {}


@pytest.mark.parametrize(
    ("word", "figure", "figure_to", "low", "high"),
    [
        ("exact", Decimal(40), None, "40", "40"),
        ("about", Decimal(40), None, "38.00", "42.00"),
        ("at_least", Decimal(40), None, "40", None),
        ("more_than", Decimal(40), None, "40", None),
        ("up_to", Decimal(40), None, None, "40"),
        ("less_than", Decimal(40), None, None, "40"),
        ("between", Decimal(40), Decimal(50), "40", "50"),
        ("vague", Decimal(24), Decimal(96), "24", "96"),
    ],
)
def test_a_figure_becomes_the_interval_that_its_word_makes_of_it(
    word: str, figure: Decimal, figure_to: Decimal | None, low: str | None, high: str | None
) -> None:
    found = change(Reading(), modifier=word, figure=figure, figure_to=figure_to, unit="ship")
    (stored,) = found["quantities"]
    assert (stored["low"], stored["high"], stored["modifier"]) == (low, high, word)
    assert (stored["low_open"], stored["high_soft"]) == (word == "more_than", word == "up_to")
    assert (stored["start"], stored["end"], stored["unit"]) == (100, 120, "ship")
    read = stored_reading.from_json({**EMPTY, **found})
    assert reading_form.shown(stored_reading.to_json(read))["figure"] == figure


def test_a_corrected_unit_keeps_the_figures_bounds_place_and_the_second_figure() -> None:
    found = change(FULL, unit="sailor")["quantities"]
    before = stored_reading.to_json(FULL)["quantities"]
    assert found == [{**before[0], "unit": "sailor"}, before[1]]


def test_another_figure_is_no_product_of_the_engines_factors() -> None:
    product = replace(FIGURE, derived=(Decimal(2), Decimal(6000)))
    other = change(Reading(quantities=(product,)), modifier="exact", figure=Decimal(7500))
    same = change(Reading(quantities=(product,)), unit="troop")
    assert other["quantities"][0]["derived"] == []
    assert same["quantities"][0]["derived"] == ["2", "6000"]


def test_emptied_inputs_take_their_part_away() -> None:
    gone = change(FULL, figure=None, figure_to=None, unit="", actor="", act="", location="")
    assert [figure["unit"] for figure in gone["quantities"]] == ["unit"]
    assert gone["response"] is None
    assert gone["place"] is None
    without = change(FULL, speaker="", as_of_from=None, date_from=None, date_to=None)
    assert [link["name"] for link in without["attribution"]] == ["the desk"]
    assert (without["as_of"], without["dates"]) == (None, [])


def test_the_last_link_of_a_chain_is_corrected_and_the_others_stay() -> None:
    chain = change(FULL, speaker="a minister", speaker_kind="person")["attribution"]
    assert [(link["name"], link["kind"], link["cue"]) for link in chain] == [
        ("the desk", "outlet", "says"),
        ("a minister", "person", "said"),
    ]


def test_every_changed_reading_can_be_read_again() -> None:
    found = change(
        Reading(),
        figure=Decimal("1.5"),
        speaker="x",
        actor="moscow",
        act="neither",
        as_of_to=date(2024, 1, 2),
        date_from=date(2024, 1, 1),
        location="kyiv",
        certainty="possible",
    )
    read = stored_reading.from_json({**EMPTY, **found})
    assert read.quantities[0].low == Decimal("1.5")
    assert read.attribution[0].kind == "unknown"
    assert read.response == Response(start=100, end=120, actor="moscow", act="neither")
    assert (read.as_of, read.place) == (AsOf(first=None, last=date(2024, 1, 2)), "kyiv")
