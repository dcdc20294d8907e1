"""The one form of a text in which other blanks and other marks for the same sign are no change."""

import re

_BLANKS = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufe0e\ufe0f\ufeff]")
_BULLETS = re.compile("^[ \t]*[\u2022\u2023\u25aa\u25cf\u25e6]", re.MULTILINE)
# an em dash, two hyphens, or any dash between blanks: all part a sentence
_DASHES = re.compile(" ?(?:[\u2014\u2015]|(?<!-)--(?!-)|(?<= )[-\u2010-\u2013\u2212](?= )) ?")
_MARKS = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"),
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u0060\u00b4\u2039\u203a", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        "\u2026": "...",
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
    }
)


def plain(text: str) -> str:
    """The text with one sign for each mark, single blanks, and nothing that cannot be seen.

    Commas, capitals, figures and the signs of a superscript stay: they say something.
    """
    text = _BLANKS.sub(" ", _BULLETS.sub("", _INVISIBLE.sub("", text)))
    return _DASHES.sub(" - ", text).translate(_MARKS).strip()
