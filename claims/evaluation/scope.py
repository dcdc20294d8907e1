"""Which cases of other suites are news prose, by rules on the case and never on the result.

The suites were made for assistants, chats and spreadsheets. Each rule names a class of text that
no report holds; `docs/quality.md` gives the reasons.
"""

import re
from collections.abc import Mapping
from typing import Any

_FORMULA = re.compile(
    r"[<>=^~*]|\d[eE]\d|\b[xy]\b|\bprime\b|\bequal|\bnumber range\b", re.IGNORECASE
)
_INDIAN = re.compile(r"\b(?:lakh|crore)s?\b|\b\d{1,2},\d{2},\d{3}", re.IGNORECASE)
_FOREIGN = re.compile(r"[^\x00-\u02ff\u2000-\u20cf\u2150-\u215f]")
_WORD = re.compile(r"[A-Za-z]{2,}")
_SENTENCE_WORDS = 4  # fewer words are a bare numeral or a phrase
_FRACTIONS = frozenset(["fraction", "power", "ordinal"])


def out_of_scope(text: str, case: Mapping[str, Any]) -> str:
    """Why a case is no news prose, in one word; empty where it is."""
    if _FOREIGN.search(text):
        return "script"
    if _FORMULA.search(text):
        return "formula"
    if _INDIAN.search(text):
        return "grouping"
    kinds = {str((result.get("Resolution") or {}).get("subtype", "")) for result in _results(case)}
    if kinds and kinds <= _FRACTIONS:
        return "fraction"
    return "" if len(_WORD.findall(text)) >= _SENTENCE_WORDS else "phrase"


def _results(case: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return list(case.get("Results") or ())
