"""From pairs to a verdict, and from conflicts to flags with their evidence."""

from dataclasses import replace
from datetime import date

from claims.engine import discrepancies, verdicts
from claims.engine.readings import Claim, Discrepancy
from claims.engine.rules.quantity import CARD
from tests.claims.engine.build import about, at_least, claim, context, exactly, frame, on


def judged(*claims: Claim, origins: dict[str, str] | None = None) -> verdicts.Judgement:
    texts = origins or {item.report: item.report for item in claims}
    return verdicts.judge(claims, context(*claims), texts)


def flags(*claims: Claim) -> list[Discrepancy]:
    return discrepancies.find("point", judged(*claims).relations, context(*claims))


FLOOR = claim("a", speaker="United States", quantities=at_least(3000))
HIGH = claim(
    "b",
    speaker="Ukraine",
    quantities=about(12000, whose="north korea"),
    as_of=on(date(2024, 10, 25)),
)
HIGH_AGAIN = claim(
    "c",
    speaker="Ukraine",
    quantities=about(12000, whose="north korea"),
    as_of=on(date(2024, 10, 25)),
)
LOW = claim(
    "d",
    speaker="United States",
    quantities=about(10000, whose="north korea"),
    as_of=on(date(2024, 10, 28)),
)


def test_the_first_verdict_that_applies_wins_and_the_others_stand_beside_it() -> None:
    result = judged(FLOOR, HIGH, HIGH_AGAIN, LOW)
    assert result.verdict == "conflict"
    assert result.also == ("refined", "agree")


def test_a_rule_that_is_off_flags_nothing_and_other_values_still_do_not_agree() -> None:
    told = {item.report: item.report for item in (HIGH, LOW)}
    known = context(HIGH, LOW)
    result = verdicts.judge([HIGH, LOW], known, told, frozenset(["quantity-intervals"]))
    assert (result.verdict, result.also, result.relations) == ("refined", (), ())
    assert verdicts.relations([HIGH, LOW], known, {}, frozenset(["quantity-intervals"])) == ()
    others = verdicts.judge([HIGH, LOW], known, told, frozenset(["date-ranges"]))
    assert others == verdicts.judge([HIGH, LOW], known, told)


def test_one_origin_is_a_single_source() -> None:
    result = judged(HIGH, HIGH_AGAIN, origins={"b": "wire", "c": "wire"})
    assert result.verdict == "single_source"


def test_one_flag_groups_equal_values() -> None:
    (flag,) = flags(FLOOR, HIGH, HIGH_AGAIN, LOW)
    groups = flag.evidence["groups"]
    assert isinstance(groups, list)
    assert [(group["value"], group["sources"]) for group in groups] == [
        ("about 12,000 soldiers", ["Desk b", "Desk c"]),
        ("about 10,000 soldiers", ["Desk d"]),
    ]


def test_a_floor_is_in_no_flag() -> None:
    (flag,) = flags(FLOOR, HIGH, HIGH_AGAIN, LOW)
    assert FLOOR.id not in flag.claims


def test_the_explanation_names_sides_days_and_arithmetic() -> None:
    (flag,) = flags(HIGH, LOW)
    assert flag.explanation == (
        "The figures differ. Ukraine: about 12,000 soldiers (in Desk b, 25 Oct); "
        "United States: about 10,000 soldiers (in Desk d, 28 Oct). "
        "9,500 to 10,500 and 11,400 to 12,600 do not meet."
    )


def test_a_report_that_contradicts_itself_is_flagged_apart() -> None:
    deed = frame("guard", "close", "gate")
    first = claim("a", quantities=exactly(3), frame=deed)
    second = claim("a", quantities=exactly(5), frame=deed)
    other = claim("b", speaker="Union", quantities=exactly(9))
    found = flags(first, second, other)
    assert sorted(flag.within_article for flag in found) == [False, True]


def test_the_order_of_the_claims_changes_nothing() -> None:
    claims = (FLOOR, HIGH, HIGH_AGAIN, LOW)
    assert flags(*claims) == flags(*reversed(claims))
    assert judged(*claims) == judged(*reversed(claims))


def test_one_verb_with_other_words_on_both_sides_does_not_agree() -> None:
    deed = frame("party", "vote", "budget")
    a = replace(claim("a", frame=deed), exact="The party voted in favour of the budget.")
    b = replace(claim("b", frame=deed), exact="The party voted against the whole budget law.")
    assert judged(a, b).verdict == "refined"


def test_one_that_only_says_more_agrees() -> None:
    deed = frame("party", "vote", "budget")
    a = replace(claim("a", frame=deed), exact="The party backed the budget.")
    b = replace(claim("b", frame=deed), exact="The party backed the budget on Monday evening.")
    assert judged(a, b).verdict == "agree"


def test_the_values_of_a_flag_count_the_texts_that_they_come_from() -> None:
    texts = {"a": "a", "b": "wire", "c": "wire", "d": "d"}
    relations = judged(FLOOR, HIGH, HIGH_AGAIN, LOW).relations
    around = context(FLOOR, HIGH, HIGH_AGAIN, LOW)
    (flag,) = discrepancies.find("point", relations, around, texts)
    groups = flag.evidence["groups"]
    assert isinstance(groups, list)
    assert [(len(group["sources"]), group["origins"]) for group in groups] == [(2, 1), (1, 1)]
    assert flag.evidence["origins"] == 2
    assert "from one text" not in flag.explanation


def test_a_difference_between_reprints_of_one_text_says_so() -> None:
    relations = judged(HIGH, LOW).relations
    texts = {"b": "wire", "d": "wire"}
    (flag,) = discrepancies.find("point", relations, context(HIGH, LOW), texts)
    assert flag.explanation.endswith("The reports have this from one text.")


def test_a_point_says_why_a_difference_is_no_conflict() -> None:
    ratio = replace(HIGH.reading.quantities[0], unit="tent")
    other = replace(LOW, reading=replace(LOW.reading, quantities=(ratio,)))
    assert judged(HIGH, other).reasons == ("they count different things",)
    assert judged(HIGH, HIGH_AGAIN).reasons == ()


def test_a_suggestion_with_the_values_of_the_rules_own_flag_is_no_second_card() -> None:
    again = claim("e", quantities=about(10000, whose="north korea"))
    other = claim("f", quantities=exactly(77))
    around = context(HIGH, LOW, again, other)
    told = CARD.says(HIGH, LOW, "conflict", severity="high")
    same, new = (CARD.says(HIGH, one, "conflict", suggestion=True) for one in (again, other))
    found = discrepancies.find("point", [same, told, new], around)
    assert [(one.suggestion, one.claims) for one in found] == [
        (False, tuple(sorted((HIGH.id, LOW.id)))),
        (True, tuple(sorted((HIGH.id, other.id)))),
    ]
    (alone,) = discrepancies.find("point", [same], around)
    assert alone.suggestion
