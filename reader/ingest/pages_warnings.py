"""Shapes of pages whose text may not be the whole report, as codes for a person to look at."""

import re

from reader.ingest.tokens import words

_TAIL = re.compile(
    r"(?:subscribe|sign (?:up|in)|log ?in|register|join)(?: now| today| here)?"
    r" (?:to|and) (?:continue|keep|read|view|unlock|see)"
    r"|to (?:continue|keep) reading|continue reading (?:with|for)|read the full (?:story|article)"
    r"|(?:for|to|by) (?:our )?(?:subscribers|members) only|already (?:a|have a) (?:subscri|member)"
    r"|subscriber[- ]only|unlock (?:this|the) (?:story|article)|become a (?:member|subscriber)"
    r"|start your (?:free )?trial|free articles? (?:left|remaining)",
)
_CUT_SHORT = re.compile(r"(?:\u2026|\.{3}|\[[. \u2026]+\])[\"\u201d')\]]*\s*\Z")
_SIGNS = ("continue", "keep", "member", "read", "subscri", "trial", "unlock", "remaining", "left")
_END = 20
_STUB = 250  # words: longer ones are the report, whatever stands below it
_WALL = 150
_CONSENT = words(
    """
    accept consent consents cookie cookies gdpr partners personalised personalized preferences
    privacy reject tracking vendors
    """
)
_SIGNS_OF_CONSENT = 4
_WORD = re.compile(r"[a-z]+")
_CLOCK = re.compile(r"^\d{1,2}[:.h]\d{2}(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?$", re.MULTILINE)
_ENTRIES = 4


def shapes_of(shown: str, kept: str) -> tuple[str, ...]:
    """What a page looks like by the text that it shows and the text that was kept of it.

    Codes: paywall, cookie_wall, live_blog.
    """
    count = len(kept.split())
    found = {
        "paywall": count < _STUB and _is_stub(shown, kept),
        "cookie_wall": count < _WALL and _is_about_consent(kept or shown),
        "live_blog": len(_CLOCK.findall(shown)) >= _ENTRIES,
    }
    return tuple(code for code, is_so in found.items() if is_so)


def _is_stub(shown: str, kept: str) -> bool:
    if _CUT_SHORT.search(kept[-_END:]):
        return True
    lower = shown.lower()
    return any(sign in lower for sign in _SIGNS) and bool(_TAIL.search(lower))


def _is_about_consent(text: str) -> bool:
    return len(_CONSENT & set(_WORD.findall(text.lower()))) >= _SIGNS_OF_CONSENT
