"""A comparison with what people have corrected: it counts in place of what was read."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.engine import compare
from claims.engine.corrections import Corrections
from claims.engine.readings import (
    Claim,
    Comparison,
    Discrepancy,
    Link,
    Point,
    Quantity,
    Reading,
    Report,
    Response,
    Span,
)
from tests.claims.engine import build

TEXTS = {
    "a": (
        "Police said that 12 people were injured in the harbour fire on Monday. "
        "The fire destroyed four warehouses. The harbour firm denied that it stored fuel."
    ),
    "b": (
        "The hospital said that 19 people were injured in the harbour fire on Monday. "
        "The fire destroyed four warehouses. Divers are looking for a boat."
    ),
    "c": "In the harbour fire 12 people were injured on Monday, the mayor said. Rain is forecast.",
}


PLAIN = Reading()


def report(name: str, text: str) -> Report:
    return Report(id=name, source=f"Desk {name}", title="", published=date(2025, 3, 11), text=text)


def story(*names: str) -> compare.Read:
    return compare.read([report(name, TEXTS[name]) for name in names or TEXTS])


READ = story()


def the(quote: str, in_report: str, found: compare.Read = READ) -> Claim:
    """The engine's claim that holds these words."""
    (claim,) = [c for c in found.claims if c.report == in_report and quote in c.exact]
    return claim


def mine(in_report: str, quote: str, name: str = "mine", reading: Reading = PLAIN) -> Claim:
    """A claim that a person has marked; the caller of the engine knows no sentence."""
    start = TEXTS[in_report].index(quote)
    return Claim(
        id=name,
        report=in_report,
        start=start,
        end=start + len(quote),
        exact="",
        sentence=0,
        reading=reading,
    )


def point_of(comparison: Comparison, claim: Claim | str) -> Point | None:
    name = claim if isinstance(claim, str) else claim.id
    found = [point for point in comparison.points if name in point.claims]
    assert len(found) < 2
    return found[0] if found else None


def flags_of(comparison: Comparison, claim: Claim) -> list[Discrepancy]:
    return [flag for flag in comparison.discrepancies if claim.id in flag.claims]


INJURED = [the("people were injured", name) for name in TEXTS]
BURNT = [the("four warehouses", name) for name in "ab"]
FUEL, DIVERS = the("firm denied", "a"), the("Divers", "b")


def relate(**corrections: object) -> Comparison:
    return compare.relate(READ, corrections=Corrections(**corrections))  # type: ignore[arg-type]


def test_without_corrections_relating_what_was_read_is_comparing() -> None:
    reports = [report(name, text) for name, text in TEXTS.items()]
    assert relate() == compare.compare(reports)
    (flag,) = flags_of(relate(), INJURED[1])
    assert set(flag.claims) == {claim.id for claim in INJURED}


# Readings and spans


def test_a_corrected_value_is_what_is_compared_and_told() -> None:
    wrong = INJURED[1].reading
    (figure,) = wrong.quantities
    right = replace(wrong, quantities=(replace(figure, low=Decimal(14), high=Decimal(14)),))
    (flag,) = flags_of(relate(readings={INJURED[1].id: right}), INJURED[1])
    assert "14 people" in flag.explanation
    assert "19" not in f"{flag.explanation} {flag.evidence}"


def test_a_correction_that_brings_agreement_ends_the_flag() -> None:
    right = replace(INJURED[1].reading, quantities=INJURED[0].reading.quantities)
    comparison = relate(readings={INJURED[1].id: right})
    assert flags_of(comparison, INJURED[1]) == []
    point = point_of(comparison, INJURED[1])
    assert point is not None
    assert point.verdict == "agree"


def test_a_person_types_names_and_units_as_they_like() -> None:
    wrong = INJURED[1].reading
    (figure,) = wrong.quantities
    typed = replace(wrong, quantities=(replace(figure, unit="People "),))
    (flag,) = flags_of(relate(readings={INJURED[1].id: typed}), INJURED[1])
    assert flag.kind == "quantity"


def test_a_moved_span_brings_its_own_words() -> None:
    text = TEXTS["c"]
    span = Span(start=text.index("Rain"), end=len(text))
    comparison = relate(spans={INJURED[2].id: span})
    (moved,) = [claim for claim in comparison.claims if claim.id == INJURED[2].id]
    assert (moved.exact, moved.sentence) == ("Rain is forecast.", 1)


# Rejected claims


def test_a_rejected_claim_is_listed_and_neither_matched_nor_judged() -> None:
    comparison = relate(rejected=frozenset({INJURED[1].id}))
    assert INJURED[1] in comparison.claims
    assert point_of(comparison, INJURED[1]) is None
    assert comparison.discrepancies == ()
    point = point_of(comparison, INJURED[0])
    assert point is not None
    assert point.claims == tuple(sorted(claim.id for claim in (INJURED[0], INJURED[2])))
    assert all(INJURED[1].id not in (one.claim, one.other) for one in comparison.counterparts)


# Pairs that a person kept apart


def test_claims_kept_apart_share_no_point_whatever_else_does() -> None:
    pair = frozenset({INJURED[0].id, INJURED[1].id})
    comparison = relate(apart=frozenset({pair, frozenset({"gone", INJURED[2].id})}))
    homes = [point_of(comparison, claim) for claim in INJURED[:2]]
    assert homes[0] != homes[1] or homes == [None, None]
    assert all(pair != {one.claim, one.other} for one in comparison.counterparts)
    assert relate(apart=frozenset()) == relate()


# Claims that a person marked


def test_a_marked_claim_is_matched_by_its_words_like_any_other() -> None:
    left = Corrections(
        rejected=frozenset({INJURED[1].id}),
        added=[mine("b", "19 people were injured in the harbour fire", reading=asserted(19))],
    )
    comparison = compare.relate(READ, corrections=left)
    point = point_of(comparison, "mine")
    assert point is not None
    assert INJURED[0].id in point.claims
    (flag,) = comparison.discrepancies
    assert "mine" in flag.claims
    assert flag.kind == "quantity"


def asserted(value: int) -> Reading:
    figure = build.exactly(value, unit="person", state="injured")
    return Reading(quantities=(figure,), as_of=INJURED[0].reading.as_of)


def test_a_marked_claim_may_cross_sentences_and_stand_anywhere() -> None:
    crossing = "on Monday. The fire destroyed four warehouses. Divers"
    comparison = relate(added=[mine("b", crossing), mine("b", ". D", "dot")])
    by_id = {claim.id: claim for claim in comparison.claims}
    assert (by_id["mine"].exact, by_id["mine"].sentence) == (crossing, 1)
    assert by_id["dot"].exact == ". D"


@pytest.mark.parametrize("text", ["", " \n ", "Topics: flood\n\nRelated articles"])
def test_a_marked_claim_needs_no_sentence_in_its_text(text: str) -> None:
    found = compare.read([report("empty", text), report("a", TEXTS["a"])])
    new = Claim(
        id="mine", report="empty", start=0, end=len(text), exact="", sentence=7, reading=Reading()
    )
    places = {"mine": 1, the("firm denied", "a", found).id: 1}
    comparison = compare.relate(found, corrections=Corrections(added=[new], places=places))
    assert point_of(comparison, "mine") is not None


def test_a_marked_claim_of_a_report_that_was_not_read_is_left_out() -> None:
    elsewhere = replace(mine("a", "fuel"), report="other")
    assert relate(added=[elsewhere]) == relate()


def test_the_same_stretch_read_twice_is_no_quarrel_of_a_report_with_itself() -> None:
    again = mine("a", "12 people were injured in the harbour fire", reading=asserted(13))
    comparison = relate(
        added=[again], places={"mine": 5}, homes=dict.fromkeys([one.id for one in INJURED], 5)
    )
    point = point_of(comparison, "mine")
    assert point is not None
    assert {"mine", *(claim.id for claim in INJURED)} == set(point.claims)
    assert flags_of(comparison, INJURED[0]) == []
    assert all("mine" in flag.claims for flag in comparison.discrepancies)
    assert comparison.discrepancies


# Places


def test_what_a_person_put_together_is_one_point_however_unlike() -> None:
    comparison = relate(places={FUEL.id: 7, DIVERS.id: 7})
    point = point_of(comparison, FUEL)
    assert point is not None
    assert set(point.claims) == {FUEL.id, DIVERS.id}


def test_an_answer_without_words_of_its_own_stays_where_it_was_put() -> None:
    silent = report("d", "The harbour firm declined to comment.")
    reports = [report(name, text) for name, text in TEXTS.items()]
    found = compare.read([*reports, silent])
    declined = the("declined", "d", found)
    free = compare.relate(found)
    assert point_of(free, declined) == point_of(free, FUEL)
    assert point_of(free, FUEL) is not None
    kept = compare.relate(found, corrections=Corrections(places={declined.id: 1, DIVERS.id: 1}))
    point = point_of(kept, declined)
    assert point is not None
    assert {declined.id, DIVERS.id} <= set(point.claims)


def test_what_a_person_took_out_stands_alone() -> None:
    comparison = relate(places={INJURED[1].id: None})
    assert point_of(comparison, INJURED[1]) is None
    assert flags_of(comparison, INJURED[1]) == []
    assert INJURED[1] in comparison.claims


def test_two_places_never_become_one_and_each_attracts() -> None:
    comparison = relate(places={INJURED[0].id: 1, INJURED[1].id: 2})
    first, second = (point_of(comparison, claim) for claim in INJURED[:2])
    assert first is not None
    assert second is not None
    assert first != second
    assert point_of(comparison, INJURED[2]) in (first, second)


def test_a_claim_put_to_others_is_compared_with_all_of_their_point() -> None:
    homes = {claim.id: 3 for claim in INJURED}
    comparison = relate(places={DIVERS.id: 3}, homes=homes)
    point = point_of(comparison, DIVERS)
    assert point is not None
    assert set(point.claims) == {DIVERS.id, *homes}


def test_merged_points_are_judged_as_one() -> None:
    homes = {claim.id: 3 for claim in INJURED}
    comparison = relate(places={claim.id: 3 for claim in BURNT}, homes=homes)
    point = point_of(comparison, BURNT[0])
    assert point is not None
    assert set(point.claims) == {*homes, *(claim.id for claim in BURNT)}


def test_a_persons_point_comes_out_even_with_one_report() -> None:
    comparison = relate(places={DIVERS.id: 4})
    point = point_of(comparison, DIVERS)
    assert point is not None
    assert (point.claims, point.verdict, point.origins) == ((DIVERS.id,), "single_source", 1)
    assert point.label


# All of it


def test_the_order_of_reports_and_corrections_changes_nothing() -> None:
    reports = [report(name, text) for name, text in TEXTS.items()]
    added = [mine("b", "harbour fire"), mine("a", "four warehouses", "too"), mine("c", "Rain", "x")]
    places: list[tuple[str, int | None]] = [
        ("mine", 1), (FUEL.id, 1), ("too", 2), (DIVERS.id, 2), (INJURED[0].id, None)
    ]  # fmt: skip
    seen = []
    for seed in range(4):
        shuffled: Sequence[list[object]] = (reports, added, places)  # type: ignore[assignment]
        for each in shuffled:
            random.Random(seed).shuffle(each)
        told = Corrections(added=tuple(added), places=dict(places), rejected={INJURED[2].id})
        seen.append(compare.relate(compare.read(reports), corrections=told, mode="thorough"))
    assert all(one == seen[0] for one in seen)


figures = st.builds(
    Quantity,
    start=st.integers(0, 500),
    end=st.integers(0, 500),
    low=st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=3),
    high=st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=3),
    unit=st.none() | st.sampled_from(["", "person", "%", "$", "日本", "the", "s"]),
    whose=st.none() | st.sampled_from(["", "North Korea", "the", "x"]),
    modifier=st.sampled_from(["exact", "about", "nearly", "at_least", "up_to", "between", "vague"]),
    role=st.sampled_from(["total", "addition", "part", "ratio"]),
    vague=st.booleans(),
)
readings = st.builds(
    Reading,
    quantities=st.lists(figures, max_size=2).map(tuple),
    as_of=st.none() | st.just(build.on(date(2025, 3, 10))),
    attribution=st.lists(
        st.builds(
            Link,
            start=st.just(0),
            end=st.just(0),
            name=st.sampled_from(["Anna", "the mayor", "Anna (Russia)", "", "(", "(x)"]),
            kind=st.sampled_from(["person", "institution", "unknown", "outlet"]),
            cue=st.just(""),
        ),
        max_size=2,
    ).map(tuple),
    response=st.none()
    | st.builds(
        Response,
        start=st.integers(0, 500),
        end=st.integers(0, 500),
        actor=st.sampled_from(["", "the", "Russia", "harbour firm"]),
        act=st.sampled_from(["denied", "confirmed", "silent", "neither", "declined"]),
    ),
    certainty=st.sampled_from(["asserted", "hedged", "unknown", "denied", "possible"]),
    place=st.none() | st.sampled_from(["", " ", "Kursk", "us", "the Russia"]),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([claim.id for claim in READ.claims]), max_size=6),
    st.lists(readings, min_size=6, max_size=6),
    st.lists(st.tuples(st.integers(0, 150), st.integers(1, 90)), max_size=3),
    st.lists(st.sampled_from([None, 1, 2]), min_size=6, max_size=6),
)
def test_no_correction_breaks_a_comparison(
    touched: list[str],
    said: list[Reading],
    spans: list[tuple[int, int]],
    keys: list[int | None],
) -> None:
    added = [
        Claim(
            id=f"mine {at}",
            report="b",
            start=start,
            end=start + size,
            exact="",
            sentence=0,
            reading=said[at],
        )
        for at, (start, size) in enumerate(spans)
    ]
    names = [*touched, *(claim.id for claim in added)]
    comparison = relate(
        readings=dict(zip(touched, said, strict=False)),
        added=added,
        places=dict(zip(names, keys, strict=False)),
        rejected=frozenset(touched[:1]),
    )
    homes = [point.claims for point in comparison.points]
    assert len({name for found in homes for name in found}) == sum(map(len, homes))
