"""Rules that only suggest: doers, places, speakers, causes, orders and stages of one thing."""

from datetime import date
from typing import Any

import pytest

from claims.engine.readings import Claim
from claims.engine.rules import actor, causes, description, doers, order, place, status, voices
from claims.engine.rules.base import Relation, Rule
from claims.engine.speakers import Context
from tests.claims.engine.build import claim, context, dated, exactly, frame


def relate(rule: Rule, a: Claim, b: Claim, around: Context | None = None) -> Relation | None:
    """The relation, the same both ways."""
    around = around or context(a, b)
    forward, backward = rule(a, b, around), rule(b, a, around)
    assert (forward and forward.outcome) == (backward and backward.outcome)
    return forward


def suggested(rule: Rule, a: Claim, b: Claim) -> bool:
    relation = relate(rule, a, b)
    assert relation is None or relation.suggestion
    return relation is not None


CANCELLED = claim(
    "a",
    words="the harbour board cancelled the dredging contract",
    frame=frame("board", "cancel", "contract"),
)


@pytest.mark.parametrize(
    ("words", "told", "expected"),
    [
        ("Brandt pulled out of the dredging contract", frame("brandt", "pull out"), True),
        ("Brandt ended the contract", frame("brandt", "end", "contract"), True),
        ("the board ended the contract", frame("board", "end", "contract"), False),
        ("Brandt won the contract", frame("brandt", "win", "contract"), False),
        ("Brandt left the hall", frame("brandt", "leave", "hall"), False),
        (
            "Brandt did not end the contract",
            frame("brandt", "end", "contract", negated=True),
            False,
        ),
        ("officials ended the contract", frame("official", "end", "contract"), False),
    ],
)
def test_one_kind_of_deed_and_other_doers(words: str, told: Any, expected: bool) -> None:
    assert suggested(doers.relate, CANCELLED, claim("b", words=words, frame=told)) is expected


@pytest.mark.parametrize(
    ("named", "kind", "doer"),
    [
        ("Orvex cancelled the dredging contract", "both countries cancelled it", "country"),
        ("Nora Brandt cancelled the dredging contract", "the captain cancelled it", "captain"),
        ("Norway cancelled the dredging contract", "Countries cancelled it", "country"),
    ],
)
@pytest.mark.parametrize("rule", [doers.relate, actor.relate])
def test_a_name_and_a_bare_noun_are_no_two_doers(
    named: str, kind: str, doer: str, rule: Any
) -> None:
    name = named.partition(" cancelled")[0].split()[-1].lower()
    a = claim("a", words=named, frame=frame(name, "cancel", "contract"))
    b = claim("b", words=kind, frame=frame(doer, "cancel", "contract"))
    assert not suggested(rule, a, b)


def test_a_name_and_the_kind_of_a_body_are_two_doers() -> None:
    a = claim("a", words="Orvex cancelled the deal", frame=frame("orvex", "cancel", "deal"))
    b = claim("b", words="the council cancelled it", frame=frame("council", "cancel", "deal"))
    assert suggested(actor.relate, a, b)


def test_a_report_may_tell_of_two_doers_itself() -> None:
    other = claim("a", words="Brandt ended the contract", frame=frame("brandt", "end", "contract"))
    assert not suggested(doers.relate, CANCELLED, other)


MARCH = dated(date(2027, 3, 1), date(2027, 3, 31))


def met(report: str, where: str | None, words: str, **fields: Any) -> Claim:
    return claim(report, words=words, place=where, certainty="predicted", **fields)


@pytest.mark.parametrize(
    ("where", "words", "expected"),
    [
        ("brno", "the next round of talks is in Brno", True),
        ("lorvik harbour", "the next round of talks is at Lorvik harbour", False),
        ("lorvik", "the next round of talks is in Lorvik", False),
        (None, "the next round of talks is near the lake", False),
        ("brno", "a factory for glass opens in Brno", False),
    ],
)
def test_one_event_at_two_places(where: str | None, words: str, expected: bool) -> None:
    first = met("a", "lorvik", "the next round of talks is in Lorvik")
    assert suggested(place.relate, first, met("b", where, words)) is expected


def test_a_common_day_and_word_tie_two_places() -> None:
    first = met("a", "lorvik", "a meeting is set for Lorvik", dates=(MARCH,))
    other = met("b", "brno", "the ministers see each other at a meeting in Brno", dates=(MARCH,))
    assert suggested(place.relate, first, other)


WORDS = "the reservoir held too little water for the dry summer months"


def said(report: str, speaker: str, words: str = WORDS, **fields: Any) -> Claim:
    return claim(report, speaker=speaker, words=words, **fields)


@pytest.mark.parametrize(
    ("first", "second", "suggestion"),
    [("Water board", "Farmers' league", True), ("Norway", "Sweden", False)],
)
def test_the_same_words_under_two_names_are_a_flag_where_both_are_known(
    first: str, second: str, suggestion: bool
) -> None:
    relation = relate(voices.relate, said("a", first), said("b", second))
    assert relation is not None
    assert (relation.outcome, relation.severity) == ("conflict", "medium")
    assert relation.suggestion is suggestion
    assert relation.values == (f"said by {first}", f"said by {second}")


@pytest.mark.parametrize(
    ("speaker", "words"),
    [
        ("Water board", WORDS),
        ("Board of water works", WORDS),
        ("Farmers' league", "the reservoir was full"),
        ("", WORDS),
    ],
)
def test_one_body_other_words_or_no_name_are_no_difference_of_speaker(
    speaker: str, words: str
) -> None:
    other = said("b", speaker, words)
    assert relate(voices.relate, said("a", "Water board"), other) is None


def test_sources_of_one_figure_are_witnesses() -> None:
    first = said("a", "Clinic", quantities=exactly(9))
    other = said("b", "Ministry", quantities=exactly(9))
    assert relate(voices.relate, first, other) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the school closed because of a strike of drivers", True),
        ("the school was closed due to a strike", True),
        ("the school closed because of high water", False),
        ("the bridge fell due to rust", False),
        ("the school closed", False),
    ],
)
def test_one_effect_and_two_causes(words: str, expected: bool) -> None:
    first = claim("a", words="the school closed because of the water in its cellar")
    assert suggested(causes.relate, first, claim("b", words=words)) is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the alarm rang after the doors closed", True),
        ("the doors closed before the alarm rang", True),
        ("the doors closed after the alarm rang", False),
        ("the alarm rang before the doors were closed", False),
        ("the alarm rang after the guests left", False),
    ],
)
def test_two_events_in_turned_order(words: str, expected: bool) -> None:
    first = claim("a", words="the alarm rang before the doors closed")
    assert suggested(order.relate, first, claim("b", words=words)) is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a court convicted the treasurer of the sailing club", True),
        ("a court charged the treasurer of the sailing club", False),
        ("a court convicted the mayor", False),
    ],
)
def test_one_thing_on_two_steps_of_a_ladder(words: str, expected: bool) -> None:
    first = claim("a", words="the treasurer of the sailing club was charged")
    assert suggested(status.relate, first, claim("b", words=words)) is expected


def test_a_step_further_in_a_later_report_is_to_be_expected() -> None:
    first = claim("a", words="the treasurer of the sailing club was charged")
    other = claim("b", words="a court convicted the treasurer of the sailing club")
    reports = dict(context(first, other).reports)
    for name, day in (("a", date(2024, 10, 23)), ("b", date(2024, 11, 2))):
        report = reports[name]
        reports[name] = type(report)(
            id=name, source=report.source, title="", published=day, text="x"
        )
    assert relate(status.relate, first, other, Context(reports=reports)) is None
    turned = {"a": reports["b"], "b": reports["a"]}
    assert relate(status.relate, first, other, Context(reports=turned)) is not None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the ferry line to the islands is not safe in winter storms", True),
        ("the ferry line to the islands is unsafe in winter storms", True),
        ("the ferry line to the islands is not unsafe in winter storms", False),
        ("the ferry line to the islands is safe in winter storms", False),
        ("the museum is unsafe", False),
    ],
)
def test_opposites_and_a_not_in_much_the_same_words(words: str, expected: bool) -> None:
    first = claim("a", words="the ferry line to the islands is safe in winter storms")
    assert suggested(description.relate, first, claim("b", words=words)) is expected
