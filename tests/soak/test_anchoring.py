"""Ten thousand random edits of the corpus: the figures that docs/engine.md names."""

import sys

from tests.claims.engine import carried

EDITS = 10_000
SEED = 20261122


def test_ten_thousand_edits_leave_hardly_a_span_on_other_text() -> None:
    counts = carried.measure(EDITS, SEED)
    found = carried.shares(counts)
    sys.stdout.write("\n".join([*carried.table(counts), str(found), ""]))
    assert found["honest"] >= 0.99
    assert found["wrong"] <= 0.001
    assert found["false"] <= 0.01
    assert found["placed"] >= 0.97
