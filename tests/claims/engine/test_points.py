"""Claims into points: average linkage, two cuts, ties by id, and pairs that are kept apart."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.engine import matching, points, vectors
from claims.engine.matching import Scores
from claims.engine.readings import Response
from tests.claims.engine.texts import HARBOUR, claim_of, count, document, read, together

TEXT = "One thing was said here. Another thing was said there. A third thing was left unsaid."
NAMES = "abcdefgh"


def claims(**readings):
    """A claim of a report of its own for each name."""
    return [claim_of(document(name, TEXT), 0, **given) for name, given in readings.items()]


def scores(floor=-1.0, **pairs):
    """Scores of pairs named by two letters, with cuts at 2, 3 and 1."""
    listed = {(f"{pair[0]}0", f"{pair[1]}0"): value for pair, value in pairs.items()}
    floors = {name: floor for pair in listed for name in pair}
    return Scores(pairs=listed, floors=floors, high=2.0, close=3.0, low=1.0)


def grouped(found, pairs):
    return points.group(found, pairs).groups


def answer(actor):
    return Response(start=0, end=1, actor=actor, act="denied")


def test_pairs_above_the_close_cut_become_one_point():
    assert grouped(claims(a={}, b={}, c={}), scores(ab=3.0, bc=0.0)) == (("a0", "b0"), ("c0",))


def test_a_pair_between_the_cuts_is_a_counterpart_and_no_point():
    found = points.group(claims(a={}, b={}), scores(ab=2.9))
    assert found.groups == (("a0",), ("b0",))
    assert [(one.claim, one.other, one.score) for one in found.counterparts] == [("a0", "b0", 2.9)]


def test_pairs_below_the_low_cut_are_not_even_counterparts():
    assert points.group(claims(a={}, b={}), scores(ab=0.9)).counterparts == ()


def test_a_third_claim_joins_on_the_average_and_not_on_one_good_partner():
    near = grouped(claims(a={}, b={}, c={}), scores(ab=4.0, ac=3.0, bc=1.0))
    far = grouped(claims(a={}, b={}, c={}), scores(ab=4.0, ac=3.0, bc=0.5))
    assert near == (("a0", "b0", "c0"),)
    assert far == (("a0", "b0"), ("c0",))


def test_an_unlisted_pair_counts_with_the_floor():
    chain = {"ab": 4.0, "bc": 3.5}
    assert together(grouped(claims(a={}, b={}, c={}), scores(floor=1.0, **chain)), "a0", "c0")
    assert not together(grouped(claims(a={}, b={}, c={}), scores(floor=0.0, **chain)), "a0", "c0")


def test_ties_go_to_the_smaller_ids():
    assert grouped(claims(a={}, b={}, c={}), scores(ab=3.0, bc=3.0, ac=0.0)) == (
        ("a0", "b0"),
        ("c0",),
    )


@given(
    st.dictionaries(
        st.sampled_from([one + two for one in NAMES for two in NAMES if one < two]),
        st.sampled_from([0.5, 1.5, 2.5, 3.0, 3.0, 4.0]),
        min_size=1,
    ),
    st.permutations(NAMES),
)
def test_order_of_claims_and_pairs_changes_nothing(pairs, order):
    everyone = claims(**{name: {} for name in NAMES})
    by_name = {claim.id[0]: claim for claim in everyone}
    there = points.group(everyone, scores(**pairs))
    back = points.group([by_name[name] for name in order], scores(**dict(reversed(pairs.items()))))
    assert back == there


@given(
    st.dictionaries(
        st.sampled_from([one + two for one in NAMES for two in NAMES if one < two]),
        st.floats(0, 5),
        min_size=1,
    )
)
def test_every_claim_stands_in_exactly_one_group(pairs):
    groups = grouped(claims(**{name: {} for name in NAMES}), scores(**pairs))
    assert sorted(name for group in groups for name in group) == [f"{name}0" for name in NAMES]


def test_answers_of_different_responders_stay_apart():
    other = claims(a={"response": answer("ministry")}, b={"response": answer("union")})
    same = claims(a={"response": answer("union")}, b={"response": answer("union")})
    assert not together(grouped(other, scores(ab=5.0)), "a0", "b0")
    assert together(grouped(same, scores(ab=5.0)), "a0", "b0")


def test_an_answer_and_a_bare_figure_stay_apart():
    pair = claims(a={"response": answer("ministry")}, b={"quantities": count("voter")})
    assert not together(grouped(pair, scores(ab=5.0)), "a0", "b0")


def test_an_answer_about_a_figure_may_join_the_figure():
    pair = claims(
        a={"response": answer("ministry"), "quantities": count("voter")},
        b={"quantities": count("voter")},
    )
    assert together(grouped(pair, scores(ab=5.0)), "a0", "b0")


@pytest.mark.parametrize(
    "other",
    [{"unit": "ballot"}, {"unit": "voter", "role": "ratio"}, {"unit": "voter", "role": "part"}],
)
def test_figures_that_count_different_things_are_left_to_the_verdict(other):
    pair = claims(a={"quantities": count("voter")}, b={"quantities": count(**other)})
    assert together(grouped(pair, scores(ab=5.0)), "a0", "b0")


def test_a_forecast_and_a_count_are_left_to_the_verdict():
    pair = claims(a={"certainty": "predicted"}, b={"certainty": "asserted"})
    assert together(grouped(pair, scores(ab=5.0)), "a0", "b0")


def test_two_figures_of_one_stretch_stay_apart():
    report = document("a", TEXT)
    pair = [
        claim_of(report, 0, quantities=count("voter")),
        claim_of(report, 0, quantities=count("voter")),
    ]
    assert not points.may_share(*pair)


def test_sentences_of_one_report_may_be_one_point_but_no_counterparts():
    report = document("a", TEXT)
    pair = [claim_of(report, 0), claim_of(report, 1)]
    listed = Scores(pairs={("a0", "a1"): 3.0}, floors={"a0": 0, "a1": 0}, high=2, close=3, low=1)
    assert grouped(pair, listed) == (("a0", "a1"),)
    doubtful = Scores(pairs={("a0", "a1"): 2.5}, floors={"a0": 0, "a1": 0}, high=2, close=3, low=1)
    assert points.group(pair, doubtful).counterparts == ()


def test_a_claim_shows_only_its_best_counterparts():
    crowd: dict[str, dict[str, object]] = {name: {} for name in "abcdefgh"}
    pairs = {f"a{name}": 2.0 + number / 100 for number, name in enumerate("bcdefgh")}
    busy = {f"{one}{two}": 2.9 for one in "bcdefgh" for two in "bcdefgh" if one < two}
    found = points.group(claims(**crowd), scores(**pairs, **busy)).counterparts
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    shown = Counter(name for one in found for name in (one.claim, one.other))
    assert max(shown.values()) == points.PARTNERS_SHOWN
    assert found[0].score == 2.9


def test_reports_of_one_accident_give_the_points_that_an_editor_expects():
    encoder = vectors.load()
    everyone, documents = read(HARBOUR)
    groups = grouped(everyone, matching.score(everyone, documents, encoder))
    assert together(groups, "courier2", "tribune1")
    assert together(groups, "courier3", "tribune2")
    assert not together(groups, "courier1", "courier2")
    assert ("courier4",) in groups
    assert ("tribune3",) in groups
    if encoder:
        assert together(groups, "courier1", "gazette1", "tribune0")


def apart(*pairs):
    return {frozenset((f"{pair[0]}0", f"{pair[1]}0")) for pair in pairs}


def test_claims_that_a_person_kept_apart_share_no_point_and_are_no_counterparts():
    found = claims(a={}, b={}, c={})
    pairs = scores(ab=9.0, ac=9.0, bc=9.0)
    kept = points.group(found, pairs, apart=apart("ab"))
    assert kept.groups == (("a0", "c0"), ("b0",))
    assert {(one.claim, one.other) for one in kept.counterparts} == {("b0", "c0")}


def test_what_joins_one_of_two_claims_kept_apart_does_not_bring_them_together():
    found = claims(a={}, b={}, c={}, d={})
    pairs = scores(ac=9.0, bd=9.0, cd=8.0, ab=8.0, ad=8.0, bc=8.0)
    assert points.group(found, pairs, apart=apart("ab")).groups == (("a0", "c0"), ("b0", "d0"))


def test_who_puts_two_claims_into_one_point_has_the_last_word():
    found = claims(a={}, b={})
    placed = points.group(found, scores(ab=9.0), {"a0": 1, "b0": 1}, apart=apart("ab"))
    assert placed.groups == (("a0", "b0"),)


def test_the_old_claims_of_a_place_stay_out_if_they_were_kept_apart_from_it():
    found = claims(a={}, b={})
    pairs, homes = scores(ab=0.0), {"b0": 1}
    assert points.group(found, pairs, {"a0": 1}, homes).groups == (("a0", "b0"),)
    kept = points.group(found, pairs, {"a0": 1}, homes, apart("ab"))
    assert kept.groups == (("a0",), ("b0",))
