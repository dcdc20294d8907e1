"""Chains of sources on sentences about many subjects."""

import pytest

from claims.engine import attribution, extraction, frames
from tests.claims.engine.statements import clause_with, parse


def chain(text: str, words: str) -> list[tuple[str, str]]:
    document = parse(text)
    links = attribution.read(document)[clause_with(document, words)]
    return [(link.name, link.kind) for link in links]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (
            "The health ministry said on Monday that 40 people had died.",
            "had died",
            [("health ministry", "institution")],
        ),
        (
            "Prices rose by 4% in March, the statistics office said.",
            "Prices rose",
            [("statistics office", "institution")],
        ),
        (
            "Prices rose by 4%, the statistics office said on Friday, correcting a figure of 5%.",
            "correcting",
            [("statistics office", "institution")],
        ),
        (
            "The dam holds, the water board said in a statement, adding to earlier assurances.",
            "adding",
            [("water board", "institution")],
        ),
        (
            "According to the harbour police, two men swam ashore.",
            "swam ashore",
            [("harbour police", "institution")],
        ),
        (
            "Two men swam ashore, according to witnesses.",
            "swam ashore",
            [("witnesses", "anonymous")],
        ),
        (
            "“It fell without warning,” said Ann Berg, a spokeswoman for Kestrel Energy.",
            "It fell",
            [("Ann Berg (spokeswoman for Kestrel Energy)", "person")],
        ),
        (
            "The striker will miss the final, his coach told Reuters.",
            "will miss",
            [("Reuters", "agency"), ("his coach", "person")],
        ),
        (
            "A report by Amnesty International found that 30 prisoners were held.",
            "were held",
            [("Amnesty International", "institution")],
        ),
        (
            "Scientists estimate 12,000 birds died.",
            "birds died",
            [("Scientists", "anonymous")],
        ),
        ("The study found that sleep improves memory.", "sleep improves", [("study", "document")]),
        ("The singer is said to have left the band.", "to have left", [("unknown", "unknown")]),
        ("The plant reportedly leaked oil.", "leaked oil", [("unknown", "unknown")]),
        (
            "Variety reported, citing two people close to the studio, that the budget doubled.",
            "budget doubled",
            [("Variety", "agency"), ("two people", "anonymous")],
        ),
        (
            "Scientists at the lab say they saw a signal.",
            "saw a signal",
            [("Scientists at the lab", "anonymous")],
        ),
        (
            "By then, police estimate, 17,000 people had come.",
            "17,000",
            [("police", "institution")],
        ),
        ("The union puts the figure at more than 900.", "900", [("union", "institution")]),
        (
            "The Sea Heron carried 212 people, according to its operator, Harbour Line.",
            "212",
            [("Harbour Line", "institution")],
        ),
        (
            "Open Taps, the alliance that had called the march, counted 64,000.",
            "64,000",
            [("Open Taps", "institution")],
        ),
        (
            "The toll rose, the Hospital Staff Union (HSU) said.",
            "toll rose",
            [("Hospital Staff Union", "institution")],
        ),
        (
            "Matt Hill of the U.S. State Department said talks go on.",
            "talks go on",
            [("Matt Hill (U.S. State Department)", "person")],
        ),
        ("Tesla recalled 120,000 vehicles after regulators found a fault.", "120,000", []),
        (
            "Ed Moya, senior analyst for Oanda in New York told Reuters, “A signal has come.”",
            "A signal",
            [("Reuters", "agency"), ("Ed Moya", "person")],
        ),
        (
            "Ida Moe — who, as a minister, wrote the law — said that prices fell.",
            "prices fell",
            [("Ida Moe", "person")],
        ),
        ("The report suggests that costs fell.", "costs fell", [("report", "document")]),
        ("The drop in prices suggests that demand fell.", "demand fell", []),
        ("The bridge is closed.", "is closed", []),
        ("The union has not said when the strike ends.", "strike ends", []),
    ],
)
def test_sources_are_found_before_and_after_what_they_say(
    text: str, words: str, expected: list[tuple[str, str]]
) -> None:
    assert chain(text, words) == expected


def test_a_saying_inside_a_saying_is_nested() -> None:
    text = "The mayor said the fire service had told her that three people were missing."
    assert [name for name, _ in chain(text, "were missing")] == ["mayor", "fire service"]


def test_a_briefing_adds_its_giver_behind_the_speaker() -> None:
    text = "After a briefing by the Coast Guard, lawmaker Ida Moe said two ships had sunk."
    assert [name for name, _ in chain(text, "had sunk")] == ["Ida Moe", "Coast Guard"]


def test_the_scope_ends_where_another_clause_contradicts() -> None:
    text = "The ministry said that 40 had died, but the hospital put the toll at 60."
    assert [name for name, _ in chain(text, "60")] == ["hospital"]
    assert [name for name, _ in chain(text, "40")] == ["ministry"]


def test_pronouns_are_the_last_speaker() -> None:
    text = (
        "Ann Berg, the mayor of Leeds, said that the hall will close. She added that rents rose. "
        "Kestrel Energy runs the plant. It said that output fell."
    )
    assert chain(text, "rents rose")[0][0].startswith("Ann Berg")
    assert chain(text, "output fell")[0][0] == "Kestrel Energy"


def test_a_last_name_is_the_person_named_in_full_anywhere() -> None:
    text = "Moe said that the vote is off. Ida Moe leads the council."
    assert chain(text, "is off") == [("Ida Moe", "person")]


def test_a_ministry_without_a_country_takes_the_one_that_acts_before_it() -> None:
    text = "Lima denied the report; foreign ministry spokesman Juan Rey said it was false."
    assert chain(text, "was false") == [("Juan Rey (Peru foreign ministry spokesman)", "person")]


def test_quoted_sentences_belong_to_the_last_speaker() -> None:
    text = "“I saw it,” Ida Moe said. “It was huge.” The lake is deep."
    assert [name for name, _ in chain(text, "was huge")] == ["Ida Moe"]
    assert chain(text, "lake is deep") == []


def test_each_half_of_a_contrast_keeps_its_own_source() -> None:
    text = "Power was cut, according to the utility, but was restored by noon, the governor said."
    assert [name for name, _ in chain(text, "was cut")] == ["utility"]
    assert [name for name, _ in chain(text, "restored")] == ["governor"]


def test_a_demonym_can_be_the_person_who_spoke() -> None:
    text = "Manager Luis Rey said that the squad is fit. The Spaniard said that he stays."
    assert chain(text, "he stays") == [("Luis Rey", "person")]


def test_offices_and_initials_are_resolved() -> None:
    text = (
        "Peru's Civil Aviation Agency said that nobody was hurt. The agency added that the pilot "
        "was tired. The Farm Workers Union called a strike. The FWU said that talks broke down."
    )
    assert chain(text, "was tired")[0][0] == "Peru's Civil Aviation Agency"
    assert chain(text, "broke down") == [("Farm Workers Union", "institution")]


def test_links_carry_the_place_and_the_cue() -> None:
    document = parse("The bank said that profits fell.")
    (link,) = attribution.read(document)[clause_with(document, "profits fell")]
    assert (link.cue, document.text[link.start : link.end]) == ("said", "The bank")


def test_every_clause_has_a_chain() -> None:
    document = parse("The bank said that profits fell.\n\nNobody knows why, it added.")
    assert len(attribution.read(document)) == len(document.clauses)


def test_whoever_is_told_is_never_the_source() -> None:
    text = "Lead author Ida Moe told a congress in Lima that the moss grew by 40 percent."
    assert chain(text, "moss grew") == [("Ida Moe", "person")]
    text = "The moss grew by 40 percent, lead author Ida Moe told a congress in Lima."
    assert chain(text, "moss grew") == [("Ida Moe", "person")]


@pytest.mark.parametrize("joined", ["but said", "and said that"])
def test_a_second_saying_goes_on_with_the_first_speaker(joined: str) -> None:
    text = f"Nordal admitted that four engines had stalled {joined} the fleet was sound."
    assert [name for name, _ in chain(text, "had stalled")] == ["Nordal"]
    assert [name for name, _ in chain(text, "was sound")] == ["Nordal"]


def test_a_coordinated_clause_with_its_own_saying_ends_the_first() -> None:
    text = "Divers reported that there were leaks, and the owner admitted that 12 pipes had burst."
    assert [name for name, _ in chain(text, "were leaks")] == ["Divers"]
    assert [name for name, _ in chain(text, "pipes had burst")] == ["owner"]


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            "The search ended, two days after a storm that sank 11 boats, the harbour agency said.",
            "sank 11 boats",
            "harbour agency",
        ),
        ("Two wells dried up, the mayor said, including a new one.", "a new one", "mayor"),
        ("Two wells dried up, police said, bringing the number to 16.", "the number", "police"),
        ("Fares will fall by 4 percent, the government promised.", "Fares", "government"),
        ("The sale is off, a source close to the talks said.", "sale is off", "source"),
    ],
)
def test_a_source_at_the_end_covers_what_stands_around_it(text: str, words: str, name: str) -> None:
    assert [each for each, _ in chain(text, words)] == [name]


def test_a_clause_behind_that_has_its_own_subject() -> None:
    assert chain("Moe told reporters that the road was wet.", "was wet")[0][0] == "Moe"
    (_, content) = frames.read(parse("Moe told reporters that the road was wet."))
    assert content is not None
    assert content.subjects == ("road",)


@pytest.mark.parametrize(
    "text",
    [
        "The well is dry, the mayor said.",
        "The well is dry, the government promised.",
        "The well is dry, a source close to the talks said.",
        "The well is dry, the chairman told villagers on Monday.",
        "The well is dry, the chairman told a congress in Lima.",
    ],
)
def test_words_that_only_tell_who_speaks_are_no_claim(text: str) -> None:
    assert [claim.exact for claim in extraction.claims(parse(text))] == ["The well is dry"]


def test_the_company_and_it_are_never_a_person() -> None:
    text = "Nordal Foods shut a mill. Olga Brandt resigned. The company said that profits fell."
    assert chain(text, "profits fell") == [("Nordal Foods", "institution")]
    text = "Olga Brandt said that she resigned. It said that profits fell."
    assert ("Olga Brandt", "person") not in chain(text, "profits fell")


@pytest.mark.parametrize(
    "first",
    [
        "Olga Brandt leads the clinic.",
        "Olga Brandt, a baker from Leeds, won.",
        "Former Belmar mayor Olga Brandt won.",
        "The prize went to Olga Brandt.",
    ],
)
def test_a_bare_last_name_is_the_person_named_before(first: str) -> None:
    text = f"{first} Brandt said that the road was wet."
    assert chain(text, "road was wet") == [("Olga Brandt", "person")]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("The union has dismissed as speculation reports that the mill will close.", "close", []),
        ("Experience shows that storms come in May.", "storms come", []),
        (
            "Captain Peter Lund spoke on Monday. By his account, 12 people were on the boat.",
            "on the boat",
            ["Peter Lund"],
        ),
        ("The mill fell silent as officials said that it will close.", "close", ["officials"]),
    ],
)
def test_what_a_thing_is_called_or_taught_by_is_no_speaker(
    text: str, words: str, expected: list[str]
) -> None:
    found = [name for name, _ in chain(text, words) if name != "union"]
    assert found == expected
