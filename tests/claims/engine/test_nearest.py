"""Which point is suggested first for a quotation."""

from claims.engine.nearest import rank
from claims.engine.readings import Reading
from tests.claims.engine import build

TOLL = ("at least 210 people were killed in the flood", Reading())
HOUSES = ("the flood damaged 400 houses", Reading())
TALKS = ("ministers met for talks in Lund", Reading())


def test_rare_shared_words_come_first() -> None:
    points = {1: [TALKS], 2: [TOLL], 3: [HOUSES]}
    assert rank("houses were damaged by the flood", Reading(), points) == [3, 2, 1]


def test_every_point_is_named_the_far_ones_in_their_order() -> None:
    points = {"b": [TALKS], "a": [TOLL], "c": []}
    assert rank("日本", Reading(), points) == ["b", "a", "c"]
    assert rank("", Reading(), {}) == []


def test_the_best_claim_of_a_point_speaks_for_it() -> None:
    points = {"many": [TALKS, HOUSES, TALKS], "one": [TOLL]}
    assert rank("400 houses are damaged", Reading(), points)[0] == "many"


def test_the_same_counted_thing_breaks_a_tie() -> None:
    told = "they came"
    points = {
        "ships": [(told, Reading(quantities=(build.exactly(3, unit="ship"),)))],
        "soldiers": [(told, Reading(quantities=(build.exactly(3000),)))],
        "their soldiers": [(told, Reading(quantities=(build.exactly(9, whose="russia"),)))],
    }
    asked = Reading(quantities=(build.about(500, whose="russia"),))
    assert rank("they came", asked, points) == ["their soldiers", "soldiers", "ships"]


def test_answers_of_one_responder_belong_together() -> None:
    points = {
        "firm": [("it stayed silent", Reading(response=build.answer("kestrel energy", "silent")))],
        "ministry": [
            ("it stayed silent", Reading(response=build.answer("interior ministry", "denied")))
        ],
    }
    asked = Reading(response=build.answer("ministry", "declined"))
    assert rank("declined to comment", asked, points) == ["ministry", "firm"]
