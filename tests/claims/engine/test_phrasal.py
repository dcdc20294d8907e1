"""Verbs with a particle in frames."""

import pytest

from claims.engine import frames
from tests.claims.engine.statements import parse


@pytest.mark.parametrize(
    ("text", "verb", "objects"),
    [
        ("The club has called the match.", "call", ("match",)),
        ("The club will call off the match.", "cancel", ("match",)),
        ("The club called the match off.", "cancel", ("match",)),
        ("The bank took over the studio.", "take over", ("studio",)),
        ("The bank took a map over the hills.", "take", ("map",)),
        ("The pump broke in May.", "break", ()),
        ("The abbot gave up the vineyard.", "give up", ("vineyard",)),
        ("The vineyard was given up by the abbot.", "give up", ("vineyard",)),
    ],
)
def test_a_particle_belongs_to_the_verb(text: str, verb: str, objects: tuple[str, ...]) -> None:
    (found,) = frames.read(parse(text))
    assert found is not None
    assert (found.verb, found.objects) == (verb, objects)
