"""Clauses with one predicate each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.engine.parsed import clauses, document

CASES = {
    "reporting verb with that": (
        "The mayor said on Monday that 40 homes had burned.",
        ["The mayor said on Monday that", "40 homes had burned."],
    ),
    "reporting verb without that": (
        "Officials say the strike will go on.",
        ["Officials say", "the strike will go on."],
    ),
    "day between reporting verb and content": (
        "The company said on Tuesday it had sold the plant.",
        ["The company said on Tuesday", "it had sold the plant."],
    ),
    "speaker at the end": (
        "Forty homes burned, the fire chief said.",
        ["Forty homes burned", "the fire chief said."],
    ),
    "speaker with a title in commas": (
        "Forty homes burned, the fire chief, Ann Lee, said on Monday.",
        ["Forty homes burned", "the fire chief, Ann Lee, said on Monday."],
    ),
    "quotation keeps its mark": (
        "“We are losing,” she said.",
        ["“We are losing,”", "she said."],
    ),
    "two verbs of one subject": (
        "The ministry could vaccinate 80,000 by May and has reached 22,000.",
        ["The ministry could vaccinate 80,000 by May", "and has reached 22,000."],
    ),
    "two subjects": (
        "Police arrested 12 people and 30 officers were hurt.",
        ["Police arrested 12 people", "and 30 officers were hurt."],
    ),
    "contrast": (
        "The union denied it, while managers insisted that it was true.",
        ["The union denied it", "while managers insisted that", "it was true."],
    ),
    "condition first": (
        "If they enter, they become targets.",
        ["If they enter", "they become targets."],
    ),
    "semicolon": (
        "The first set went to Park; she lost the second.",
        ["The first set went to Park", "she lost the second."],
    ),
    "two speakers without articles": (
        "Officials said 40 goats died and farmers said 12 more were lost.",
        ["Officials said", "40 goats died", "and farmers said", "12 more were lost."],
    ),
    "measure of time before after": (
        "The strike ended on Friday, two days after it began.",
        ["The strike ended on Friday", "two days after it began."],
    ),
    "measure of time without a comma": (
        "The strike ended two days after it began.",
        ["The strike ended", "two days after it began."],
    ),
    "second verb of saying": (
        "The firm admitted that four engines had stalled but said the fleet was sound.",
        [
            "The firm admitted that",
            "four engines had stalled",
            "but said",
            "the fleet was sound.",
        ],
    ),
    "statement that goes on behind its source": (
        "Two wells dried up, police said, bringing the number to 16.",
        ["Two wells dried up", "police said", "bringing the number to 16."],
    ),
    "relative clause after a comma": (
        "The search was hampered by waves, which reached four metres.",
        ["The search was hampered by waves", "which reached four metres."],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_is_cut(name: str) -> None:
    text, expected = CASES[name]
    assert clauses(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Moscow neither confirmed nor denied the reports.",
        "Over 600 people were killed or wounded in the war.",
        "He met Smith, Jones, and Brown.",
        "Soldiers trained in the east have arrived in the zone.",
        "State media stayed silent on the matter.",
        "The harbour, a gift of the king, is closed.",
        "He won the May vote and a seat on the board.",
    ],
)
def test_stays_whole(text: str) -> None:
    assert clauses(text) == [text]


def test_headings_have_no_clauses() -> None:
    found = document("Harbour shut after fire\n\nThe harbour was shut.")
    assert [clause.sentence for clause in found.clauses] == [1]


def test_indexes_count_through_the_report() -> None:
    found = document("He came and she left. They said it was late.")
    assert [clause.index for clause in found.clauses] == list(range(len(found.clauses)))


@given(st.text(alphabet=st.sampled_from("and said that, the had; who. “”—5%\n"), max_size=200))
def test_clauses_hold_every_word_of_their_sentence(text: str) -> None:
    found = document(text)
    for sentence in found.sentences:
        parts = [one for one in found.clauses if one.sentence == sentence.index]
        if sentence.kind == "sentence":
            kept = "".join(part.of(text) for part in parts)
            assert [c for c in kept if c.isalnum()] == [c for c in sentence.of(text) if c.isalnum()]
