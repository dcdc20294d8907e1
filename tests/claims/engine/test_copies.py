"""Copied words mean the days of the report that they come from, and never quarrel."""

from dataclasses import replace
from datetime import date
from itertools import permutations

from claims.engine import verdicts
from claims.engine.compare import compare, read, relate
from claims.engine.corrections import Corrections
from claims.engine.readings import AsOf, Comparison, Report
from tests.claims.engine.build import claim, context, exactly

WIRE = (
    "The ferry Hedda ran aground off Skarnes on Wednesday, the coast guard said. Eleven passengers "
    "were injured. The ship will be towed to the yard at Lund tomorrow. Divers found a tear of "
    "four metres in the hull, and pumps have been running since the morning."
)
OWN = (
    "The ferry Hedda ran aground off Skarnes on Thursday, the port captain told this paper. He "
    "had watched it from the pier and called the rescuers himself."
)


def report(name: str, day: int, text: str = WIRE) -> Report:
    return Report(id=name, source=f"Desk {name}", title="", published=date(2025, 3, day), text=text)


def dates(found: Comparison, name: str) -> list[tuple[str, date | None]]:
    return [
        (one.exact[:9], day.first)
        for one in found.claims
        if one.report == name
        for day in one.reading.dates
    ]


def test_a_reprint_five_days_later_makes_no_flag_about_the_same_words() -> None:
    found = compare([report("a", 6), report("b", 11)], mode="thorough")
    assert found.points
    assert found.discrepancies == ()


def test_days_of_copied_words_are_those_of_the_report_they_come_from() -> None:
    for order in permutations([report("a", 6), report("b", 11)]):
        found = compare(order)
        assert dates(found, "b") == dates(found, "a") != []
        assert ("The ferry", date(2025, 3, 5)) in dates(found, "b")


def test_words_that_name_no_day_hold_for_the_day_of_the_report_they_come_from() -> None:
    found = compare([report("a", 6), report("b", 11)])
    (copy,) = [one for one in found.claims if one.report == "b" and "Eleven" in one.exact]
    assert copy.reading.as_of == AsOf(first=date(2025, 3, 6), last=date(2025, 3, 6))


def test_the_same_few_words_in_reports_of_their_own_keep_their_own_days() -> None:
    lines = ("The bridge was closed on Wednesday.", "The bridge was closed on Wednesday.")
    texts = (f"{lines[0]} A lorry had hit it.", f"{lines[1]} Ice fell from the cables.")
    found = compare([report("a", 6, texts[0]), report("b", 20, texts[1])])
    assert dates(found, "a") != dates(found, "b")


def test_a_copy_still_differs_from_a_report_of_its_own() -> None:
    found = compare([report("a", 6), report("b", 11), report("c", 7, OWN)], mode="thorough")
    assert [one.kind for one in found.discrepancies if "date" in one.kind] == ["date"]


def test_days_that_a_person_set_stay() -> None:
    reports = [report("a", 6), report("b", 11)]
    known = read(reports)
    mine = next(one for one in known.claims if one.report == "b" and one.reading.dates)
    other = replace(mine.reading.dates[0], first=date(2025, 3, 10), last=date(2025, 3, 10))
    set_by_hand = replace(mine.reading, dates=(other,))
    found = relate(known, corrections=Corrections(readings={mine.id: set_by_hand}))
    assert ("The ferry", date(2025, 3, 10)) in dates(found, "b")


def test_claims_of_one_wording_out_of_one_text_are_never_set_against_each_other() -> None:
    pair = [
        claim(name, words="Eleven were hurt.", quantities=exactly(number))
        for name, number in (("a", 11), ("b", 19))
    ]
    assert verdicts.relations(pair, context(*pair), {"a": "a", "b": "a"}) == ()
    assert verdicts.relations(pair, context(*pair), {"a": "a", "b": "b"}) != ()
