"""The language of a text: as it is declared, unless its letters or its words plainly say otherwise.

Scripts are those of the Unicode standard; a code is given where one language is plain from them.
"""

import re
from collections import Counter
from collections.abc import Mapping

from reader.ingest.tokens import words

UNKNOWN_LANGUAGE = "und"  # as BCP 47 has it
_COMMON = words(
    """
    a about after an and are as at be been but by for from had has have he his in is it its more not
    of on one or out said she that the their there they this to up was were which who will with
    would
    """
)
_WORD = re.compile(r"[^\W\d_]+")
_READ = 20_000  # code points
_ENOUGH_WORDS = 25
_SHARE = 0.18  # English news has 30 to 45 %, other European languages below 12 %
_LATIN = "latin"
_SCRIPTS: Mapping[str, re.Pattern[str]] = {
    _LATIN: re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"),
    "greek": re.compile("[\u0370-\u03ff\u1f00-\u1fff]"),
    "cyrillic": re.compile("[\u0400-\u052f]"),
    "armenian": re.compile("[\u0530-\u058f]"),
    "hebrew": re.compile("[\u0590-\u05ff]"),
    "arabic": re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]"),
    "devanagari": re.compile("[\u0900-\u097f]"),
    "bengali": re.compile("[\u0980-\u09ff]"),
    "tamil": re.compile("[\u0b80-\u0bff]"),
    "thai": re.compile("[\u0e00-\u0e7f]"),
    "georgian": re.compile("[\u10a0-\u10ff]"),
    "hangul": re.compile("[\u1100-\u11ff\uac00-\ud7af]"),
    "kana": re.compile("[\u3040-\u30ff]"),
    "han": re.compile("[\u3400-\u4dbf\u4e00-\u9fff]"),
}
# What a text in a script is, where nothing says which of its languages; "" where that is open.
_ALONE: Mapping[str, str] = {
    "greek": "el",
    "cyrillic": "",
    "armenian": "hy",
    "hebrew": "he",
    "arabic": "ar",
    "devanagari": "",
    "bengali": "bn",
    "tamil": "ta",
    "thai": "th",
    "georgian": "ka",
    "hangul": "ko",
    "kana": "ja",
    "han": "zh",
}
# Languages that share a script, by letters that the others do not have.
_LETTERS: Mapping[str, Mapping[str, str]] = {
    "arabic": {"ur": "\u0679\u0688\u0691\u06d2", "fa": "\u067e\u0686\u0698\u06af"},
    "cyrillic": {
        "uk": "\u0457\u0454\u0491",
        "be": "\u045e",
        "mk": "\u0453\u045c\u0455",
        "sr": "\u0452\u045b",
        "ru": "\u044b\u044d",
    },
}
_OWN_LETTERS = 0.003  # of the text
_WRITTEN_IN: Mapping[str, frozenset[str]] = {
    "greek": words("el"),
    "cyrillic": words("ab ba be bg ce cv kk ky mk mn os ru sr tg tt udm uk uz"),
    "armenian": words("hy"),
    "hebrew": words("he iw yi"),
    "arabic": words("ar ckb fa ku ps sd ug ur"),
    "devanagari": words("hi kok mai mr ne sa"),
    "bengali": words("as bn"),
    "tamil": words("ta"),
    "thai": words("th"),
    "georgian": words("ka"),
    "hangul": words("ko"),
    "kana": words("ja"),
    "han": words("ja yue zh"),
}
_ENOUGH_LETTERS = 20
_MOST = 0.6  # of the letters
_SOME_KANA = 0.05  # Japanese news is mostly kanji, Chinese has no kana


def language_of(declared: str, text: str) -> str:
    """The BCP 47 code of a text's language, "und" where it is not known.

    What is declared holds unless the script is another one's; English must also look like it. A
    text in Latin letters with nothing declared is English or not known.
    """
    script = _script(text)
    base = re.split("[-_]", declared.lower(), maxsplit=1)[0]
    if script and script != _LATIN:
        return declared if base in _WRITTEN_IN[script] else _by_letters(script, text)
    if base and base != "en" and not any(base in known for known in _WRITTEN_IN.values()):
        return declared
    if base and base != "en" and not script:
        return declared
    english = declared if base == "en" else "en"
    return english if looks_english(text) else UNKNOWN_LANGUAGE


def looks_english(text: str) -> bool:
    """Whether the words are English; a text too short to tell is taken for English."""
    found = [word.lower() for word in _WORD.findall(text[:_READ])]
    if len(found) < _ENOUGH_WORDS:
        return True
    return sum(word in _COMMON for word in found) >= _SHARE * len(found)


def _script(text: str) -> str:
    """The script of most of the letters; empty where they are too few or of no such script."""
    read = text[:_READ]
    counts = Counter({name: len(letters.findall(read)) for name, letters in _SCRIPTS.items()})
    total = sum(counts.values())
    if total < _ENOUGH_LETTERS:
        return ""
    if counts["kana"] >= _SOME_KANA * total and counts["kana"] + counts["han"] >= _MOST * total:
        return "kana"
    script, count = counts.most_common(1)[0]
    return script if count >= _MOST * total else ""


def _by_letters(script: str, text: str) -> str:
    """The language with most letters of its own, if these are more than a foreign name brings."""
    read = text[:_READ]
    hits = {
        code: sum(read.count(letter) for letter in letters)
        for code, letters in _LETTERS.get(script, {}).items()
    }
    code = max(hits, key=lambda code: hits[code], default="")
    if code and hits[code] >= max(1, _OWN_LETTERS * len(read)):
        return code
    return _ALONE[script] or UNKNOWN_LANGUAGE
