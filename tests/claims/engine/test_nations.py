"""The table of nations against a kept list: every member of the UN, its people and its capital."""

import json
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Any

import pytest

from claims.engine import actors

# Two-letter codes of ISO 3166 of the 193 members and the two observers.
MEMBERS = """
AF AL DZ AD AO AG AR AM AU AT AZ BS BH BD BB BY BE BZ BJ BT BO BA BW BR BN BG BF BI CV KH CM CA CF
TD CL CN CO KM CG CD CR CI HR CU CY CZ DK DJ DM DO EC EG SV GQ ER EE SZ ET FJ FI FR GA GM GE DE GH
GR GD GT GN GW GY HT HN HU IS IN ID IR IQ IE IL IT JM JP JO KZ KE KI KP KR KW KG LA LV LB LS LR LY
LI LT LU MG MW MY MV ML MT MH MR MU MX FM MD MC MN ME MA MZ MM NA NR NP NL NZ NI NE NG MK NO OM PK
PW PA PG PY PE PH PL PT QA RO RU RW KN LC VC WS SM ST SA SN RS SC SL SG SK SI SB SO ZA SS ES LK SD
SR SE CH SY TJ TZ TH TL TG TO TT TN TR TM TV UG UA AE GB US UY UZ VU VE VN YE ZM ZW VA PS
""".split()
# What the list names otherwise, or what would be found where it is not meant.
NOT_OURS: Mapping[tuple[str, str], str] = {
    ("AG", "Saint John's"): "a city of Canada too",
    ("CG", "Congolese"): "of two nations; the larger one has it",
    ("DO", "Dominican"): "of two nations",
    ("PS", "Jerusalem"): "claimed by two; as a speaker it is Israel's government",
    ("SC", "Victoria"): "a state, a queen and a first name",
    ("SM", "City of San Marino"): "the nation itself",
}


def rows() -> Iterator[tuple[str, Mapping[str, Any]]]:
    folder = resources.files("countryinfo") / "data"
    for file in sorted(folder.iterdir(), key=lambda found: found.name):
        if file.name.endswith(".json"):
            row = json.loads(file.read_text(encoding="utf-8"))
            yield (row.get("ISO") or {}).get("alpha2", ""), row


def names_of(value: object) -> list[str]:
    """One name or several: lists, or names with commas between them."""
    given = value if isinstance(value, list) else str(value or "").split(",")
    parts = [part.strip() for name in given for part in str(name).split(" and ")]
    return [part for part in parts if part]


LISTED = {code: row for code, row in rows() if code in MEMBERS}


@pytest.mark.parametrize("code", MEMBERS)
def test_a_member_is_known_by_its_name_its_people_and_its_capital(code: str) -> None:
    row = LISTED[code]
    nation = actors.canonical(row["name"])
    assert nation in actors.nations()
    for name in [*names_of(row.get("demonym")), *names_of(row["capital"])]:
        if (code, name) not in NOT_OURS:
            assert actors.canonical(name) == nation, name


def test_what_is_left_out_would_be_missed_otherwise() -> None:
    assert len(MEMBERS) == len(set(MEMBERS)) == 195
    for code, name in NOT_OURS:
        row = LISTED[code]
        assert name in [*names_of(row.get("demonym")), *names_of(row["capital"])]
        assert actors.canonical(name) != actors.canonical(row["name"])


@pytest.mark.parametrize(
    ("seat", "nation"),
    [
        ("the Élysée", "france"),
        ("Downing Street", "united kingdom"),
        ("the White House", "united states"),
        ("the Farnesina", "italy"),
        ("Aiwan-e-Sadr", "pakistan"),
        ("the Grand Serail", "lebanon"),
        ("Cheong Wa Dae", "south korea"),
    ],
)
def test_a_seat_stands_for_its_government_and_is_no_land(seat: str, nation: str) -> None:
    assert actors.canonical(seat) == nation
    ((_, entry),) = actors.matches(seat, 0, len(seat))
    assert (entry.place, entry.demonym) == (False, False)


@pytest.mark.parametrize(
    "text",
    [
        "They said that Michael Jordan scored.",
        "Georgia Hale won the race.",
        "Chad Miller resigned.",
        "They ate turkey and drank from china cups.",
        "Paris Hilton arrived.",
        "Sofia Marsh answered.",
    ],
)
def test_people_and_things_with_the_name_of_a_nation_are_none(text: str) -> None:
    assert actors.find(text, 0, len(text)) == []


@pytest.mark.parametrize(
    ("text", "nation"),
    [
        ("Jordan denied it.", "jordan"),
        ("Officials in Georgia agreed.", "georgia"),
        ("Chad has closed its border.", "chad"),
        ("Turkey said so.", "turkey"),
    ],
)
def test_the_same_names_alone_are_nations(text: str, nation: str) -> None:
    assert [name for _, name in actors.find(text, 0, len(text))] == [nation]
