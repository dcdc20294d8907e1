"""Known actors under all their names."""

import pytest

from claims.engine import actors


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("Peru", "peru"),
        ("the Peruvians", "peru"),
        ("Nairobi", "kenya"),
        ("the Beehive", "new zealand"),
        ("Downing Street", "united kingdom"),
        ("the Élysée", "france"),
        ("the Elysee", "france"),
        ("U.S.", "united states"),
        ("Côte d'Ivoire", "ivory coast"),
        ("N’Djamena", "chad"),
        ("WHO", "world health organization"),
        ("the European Commission", "european union"),
        ("Norway's defence ministry", "norway"),
        ("Brazilian officials", "brazil"),
        ("New Zealand's government", "new zealand"),
        ("peru", "peru"),
        ("Kenya health ministry", "kenya"),
    ],
)
def test_names_of_one_actor_have_one_canonical_name(name: str, canonical: str) -> None:
    assert actors.canonical(name) == canonical


@pytest.mark.parametrize(
    "name", ["Harbour Line", "us", "who", "polish", "Bank of America", "Norwegian farmers", "", "("]
)
def test_strangers_have_no_canonical_name(name: str) -> None:
    assert actors.canonical(name) is None


def test_a_spokesman_has_the_name_of_the_body() -> None:
    assert actors.canonical("Ann Lee (U.S. State Department spokeswoman)") == "united states"
    assert actors.canonical("Ann Lee (spokeswoman for Kestrel Energy)") == "kestrel energy"


def found(text: str) -> list[tuple[str, str]]:
    return [(span.of(text), name) for span, name in actors.find(text, 0, len(text))]


def test_the_longest_name_wins() -> None:
    assert found("The UN Security Council met South Sudan's envoy.") == [
        ("UN Security Council", "un security council"),
        ("South Sudan", "south sudan"),
    ]


def test_spans_leave_out_the_possessive_and_lie_inside_the_stretch() -> None:
    text = "In Italy and in Spain’s north"
    start = text.index("and")
    (only,) = actors.find(text, start, len(text))
    assert (only[0].of(text), only[1]) == ("Spain", "spain")


def test_acronyms_need_their_capitals() -> None:
    assert found("He told us who called; the US and the WHO did.") == [
        ("US", "united states"),
        ("WHO", "world health organization"),
    ]


def test_a_country_inside_a_personal_name_is_no_country() -> None:
    assert found("The shop of Michael Jordan closed.") == []
    assert found("Exports to Jordan rose.") == [("Jordan", "jordan")]


def test_names_in_compounds_are_found() -> None:
    assert found("a Canada-based firm") == [("Canada", "canada")]


def test_display_names_are_as_people_write_them() -> None:
    assert actors.display("north korea") == "North Korea"
    assert actors.display("nato") == "NATO"
    assert actors.display("trinidad and tobago") == "Trinidad and Tobago"


@pytest.mark.parametrize(
    ("a", "b"), [("Zelenskyy", "Zelensky"), ("José", "Jose"), ("O’Brien", "O'Brien")]
)
def test_spellings_of_one_name_fold_together(a: str, b: str) -> None:
    assert actors.fold(a) == actors.fold(b)


def test_the_tables_hold_no_name_of_two_nations() -> None:
    names: dict[tuple[str, ...], set[str]] = {}
    for entries in actors.table().values():
        for entry in entries:
            names.setdefault((*entry.pieces, str(entry.upper)), set()).add(entry.canonical)
    assert {pieces for pieces, owners in names.items() if len(owners) > 1} == set()
