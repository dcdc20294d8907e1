"""Answers: who gave them and what they were."""

import pytest

from claims.engine import responses
from tests.claims.engine.statements import parse


def acts(text: str) -> list[tuple[str, str]]:
    return [(r.actor, r.act) for each in responses.read(parse(text)) for r in each]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lima neither confirmed nor denied the report.", [("peru", "neither")]),
        ("The bank refused to confirm or deny the talks.", [("bank", "neither")]),
        ("The club denied the claim.", [("club", "denied")]),
        ("The Kremlin did not deny the reports.", [("russia", "did_not_deny")]),
        ("The minister rejected the allegations.", [("minister", "denied")]),
        ("Nairobi dismissed it as rumours.", [("kenya", "dismissed")]),
        ("The union called the report baseless.", [("union", "dismissed")]),
        ("Harlow Motors declined to comment.", [("harlow motors", "declined")]),
        ("Harlow Motors would not comment.", [("harlow motors", "declined")]),
        ("A spokesman for the regulator declined to comment.", [("regulator", "declined")]),
        ("The hospital did not respond to a request for comment.", [("hospital", "silent")]),
        ("There was no immediate comment from the ministry.", [("ministry", "silent")]),
        ("The airline could not be reached.", [("airline", "silent")]),
        ("The agency stayed silent.", [("agency", "silent")]),
        ("Asked about this, the agency did not wish to comment.", [("agency", "declined")]),
        ("The agency would neither confirm nor deny it.", [("agency", "neither")]),
        (
            "The head of the agency, asked three times, did not deny it.",
            [("agency", "did_not_deny")],
        ),
        ("“At no time did we make an offer,” the agency said.", [("agency", "denied")]),
        ("Reports that it would close were wrong, the agency said.", [("agency", "denied")]),
        ("13:45 The agency denied the report.", [("agency", "denied")]),
        ("The singer was not available for comment.", [("singer", "silent")]),
        ("A Warner spokeswoman disputed that figure.", [("warner", "denied")]),
        ("The Treasury refused to be drawn on the decision.", [("treasury", "declined")]),
        ("The coach, for his part, has confirmed that he will leave.", [("coach", "confirmed")]),
        ("The singer admitted the affair.", [("singer", "confirmed")]),
        ("The club confirmed that it had sold its captain.", [("club", "confirmed")]),
    ],
)
def test_acts_of_a_responder(text: str, expected: list[tuple[str, str]]) -> None:
    assert acts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Officials confirmed that about 10,000 people had fled.",
        "He was denied entry to the United States.",
        "The judge denied bail.",
        "The court dismissed the case.",
        "The club dismissed its coach.",
        "The patient did not respond to treatment.",
        "The union rejected the offer.",
        "The ruling party conceded defeat.",
        "The hospital admitted 40 patients.",
        "The corridors were quiet.",
    ],
)
def test_other_uses_of_the_same_verbs_are_no_answers(text: str) -> None:
    assert acts(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "“We did not expect this,” the agency said.",
        "“We will not leave,” the agency said.",
        "The forecast was wrong, the agency said.",
        "The agency did not want to leave.",
    ],
)
def test_quoted_words_that_deny_nothing_are_no_answers(text: str) -> None:
    assert acts(text) == []


def test_one_sentence_can_hold_two_acts() -> None:
    text = "Harlow Motors acknowledged the leak but denied any wrongdoing."
    assert acts(text) == [("harlow motors", "confirmed"), ("harlow motors", "denied")]


def test_pronouns_and_generic_nouns_are_the_responder_named_before() -> None:
    text = "Kestrel Energy runs the plant. The company denied a leak. It declined to say more."
    assert acts(text) == [("kestrel energy", "denied"), ("kestrel energy", "declined")]


def test_a_spokeswoman_answers_for_her_body() -> None:
    text = "Ann Berg, a spokeswoman for Kestrel Energy, denied the claim."
    assert acts(text) == [("kestrel energy", "denied")]


def test_acts_stand_in_their_own_clause() -> None:
    document = parse("Lima did not deny it; Nairobi denied the report.")
    found = responses.read(document)
    assert [len(each) for each in found] == [1, 1]
    for clause, (act,) in zip(document.clauses, found, strict=True):
        assert clause.covers(act)
