"""Notes in which a report says that it was corrected.

Newsrooms write them alike: a label ("Correction:", "Clarification, 3 May:"), a sentence on an
earlier version of the report with a word for the error, or one on this report having been
corrected or amended. Reuters' handbook asks that such a line says "corrects" or "correcting"; other
desks' rules ask for verbs such as misstated, misidentified, omitted. An editor's note or an update
counts only with such a word: many of them only disclose something, or announce more.
"""

import re
from collections.abc import Set

from reader.versions_marks import plain

_MOST = 1000  # the length of the column
_READ_ON = 4  # sentences of a note in which the word for the error must stand
_SENTENCE_ENDS = re.compile(
    "(?:(?<=[.!?])|(?<=[.!?][\"'\u2019\u201d)\\]]))\\s+(?=[\"'\u2018\u201c(\\[]?[A-Z])"
)
# not in quotation marks: those are somebody else's words
_OPENS = r"^[^\w\"']*"
_THING = (
    r"(?:live )?(?:article|story|report|piece|post|item|column|dispatch|despatch|headline|caption"
    r"|graphic|chart|table|map|page|blog|entry|obituary|review|interview|profile|transcript|copy"
    r"|summary|newsletter|feature|explainer|analysis|version|list|timeline|alert)"
)
_THIS = rf"(?:this|our)(?: [\w'.-]+){{0,2}} {_THING}"
_EARLIER = r"(?:earlier|previous|original|initial|first|prior)"
_ERROR = (
    r"(?:mis(?:stat|spel|identif|attribut|report|quot|nam|represent|calculat|interpret|translat"
    r"|character|label|dat|gave|plac|led|count)\w*|incorrect\w*|inaccura\w*|erroneous\w*|wrongly"
    r"|mistake\w*|mistaken\w*|in error|errors?|overstat\w+|understat\w+|omitted|failed to|confused"
    r"|conflated|transposed|correct(?:ed|s|ing|ions?)?|clarif\w+|retract\w*)"
)
_SAID = (
    r"(?:said|stated|gave|reported|named|described|referred|attributed|identified|suggested"
    r"|indicated|implied|quoted|put|listed|called|used|showed|included|contained|did not|had)"
)
_MENDED = r"(?:corrected|clarified|amended|retracted)"
_TOUCHED = r"(?:updated|changed|edited|revised|modified|altered|republished|refiled)"
_TO_MEND = r"(?:to|by|and) (?:correct|clarify|fix|amend|rectify)\w*|correct(?:s|ing|ion)\b"
_WAS = r"(?:has been|was|have been|were|is|has since been|had been)(?: \w+ly)?"
# what may stand before "earlier version" where a sentence begins with it
_LEAD = r"(?:(?:because of|due to|owing to|through|as a result of|in|after)\b[^.]{0,60}?,? ?)?"
_ITS = r"(?:the (?:headline|caption|text|standfirst|summary|url) (?:of|on|to|in|for) )?"
_NOTES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        (
            rf"{_OPENS}{_LEAD}(?:an?|the|our|two|some)? ?{_EARLIER} (?:versions?|{_THING})"
            rf" (?:of|to|on|for|in|with) (?:this|the|our)(?: [\w'-]+){{0,2}} {_THING}\b"
            rf".*?\b(?:{_ERROR}|{_SAID})\b"
        ),
        (
            rf"{_OPENS}{_ITS}"
            rf"{_THIS},?(?: [^.]{{0,40}})? {_WAS} {_MENDED}\b"
        ),
        (
            rf"{_OPENS}{_ITS}"
            rf"(?:{_THIS}|the (?:story|article|headline|caption|post)),?(?: [^.]{{0,40}})? {_WAS}"
            rf" (?:{_TOUCHED}|{_MENDED})\b.*?(?:{_TO_MEND})"
        ),
        rf"{_OPENS}{_THIS}(?: \w+)? (?:incorrectly|mistakenly|wrongly|erroneously|inaccurately) \w",
        rf"{_OPENS}{_THIS} (?:(?:previously|originally|initially) {_SAID}|mis\w+(?:ed|elt|ook))\b",
        rf"{_OPENS}(?:corrects|correcting|refiles|clarifies)\b",
        r"^\((?:removes|fixes|recasts to correct)\b",
        rf"{_OPENS}(?:it|this|the story) was (?:\w+ ){{0,4}}(?:to|and) (?:correct|clarify)",
        rf"{_OPENS}a (?:correction|clarification) (?:was|has been) (?:made|added|issued|appended)",
        rf"{_OPENS}we (?:regret|apologi[sz]e for) the (?:error|mistake|inaccurac\w+)",
    )
)
_LABEL = re.compile(
    rf"{_OPENS}(?:(?:corrections?|clarifications?|corrected|clarified|erratum|errata|retraction)"
    r"(?: (?:and|&) (?:corrections?|clarifications?))?)"
    r"(?: ?(?:[:.]| - )|\)|(?:[,(]| \(| on | appended)[^:]{0,50}:|$)",
    re.IGNORECASE,
)
_NOTED = re.compile(
    rf"{_OPENS}(?:editor'?s?'? note|note (?:to|for) (?:our )?(?:readers|editors)|update|note)\b"
    r"[^:]{0,50}(?::| - )",
    re.IGNORECASE,
)
_MENDING = re.compile(
    rf"\b(?:{_ERROR}|{_EARLIER} version|previously (?:said|stated)|originally (?:said|stated)"
    r"|amended)\b",
    re.IGNORECASE,
)


_STANDS_ALONE = re.compile(_OPENS + r"[\w' &]{5,40}[\W_]*$")


def correction_note(old_text: str, new_text: str) -> str:
    """The words in which the new text says that it was corrected, where the old one did not.

    At most 1,000 characters, on one line; empty where it says nothing of the kind.
    """
    known = {plain(sentence) for line in _lines(old_text) for sentence in _sentences(line)}
    lines = _lines(new_text)
    notes = [_note(line, after, known) for line, after in zip(lines, [*lines[1:], ""], strict=True)]
    text = " ".join(filter(None, notes))
    return text if len(text) <= _MOST else f"{text[: _MOST - 2].rsplit(' ', 1)[0]} \u2026"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _sentences(line: str) -> list[str]:
    return _SENTENCE_ENDS.split(line)


def _note(line: str, after: str, known: Set[str]) -> str:
    """What is new of a correction in this line; a label that stands alone speaks for the next."""
    sentences = _sentences(line)
    forms = [plain(sentence[:_MOST]) for sentence in sentences]
    first = next(
        (
            at
            for at, form in enumerate(forms)
            if _says_so(form, " ".join(forms[at : at + _READ_ON]), at)
        ),
        None,
    )
    if first is None:
        return ""
    if _STANDS_ALONE.search(forms[0]) and len(forms) == 1:
        fresh = [one for one in _sentences(after) if one and plain(one) not in known]
        return " ".join([line, *fresh]) if fresh else ""
    for at in range(first, len(sentences)):
        if plain(sentences[at]) not in known:
            return " ".join(sentences[at:])
    return ""


def _says_so(form: str, rest: str, at: int) -> bool:
    """Whether a sentence speaks of a correction of this report.

    It is the line's first if `at` is 0; `rest` is the line from it on.
    """
    if any(pattern.search(form) for pattern in _NOTES):
        return True
    label = _LABEL.search(form)
    if label:  # one without a colon or a dash must begin its line
        return not at or label[0].endswith((":", "- "))
    return bool(_NOTED.search(form) and _MENDING.search(rest))
