"""Lines that say only when a report was published or last changed."""

import re
from itertools import pairwise

# The words of which such a line is made besides figures: what it says of the report, days, months,
# parts of the day, zones (RFC 5322's, Unicode CLDR's short English ones for Europe, the rest by
# offset), and small words. A line with any other word is no date line.
_STAMPS = """
    updated published modified revised posted edited created amended release released refreshed
    """.split()
_MONTHS = """
    jan january feb february mar march apr april may jun june jul july aug august sep sept september
    oct october nov november dec december
    """.split()
_DAYS = """
    mon monday tue tues tuesday wed weds wednesday thu thur thurs thursday fri friday sat saturday
    sun sunday
    """.split()
_ZONES = """
    gmt utc z bst est edt cst cdt mst mdt pst pdt et ct mt pt ist cet cest eet eest wet west msk jst
    kst hkt sgt aest aedt acst acdt awst nzst nzdt sast eat wat cat pkt local time
    """.split()
_SMALL = """
    last first originally on at the of and a an ago since date am pm a.m p.m noon midnight today
    yesterday just now hour hours hr hrs minute minutes min mins second seconds sec secs day days
    week weeks
    """.split()
_KNOWN = frozenset((*_STAMPS, *_MONTHS, *_DAYS, *_ZONES, *_SMALL))
_STAMPED = frozenset(_STAMPS)
_MONTH_NAMES = frozenset(_MONTHS)
_CLOCK = re.compile(r"^\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:am|pm|z)?$|^\d{1,2}(?:am|pm)$")
_DAY_FORM = re.compile(
    r"^\d{4}-\d{2}-\d{2}(?:t[\d:.]+(?:z|[+-][\d:]+)?)?$|^\d{1,2}[/.]\d{1,2}[/.]\d{2,4}$"
)
_FIGURE = re.compile(r"^\d{1,4}(?:st|nd|rd|th)?$|^(?:gmt|utc)?[+-]\d{1,2}(?::?\d{2})?$")
_YEAR = re.compile(r"^(?:18|19|20|21)\d{2}$")
_WORD = re.compile(r"[^\s,()\[\]]+")
_PARTS = re.compile(" ?[|\u00b7\u2022\u2013\u2014] ?| - ")
_MOST_WORDS = 24
_HEAD_LINES = 4
_MOST_BARE = 2  # more lines that are only a date are the headings of a timeline


def without_date_lines(text: str) -> str:
    """The text without the lines, and the parts of a byline, that only date the report.

    A line that says so ("Last modified on ...") counts anywhere. A bare date with a year or a clock
    time counts only among the first four lines of a text with at most two of them: elsewhere it
    heads what happened then. The day of an agency's dateline stays, for it dates what follows.
    """
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    bare = sum(_says(part) == "bare" for line in lines for part in _PARTS.split(line))
    kept = []
    for number, line in enumerate(lines):
        bares_go = number < _HEAD_LINES and bare <= _MOST_BARE
        parts = [part for part in _PARTS.split(line) if not _is_date(part, bares_go=bares_go)]
        kept.append(" | ".join(parts))
    return "\n".join(filter(None, kept))


def _is_date(part: str, *, bares_go: bool) -> bool:
    says = _says(part)
    return says == "stamp" or (says == "bare" and bares_go)


def _says(part: str) -> str:
    """ "stamp" for a line that dates the report in words, "bare" for a full date, else nothing."""
    words = [word.strip(".:;").casefold() for word in _WORD.findall(part[:200])]
    words = [word for word in words if word]
    if not words or len(words) > _MOST_WORDS or len(part) > 200:
        return ""
    if not all(_is_known(word) for word in words):
        return ""
    has_clock = any(map(_CLOCK.match, words))
    has_day = any(map(_DAY_FORM.match, words)) or _has_written_day(words)
    if _STAMPED.intersection(words):
        is_dated = has_clock or has_day or any(map(_FIGURE.match, words))
        return "stamp" if is_dated or {"today", "now", "ago"}.intersection(words) else ""
    has_year = any(map(_YEAR.match, words)) or any(map(_DAY_FORM.match, words))
    return "bare" if has_day and (has_year or has_clock) else ""


def _is_known(word: str) -> bool:
    forms = (_CLOCK, _DAY_FORM, _FIGURE)
    return word in _KNOWN or any(form.match(word) for form in forms)


def _has_written_day(words: list[str]) -> bool:
    """Whether a month stands beside a figure, as in "Oct 23" and "23rd October"."""
    return any(
        {one, other} & _MONTH_NAMES and (_FIGURE.match(one) or _FIGURE.match(other))
        for one, other in pairwise(words)
    )
