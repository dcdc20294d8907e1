"""Sources that no that-clause shows: acts of speech, figures of one's own, live blogs, roles."""

import pytest

from claims.engine import attribution
from tests.claims.engine.parsed import document


def speakers(text: str) -> list[tuple[str, str]]:
    """The last link of each clause that has a source."""
    chains = attribution.read(document(text))
    return [(chain[-1].name, chain[-1].kind) for chain in chains if chain]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The harbour ministry rejected the claim.", "harbour ministry"),
        ("The harbour ministry has ruled out a toll.", "harbour ministry"),
        ("The harbour ministry announced a review.", "harbour ministry"),
        ("The harbour ministry expects to earn 40 million euros.", "harbour ministry"),
        ("The harbour ministry wants the city to pay 40 million euros.", "harbour ministry"),
        ("The police have corrected their figure for arrests to 47.", "police"),
        (
            "Losses came to 90 million crowns, by the harbour ministry's figures.",
            "harbour ministry",
        ),
        ("Four wells have run dry, so the harbour ministry.", "harbour ministry"),
        ("The police call this “absurd”.", "police"),
        ("13:45 The harbour ministry says 40 ships are late.", "harbour ministry"),
        ("According to the works council the management had agreed on the cut.", "works council"),
        ("Fares are to fall, the mayor told our station, because the city is rich.", "mayor"),
    ],
)
def test_who_acts_by_speaking_is_the_source(text: str, name: str) -> None:
    assert [each for each, _ in speakers(text)][:1] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "The harbour ministry did not reject the claim.",
        "The claim was rejected.",
        "The profit forecast for the year was lowered to 40 million euros.",
        "The mayor called an ambulance.",
        "The ship expects rain.",
        "The roof fell in by the church's tower.",
    ],
)
def test_an_event_has_no_source(text: str) -> None:
    assert speakers(text) == []


@pytest.mark.parametrize("name", ["Summers", "Dawn", "Winters"])
def test_somebody_may_have_the_name_of_a_time(name: str) -> None:
    for text in (
        f"Four wells have run dry, according to {name}.",
        f"Citing {name}, it spoke of rain.",
    ):
        assert [each for each, _ in speakers(text)] == [name]


def test_she_is_the_holder_of_a_role_named_before() -> None:
    text = "“We regret it,” the head of personnel said. She said talks would go on."
    assert speakers(text)[-1] == ("head of personnel", "person")


def test_it_is_the_office_that_was_asked() -> None:
    text = "We asked the harbour ministry about the toll. It said nothing had changed."
    assert speakers(text)[-1] == ("harbour ministry", "institution")


def test_the_company_is_the_one_that_acted_last() -> None:
    text = "Kestrel Energy cut 40 jobs at its Belmar plant. Work goes on, the company said."
    assert speakers(text)[-1] == ("Kestrel Energy", "institution")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The inquiry will report by next spring, the ministry said.", "ministry"),
        ("The inquiry will report by the end of the year, the mayor said.", "mayor"),
        ("Three are dead, Thornby General Hospital said.", "Thornby General Hospital"),
        ("It never left port, General Staff spokesman Colonel Rurik Tann said.", "Rurik Tann"),
        ("Passengers of the Lady Maud said it was dark.", "Passengers of the Lady Maud"),
        ("Voss, who took over in May, said the bank was sound. She said it had cash.", "Voss"),
        ("Pike says the price is old. It would be less, he said.", "Pike"),
        ("The army said its troops had fired back. It reported two dead.", "army"),
        (
            "Work at Kestrel's Morley plant is over and 350 people are at home, the company said.",
            "Kestrel",
        ),
        ("A whistleblower says bosses knew in July. “It was May,” he said.", "whistleblower"),
    ],
)
def test_no_time_ship_or_thing_is_the_source(text: str, name: str) -> None:
    assert speakers(text)[-1][0].partition(" (")[0] == name


def test_the_label_of_a_script_is_no_company() -> None:
    text = "PRESENTER: Good evening. The company says that 40 trains ran."
    assert set(speakers(text)) == {("company", "institution")}
