"""Certainty of each clause, in the scope of its cue."""

import pytest

from claims.engine import certainty
from claims.engine.readings import Span
from tests.claims.engine.statements import clause_with, parse


def of(text: str, words: str) -> str:
    document = parse(text)
    return certainty.read(document)[clause_with(document, words)]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("The bridge is closed.", "closed", "asserted"),
        ("The mayor said that the bridge is closed.", "is closed", "attributed"),
        ("The plant reportedly leaked oil.", "leaked", "hedged"),
        ("The suspect is believed to have fled.", "fled", "hedged"),
        ("The ferry may have hit a rock.", "hit", "possible"),
        ("The team is likely to win.", "win", "possible"),
        ("The dam will open in June.", "open", "predicted"),
        ("Talks begin next Monday.", "begin", "predicted"),
        ("The club wants to build a stand.", "build", "predicted"),
        ("The firm lowered its outlook to 40 million euros.", "40", "predicted"),
        ("Talks began last Monday.", "began", "asserted"),
        ("They have voted to meet next Monday.", "voted", "asserted"),
        ("The club does not want to leave.", "leave", "asserted"),
        ("Most of them would welcome it.", "welcome", "asserted"),
        ("The ministry has ruled out a toll.", "toll", "denied"),
        ("The ministry did not exclude a toll.", "toll", "possible"),
        ("The ministry dismissed the report.", "report", "denied"),
        ("Nothing is known of the crew.", "crew", "unknown"),
        ("The bank expects prices to rise.", "prices", "predicted"),
        ("A second launch is planned for May.", "launch", "predicted"),
        ("The company said that it would close two plants.", "close", "predicted"),
        ("Rents will not rise.", "Rents", "predicted"),
        ("The mayor said on Monday that rents would not rise.", "rents", "predicted"),
        ("Rents would not rise, the mayor said.", "Rents", "predicted"),
        ("The mayor said rents would rise if the vote failed.", "rents would", "conditional"),
        ("The guard would not open the gate.", "guard", "asserted"),
        ("If the vote fails, she will resign.", "resign", "conditional"),
        ("She may resign if the vote fails.", "resign", "conditional"),
        ("It is not yet known whether they will play.", "will play", "unknown"),
        ("Officials debated whether the bridge was safe.", "was safe", "unknown"),
        ("Was the bridge safe?", "bridge", "unknown"),
        ("The cause of the fire is unclear.", "cause", "unknown"),
        ("The minister has yet to decide.", "decide", "unknown"),
        ("The toll could not be independently verified.", "toll", "unknown"),
        ("The firm denied that the plan would cost more.", "cost more", "denied"),
        ("The report is not true.", "report", "denied"),
        ("The paper retracted its story.", "story", "retracted"),
        ("Neither account could be verified.", "account", "unknown"),
        ("What caused the fire is under investigation.", "fire", "unknown"),
        ("The bank kept rates at 5%, as expected.", "rates", "asserted"),
        ("The film earned less than the studio had projected.", "film", "asserted"),
        ("The climbers could not reach the summit.", "summit", "asserted"),
        ("He read the will aloud.", "will", "asserted"),
        ("The show opened in May.", "opened", "asserted"),
    ],
)
def test_words_of_certainty(text: str, words: str, expected: str) -> None:
    assert of(text, words) == expected


def test_a_cue_ends_with_its_clause() -> None:
    text = "The ministry could vaccinate 80,000 by May and has reached 22,000."
    assert of(text, "80,000") == "possible"
    assert of(text, "22,000") == "asserted"


def test_an_expectation_does_not_reach_a_contrasting_clause() -> None:
    text = "The bank expects prices to rise, but wages have fallen."
    assert of(text, "wages") == "asserted"


def test_asking_if_sets_no_condition() -> None:
    assert of("He asked if the shop was open.", "shop was open") == "asserted"


def test_a_past_fact_does_not_depend_on_a_condition_inside_it() -> None:
    text = "The two states signed a pact that pledges help if either is attacked."
    assert of(text, "signed") != "conditional"


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        ("At St. Anne's, the largest of its five schools, it would be 450.", "five", "asserted"),
        ("At St. Anne's, the largest of its five schools, it would be 450.", "450", "conditional"),
        ("Open Taps, a group of 900 tenants, will march.", "900", "asserted"),
        ("Some 900 tenants will march.", "900", "predicted"),
    ],
)
def test_a_figure_in_an_aside_is_not_as_uncertain_as_the_verb(
    text: str, figure: str, expected: str
) -> None:
    document = parse(text)
    (clause,) = document.clauses
    start = text.index(figure)
    span = Span(start=start, end=start + len(figure))
    read_as = certainty.read(document)[0]
    assert certainty.of_figure(document, clause, span, read_as) == expected
