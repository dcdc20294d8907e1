"""Another judge beside rules and scores: what it is asked, and what its answers change."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

import pytest

from claims.engine import weights
from claims.engine.compare import compare
from claims.engine.consulting import TOP_PARTNERS, worth_asking
from claims.engine.judges import ClaimPair, Finding, Opinion
from claims.engine.matching import Scores
from claims.engine.readings import Comparison, Report, Span
from claims.engine.rules import CARDS
from claims.engine.settings import Settings
from tests.claims.engine import build

TEXTS = {
    "Salm Wire": "Twelve people were injured in the blast at the depot, the fire brigade said.\n\n"
    "The owner praised the rescue teams.",
    "Coast Daily": "Nineteen people were injured, two hospitals said.\n\n"
    "The owner blamed the rescue teams.",
    "Inland Post": "The depot will reopen in May, the council said.\n\nThe harbour stays closed.",
}
KNOWN = weights.default()
# Scores that join nothing and leave every pair that shares a word in doubt.
DOUBT = replace(KNOWN, no_model=replace(KNOWN.no_model, high=50, close=50, low=-5))
# Scores that join whatever shares a word.
JOIN = replace(KNOWN, no_model=replace(KNOWN.no_model, high=-5, close=-5, low=-6))


class Told:
    """A judge that a test tells what to answer to two sentences; it keeps what it was asked."""

    name = "told"

    def __init__(
        self,
        same: Callable[[str], bool | None] = lambda text: None,
        conflict: Callable[[str], bool] = lambda text: False,
    ) -> None:
        self._same, self._conflict = same, conflict
        self.points: list[ClaimPair] = []
        self.relations: list[ClaimPair] = []

    def same_point(self, pairs: Sequence[ClaimPair]) -> Sequence[Opinion | None]:
        self.points += pairs
        said = [self._same(both(pair)) for pair in pairs]
        return [None if same is None else Opinion(same=same) for same in said]

    def relation(self, pairs: Sequence[ClaimPair]) -> Sequence[Finding | None]:
        self.relations += pairs
        return [finding(pair) if self._conflict(both(pair)) else None for pair in pairs]


def both(pair: ClaimPair) -> str:
    return f"{pair.a.claim.exact} {pair.b.claim.exact}"


def finding(pair: ClaimPair) -> Finding:
    a, b = (Span(start=side.claim.start, end=side.claim.end) for side in (pair.a, pair.b))
    return Finding(relation="conflict", kind="description", quote_a=a, quote_b=b)


def reports() -> list[Report]:
    day = date(2026, 3, 3)
    return [
        Report(id=source, source=source, title=f"Title of {source}", published=day, text=text)
        for source, text in TEXTS.items()
    ]


def compared(
    judge: Told | None,
    of: weights.Weights = DOUBT,
    mode: Literal["quiet", "thorough"] = "thorough",
    **fields: object,
) -> Comparison:
    settings = Settings(judge=judge, weights=of, **fields)  # type: ignore[arg-type]
    return compare(reports(), mode=mode, settings=settings)


def injured(text: str) -> bool | None:
    return True if "Twelve" in text and "Nineteen" in text else None


def blame(text: str) -> bool:
    return "praised" in text and "blamed" in text


def test_a_yes_makes_a_point_and_flags_that_rest_on_it_say_so() -> None:
    assert compared(None).points == ()
    found = compared(Told(injured))
    (point,) = found.points
    (flag,) = [one for one in found.discrepancies if one.point == point.id]
    assert (flag.rule, flag.judge, flag.suggestion) == ("quantity-intervals", "rules", False)
    assert flag.evidence["rests_on_model"] == "told"
    assert flag.explanation.endswith("That these claims are about one point is the word of told.")


def test_a_flag_that_the_scores_find_themselves_does_not_rest_on_the_judge() -> None:
    alone, asked = (compared(judge, KNOWN, "quiet") for judge in (None, Told(injured)))
    assert alone.discrepancies == asked.discrepancies
    assert any(flag.rule == "quantity-intervals" for flag in asked.discrepancies)


def test_a_no_keeps_apart_what_the_scores_join() -> None:
    assert compared(Told(), JOIN).points
    assert compared(Told(lambda text: False), JOIN).points == ()


def test_a_judge_without_an_opinion_changes_nothing() -> None:
    assert compared(Told(), JOIN) == compared(None, JOIN)


def test_a_conflict_that_no_rule_knows_is_a_suggestion_with_its_places() -> None:
    judge = Told(conflict=blame)
    found = compared(judge, KNOWN)
    (flag,) = [one for one in found.discrepancies if one.rule == "model-relation"]
    assert (flag.judge, flag.kind, flag.suggestion) == ("told", "description", True)
    assert "The model told reads the quoted words as a conflict" in flag.explanation
    claims = {claim.id: claim for claim in found.claims}
    quotes = flag.evidence["quotes"]
    assert isinstance(quotes, list)
    assert {quote["claim"] for quote in quotes} == {*flag.claims}
    for quote in quotes:
        assert (quote["start"], quote["end"]) == (
            claims[quote["claim"]].start,
            claims[quote["claim"]].end,
        )
    assert "praised" not in str(flag.evidence)
    assert "rests_on_model" not in flag.evidence  # the words alone had joined them


def test_the_verdict_of_a_point_is_that_of_the_rules() -> None:
    asked = compared(Told(conflict=lambda text: True), KNOWN).points
    assert asked == compared(None, KNOWN).points


def test_quiet_mode_asks_for_no_relation() -> None:
    judge = Told(conflict=blame)
    found = compared(judge, KNOWN, "quiet")
    assert judge.relations == []
    assert not any(flag.rule == "model-relation" for flag in found.discrepancies)


def test_where_a_rule_speaks_nobody_else_is_asked() -> None:
    judge = Told(conflict=lambda text: True)
    compared(judge, KNOWN)
    assert [both(pair) for pair in judge.relations if blame(both(pair))]
    assert not [both(pair) for pair in judge.relations if injured(both(pair))]


def test_the_model_is_not_asked_for_what_a_newsroom_has_switched_off() -> None:
    judge = Told(conflict=blame)
    compared(judge, KNOWN, rules_off=frozenset({"model-relation"}))
    assert judge.relations == []


def test_the_card_of_the_rule_says_that_no_rule_checks_it() -> None:
    assert "No rule checks this" in CARDS["model-relation"].sentence


def test_a_claim_is_shown_in_its_context() -> None:
    judge = Told()
    compared(judge)
    sides = [side for pair in judge.points for side in (pair.a, pair.b)]
    one = next(side for side in sides if "praised" in side.claim.exact)
    assert (one.source, one.headline) == ("Salm Wire", "Title of Salm Wire")
    assert one.published == date(2026, 3, 3)
    assert (one.before, one.after) == (TEXTS["Salm Wire"].split("\n")[0], "")
    text = TEXTS["Salm Wire"]
    assert text[one.sentence_start :].startswith(one.sentence)
    assert one.claim.exact in one.sentence


def test_pairs_are_of_two_reports() -> None:
    judge = Told()
    compared(judge, JOIN)
    assert judge.points
    assert all(pair.a.claim.report != pair.b.claim.report for pair in judge.points)


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_the_reports_changes_neither_questions_nor_answers(seed: int) -> None:
    judges = [Told(injured, blame), Told(injured, blame)]
    shuffled = reports()
    random.Random(seed).shuffle(shuffled)
    results = [
        compare(given, mode="thorough", settings=Settings(judge=judge, weights=DOUBT))
        for given, judge in zip((reports(), shuffled), judges, strict=True)
    ]
    assert results[0] == results[1]
    assert judges[0].points == judges[1].points
    assert judges[0].relations == judges[1].relations


def scores(pairs: dict[tuple[str, str], float]) -> Scores:
    names = {name for pair in pairs for name in pair}
    return Scores(pairs=pairs, floors=dict.fromkeys(names, -0.5), high=3.0, close=3.0, low=2.0)


def test_the_likeliest_partners_of_a_claim_come_first_and_the_far_ones_not_at_all() -> None:
    claims = [replace(build.claim(report), id=report) for report in "abcd"]
    found = worth_asking(
        claims, scores({("a", "b"): 2.5, ("a", "c"): 4.0, ("a", "d"): 0.9, ("b", "c"): 1.1})
    )
    assert found == [("a", "c"), ("a", "b"), ("b", "c")]


def test_a_claim_is_asked_about_with_its_best_few_only() -> None:
    names = [f"{at:02d}" for at in range(20)]
    claims = [replace(build.claim(name), id=name) for name in names]
    pairs = {
        (one, other): 3.0 - int(other) / 100 for one in names for other in names if one < other
    }
    found = worth_asking(claims, scores(pairs))
    assert len(found) <= TOP_PARTNERS * len(names)
    assert len(found) < len(pairs)
