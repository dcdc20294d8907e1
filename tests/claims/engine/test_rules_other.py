"""Certainty, dates, actors, descriptions and sourcing: when two claims differ."""

from datetime import date

import pytest

from claims.engine.readings import Claim
from claims.engine.rules import actor, attribution, certainty, dates, description
from claims.engine.rules.base import Relation, Rule
from tests.claims.engine.build import (
    about,
    answer,
    at_least,
    claim,
    context,
    dated,
    exactly,
    frame,
    on,
    up_to,
)


def relate(rule: Rule, a: Claim, b: Claim) -> Relation | None:
    forward = rule(a, b, context(a, b))
    backward = rule(b, a, context(a, b))
    assert (forward and forward.outcome) == (backward and backward.outcome)
    return forward


BRIDGE = frame("ministry", "close", "bridge")


@pytest.mark.parametrize(
    ("other", "expected", "severity"),
    [
        ("predicted", "conflict", "medium"),
        ("unknown", "conflict", "medium"),
        ("denied", "conflict", "high"),
        ("hedged", "refined", "low"),
    ],
)
def test_one_predicate_with_another_certainty(other: str, expected: str, severity: str) -> None:
    a = claim("a", frame=BRIDGE)
    b = claim("b", frame=BRIDGE, certainty=other)
    relation = relate(certainty.relate, a, b)
    assert relation is not None
    assert (relation.outcome, relation.severity) == (expected, severity)
    assert not relation.suggestion


def test_other_words_with_another_certainty_are_only_a_suggestion() -> None:
    a = claim("a", frame=BRIDGE)
    b = claim("b", frame=frame("ministry", "shut", "crossing"), certainty="predicted")
    relation = relate(certainty.relate, a, b)
    assert relation is not None
    assert relation.suggestion


def test_a_verb_that_says_little_needs_subject_and_object_in_common() -> None:
    a = claim("a", frame=frame("odds", "be", "even"))
    b = claim("b", frame=frame("odds", "be", "trick"), certainty="predicted")
    relation = relate(certainty.relate, a, b)
    assert relation is not None
    assert relation.suggestion


def test_a_forecast_that_the_same_speaker_later_states_is_an_update() -> None:
    a = claim("a", frame=BRIDGE, certainty="predicted")
    b = claim("a", frame=BRIDGE, as_of=on(date(2024, 10, 26)))
    relation = relate(certainty.relate, a, b)
    assert relation is not None
    assert relation.outcome == "updated"


def test_a_figure_counted_here_and_forecast_there_differs_in_certainty() -> None:
    a = claim("a", quantities=about(12000))
    b = claim("b", quantities=up_to(12000), certainty="possible")
    relation = relate(certainty.relate, a, b)
    assert relation is not None
    assert relation.outcome == "conflict"


def test_a_forecast_of_another_value_is_another_question() -> None:
    a = claim("a", quantities=exactly(3000))
    b = claim("b", quantities=up_to(10000), certainty="predicted")
    relation = relate(certainty.relate, a, b)
    assert relation is not None
    assert relation.outcome == "different_question"


def test_one_event_on_two_days_differs_in_date() -> None:
    march, april = (
        dated(date(2024, 3, 1), date(2024, 3, 31)),
        dated(date(2024, 4, 2), date(2024, 4, 2)),
    )
    a = claim("a", frame=BRIDGE, dates=(march,))
    b = claim("b", frame=BRIDGE, dates=(april,))
    relation = relate(dates.relate, a, b)
    assert relation is not None
    assert (relation.outcome, relation.arithmetic) == (
        "conflict",
        "2 Apr and March 2024 do not meet",
    )


def test_a_day_inside_a_month_only_refines_it() -> None:
    month, day = (
        dated(date(2024, 3, 1), date(2024, 3, 31)),
        dated(date(2024, 3, 5), date(2024, 3, 5)),
    )
    relation = relate(
        dates.relate,
        claim("a", frame=BRIDGE, dates=(month,)),
        claim("b", frame=BRIDGE, dates=(day,)),
    )
    assert relation is not None
    assert relation.outcome == "refined"


def test_dates_of_other_events_are_not_compared() -> None:
    march = dated(date(2024, 3, 1), date(2024, 3, 31))
    a = claim("a", frame=BRIDGE, dates=(march,))
    b = claim("b", frame=frame("ministry", "open", "tunnel"), dates=(march,))
    assert relate(dates.relate, a, b) is None


def test_one_deed_with_two_doers_differs_in_actor() -> None:
    a = claim("a", frame=frame("norway", "sign", "treaty"))
    b = claim("b", frame=frame("sweden", "sign", "treaty"))
    relation = relate(actor.relate, a, b)
    assert relation is not None
    assert relation.outcome == "conflict"


def test_more_actors_say_more_across_reports_and_differ_within_one() -> None:
    one = frame("norway", "sign", "treaty")
    both = frame("norway+sweden", "sign", "treaty")
    across = relate(actor.relate, claim("a", frame=one), claim("b", frame=both))
    within = relate(actor.relate, claim("a", frame=one), claim("a", frame=both))
    assert across is not None
    assert within is not None
    assert (across.outcome, within.outcome) == ("refined", "conflict")


def test_doers_that_no_table_holds_are_a_suggestion() -> None:
    a = claim("a", frame=frame("port", "cancel", "contract"))
    b = claim("b", frame=frame("kestrel", "cancel", "contract"))
    relation = relate(actor.relate, a, b)
    assert relation is not None
    assert (relation.outcome, relation.suggestion) == ("conflict", True)


def test_what_one_report_states_and_somebody_denies_elsewhere() -> None:
    denial = claim("a", frame=BRIDGE, response=answer("ministry", "denied"), certainty="denied")
    stated, sourced = claim("b", frame=BRIDGE), claim("b", frame=BRIDGE, speaker="union")
    other = claim("b", frame=frame("port", "shut", "crossing"))
    found = [relate(certainty.relate, denial, each) for each in (stated, sourced, other)]
    assert [(each.severity, each.suggestion) for each in found if each] == [
        ("high", False),
        ("medium", True),
        ("high", True),
    ]


def test_other_words_for_an_event_of_another_day_are_a_suggestion() -> None:
    march, may = (dated(date(2024, n, 1), date(2024, n, 30)) for n in (3, 5))
    a = claim("a", frame=BRIDGE, dates=(march,))
    b = claim("b", frame=frame("ministry", "shut", "crossing"), dates=(may,))
    relation = relate(dates.relate, a, b)
    assert relation is not None
    assert (relation.outcome, relation.suggestion) == ("conflict", True)


def test_a_deed_that_is_blamed_on_somebody_weighs_more_without_its_source() -> None:
    broken = frame("officer", "break", "window")
    a = claim("a", frame=broken, certainty="attributed", speaker="union")
    b = claim("b", frame=broken)
    relation = relate(attribution.relate, a, b)
    assert relation is not None
    assert (relation.severity, relation.suggestion) == ("medium", True)


def test_unknown_doers_are_not_compared() -> None:
    a = claim("a", frame=frame("officials", "sign", "treaty"))
    b = claim("b", frame=frame("sweden", "sign", "treaty"))
    assert relate(actor.relate, a, b) is None


def test_a_dropped_source_is_a_suggestion_of_low_severity() -> None:
    a = claim("a", quantities=exactly(40))
    b = claim("b", quantities=exactly(40), speaker="Harbour office")
    relation = relate(attribution.relate, a, b)
    assert relation is not None
    assert (relation.suggestion, relation.severity) == (True, "low")


def test_a_report_that_another_cites_has_not_dropped_its_source() -> None:
    a, b = claim("a", frame=BRIDGE), claim("b", frame=BRIDGE)
    outlet = context(a, b).reports["a"].source
    cited = claim("b", frame=BRIDGE, speaker=outlet)
    assert relate(attribution.relate, a, claim("b", frame=BRIDGE, speaker="police")) is not None
    assert relate(attribution.relate, a, cited) is None


def test_a_dropped_source_of_another_figure_is_not_flagged() -> None:
    a = claim("a", quantities=at_least(40))
    b = claim("b", quantities=exactly(40), speaker="Harbour office")
    assert relate(attribution.relate, a, b) is None


def test_a_forecast_printed_before_its_day_came_is_an_update() -> None:
    a = claim("a", frame=BRIDGE, certainty="predicted", as_of=on(date(2024, 10, 26)))
    b = claim("b", frame=BRIDGE, as_of=on(date(2024, 10, 26)))
    relation = relate(certainty.relate, a, b)
    assert relation is not None
    assert relation.outcome == "updated"


def test_opposite_verbs_about_one_thing_differ_in_description() -> None:
    a = claim("a", frame=frame("court", "acquit", "driver"))
    b = claim("b", frame=frame("court", "convict", "driver"))
    relation = relate(description.relate, a, b)
    assert relation is not None
    assert relation.outcome == "conflict"


def test_a_verb_is_not_opposed_to_a_noun() -> None:
    a = claim("a", frame=frame("person", "die", "sinking"))
    b = claim("b", frame=frame("person", "lose", "live"))
    assert relate(description.relate, a, b) is None


def test_a_thing_stated_and_later_only_possible_is_no_update() -> None:
    a = claim("a", frame=BRIDGE)
    b = claim("a", frame=BRIDGE, certainty="possible", as_of=on(date(2024, 10, 26)))
    relation = relate(certainty.relate, a, b)
    assert relation is not None
    assert relation.outcome == "conflict"


def test_one_deed_done_here_and_not_done_there_is_the_most_severe() -> None:
    a = claim("a", frame=frame("government", "ask", "help"))
    b = claim("b", frame=frame("government", "ask", "help", negated=True))
    relation = relate(certainty.relate, a, b)
    assert relation is not None
    assert (relation.outcome, relation.severity) == ("conflict", "high")


def test_what_has_happened_has_one_date_however_far_apart_the_two_are() -> None:
    may = dated(date(2024, 5, 3), date(2024, 5, 3))
    june = dated(date(2024, 6, 1), date(2024, 6, 30))
    a = claim("a", frame=BRIDGE, dates=(may,), as_of=on(date(2024, 5, 3)))
    b = claim("b", frame=BRIDGE, dates=(june,), as_of=on(date(2024, 6, 30)))
    relation = relate(dates.relate, a, b)
    assert relation is not None
    assert relation.outcome == "conflict"


def test_a_forecast_and_its_opposite_differ() -> None:
    a = claim("a", certainty="predicted", frame=frame("tax", "rise", "rate"))
    b = claim("b", certainty="predicted", frame=frame("tax", "rise", "rate", negated=True))
    relation = relate(certainty.relate, a, b)
    assert relation is not None
    assert relation.outcome == "conflict"


def test_a_sum_that_is_set_and_one_that_is_expected_are_only_a_suggestion() -> None:
    a = claim("a", quantities=exactly(412, unit="eur", measured="spending"))
    b = claim("b", quantities=exactly(412, unit="eur", measured="spending"), certainty="predicted")
    relation = relate(certainty.relate, a, b)
    assert relation is not None
    assert relation.suggestion
