"""Who reports is nobody that the report quotes, under whichever form of the outlet's name."""

from datetime import date

import pytest

from claims.engine import attribution, documents, outlets
from claims.engine.readings import Report

OWN = [
    ("Thornby Courier", "The Courier reported in May that the ferry had twice lost power."),
    ("Thornby Courier", "This newspaper has learned that the ferry had lost power."),
    ("The City Globe", "The Globe understands that the bank has lost power over its funds."),
    ("Channel Six News", "Channel Six has learned that the mayor lost power."),
    ("BNS Television", "Our correspondent Mara Fenn reports that the plant lost power."),
    ("Northern Press Agency", "NPA has learned that the coast lost power."),
    ("Marova Morning", "Marova Morning projects that the party has lost power."),
]
TOLD = [
    ("Thornby Courier", "Jim Oake told the Courier that the ferry lost power.", "Jim Oake"),
    ("BNS Television", "The dam lost power, minister Daniel Roe has told BNS.", "Daniel Roe"),
    (
        "Radio Halden 1",
        "The club's coach, Lars Otto, told Radio Halden it lost power.",
        "Lars Otto",
    ),
    ("The Weekly Observer", "Two people told the Observer the bank lost power.", "Two people"),
]
OTHERS = [
    ("Thornby Courier", "The Ashby Mercury reported that the ferry lost power.", "Ashby Mercury"),
    ("Norway News", "Norway said that the coast had lost power.", "Norway"),
    ("Torrin Today", "Torrin says that the village lost power.", "Torrin"),
    ("The police", "Police said that the tram had lost power.", "Police"),
    ("City Post", "The post office said that the town lost power.", "post office"),
]


def chain(source: str, text: str) -> list[str]:
    """The names of the sources of what is said about lost power."""
    day = date(2026, 3, 12)
    document = documents.parse(Report(id="r", source=source, title="t", published=day, text=text))
    said = max(text.index(words) for words in ("lost power", "twice lost") if words in text)
    clause = next(one for one in document.clauses if one.start <= said < one.end)
    return [link.name.split(" (")[0] for link in attribution.read(document)[clause.index]]


@pytest.mark.parametrize(("source", "text"), OWN)
def test_an_outlet_is_no_source_of_its_own_report(source: str, text: str) -> None:
    assert chain(source, text) == []


@pytest.mark.parametrize(("source", "text", "speaker"), TOLD)
def test_who_tells_the_outlet_is_the_only_source(source: str, text: str, speaker: str) -> None:
    assert chain(source, text) == [speaker]


@pytest.mark.parametrize(("source", "text", "speaker"), OTHERS)
def test_others_with_like_names_stay_sources(source: str, text: str, speaker: str) -> None:
    assert chain(source, text) == [speaker]


def test_a_form_that_two_outlets_share_names_neither() -> None:
    assert outlets.known(["Ashby Mercury", "Leeds Mercury", "BNS Television"]) == {
        "ashby mercury": "Ashby Mercury",
        "leeds mercury": "Leeds Mercury",
        "bns television": "BNS Television",
        "television": "BNS Television",
        "bns": "BNS Television",
    }


@pytest.mark.parametrize("source", ["", "(2024)", "7"])
def test_a_source_without_a_word_has_no_form(source: str) -> None:
    assert outlets.forms(source) == frozenset()
