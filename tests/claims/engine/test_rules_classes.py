"""Classes of difference in other words: none and some, feared and counted, begun here and there."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from claims.engine.readings import Claim
from claims.engine.rules import certainty, dates, description, doers, place, response, status
from claims.engine.rules.base import Relation, Rule
from claims.engine.speakers import Context
from tests.claims.engine.build import answer, claim, context, dated, exactly, frame, up_to

EARLY, LATE = date(2024, 10, 21), date(2024, 10, 23)


def told(**days: date) -> Any:
    """How two claims relate under a rule, their reports printed on the days given by name."""

    def relate(rule: Rule, a: Claim, b: Claim) -> Relation | None:
        around = context(a, b)
        reports = {
            name: replace(report, published=days.get(name, LATE))
            for name, report in around.reports.items()
        }
        known = Context(reports=reports)
        forward, backward = rule(a, b, known), rule(b, a, known)
        assert (forward and forward.outcome) == (backward and backward.outcome)
        return forward

    return relate


same_day = told()


def outcome(relation: Relation | None) -> str:
    """The outcome in a word; a conflict that is only suggested as "suggested"."""
    if relation is None:
        return "nothing"
    return "suggested" if relation.suggestion else relation.outcome


HURT = claim("a", words="the vet looked after 12 horses", quantities=exactly(12), speaker="Stables")


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (
            {"words": "no horse was hurt", "frame": frame("horse", "hurt", negated=True)},
            "suggested",
        ),
        ({"words": "nothing is known of hurt horses", "certainty": "unknown"}, "suggested"),
        ({"words": "horses were hurt"}, "nothing"),
        ({"words": "nobody saw the rider", "certainty": "unknown"}, "nothing"),
        ({"words": "horses are no longer in the stables", "certainty": "denied"}, "nothing"),
    ],
)
def test_certainty_none_here_and_a_count_there(other: dict[str, Any], expected: str) -> None:
    assert outcome(same_day(certainty.relate, HURT, claim("b", **other))) == expected


@pytest.mark.parametrize(
    ("feared", "counted", "expected"),
    [
        (up_to(300, unit="home"), exactly(300, unit="home"), "suggested"),
        (up_to(300, unit="home"), exactly(280, unit="home"), "different_question"),
        (up_to(300, unit="home"), exactly(300, unit="boat"), "nothing"),
    ],
)
def test_certainty_a_feared_ceiling_that_is_then_the_count(
    feared: Any, counted: Any, expected: str
) -> None:
    a = claim("a", certainty="possible", quantities=feared)
    assert outcome(same_day(certainty.relate, a, claim("b", quantities=counted))) == expected


def test_certainty_not_known_holds_against_the_same_predicate_as_long_as_a_figure() -> None:
    deed = frame("storm", "break", "dyke")
    unknown = claim("a", frame=deed, certainty="unknown", as_of=None)
    stated = claim("b", frame=deed, as_of=None)
    for days in (told(a=EARLY), told(b=EARLY), same_day):
        assert outcome(days(certainty.relate, unknown, stated)) == "conflict"


def test_certainty_what_was_not_known_and_is_later_stated_in_other_words_is_an_update() -> None:
    words = "whether the storm broke the old dyke at the river mouth"
    unknown = claim("a", frame=frame("storm", "break"), certainty="unknown", as_of=None)
    stated = claim("b", frame=frame("sea", "break"), as_of=None)
    unknown, stated = (replace(one, exact=words) for one in (unknown, stated))
    assert outcome(told(a=EARLY)(certainty.relate, unknown, stated)) == "updated"
    assert outcome(told(b=EARLY)(certainty.relate, unknown, stated)) == "conflict"


def test_certainty_a_plan_and_the_same_on_a_condition_is_a_suggestion() -> None:
    deed = frame("council", "open", "pool")
    plan = claim("a", frame=deed, certainty="predicted")
    assert outcome(
        same_day(certainty.relate, plan, claim("b", frame=deed, certainty="conditional"))
    )
    on_condition = claim("b", frame=deed, certainty="conditional")
    assert outcome(same_day(certainty.relate, plan, on_condition)) == "suggested"
    other = claim("b", frame=frame("club", "sell", "hall"), certainty="conditional")
    assert outcome(same_day(certainty.relate, plan, other)) == "nothing"
    within = claim("a", frame=deed, certainty="conditional")
    assert outcome(same_day(certainty.relate, plan, within)) == "refined"


def test_certainty_a_forecast_that_is_denied_elsewhere_needs_a_common_word() -> None:
    denial = claim("a", words="the brewery denied a sale", response=answer("brewery", "denied"))
    foretold = claim("b", words="the sale will be signed in May", certainty="predicted")
    assert outcome(same_day(certainty.relate, denial, foretold)) == "suggested"
    other = claim("b", words="the garden will open in May", certainty="predicted")
    assert outcome(same_day(certainty.relate, denial, other)) == "nothing"
    possible = claim("b", words="the sale may be signed in May", certainty="possible")
    assert outcome(same_day(certainty.relate, denial, possible)) == "nothing"


def test_certainty_one_verb_and_most_words_are_sure_where_one_says_it_is_not_so() -> None:
    stated = claim("a", words="the tariff on timber was lifted", frame=frame("x", "lift", "tariff"))
    negated = frame("y", "lift", "duty", negated=True)
    denied = claim("b", words="the duty on timber was not lifted", frame=negated)
    assert outcome(same_day(certainty.relate, stated, denied)) == "suggested"
    close = claim("b", words="no tariff on timber was lifted", frame=negated)
    assert outcome(same_day(certainty.relate, stated, close)) == "conflict"


def test_certainty_a_newer_state_in_other_words_is_no_difference() -> None:
    gone = claim("a", words="the pass was closed", frame=frame("snow", "close", negated=True))
    here = claim("b", words="the road can now be used", frame=frame("road", "use"))
    assert outcome(told(a=EARLY)(certainty.relate, gone, here)) == "nothing"
    assert outcome(told(b=EARLY)(certainty.relate, gone, here)) == "suggested"


@pytest.mark.parametrize(
    ("name", "words", "expected"),
    [
        ("firm", "the firm denied the leak", "suggested"),
        ("firm", "the firm denied the merger", "different_question"),
        ("council", "the council denied the leak", "suggested"),
        ("fire brigade", "the fire brigade denied the leak", "different_question"),
    ],
)
def test_response_of_a_body_named_by_its_kind_only(name: str, words: str, expected: str) -> None:
    a = claim("a", words="Nordpump confirmed the leak", response=answer("nordpump", "confirmed"))
    b = claim("b", words=words, response=answer(name, "denied"))
    assert outcome(same_day(response.relate, a, b)) == expected


def test_response_of_two_kinds_of_bodies_are_two_responders() -> None:
    a = claim("a", words="the council confirmed the leak", response=answer("council", "confirmed"))
    b = claim("b", words="the firm denied the leak", response=answer("firm", "denied"))
    assert outcome(same_day(response.relate, a, b)) == "different_question"


@pytest.mark.parametrize(
    ("words", "deed", "expected"),
    [
        ("the federation suspended her", frame("federation", "suspend"), "suggested"),
        ("the club suspended her", frame("club", "suspend"), "nothing"),
        ("the federation praised her", frame("federation", "praise"), "nothing"),
    ],
)
def test_actor_one_deed_whose_object_is_left_out(words: str, deed: Any, expected: str) -> None:
    a = claim(
        "a", words="the club suspended the goalkeeper", frame=frame("club", "suspend", "keeper")
    )
    assert outcome(same_day(doers.relate, a, claim("b", words=words, frame=deed))) == expected


def test_actor_who_promises_a_sum_and_who_grants_it() -> None:
    sums: dict[str, Any] = {"quantities": exactly(5, unit="eur", measured="aid")}
    a = claim(
        "a",
        words="the government promised five euros in flood aid",
        frame=frame("government", "promise", "euro"),
        certainty="predicted",
        **sums,
    )
    granted = frame("parliament", "approve", "euro")
    words = "the parliament approved five euros in flood aid"
    assert outcome(same_day(doers.relate, a, claim("b", words=words, frame=granted, **sums))) == (
        "suggested"
    )
    other = claim(
        "b", words=words, frame=granted, quantities=exactly(9, unit="eur", measured="aid")
    )
    assert outcome(same_day(doers.relate, a, other)) == "nothing"


@pytest.mark.parametrize(
    ("where", "words", "expected"),
    [
        ("lisbon", "it was found by the clinic in Lisbon", "suggested"),
        ("lisbon", "it was found by the station in Lisbon", "nothing"),
        ("lisbon", "the Clinic in Lisbon looked at it", "nothing"),
        ("bergen", "it was found by the clinic in Bergen", "nothing"),
    ],
)
def test_place_of_the_same_thing(where: str, words: str, expected: str) -> None:
    a = claim("a", words="the blood was tested by the clinic in Bergen", place="bergen")
    b = claim("b", words=words, place=where)
    assert outcome(same_day(place.relate, a, b)) == expected


@pytest.mark.parametrize(
    ("deed", "expected"),
    [
        (frame("flood", "start"), "suggested"),
        (frame("strike", "start"), "nothing"),
        (frame("flood", "reach", "mill"), "nothing"),
    ],
)
def test_place_where_one_thing_began(deed: Any, expected: str) -> None:
    a = claim("a", words="x", frame=frame("flood", "begin"), place="bergen")
    b = claim("b", words="y", frame=deed, place="lisbon")
    assert outcome(same_day(place.relate, a, b)) == expected


MAY = (dated(date(2024, 11, 4), date(2024, 11, 4)),)
JUNE = (dated(date(2024, 11, 20), date(2024, 11, 20)),)


def planned(report: str, words: str, deed: Any, days: Any) -> Claim:
    return claim(report, words=words, frame=deed, dates=days, certainty="predicted")


@pytest.mark.parametrize(
    ("words", "deed", "expected"),
    [
        ("the hearing takes place on Wednesday", frame("hearing", "take", "place"), "conflict"),
        ("the hearing is now on Wednesday", frame("hearing", "be"), "updated"),
        ("the concert takes place on Wednesday", frame("concert", "take", "place"), "suggested"),
        (
            "the hearing tires him on Wednesday",
            frame("hearing", "tire"),
            "suggested",
        ),
    ],
)
def test_dates_of_what_takes_place_once(words: str, deed: Any, expected: str) -> None:
    a = planned("a", "a hearing is set for Monday", frame("court", "set", "hearing"), MAY)
    b = planned("b", words, deed, JUNE)
    assert outcome(told(a=EARLY)(dates.relate, a, b)) == expected


def test_description_open_again_is_what_became_of_closed() -> None:
    a = claim("a", words="the coast road was closed", frame=frame("snow", "bury", "road"))
    b = claim("b", words="the coast road is open again", frame=frame("road", "lie"))
    assert outcome(same_day(description.relate, a, b)) == "nothing"
    still = claim("b", words="the coast road is open", frame=frame("road", "lie"))
    assert outcome(same_day(description.relate, a, still)) == "suggested"


def opposed(words: str, others: str, **deeds: Any) -> str:
    """How two descriptions relate; `first` and `second` are their frames."""
    a = claim("a", words=words, frame=deeds.get("first"))
    b = claim("b", words=others, frame=deeds.get("second"))
    return outcome(same_day(description.relate, a, b))


@pytest.mark.parametrize(
    ("words", "others", "expected"),
    [
        ("the monks voted in favour of the sale", "the monks voted against the sale", "suggested"),
        ("the pond froze for the first time", "the pond froze again", "suggested"),
        ("all monks of the abbey signed", "some monks of the abbey signed", "suggested"),
        ("the ban on kites is in force", "the ban on kites is only proposed", "suggested"),
        ("the barn fire is under control", "the barn fire is raging", "suggested"),
        ("the monks left voluntarily", "the monks were forced and left", "suggested"),
        ("the first barn burned voluntarily", "the second barn burned by force", "nothing"),
        ("the monks voted in favour of the sale", "the bakers spoke against a tax", "nothing"),
        ("all monks of the abbey signed", "all monks of the abbey signed it", "nothing"),
    ],
)
def test_description_opposites_that_are_phrases(words: str, others: str, expected: str) -> None:
    assert opposed(words, others) == expected


def test_description_of_one_thing_in_few_words() -> None:
    first, second = frame("", "find", "surgeon"), frame("", "clear", "surgeon")
    words = ("the surgeon was found guilty", "the surgeon was cleared")
    assert opposed(*words, first=first, second=second) == "suggested"
    assert opposed(*words) == "nothing"


def test_description_opposite_deeds_to_two_things_or_by_two_doers_are_no_flag() -> None:
    words = ("the council bought the mill", "the council sold the inn")
    bought, sold = frame("council", "buy", "mill"), frame("council", "sell", "inn")
    assert opposed(*words, first=bought, second=sold) == "nothing"
    mill = frame("council", "sell", "mill")
    assert opposed("the council bought the mill", "x", first=bought, second=mill) == "conflict"
    bank = frame("bank", "sell", "mill")
    assert opposed("the council bought the mill", "x", first=bought, second=bank) == "suggested"


def test_status_steps_may_be_phrases() -> None:
    a = claim("a", words="the ban on kites at the shore is in force")
    b = claim("b", words="the ban on kites at the shore was lifted")
    assert outcome(same_day(status.relate, a, b)) == "suggested"
    other = claim("b", words="the police force at the shore got kites")
    assert outcome(same_day(status.relate, b, other)) == "nothing"


def test_certainty_what_is_not_decided_yet_may_still_come() -> None:
    pending = claim(
        "a", words="the judge has not ruled yet", frame=frame("judge", "rule", "case", negated=True)
    )
    to_come = claim("b", frame=frame("judge", "rule", "case"), certainty="predicted")
    assert outcome(same_day(certainty.relate, pending, to_come)) == "nothing"
    never = replace(pending, exact="the judge did not rule", id="a-never")
    assert outcome(same_day(certainty.relate, never, to_come)) == "conflict"


def test_dates_of_the_first_and_of_the_second_thing_are_two_questions() -> None:
    deed = frame("ferry", "sink")
    a = claim("a", words="the first ferry sank", frame=deed, dates=MAY)
    b = claim("b", words="the second ferry sank", frame=deed, dates=JUNE)
    assert outcome(same_day(dates.relate, a, b)) == "nothing"
    monday = claim("b", words="the ferry sank on the second Monday", frame=deed, dates=JUNE)
    assert outcome(same_day(dates.relate, a, monday)) == "conflict"
    elsewhere = claim("b", words="the ferry sank", frame=deed, dates=JUNE, place="lisbon")
    there = replace(a, reading=replace(a.reading, place="bergen"))
    assert outcome(same_day(dates.relate, there, elsewhere)) == "nothing"
