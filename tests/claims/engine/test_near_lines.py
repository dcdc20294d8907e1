"""The lines of a report that come nearest to a point."""

from decimal import Decimal
from random import Random

from claims.engine.near_lines import MOST, Line, nearest_lines
from claims.engine.readings import Quantity, Reading

SAID = [
    ("The union walked out of the talks on Tuesday", Reading()),
    ("talks collapsed when the union left", Reading()),
]
TEXTS = [
    "Trains will not run on Friday.",
    "It was the union that broke off talks, the company said.",
    "Passengers were told to stay at home.",
    "Talks about talks are nothing new to the union or the company.",
    "The union represents drivers.",
    "Nobody has called for more talks.",
]
CLAIMS = [*(exact for exact, _reading in SAID), "trains will not run", "passengers stay at home"]


def lines(texts: list[str], **facts: object) -> list[Line]:
    """The texts as the lines of one report; `facts` are those of the last."""
    starts = [sum(len(text) + 1 for text in texts[:at]) for at in range(len(texts))]
    found = [
        Line(start=at, end=at + len(text), text=text)
        for at, text in zip(starts, texts, strict=True)
    ]
    last = found[-1]
    return [*found[:-1], Line(start=last.start, end=last.end, text=last.text, **facts)]  # type: ignore[arg-type]


def test_lines_that_share_telling_words_come_first_and_few_are_given() -> None:
    found = nearest_lines("Talks", SAID, lines(TEXTS), CLAIMS)
    assert len(found) == MOST
    assert found[0].text in (TEXTS[1], TEXTS[3])
    assert TEXTS[0] not in [line.text for line in found]


def test_nothing_is_offered_where_nothing_is_near() -> None:
    assert nearest_lines("Talks", SAID, lines(["Rain is expected."]), CLAIMS) == []
    assert nearest_lines("Talks", SAID, [], CLAIMS) == []
    assert nearest_lines("", [], lines(TEXTS), CLAIMS) == []


def test_a_pair_in_doubt_and_the_same_count_bring_a_line_of_other_words() -> None:
    other = [*TEXTS, "It was over by noon."]
    assert nearest_lines("Talks", SAID, lines(other, pair=3.0), CLAIMS)[0].text == other[-1]
    dead = Quantity(low=Decimal(4), high=Decimal(4), unit="person", state="dead", start=0, end=4)
    said = [("four people died", Reading(quantities=(dead,)))]
    counted = lines(other, readings=(Reading(quantities=(dead,)),))
    assert [line.text for line in nearest_lines("", said, counted, CLAIMS)] == [other[-1]]


def test_the_figures_themselves_decide_nothing() -> None:
    found = lines(["The toll is 41 now.", "The toll is 12 now."])
    for figure in ("41", "12"):
        said = [(f"the toll is {figure}", Reading())]
        assert nearest_lines("", said, found, CLAIMS) == found


def test_the_order_of_what_is_said_changes_nothing() -> None:
    usual = nearest_lines("Talks", SAID, lines(TEXTS), CLAIMS)
    for seed in range(5):
        mixed = Random(seed).sample(CLAIMS, len(CLAIMS))
        assert nearest_lines("Talks", SAID[::-1], lines(TEXTS), mixed) == usual
