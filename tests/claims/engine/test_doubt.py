"""What the rules would say of pairs in doubt: suggestions, a few, and apart from the flags."""

from dataclasses import replace
from datetime import date

from claims.engine import doubt, origins
from claims.engine.compare import compare
from claims.engine.readings import Claim, Counterpart, Report
from claims.engine.settings import DEFAULT
from tests.claims.engine.build import claim, context, exactly, frame


def considered(
    *claims: Claim, homes: dict[str, str] | None = None, **scores: float
) -> doubt.Doubts:
    """Doubts over the pairs of `scores`, whose names are those of two reports: `ab`."""
    by_report = {one.report: one for one in claims}
    pairs = [
        Counterpart(claim=by_report[name[0]].id, other=by_report[name[1]].id, score=score)
        for name, score in sorted(scores.items(), key=lambda item: -item[1])
    ]
    by_id = {one.id: one for one in claims}
    reports = context(*claims).reports
    shared = origins.find(list(reports.values()))
    return doubt.consider(pairs, by_id, homes or {}, reports, DEFAULT, shared)


def counted(report: str, number: int) -> Claim:
    return claim(report, frame=frame("guard", "count", "soldier"), quantities=exactly(number))


def test_a_pair_in_doubt_shows_what_the_rules_would_flag() -> None:
    found = considered(counted("a", 300), counted("b", 900), ab=1.9)
    would = found.counterparts[0].would
    assert would is not None
    assert (would.kind, would.severity, would.rule) == ("quantity", "high", "quantity-intervals")
    assert would.suggestion
    assert would.in_doubt


def test_a_pair_that_the_rules_do_not_tell_apart_would_be_no_flag() -> None:
    found = considered(counted("a", 300), counted("b", 300), ab=1.9)
    assert found.counterparts[0].would is None
    assert found.suggestions == ()


def test_pairs_of_the_same_two_points_are_one_suggestion_with_grouped_values() -> None:
    claims = [counted("a", 300), counted("b", 300), counted("c", 900)]
    homes = {claims[0].id: "left", claims[1].id: "left"}
    (found,) = considered(*claims, homes=homes, ac=1.9, bc=1.8).suggestions
    assert found.point == "left"
    assert found.claims == tuple(sorted(one.id for one in claims))
    groups = found.evidence["groups"]
    assert isinstance(groups, list)
    assert sorted(group["value"] for group in groups) == ["300 soldiers", "900 soldiers"]


def test_two_papers_with_one_agency_s_words_count_as_one_origin_in_doubt_too() -> None:
    claims = [counted("a", 300), counted("b", 300), counted("c", 900)]
    shared = origins.Origins(by_report={"a": "a", "b": "a", "c": "c"}, passages=(), copied={})
    by_id = {one.id: one for one in claims}
    pairs = [
        Counterpart(claim=one.id, other=claims[2].id, score=1.9) for one in (claims[0], claims[1])
    ]
    reports = context(*claims).reports
    homes = {claims[0].id: "left", claims[1].id: "left"}
    (found,) = doubt.consider(pairs, by_id, homes, reports, DEFAULT, shared).suggestions
    groups = found.evidence["groups"]
    assert isinstance(groups, list)
    assert [group["origins"] for group in groups] == [1, 1]
    assert found.evidence["origins"] == 2


def test_ids_of_reports_do_not_settle_which_of_two_equal_pairs_is_kept() -> None:
    kept = []
    for names in ("abcd", "badc"):
        texts = dict(zip(names, ("first", "second", "third", "fourth"), strict=True))
        claims = [counted(name, 300 if texts[name] == "first" else 900) for name in names]
        reports = {
            name: replace(context(*claims).reports[name], source="Desk", text=text)
            for name, text in texts.items()
        }
        first = next(one for one in claims if texts[one.report] == "first")
        pairs = [
            Counterpart(claim=first.id, other=one.id, score=1.9) for one in claims if one != first
        ]
        by_id = {one.id: one for one in claims}
        shared = origins.find(list(reports.values()))
        found = doubt.consider(pairs, by_id, {}, reports, DEFAULT, shared).suggestions
        kept.append([{texts[by_id[name].report] for name in one.claims} for one in found])
    assert kept[0] == kept[1]
    assert len(kept[0]) == doubt.PER_CLAIM


def test_a_claim_outside_every_point_stands_for_one() -> None:
    first, second = counted("a", 300), counted("b", 900)
    (found,) = considered(first, second, ab=1.9).suggestions
    assert found.point == first.id


def test_a_claim_stands_in_a_few_suggestions_and_the_severe_ones_come_first() -> None:
    crowd = [counted(name, 100 + 10 * at) for at, name in enumerate("bcde")]
    crowd.append(counted("f", 900))
    pairs = {f"a{one.report}": 2.5 - at / 10 for at, one in enumerate(crowd)}
    first = counted("a", 300)
    found = considered(first, *crowd, homes=None, **pairs).suggestions
    assert [one.severity for one in found] == sorted(one.severity for one in found)
    assert sum(first.id in one.claims for one in found) == doubt.PER_CLAIM


def test_readings_that_meet_are_looked_at_though_the_words_do_not() -> None:
    sums = [exactly(90, unit="usd"), exactly(90, unit="eur")]
    first, second = (claim(name, quantities=sums[at]) for at, name in enumerate("ab"))
    (found,) = considered(first, second).suggestions
    assert (found.rule, found.in_doubt) == ("quantity-bases", True)
    kept = doubt.consider(
        (),
        {one.id: one for one in (first, second)},
        {},
        context(first, second).reports,
        DEFAULT,
        origins.find([]),
        apart={frozenset([first.id, second.id])},
    )
    assert kept.suggestions == ()


def test_another_certainty_of_claims_without_common_words_is_noise() -> None:
    first = claim("a", words="the harbour may be dredged", certainty="possible")
    second = claim("b", words="the school has a new roof")
    assert considered(first, second, ab=1.9).suggestions == ()
    again = claim("b", words="the harbour has been dredged")
    assert [one.kind for one in considered(first, again, ab=1.9).suggestions] == ["certainty"]


MARKET = (
    "The fire in the market hall of Lorvik burned for six hours. Nine people were injured in the "
    "fire, the clinic said. The hall had been inspected in spring."
)
HALL = (
    "Lorvik's market hall burned down on Tuesday. Twenty-four people were injured in it, said the "
    "fire brigade. Traders want to move to the old harbour."
)


def reports() -> list[Report]:
    return [
        Report(id=name, source=f"Desk {name}", title="", published=date(2025, 4, 2), text=text)
        for name, text in (("a", MARKET), ("b", HALL))
    ]


def test_quiet_mode_knows_of_no_doubts() -> None:
    found = compare(reports(), mode="quiet")
    assert not any(one.in_doubt for one in found.discrepancies)
    assert all(one.would is None for one in found.counterparts)


def test_doubts_change_no_point_and_no_verdict() -> None:
    quiet, thorough = (compare(reports(), mode=mode) for mode in ("quiet", "thorough"))
    assert quiet.points == thorough.points
    assert all(one.suggestion for one in thorough.discrepancies if one.in_doubt)
