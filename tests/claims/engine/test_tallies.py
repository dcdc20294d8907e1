"""Results of votes, work done so far, nobody, ages, sums without a currency and bare cents."""

from decimal import Decimal

import pytest

from tests.claims.engine.parsed import figures

RESULTS = {
    "votes to": ("The reform passed by 178 votes to 165.", [("vote", 178)]),
    "voted to": ("Members voted 61 to 38 to close the pool.", [("vote", 61)]),
    "hyphen": ("The ferry law cleared the house in a 176-165 vote.", [("vote", 176)]),
    "against": ("It won 61 votes, with 38 against.", [("vote", 61)]),
    "goals": ("The hosts won by three goals to one.", [("goal", 3)]),
}


@pytest.mark.parametrize("name", RESULTS)
def test_result_is_one_figure(name: str) -> None:
    text, expected = RESULTS[name]
    assert [(one.unit, one.low) for one in figures(text)] == expected


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Nobody was hurt in the slide.", "injured"),
        ("No one was killed in the slide.", "dead"),
        ("No passengers were injured.", "injured"),
        ("No deaths were reported.", "dead"),
    ],
)
def test_nobody_is_a_count_of_none(text: str, state: str) -> None:
    (found,) = figures(text)
    assert (found.low, found.high, found.state) == (0, 0, state)


def test_one_of_a_trade_keeps_its_noun() -> None:
    (found,) = figures("One firefighter died.")
    assert (found.unit, found.state) == ("firefighter", "dead")


@pytest.mark.parametrize(
    "text",
    [
        "With 90 percent of ballots counted, the mayor led.",
        "The mayor led, with 98 percent counted.",
        "Crews said the blaze was 40 percent contained.",
    ],
)
def test_work_done_so_far_is_a_vague_part(text: str) -> None:
    (found,) = figures(text)
    assert (found.role, found.vague) == ("part", True)


@pytest.mark.parametrize(
    "text",
    ["Some 40 percent of nurses walked out.", "Some 60 percent of adults were vaccinated."],
)
def test_share_of_people_is_no_work_done(text: str) -> None:
    (found,) = figures(text)
    assert (found.role, found.vague) == ("total", False)


def test_time_behind_bars_stays_a_time() -> None:
    (found,) = figures("The smuggler got six years behind bars.")
    assert found.unit == "year"


def test_toll_that_may_pass_a_figure_counts_the_dead() -> None:
    (found,) = figures("Medics expect the toll to pass 100.")
    assert (found.unit, found.state) == ("person", "dead")


def test_millions_are_not_more_of_a_few_things() -> None:
    found = figures("She scored 20 goals. She got a further 10 million in bonuses.")
    assert [one.unit for one in found] == ["goal", None]


def test_further_millions_of_a_sum_are_money() -> None:
    found = figures("The club paid 40 million euros and a further 10 million in bonuses.")
    assert [one.unit for one in found] == ["eur", "eur"]


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("The shares lost 6 percent.", True),
        ("The peso gained 2 percent.", True),
        ("The greens gained 12 percent of the vote.", False),
    ],
)
def test_share_lost_or_gained_is_a_change(text: str, change: bool) -> None:
    assert figures(text)[0].change is change


def test_cents_are_those_of_the_money_of_the_report() -> None:
    loaf = figures("The loaf costs 3 euros. It was 80 cents before.")
    assert [(one.unit, one.low) for one in loaf] == [("eur", 3), ("eur", Decimal("0.8"))]
    assert figures("It cost 80 cents.")[0].unit == "usd"
