"""Which cases of other people's suites count as news prose."""

import pytest

from claims.evaluation.scope import out_of_scope

FRACTION = {"Results": [{"Resolution": {"subtype": "fraction", "value": "0.25"}}]}
INTEGER = {"Results": [{"Resolution": {"subtype": "integer", "value": "40"}}]}
CASES = {
    "a sentence": ("Some 40 boats were lost in the storm.", INTEGER, ""),
    "a formula": ("Find what is x>10 in all these rows", INTEGER, "formula"),
    "another script": ("Hey, the cost is 100元 all in all", INTEGER, "script"),
    "Indian grouping": ("They paid three lakh for the house", INTEGER, "grouping"),
    "a fraction": ("He ate a quarter of the cake alone", FRACTION, "fraction"),
    "a bare numeral": ("twenty-one", INTEGER, "phrase"),
    "no results": ("Some 40 boats were lost.", {}, ""),
}


@pytest.mark.parametrize("name", CASES)
def test_a_case_is_out_of_scope_by_its_kind(name: str) -> None:
    text, case, reason = CASES[name]
    assert out_of_scope(text, case) == reason
