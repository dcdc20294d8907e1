"""Scores of pairs: like beside unlike, never the order of the reports, never all pairs."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.engine import affinity, alignment, matching, signals, terms, vectors
from claims.engine.readings import Response
from claims.engine.tokens import tokenize
from tests.claims.engine.texts import HARBOUR, claim_of, count, read

ENCODER: Any = vectors.load()
CLAIMS, DOCUMENTS = read(HARBOUR)
both_ways = pytest.mark.parametrize(
    "encoder",
    [
        pytest.param(None, id="without model"),
        pytest.param(
            ENCODER,
            id="with model",
            marks=pytest.mark.skipif(ENCODER is None, reason="the sentence model is absent"),
        ),
    ],
)


def value(scores, one, other):
    return scores.pairs[min(one, other), max(one, other)]


@both_ways
def test_claims_of_one_thing_score_above_all_others(encoder):
    scores = matching.score(CLAIMS, DOCUMENTS, encoder)
    leak = value(scores, "courier2", "tribune1")
    answer = value(scores, "courier3", "tribune2")
    others = [
        found
        for pair, found in scores.pairs.items()
        if pair not in {("courier2", "tribune1"), ("courier3", "tribune2")}
        and not {"gazette0", "gazette1"} & set(pair)
    ]
    assert min(leak, answer) > max(others)


@pytest.mark.skipif(ENCODER is None, reason="the sentence model is absent")
def test_with_the_model_other_words_for_the_same_thing_score_high():
    scores = matching.score(CLAIMS, DOCUMENTS, ENCODER)
    rescued = value(scores, "gazette1", "tribune0")
    assert rescued > scores.close


@both_ways
@settings(max_examples=6, deadline=None)
@given(order=st.permutations(range(len(CLAIMS))))
def test_order_of_the_claims_changes_nothing(encoder, order):
    there = matching.score(CLAIMS, DOCUMENTS, encoder)
    documents = dict(reversed(DOCUMENTS.items()))
    assert matching.score([CLAIMS[at] for at in order], documents, encoder) == there


@both_ways
@pytest.mark.parametrize("size", [0, 1])
def test_nothing_to_compare_gives_no_pairs(encoder, size):
    assert matching.score(CLAIMS[:size], DOCUMENTS, encoder).pairs == {}


@both_ways
def test_pairs_are_listed_once_with_the_smaller_id_first(encoder):
    scores = matching.score(CLAIMS, DOCUMENTS, encoder)
    assert all(one < other for one, other in scores.pairs)
    assert set(scores.floors) == {claim.id for claim in CLAIMS}


@both_ways
def test_pairs_are_a_fixed_number_per_claim_and_not_all_pairs(encoder):
    text = "The north office counted ships. The south office counted boats."
    found, documents = read({f"report{n}": text for n in range(60)})
    pairs = matching.score(found, documents, encoder).pairs
    lists = 2 if encoder else 1
    assert len(pairs) <= lists * signals.PARTNERS * len(found)
    assert len(pairs) < len(found) * (len(found) - 1) / 4


@both_ways
def test_reports_about_nothing_in_common_have_no_pair_above_the_cut(encoder):
    texts = {
        "bakery": "The bakery opened a new oven. Rye bread costs two crowns. It sells out early.",
        "moon": "A probe landed on the far side. Dust covered it. Engineers await a signal.",
    }
    scores = matching.score(*read(texts), encoder)
    assert max(scores.pairs.values(), default=0.0) < scores.close


@both_ways
def test_a_sentence_beyond_what_the_model_reads_still_counts(encoder):
    texts = {"a": "Oil leaked into the bay, " * 400, "b": "Oil leaked into the bay."}
    scores = matching.score(*read(texts), encoder)
    assert len(scores.pairs) == 1


@both_ways
def test_answers_of_one_responder_are_listed_and_gain_on_others(encoder):
    texts = {"a": "Pyongyang dismissed it.", "b": "North Korea has denied sending anybody."}
    plain, documents = read(texts)
    denied = Response(start=0, end=1, actor="north korea", act="denied")
    answers = [claim_of(found, 0, response=denied) for found in documents.values()]
    found = value(matching.score(answers, documents, encoder), "a0", "b0")
    before = matching.score(plain, documents, encoder).pairs.get(("a0", "b0"), -0.5)
    assert found >= before + 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ministry", "interior ministry", True),
        ("north korea", "north korea", True),
        ("north korea", "south korea", False),
        ("union", "ministry", False),
    ],
)
def test_a_short_name_of_a_body_is_the_same_responder(one, other, same):
    first, second = (Response(start=0, end=1, actor=name, act="denied") for name in (one, other))
    assert affinity.same_responder(first, second) is same


def test_of_two_figures_in_one_text_the_one_of_like_kind_is_the_partner():
    texts = {"a": "The fleet sent nine ships and 300 divers.", "b": "The fleet sent 320 divers."}
    _, documents = read(texts)
    ships, divers = (
        replace(claim_of(documents["a"], 0, quantities=count(unit)), id=unit)
        for unit in ("ship", "diver")
    )
    partner = claim_of(documents["b"], 0, quantities=count("diver"))
    scores = matching.score([ships, divers, partner], documents, None)
    assert value(scores, "diver", "b0") > value(scores, "ship", "b0")


def test_figures_are_compared_by_value_and_kind_however_they_are_written():
    texts = {"a": "Thirty troops came.", "b": "We saw 30 soldiers.", "c": "We saw 40 divers."}
    _, documents = read(texts)
    thirty = {"low": Decimal(30), "high": Decimal(30)}
    figures = {"a": count("soldier", **thirty), "b": count("soldier", **thirty), "c": ()}
    claims = [claim_of(documents[name], 0, quantities=given) for name, given in figures.items()]
    scores = matching.score(claims, documents, None)
    assert value(scores, "a0", "b0") > scores.pairs.get(("a0", "c0"), 0.0)
    assert ("a0", "b0") not in matching.score(*read(texts), None).pairs


def test_stems_leave_out_small_words_and_figures():
    found = terms.stems(tokenize("The ministers’ 1,200 offers were not at the ministry's café."))
    assert found == ["minist", "offer", "ministri", "cafe"]


def test_words_that_all_claims_share_weigh_least():
    weights = terms.rarity([["harbour", "oil"], ["harbour", "reef"], ["harbour"]])
    assert weights["harbour"] < weights["oil"] == weights["reef"]


@pytest.mark.skipif(ENCODER is None, reason="the sentence model is absent")
def test_alignment_of_a_pair_is_the_same_both_ways_and_one_with_itself():
    ordered = sorted(CLAIMS, key=lambda claim: claim.id)
    found = alignment.meanings(ordered, DOCUMENTS, ENCODER)
    pairs = signals.sample(len(ordered))
    forth, back = found.alignment(pairs), found.alignment(pairs[:, ::-1])
    assert forth == pytest.approx(back, abs=1e-6)
    assert found.alignment(pairs[:1] * 0) == pytest.approx(1, abs=1e-5)


def test_figures_of_two_sorts_lose_and_how_high_they_are_plays_no_part():
    texts = {"a": "The damage is 9 crowns.", "b": "The damage is 9 percent."}
    _, documents = read(texts)

    def kinship(one, other):
        units = zip(documents.values(), (one, other), strict=True)
        claims = [claim_of(found, 0, quantities=count(unit)) for found, unit in units]
        return affinity.other_kind(claims, np.array([[0, 1]])).tolist()

    assert kinship("crown", "percent") == kinship("day", "kilometre") == [-1]
    assert kinship("ship", "boat") == kinship("percent", "percentage point") == [0]
    assert kinship(None, "percent") == [0]


def test_a_pair_gains_when_the_nearest_claims_of_its_sides_are_near_each_other():
    # 0 and 1 look alike, and 1 and 2; 0 and 2 do not, nor 3 and 4, whose friends are strangers
    pairs = np.array([[0, 1], [0, 2], [1, 2], [3, 4], [3, 5], [4, 6]])
    values = np.array([3.0, 0.5, 3.0, 0.5, 3.0, 3.0])
    floors = np.full(7, -0.5)
    heard = matching._with_nearest(7, pairs, values, floors, 0.3)
    assert heard[1] > values[1] + 0.5
    assert heard[1] > heard[3]
    assert matching._with_nearest(7, pairs, values, floors, 0.0) is values
