"""Why something that came in is refused, in one word and in one plain sentence."""

from collections.abc import Mapping
from typing import Literal

Reason = Literal[
    "missing",
    "bad_name",
    "folder",
    "unreadable",
    "unsupported",
    "too_large",
    "empty",
    "binary",
    "encoding",
    "too_deep",
    "too_many",
    "too_slow",
    "no_text",
]

SENTENCES: Mapping[Reason, str] = {
    "missing": "there is no such file; check the path",
    "bad_name": "its name is not written in UTF-8; rename the file",
    "folder": "this is a folder; name the files in it",
    "unreadable": "the file cannot be opened; check that you may read it",
    "unsupported": "only .txt, .md and .html files can be read; save the text as one of these",
    "too_large": "it is larger than 2 MB; keep only the article's own text",
    "empty": "the file is empty; save it again with its text",
    "binary": "this is not a text file; save its text as .txt or .html",
    "encoding": "its characters cannot be read as UTF-8 and it names no other encoding that fits;"
    " save it as UTF-8",
    "too_deep": "its elements are nested more than 200 levels deep; paste the text instead",
    "too_many": "it holds more than 15,000 elements or signs such as &;"
    " keep only the article's own text",
    "too_slow": "its markup took too long to read; paste the text instead",
    "no_text": "no text is left after cleaning; check that it holds an article",
}


def printable(name: str) -> str:
    """A name from the system, with bytes that are not UTF-8 as signs that any output can take."""
    return name.encode("utf-8", "backslashreplace").decode()


class Refused(ValueError):
    """Something that came in cannot be used; `name` is what the person called it."""

    def __init__(self, reason: Reason, name: str = "") -> None:
        self.reason: Reason = reason
        self.name = printable(name)
        self.sentence = SENTENCES[reason]
        super().__init__(f"{self.name}: {self.sentence}" if name else self.sentence)
