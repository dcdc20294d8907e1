"""What people type, in the engine's forms; what it wrote itself stays."""

import pytest

from claims.engine import compare, typed
from tests.claims.engine.test_compare import SLUGS, reports_of


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("Soldiers", "soldier"),
        ("troops", "soldier"),
        ("polling stations", "polling station"),
        ("%", "percent"),
        ("€", "eur"),
        (" ", None),
    ],
)
def test_units_stand_in_the_singular(written: str, unit: str | None) -> None:
    assert typed.unit(written) == unit


@pytest.mark.parametrize(
    ("written", "actor"),
    [("Pyongyang", "north korea"), ("the Harbour Office", "harbour office"), ("The", "")],
)
def test_actors_have_one_name(written: str, actor: str) -> None:
    assert typed.actor(written) == actor


@pytest.mark.parametrize(
    ("written", "place"), [("the Netherlands", "netherlands"), (" Kursk ", "kursk"), (" ", None)]
)
def test_places_have_one_name(written: str, place: str | None) -> None:
    assert typed.place(written) == place


@pytest.mark.parametrize("slug", SLUGS)
def test_the_engines_own_readings_stay(slug: str) -> None:
    claims = compare.read(reports_of(slug)).claims
    assert [typed.normal(claim.reading) for claim in claims] == [one.reading for one in claims]
