"""Weights from judged pairs: near the old ones, the same each time, measured on unseen stories."""

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from claims.engine import matching, weights
from claims.engine.fitting import SURE, TooLittle, TrainingStory, fit
from claims.engine.gauging import Gauge, gauge
from claims.engine.matching import Scores
from tests.claims.engine.texts import HARBOUR, read

SAME = {("courier2", "tribune1"), ("courier3", "tribune2"), ("gazette1", "tribune0")}


def story(name):
    claims, documents = read(HARBOUR)
    ids = sorted(claim.id for claim in claims)
    reports = {claim.id: claim.report for claim in claims}
    across = [pair for pair in combinations(ids, 2) if reports[pair[0]] != reports[pair[1]]]
    assert {*across} >= SAME
    return TrainingStory(
        name=name,
        documents=documents,
        claims=claims,
        same=SAME,
        apart={pair for pair in across if pair not in SAME},
    )


def test_fitted_weights_stay_near_the_old_ones_and_name_their_stories():
    fitted = fit([story("two"), story("one")], None, today=date(2024, 9, 23)).weights
    old = weights.default()
    assert fitted.stories == ("one", "two")
    assert fitted.fitted == date(2024, 9, 23)
    assert fitted.model == old.model
    assert fitted.no_model.signals == old.no_model.signals
    assert abs(fitted.no_model.high - old.no_model.high) <= 0.4
    assert weights.parse(fitted.as_toml()) == fitted


def test_order_of_stories_and_claims_changes_nothing():
    one, two = story("one"), story("two")
    turned = replace(one, claims=list(reversed(one.claims)))
    assert fit([one, two], None) == fit([two, turned], None)


def test_each_story_is_measured_by_weights_of_the_others_and_added_up():
    fitted = fit([story("one"), story("two"), story("three")], None)
    assert [fold.story for fold in fitted.folds] == ["one", "three", "two"]
    assert fitted.together.old.wanted == 3 * len(SAME)
    assert fitted.together.old.averages == tuple(fold.old.average for fold in fitted.folds)


def test_weights_that_group_too_freely_are_fitted_to_be_surer():
    careless = weights.default()
    loose = replace(careless.no_model, high=1.6, close=1.9, low=1.6)
    careless = replace(careless, no_model=loose)
    together = fit([story("one"), story("two")], None, careless).together
    assert together.old.precision < SURE
    assert together.new.precision > together.old.precision


@pytest.mark.parametrize("missing", ["same", "apart"])
def test_a_story_without_pairs_of_both_sorts_is_refused(missing):
    with pytest.raises(TooLittle):
        fit([story("one"), replace(story("two"), **{missing: set()})], None)


def test_one_story_is_too_little_to_measure_on_another():
    with pytest.raises(TooLittle):
        fit([story("one")], None)


def test_weights_can_be_laid_anew_over_features_that_were_read_once():
    claims, documents = read(HARBOUR)
    found = matching.features(claims, documents, None, weights.default())
    way = weights.default().no_model
    assert matching.weighed(found, way) == matching.score(claims, documents, None)
    assert matching.weighed(found, replace(way, signals={"words": 2.0})).pairs != (
        matching.weighed(found, way).pairs
    )


def test_a_gauge_counts_pairs_groups_and_partners():
    judged = {("a", "b"): True, ("a", "c"): False, ("b", "c"): False, ("c", "d"): True}
    pairs = {("a", "b"): 3.0, ("a", "c"): 2.0, ("b", "c"): 1.0}
    scores = Scores(pairs=pairs, floors=dict.fromkeys("abcd", 0.0), high=2, close=2, low=1)
    found = gauge(judged, scores, [("a", "b", "c"), ("d",)])
    assert (found.right, found.found, found.wanted) == (1, 3, 2)
    assert (found.best, found.asked) == (3, 4)
    assert found.average == pytest.approx((1 + 2 / 4) / 2)
    assert found.precise == pytest.approx(2 / 3 + 2 / 3 + 1 / 3 + 1)
    assert found.recalled == pytest.approx(1 + 1 + 1 / 2 + 1 / 2)


def test_a_gauge_of_nothing_blames_nobody():
    assert (Gauge().precision, Gauge().recall, Gauge().best_share) == (1, 1, 1)
    assert Gauge().b_cubed == Gauge().average == 0
