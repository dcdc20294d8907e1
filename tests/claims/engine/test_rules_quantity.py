"""Figures: which pairs conflict, which only differ in precision, which ask different questions."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from claims.engine.readings import Per, Quantity
from claims.engine.rules import quantity
from claims.engine.rules.base import Relation
from tests.claims.engine.build import (
    about,
    at_least,
    claim,
    context,
    exactly,
    figure,
    frame,
    on,
    up_to,
)


def relate(p: Quantity, q: Quantity, **second: Any) -> Relation | None:
    a = claim("a", speaker="Ministry", quantities=p)
    b = claim("b", **{"speaker": "Union", "quantities": q, **second})
    return quantity.relate(a, b, context(a, b))


def outcome(p: Quantity, q: Quantity, **second: Any) -> str:
    relation = relate(p, q, **second)
    assert relation is not None
    return relation.outcome


@pytest.mark.parametrize(
    ("p", "q", "expected"),
    [
        (exactly(210), exactly(210), "agree"),
        (exactly(210), exactly(224), "conflict"),
        (at_least(210), exactly(224), "refined"),
        (at_least(210), exactly(190), "conflict"),
        (at_least(210), at_least(500), "refined"),
        (figure(210, None, low_open=True, modifier="more_than"), exactly(210), "conflict"),
        (about(12000), exactly(12500), "refined"),
        (about(12000), about(10000), "conflict"),
        (up_to(90), exactly(40), "refined"),
        (up_to(90), exactly(120), "conflict"),
        (figure(100, 120), figure(115, 140), "refined"),
        (figure(24, 99, vague=True), exactly(500), "refined"),
    ],
)
def test_intervals_decide(p: Quantity, q: Quantity, expected: str) -> None:
    assert outcome(p, q) == expected
    assert outcome(q, p) == expected


@pytest.mark.parametrize(
    ("p", "q", "reason"),
    [
        (exactly(3), exactly(9, unit="officer"), "they count different things"),
        (exactly(3), exactly(9, unit=None), "a unit is missing"),
        (exactly(3, whose="japan"), exactly(9, whose="norway"), "they count different people's"),
        (
            exactly(3, state="dead"),
            exactly(9, state="injured"),
            "one counts the dead, the other the injured",
        ),
        (exactly(3), exactly(9, role="addition"), "one is a total, the other a addition"),
        (exactly(3), exactly(9, role="part"), "one is a total, the other a part"),
    ],
)
def test_another_question_is_never_a_conflict(p: Quantity, q: Quantity, reason: str) -> None:
    relation = relate(p, q)
    assert relation is not None
    assert (relation.outcome, relation.failed) == ("different_question", reason)


def test_a_ratio_is_never_set_against_a_total() -> None:
    per_head = exactly(1, per=Per(value=Decimal(25), unit="voter"))
    assert outcome(exactly(300), per_head) == "different_question"


def test_another_place_is_another_question() -> None:
    a = claim("a", quantities=exactly(3), place="lyon")
    b = claim("b", quantities=exactly(9), place="paris")
    relation = quantity.relate(a, b, context(a, b))
    assert relation is not None
    assert relation.outcome == "different_question"


def test_a_forecast_and_a_count_are_left_to_the_certainty_rule() -> None:
    assert relate(exactly(300), exactly(500), certainty="predicted") is None


def test_two_forecasts_conflict() -> None:
    a = claim("a", quantities=exactly(300), certainty="predicted")
    b = claim("b", quantities=exactly(500), certainty="possible")
    relation = quantity.relate(a, b, context(a, b))
    assert relation is not None
    assert relation.outcome == "conflict"


def test_a_speakers_later_figure_is_an_update() -> None:
    assert outcome(exactly(12), exactly(19), speaker="Ministry", as_of=on(date(2024, 10, 24))) == (
        "updated"
    )


def test_a_speakers_other_figure_of_the_same_day_is_a_conflict() -> None:
    assert outcome(exactly(12), exactly(19), speaker="Ministry") == "conflict"


def test_other_speakers_meet_while_the_first_figure_holds() -> None:
    assert outcome(exactly(12), exactly(19), as_of=on(date(2024, 10, 28))) == "conflict"


def test_after_the_holding_time_other_speakers_update() -> None:
    assert outcome(exactly(12), exactly(19), as_of=on(date(2024, 11, 5))) == "updated"


def test_a_figure_ends_where_its_speaker_gives_the_next() -> None:
    first = claim("a", speaker="Ministry", quantities=exactly(12))
    later = claim("b", speaker="Ministry", quantities=exactly(19), as_of=on(date(2024, 10, 25)))
    other = claim("c", speaker="Union", quantities=exactly(30), as_of=on(date(2024, 10, 26)))
    known = context(first, later, other)
    stale, current = quantity.relate(first, other, known), quantity.relate(later, other, known)
    assert stale is not None
    assert current is not None
    assert (stale.outcome, current.outcome) == ("updated", "conflict")


def test_severity_is_high_where_the_nearest_values_differ_by_half() -> None:
    assert quantity.severity(exactly(3000), about(12000)) == "high"
    assert quantity.severity(about(10000), about(12000)) == "medium"
    assert quantity.severity(about(12000), at_least(30000)) == "high"


def test_the_arithmetic_names_both_intervals_smaller_first() -> None:
    relation = relate(about(12000), about(10000))
    assert relation is not None
    assert relation.arithmetic == "9,500 to 10,500 and 11,400 to 12,600 do not meet"


def test_a_toll_that_rises_within_a_day_is_an_update_and_one_that_falls_is_not() -> None:
    morning = datetime(2024, 10, 23, 7, 0, tzinfo=UTC)
    noon = datetime(2024, 10, 23, 13, 0, tzinfo=UTC)

    def outcome_of(first: int, second: int) -> str:
        a = claim("a", speaker="Coast guard", quantities=exactly(first, state="dead"))
        b = claim("b", speaker="Coast guard", quantities=exactly(second, state="dead"))
        known = context(a, b)
        times = {"a": morning, "b": noon}
        reports = {
            name: replace(report, published_at=times[name])
            for name, report in known.reports.items()
        }
        relation = quantity.relate(a, b, replace(known, reports=reports))
        assert relation is not None
        return relation.outcome

    assert outcome_of(14, 31) == "updated"
    assert outcome_of(31, 14) == "conflict"


def test_sums_conflict_only_where_the_same_thing_is_measured() -> None:
    net, same = (exactly(n, unit="eur", measured="net profit") for n in (112, 102))
    other = exactly(171, unit="eur", measured="operating profit")
    unclear = exactly(131, unit="eur")
    assert outcome(net, same) == "conflict"
    assert outcome(net, other) == "different_question"
    relation = relate(net, unclear)
    assert relation is not None
    assert (relation.outcome, relation.suggestion) == ("conflict", True)


def test_two_figures_of_one_report_conflict_only_in_one_predicate() -> None:
    sent = claim("a", quantities=exactly(8400), frame=frame("union", "send", "paper"))
    back = claim("a", quantities=exactly(6100), frame=frame("union", "return", "paper"))
    again = claim("a", quantities=exactly(8100), frame=frame("union", "send", "paper"))
    other = quantity.relate(sent, back, context(sent, back))
    same = quantity.relate(sent, again, context(sent, again))
    assert other is not None
    assert same is not None
    assert (other.outcome, same.outcome) == ("different_question", "conflict")


def test_two_figures_of_one_sentence_never_conflict() -> None:
    deed = frame("union", "send", "paper")
    sent = replace(claim("a", quantities=exactly(8400), frame=deed), sentence=3)
    back = replace(claim("a", quantities=exactly(6100), frame=deed), sentence=3)
    relation = quantity.relate(sent, back, context(sent, back))
    assert relation is not None
    assert relation.outcome == "different_question"


def test_a_later_higher_count_without_a_source_is_a_suggestion_unless_it_piles_up() -> None:
    later = {"speaker": "", "as_of": on(date(2024, 10, 24))}
    relation = relate(exactly(2), exactly(3), **later)
    assert relation is not None
    assert (relation.outcome, relation.suggestion) == ("conflict", True)
    assert outcome(exactly(2, state="dead"), exactly(3, state="dead"), **later) == "updated"


def test_equal_values_agree_whether_total_or_part() -> None:
    assert outcome(exactly(61), exactly(61, role="part")) == "agree"


def test_residents_evacuated_are_people_evacuated() -> None:
    people = exactly(12000, unit="person", state="displaced")
    more, fewer = (exactly(n, unit="resident", state="displaced") for n in (15000, 300))
    assert outcome(people, more) == "conflict"
    assert outcome(people, fewer) == "different_question"


def test_no_deaths_and_one_death_conflict() -> None:
    nobody = exactly(0, unit="person", state="dead")
    assert outcome(nobody, exactly(1, unit="worker", state="dead")) == "conflict"


def test_two_speakers_of_one_sentence_can_conflict() -> None:
    police = replace(claim("a", speaker="Police", quantities=exactly(43)), sentence=1)
    union = replace(claim("a", speaker="Union", quantities=exactly(60)), sentence=1)
    relation = quantity.relate(police, union, context(police, union))
    assert relation is not None
    assert relation.outcome == "conflict"
