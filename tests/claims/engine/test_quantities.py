"""Quantities on sentences of many subjects: bounds, nouns, roles, owners and what is none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.engine import quantities
from claims.engine.readings import Per
from tests.claims.engine.parsed import document, figures, interval

INTERVALS = {
    "plain": ("The fire burned 120 homes.", 120, 120, "exact"),
    "thousands": ("The storm cut power to 1,250,000 homes.", 1250000, 1250000, "exact"),
    "words": ("Twenty-five miners were trapped.", 25, 25, "exact"),
    "long words": ("One hundred and forty-eight people were found.", 148, 148, "exact"),
    "scale": ("The law covers 1.4 million pensioners.", 1400000, 1400000, "exact"),
    "half a million": ("Half a million tickets were sold.", 500000, 500000, "exact"),
    "two and a half": ("Two and a half million birds died.", 2500000, 2500000, "exact"),
    "dozen": ("Two dozen boats took part.", 24, 24, "exact"),
    "at least": ("At least 210 villagers drowned.", 210, None, "at_least"),
    "no fewer than": ("No fewer than 14 shots were fired.", 14, None, "at_least"),
    "or more": ("The court heard 40 witnesses or more.", 40, None, "at_least"),
    "more than": ("More than 900 flights were cancelled.", 900, None, "more_than"),
    "over": ("Over 600 judges signed.", 600, None, "more_than"),
    "up to": ("Up to 90 players fell ill.", None, 90, "up_to"),
    "as many as": ("As many as 450 jobs could go.", None, 450, "up_to"),
    "no more than": ("No more than 20 guests may enter.", None, 20, "up_to"),
    "fewer than": ("Fewer than 60 sailors were missing.", None, 60, "less_than"),
    "about": ("About 40 trees fell.", 38, 42, "about"),
    "some": ("Some 200 nurses marched.", 190, 210, "about"),
    "or so": ("A hundred or so fans stayed.", 95, 105, "about"),
    "nearly": ("Nearly 900 voters were turned away.", 855, 900, "nearly"),
    "between": ("Between 20 and 30 shops were looted.", 20, 30, "between"),
    "to": ("The plant needs 20 to 30 engineers.", 20, 30, "between"),
    "hyphen": ("The club expects 20-30 scouts.", 20, 30, "between"),
    "to with scale": ("The dam will cost 20 to 30 million euros.", 20000000, 30000000, "between"),
    "dozens": ("Dozens of trucks were burned.", 24, 100, "vague"),
    "tens of thousands": ("Tens of thousands of fans came.", 20000, 100000, "vague"),
    "several hundred": ("Several hundred students sat down.", 300, 900, "vague"),
}


@pytest.mark.parametrize("name", INTERVALS)
def test_interval(name: str) -> None:
    text, low, high, modifier = INTERVALS[name]
    found = figures(text)[0]
    assert (*interval(found), found.modifier) == (low, high, modifier)


def test_bounds_say_how_they_are_meant() -> None:
    assert figures("More than 900 flights left.")[0].low_open
    assert figures("Up to 90 players fell ill.")[0].high_soft
    assert not figures("At most 90 players fell ill.")[0].high_soft
    assert figures("Dozens of trucks were burned.")[0].vague


UNITS = {
    "head of a phrase": ("He saw 300 armed Chilean border guards.", "guard"),
    "plural before a verb": ("About 40 workers walked out.", "worker"),
    "irregular": ("Three women and a man were held.", "woman"),
    "synonym of soldiers": ("It lost 300 troops.", "soldier"),
    "military personnel": ("It lost 300 military personnel.", "soldier"),
    "synonym of workers": ("The bank has 4,000 staff.", "worker"),
    "police": ("The city sent 90 police.", "police officer"),
    "two plurals": ("The party lost 12 sports officials.", "official"),
    "of the": ("Only 120 of the delegates stayed.", "delegate"),
    "singular": ("One unidentified man was held.", "man"),
    "percent": ("Prices rose 8.5%.", "percent"),
    "per cent": ("Prices rose 8.5 per cent.", "percent"),
    "percentage points": ("Support fell 3 percentage points.", "percentage point"),
    "euros": ("It cost 4 million euros.", "eur"),
    "dollar sign": ("It cost $4m.", "usd"),
    "australian": ("It cost A$4m.", "aud"),
    "canadian": ("It cost 4 million Canadian dollars.", "cad"),
    "yen": ("It cost ¥400 billion.", "jpy"),
    "distance": ("The road is 12km long.", "kilometre"),
    "area": ("The fire burned 3,500 hectares.", "hectare"),
    "square": ("The flat has 70 square metres.", "square metre"),
    "time": ("The judge gave him 12 years.", "year"),
    "hyphen": ("A 10-day strike began.", "day"),
    "cases": ("The clinic saw 300 new cases.", "case"),
    "votes": ("She won by 1,200 votes.", "vote"),
    "goals": ("He scored three goals.", "goal"),
    "buses": ("The city bought 40 electric buses.", "bus"),
    "families": ("The flood moved 58 families.", "family"),
    "churches": ("Nine churches were hit.", "church"),
    "square in short": ("The slick covers 27 sq km.", "square kilometre"),
    "crew of": ("It had a crew of eight.", "crew"),
    "crowd of": ("It drew a crowd of 53,000.", "person"),
    "crowd at": ("It puts the crowd at its peak between 30,000 and 40,000.", "person"),
    "number of": ("The number of climbers rose to 300.", "climber"),
    "magnitude": ("A 6.8-magnitude quake struck.", "magnitude"),
    "m before a noun": ("Some 1.3m ballots were spoilt.", "ballot"),
    "m alone": ("He ran the 100m.", "metre"),
    "plural that is also a verb": ("The trust has 640 unfilled posts.", "job"),
}


@pytest.mark.parametrize("name", UNITS)
def test_unit(name: str) -> None:
    text, unit = UNITS[name]
    assert figures(text)[0].unit == unit


STATES = {
    "killed": ("The quake killed at least 210 people.", "person", "dead"),
    "were killed": ("Twelve miners were killed.", "miner", "dead"),
    "dead": ("The bomb left 12 dead.", "person", "dead"),
    "deaths": ("The ministry counted 63 deaths.", "person", "dead"),
    "lives": ("The fire claimed 63 lives.", "person", "dead"),
    "lost their lives": ("Some 40 pilgrims had lost their lives.", "pilgrim", "dead"),
    "toll": ("The death toll rose to 45.", "person", "dead"),
    "injured": ("The crash injured 30.", "person", "injured"),
    "wounded": ("At least 30 people were wounded.", "person", "injured"),
    "missing": ("Some 40 hikers were still missing.", "hiker", "missing"),
    "missing inside": ("They seek 55 missing people.", "person", "missing"),
    "arrested": ("Police arrested 12 protesters.", "protester", "arrested"),
    "displaced": ("The flood displaced 2,000 people.", "person", "displaced"),
    "killed or wounded": ("Over 600 soldiers were killed or wounded.", "soldier", "casualty"),
    "number of dead": ("Residents put the number of dead at 12.", "person", "dead"),
    "behind an aside": (
        "At least 70 miners, including 20 women, were feared dead.",
        "miner",
        "dead",
    ),
    "noun beside": ("Cases rose and deaths by 33.", "person", "dead"),
    "none": ("The firm employs 2,000 people.", "person", None),
}


@pytest.mark.parametrize("name", STATES)
def test_state_of_those_counted(name: str) -> None:
    text, unit, state = STATES[name]
    assert (figures(text)[0].unit, figures(text)[0].state) == (unit, state)


def test_dead_and_injured_of_one_sentence_stay_apart() -> None:
    found = figures("The blast killed 12 people and injured more than 40.")
    assert [(one.unit, one.state) for one in found] == [("person", "dead"), ("person", "injured")]


RATIOS = {
    "per": ("There was one steward per 25 voters.", 1, "steward", 25, "voter"),
    "for every": ("It has six nurses for every ward.", 6, "nurse", 1, "ward"),
    "for every after a verb": (
        "Three guards are posted for every 30 inmates.",
        3,
        "guard",
        30,
        "inmate",
    ),
    "a": ("Oil fell to $75 a barrel.", 75, "usd", 1, "barrel"),
    "a day": ("It bakes 900 loaves a day.", 900, "loaf", 1, "day"),
    "one in five": ("One in five voters stayed away.", 1, "voter", 5, "voter"),
    "out of": ("Three out of 10 patients died.", 3, "patient", 10, "patient"),
}


@pytest.mark.parametrize("name", RATIOS)
def test_ratio_is_never_a_total(name: str) -> None:
    text, value, unit, divisor, per = RATIOS[name]
    (found,) = figures(text)
    assert (found.role, found.unit) == ("ratio", unit)
    assert found.low == value
    assert found.per == Per(value=Decimal(divisor), unit=per)


def test_both_halves_of_a_joint_ratio() -> None:
    found = figures("It sends one cook and three porters for every 30 guests.")
    assert [one.unit for one in found] == ["cook", "porter"]
    assert {one.per for one in found} == {Per(value=Decimal(30), unit="guest")}


def test_product_is_derived_with_its_factors() -> None:
    text = "The hospital has three wards of about 40 beds each."
    derived, wards = figures(text)
    assert interval(derived) == (Decimal(114), Decimal(126))
    assert (derived.unit, derived.role) == ("bed", "total")
    assert derived.derived == (Decimal(3), Decimal(40))
    assert derived.of(text) == "three wards of about 40 beds each"
    assert (wards.unit, wards.low) == ("ward", Decimal(3))


def test_product_needs_the_word_each_or_people() -> None:
    assert not any(one.derived for one in figures("Two cups of 200 grams were sold."))
    assert figures("Two groups of 12 climbers left.")[0].derived == (Decimal(2), Decimal(12))


def test_no_deaths_are_none() -> None:
    (found,) = figures("No deaths were reported, and there was no evidence of arson.")
    assert (interval(found), found.state) == ((Decimal(0), Decimal(0)), "dead")


def test_change_and_level_are_told_apart() -> None:
    change, level = figures("Profit fell 9% to 112 million euros.")
    assert (change.change, level.change) == (True, False)


def test_step_of_a_count_is_an_addition() -> None:
    found = figures("Cases rose by 1,204 to 45,310.")
    assert [(one.unit, one.role) for one in found] == [("case", "addition"), ("case", "total")]


ROLES = {
    "further": ("A further 30 jobs will go.", "addition"),
    "another": ("Another 30 jobs will go.", "addition"),
    "more": ("It sent 1,500 more guards.", "addition"),
    "more behind": ("It sent 1,500 guards more.", "addition"),
    "including": ("Victims, including 12 children, were found.", "part"),
    "of the": ("Only 120 of the delegates stayed.", "part"),
    "of whom": ("Many guests, of whom 20 were foreign, left.", "part"),
    "total": ("A total of 30 jobs will go.", "total"),
    "plain": ("It cut 30 jobs.", "total"),
}


@pytest.mark.parametrize("name", ROLES)
def test_role(name: str) -> None:
    text, role = ROLES[name]
    assert figures(text)[0].role == role


def test_parts_joined_by_and_are_both_parts() -> None:
    found = figures("The crew has 90 members, including 12 officers and three cooks.")
    assert [one.role for one in found] == ["total", "part", "part"]


def test_headings_and_furniture_give_no_quantities() -> None:
    found = figures("Fire burns 12 homes\n\nA fire burned 14 homes.\n\nPhoto: 12 homes burned")
    assert [one.low for one in found] == [14]


def test_span_runs_from_modifier_to_noun() -> None:
    text = "He said that at least 3,000 young Danish farmers had come."
    assert figures(text)[0].of(text) == "at least 3,000 young Danish farmers"


@given(
    st.lists(
        st.sampled_from(
            "about 3 1,500 million of them the $ € % - – , . per each a two units soldiers in all "
            "dozens from to between and 2024 October more ( \" ' half one 9999999999999999".split()
        ),
        max_size=40,
    )
)
def test_any_text_gives_ordered_exact_spans(pieces: list[str]) -> None:
    text = " ".join(pieces) + "."
    found = quantities.read(document(text))
    assert [one.start for one in found] == sorted(one.start for one in found)
    for one in found:
        assert one.of(text) == one.of(text).strip() != ""
        assert one.low is None or one.high is None or one.low <= one.high


@pytest.mark.parametrize(
    "piece",
    ["1", "1,111,", "1 ", "one hundred and ", "million ", "$", '"', "[(", "3 of 4 ", "5-", "a "],
)
def test_hostile_text_is_read_to_its_end(piece: str) -> None:
    text = piece * (100_000 // len(piece)) + " It burned 12 homes."
    found = quantities.read(document(text))
    assert found[-1].of(text).endswith("12 homes")


@pytest.mark.parametrize(
    "text",
    [
        "As many as 200 people may have died in the flood.",
        "The death toll from the flood in the northern valleys has risen to 57.",
        "The toll could reach 90.",
    ],
)
def test_a_toll_counts_the_dead_however_far_off_it_stands(text: str) -> None:
    (found,) = quantities.read(document(text))
    assert (found.unit, found.state) == ("person", "dead")
