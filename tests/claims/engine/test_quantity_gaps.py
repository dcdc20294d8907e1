"""Nouns that are left out, and whose people or things are counted."""

import pytest

from tests.claims.engine.parsed import figures

GAPS = {
    "addition and total": (
        "Officials said 1,500 more guards had come, for a total of 3,000.",
        ["guard", "guard"],
    ),
    "next sentence": (
        "The firm cut 30 jobs. A further 12 will follow. That makes 42 in all.",
        ["job", "job", "job"],
    ),
    "of them": ("Police held 12 protesters, two of them from abroad.", ["protester", "protester"]),
    "of whom": ("The club has 90 members, 12 of whom are women.", ["member", "woman"]),
    "behind a preposition": (
        "It employs 11,200 people in six countries, 2,300 of them in Oslo.",
        ["person", "country", "person"],
    ),
    "money": ("Profit was 112 million euros. Analysts had hoped for 118 million.", ["eur", "eur"]),
    "spoken of without a figure": (
        "Danish farmers are leaving. It could lose up to 12,000 of them.",
        ["farmer"],
    ),
    "people moved on": ("The nurses are part of about 900 sent to the coast.", ["nurse"]),
    "too far": (
        "The firm cut 30 jobs. It rained. It snowed. It froze. Another 12 followed.",
        ["job", None],
    ),
}


@pytest.mark.parametrize("name", GAPS)
def test_noun_left_out_is_taken_from_before(name: str) -> None:
    text, units = GAPS[name]
    assert [one.unit for one in figures(text)] == units


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("It sent out 8,400 papers and got 6,100 back.", "part"),
        ("Police held 12 protesters and charged five.", "part"),
        ("Police counted 18,000 marchers, organisers 52,000.", "total"),
    ],
)
def test_some_of_those_just_counted_are_a_part(text: str, role: str) -> None:
    assert figures(text)[1].role == role


def test_money_is_never_taken_up_as_a_count() -> None:
    assert [one.unit for one in figures("It cost 30 euros. Another 12 came.")] == ["eur", None]


OWNERS = {
    "adjective": ("France lost 12 German tourists.", "germany"),
    "possessive": ("Norway's 900 nurses are on strike.", "norway"),
    "from": ("The camp holds 900 refugees from Sudan.", "sudan"),
    "sender": ("Canada has sent 300 firefighters.", "canada"),
    "not the attacker": ("Norway killed 12 soldiers.", None),
    "unknown": ("The camp holds 900 refugees.", None),
}


@pytest.mark.parametrize("name", OWNERS)
def test_whose(name: str) -> None:
    text, whose = OWNERS[name]
    assert figures(text)[0].whose == whose


def test_owner_stays_with_the_noun_that_is_taken_up() -> None:
    found = figures("Canada sent 300 Canadian firefighters. Another 40 will follow.")
    assert [one.whose for one in found] == ["canada", "canada"]
