"""Numbers that count nothing, in sentences of many subjects."""

import pytest

from tests.claims.engine.parsed import figures

NOTHING = {
    "year": "The law of 2019 was changed in 2021.",
    "year range": "The war of 1939-45 was long.",
    "age": "Ann Lee, 45, was held.",
    "age in words": "A 25-year-old man was held.",
    "aged": "He died aged 81.",
    "score": "They won 3-1.",
    "score with a dash": "She won 6–4, 7–5.",
    "ordinal": "He came 34th and she came second.",
    "model": "The Boeing 737 and an F-16 landed.",
    "group": "The G20 met.",
    "route": "It happened on Route 66.",
    "article": "It breaks Article 5.",
    "phase": "The vaccine is in phase 2.",
    "number": "He is at No. 10.",
    "address": "He lives at 10 Downing Street.",
    "time": "It began at 10:30 a.m.",
    "hour in words": "They left at ten.",
    "hour": "They met at 5 p.m.",
    "date": "It began on October 4.",
    "date in full": "It began on 4 October 2023.",
    "no one": "No one came to the fair.",
    "one of": "It is one of the largest.",
    "one day": "One day it will end.",
    "one another": "They helped one another.",
    "the two": "The two countries signed.",
    "version": "It runs version 3.2.1.",
    "round the clock": "It is open 24/7.",
    "handle": "He wrote to @user12.",
    "sources": "Two officials said so.",
    "nobody without a state": "Nobody knows the answer.",
    "no people without a state": "No residents came to the fair.",
    "capitalised numeral of a name": "Velda One built the hall.",
    "people over an age": "It is for patients over 75.",
    "people under an age": "Voters under 30 like it.",
    "times as much": "It is 2.5 times the limit.",
    "storeys": "It was a five-storey house.",
    "list number": "1. The council met.",
    "man of an age": "A man of 34 was held.",
    "people who speak": "Two residents who fled told reporters so.",
    "decade": "It was like the 1990s.",
    "too many digits": f"The key is {'9' * 40}.",
}


@pytest.mark.parametrize("name", NOTHING)
def test_is_no_quantity(name: str) -> None:
    assert figures(NOTHING[name]) == []
