"""Dates on sentences of a report published on Wednesday 23 October 2024, and as-of days."""

from datetime import date

import pytest

from claims.engine import dates
from tests.claims.engine.parsed import PUBLISHED, days, document

NONE = None
TODAY = PUBLISHED


def d(month: int, day: int, year: int = 2024) -> date:
    return date(year, month, day)


EXPRESSIONS = {
    "weekday of publication": ("It said so on Wednesday.", d(10, 23), d(10, 23)),
    "weekday before": ("It opened on Friday.", d(10, 18), d(10, 18)),
    "weekday to come": ("It will open on Friday.", d(10, 25), d(10, 25)),
    "last weekday": ("It opened last Wednesday.", d(10, 16), d(10, 16)),
    "next weekday": ("It opens next Tuesday.", d(10, 29), d(10, 29)),
    "weekday night": ("It burned on Tuesday night.", d(10, 22), d(10, 22)),
    "weekday with a date": ("It burned on Friday, October 4.", d(10, 4), d(10, 4)),
    "yesterday": ("Yesterday it burned.", d(10, 22), d(10, 22)),
    "overnight": ("It burned overnight.", d(10, 22), d(10, 23)),
    "last night": ("It burned last night.", d(10, 22), d(10, 22)),
    "day before yesterday": ("It burned the day before yesterday.", d(10, 21), d(10, 21)),
    "month and day": ("It opened on October 4.", d(10, 4), d(10, 4)),
    "short month": ("It opened on Oct. 4.", d(10, 4), d(10, 4)),
    "day and month": ("It opened on 4 October.", d(10, 4), d(10, 4)),
    "ordinal day": ("It opened on the 4th of October.", d(10, 4), d(10, 4)),
    "full date": ("It opened on March 3, 2021.", d(3, 3, 2021), d(3, 3, 2021)),
    "iso": ("It opened on 2021-03-03.", d(3, 3, 2021), d(3, 3, 2021)),
    "days of a month": ("It ran October 4-6.", d(10, 4), d(10, 6)),
    "day to come": ("The vote will be on November 5.", d(11, 5), d(11, 5)),
    "day ahead without a verb": ("It came ahead of the November 5 vote.", d(11, 5), d(11, 5)),
    "past month of last year": ("It opened in December.", d(12, 1, 2023), d(12, 31, 2023)),
    "dateline a day ahead": ("OSLO, October 24 - It burned.", d(10, 24), d(10, 24)),
    "month": ("It opened in June.", d(6, 1), d(6, 30)),
    "month to come": ("It will open in June.", d(6, 1, 2025), d(6, 30, 2025)),
    "month of a year": ("It opened in June 2021.", d(6, 1, 2021), d(6, 30, 2021)),
    "last month by name": ("It opened last October.", d(10, 1, 2023), d(10, 31, 2023)),
    "May": ("It opened in May.", d(5, 1), d(5, 31)),
    "year": ("It opened in 2021.", d(1, 1, 2021), d(12, 31, 2021)),
    "years": ("It ran from 2014 to 2018.", d(1, 1, 2014), d(12, 31, 2018)),
    "decade": ("It was built in the 1990s.", d(1, 1, 1990), d(12, 31, 1999)),
    "early": ("It opened in early October.", d(10, 1), d(10, 10)),
    "mid": ("It opened in mid-October.", d(10, 11), d(10, 20)),
    "late": ("It opened in late September.", d(9, 21), d(9, 30)),
    "early to mid": ("It came in early to mid-October.", d(10, 1), d(10, 20)),
    "end of a month": ("It opened at the end of June.", d(6, 21), d(6, 30)),
    "last week": ("It opened last week.", d(10, 14), d(10, 20)),
    "next week": ("It opens next week.", d(10, 28), d(11, 3)),
    "this week in the past": ("It opened this week.", d(10, 21), d(10, 23)),
    "earlier this month": ("It opened earlier this month.", d(10, 1), d(10, 23)),
    "earlier in the week": ("Earlier in the week it opened.", d(10, 21), d(10, 23)),
    "later this year": ("It will open later this year.", d(10, 23), d(12, 31)),
    "last month": ("It opened last month.", d(9, 1), d(9, 30)),
    "last year": ("It opened last year.", d(1, 1, 2023), d(12, 31, 2023)),
    "weekend": ("They met over the weekend.", d(10, 19), d(10, 20)),
    "days ago": ("It opened three days ago.", d(10, 20), d(10, 20)),
    "weeks ago": ("It opened two weeks ago.", d(10, 7), d(10, 13)),
    "a year ago": ("It opened a year ago.", d(1, 1, 2023), d(12, 31, 2023)),
    "past days": ("It rained in the past three days.", d(10, 20), d(10, 23)),
    "quarter": ("Sales fell in the third quarter.", d(7, 1), d(9, 30)),
    "quarter of a year": (
        "Sales fell in the first quarter of 2021.",
        d(1, 1, 2021),
        d(3, 31, 2021),
    ),
    "half of last year": (
        "Sales fell in the first half of last year.",
        d(1, 1, 2023),
        d(6, 30, 2023),
    ),
    "last winter": ("It broke last winter.", d(12, 1, 2023), d(2, 29)),
    "summer of a year": ("It broke in the summer of 2021.", d(6, 1, 2021), d(8, 31, 2021)),
    "by month": ("They will be 200 by December.", NONE, d(12, 31)),
    "by weekend": ("It needs 200 by the weekend.", NONE, d(10, 27)),
    "by year": ("It will end by 2030.", NONE, d(12, 31, 2030)),
    "until": ("It is shut until Friday.", NONE, d(10, 18)),
    "since": ("It has been shut since August.", d(8, 1), TODAY),
    "since an event": ("It has been shut since the war began in 2022.", d(1, 1, 2022), TODAY),
    "ordinal alone": ("On the 27th the club will play.", d(10, 27), d(10, 27)),
    "ordinal alone in the past": ("On the 27th the club played.", d(9, 27), d(9, 27)),
    "day of a month in words": ("It starts on the first of January.", d(1, 1, 2025), d(1, 1, 2025)),
    "weekday of a month": ("It opens on the first Monday of November.", d(11, 4), d(11, 4)),
    "last weekday of this month": ("It is on the last Monday of the month.", d(10, 28), d(10, 28)),
    "weekday tells the year": ("It was put off to Saturday 23 November.", d(11, 23), d(11, 23)),
    "announced day": ("They voted to strike from 16 November.", d(11, 16), d(11, 16)),
    "weeks ahead": ("They will meet in two weeks.", d(11, 6), d(11, 6)),
    "years ahead": ("It is to stand in ten years' time.", d(1, 1, 2034), d(12, 31, 2034)),
    "middle of a year": ("It will open in the middle of next year.", d(5, 1, 2025), d(8, 31, 2025)),
    "before the end": ("It will end before the end of June.", NONE, d(6, 30, 2025)),
    "by the end": ("It will end by the end of June.", NONE, d(6, 30, 2025)),
    "not before": ("It will not end before the middle of June.", d(6, 11, 2025), NONE),
    "not before in the past": ("It was not settled before October.", NONE, d(9, 30)),
    "between": ("It ran between Monday and Tuesday.", d(10, 21), d(10, 22)),
}
EXPRESSIONS["until"] = ("It will be shut until Friday.", NONE, d(10, 25))


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_resolves(name: str) -> None:
    text, first, last = EXPRESSIONS[name]
    (found,) = days(text)
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "He may go.",
        "May told them so.",
        "The march went on.",
        "They got winter gear.",
        "The fall was deep.",
        "It costs 2,024 euros.",
        "She won the second set.",
        "It sold 1999 copies.",
        "He came two hours later.",
        "They met on the 27th floor.",
        "They finished the work in two days.",
        "That morning show is gone.",
    ],
)
def test_is_no_date(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize("word", ["now", "soon", "recently", "currently"])
def test_vague_words_are_kept_as_vague(word: str) -> None:
    (found,) = days(f"It is {word} shut.")
    assert found.vague


def test_without_publication_only_full_dates_resolve() -> None:
    full, relative = days("It opened on March 3, 2021 and shut last week.", published=None)
    assert full.first == d(3, 3, 2021)
    assert (relative.first, relative.last, relative.vague) == (None, None, True)


def test_tense_is_read_in_its_own_clause() -> None:
    found = days("He said on Friday that they would leave on Monday.")
    assert [one.first for one in found] == [d(10, 18), d(10, 28)]


def test_passive_of_the_future_is_no_past() -> None:
    (found,) = days("Patients will be told by 1 November.")
    assert found.last == d(11, 1)


def test_the_same_day_is_the_one_named_last() -> None:
    found = days("They met on 4 October. On the same day it closed. That morning it had rained.")
    assert {(one.first, one.last) for one in found} == {(d(10, 4), d(10, 4))}
    assert days("On the same day it closed.") == []


AS_OF = {
    "books of a period's end": ("Debt stood at 40 at the end of June.", 0, (d(6, 30), d(6, 30))),
    "own clause": ("By Friday, 40 had died.", 0, (d(10, 18), d(10, 18))),
    "reporting clause": ("He said on Tuesday that 3,000 had been sent.", 1, (d(10, 22), d(10, 22))),
    "reporting clause behind": ("Forty died, police said on Monday.", 0, (d(10, 21), d(10, 21))),
    "own before reporting": (
        "He said on Tuesday that 40 had died on Sunday.",
        1,
        (d(10, 20), d(10, 20)),
    ),
    "publication": ("Forty people died.", 0, (TODAY, TODAY)),
    "forecast": ("They expect 10,000 by December.", 0, (TODAY, d(12, 31))),
    "since is no as-of": ("It has lost 600 men since June.", 0, (TODAY, TODAY)),
    "quarter just over": ("Profit fell to 12 million in the third quarter.", 0, (TODAY, TODAY)),
    "quarter long over": (
        "Profit fell to 12 million in the first quarter of 2021.",
        0,
        (d(1, 1, 2021), d(3, 31, 2021)),
    ),
    "measured against": ("It costs 40 more than a year ago.", 0, (TODAY, TODAY)),
    "day of the old value": ("Some 90 trains run, down from 400 on Monday.", 0, (TODAY, TODAY)),
    "year of the old share": (
        "Attendance was 71 percent, up from 66 percent four years ago.",
        0,
        (TODAY, TODAY),
    ),
    "own day before the old one": (
        "It sold 50 boats on Sunday, compared with 40 boats on Monday.",
        0,
        (d(10, 20), d(10, 20)),
    ),
    "day of the new value": (
        "The queue grew from 30 to 40 on Monday.",
        0,
        (d(10, 21), d(10, 21)),
    ),
    "no old value behind more than": (
        "More than 400 trains ran on Monday.",
        0,
        (d(10, 21), d(10, 21)),
    ),
    "soon begins at publication": ("There could soon be 40 of them.", 0, (TODAY, None)),
}


@pytest.mark.parametrize("name", AS_OF)
def test_as_of(name: str) -> None:
    text, index, expected = AS_OF[name]
    parsed = document(text)
    found = dates.as_of(parsed, index, dates.read(parsed))
    assert found is not None
    assert (found.first, found.last) == expected


def test_as_of_is_unknown_without_any_day() -> None:
    parsed = document("Forty people died.", None)
    assert dates.as_of(parsed, 0, dates.read(parsed)) is None


def test_spans_are_exact() -> None:
    text = "They expect 10,000 by December; it opened on Oct. 4."
    assert [one.of(text) for one in days(text)] == ["by December", "Oct. 4"]


@pytest.mark.parametrize(
    "piece", ["May ", "early ", "the ", "from ", "2024-", "last ", "since ", "by "]
)
def test_hostile_text_is_read_to_its_end(piece: str) -> None:
    text = piece * (199_900 // len(piece)) + ". It opened on Oct. 4."
    assert days(text)[-1].of(text) == "Oct. 4"
