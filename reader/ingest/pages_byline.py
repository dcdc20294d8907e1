"""Who wrote a report, as its page names them: names alone, each once."""

import re
from collections.abc import Iterable

from reader.ingest.metadata import without_by
from reader.ingest.times import parse_published
from reader.text import clean_line

_ADDRESS = re.compile(
    r"<?(?:https?://|www\.)[^\s,;|>]+>?|[(<\[]?(?:mailto:)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+[)>\]]?"
    r"|(?<![\w.])@\w{2,30}",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*[,;|\n\u00b7\u2022]+\s*")
_PERSON = re.compile(r"[^\W\d_a-z][\w.'\u2019-]*(?: [^\W\d_a-z][\w.'\u2019-]*)+")
_EDGES = " ,;|-\u2013\u2014\u00b7\u2022"


def clean_byline(names: Iterable[str], source: str = "") -> str:
    """The names in some bylines, without "By", addresses, times and what stands there twice.

    The source's own name is left out where a person is named.
    """
    found: dict[str, str] = {}
    for name in names:
        for part in _PARTS.split(_ADDRESS.sub(" ", name)):
            said = without_by(clean_line(part)).strip(_EDGES)
            if said and not _is_time(said):
                found.setdefault(said.casefold(), said)
    if any(_PERSON.fullmatch(name) for key, name in found.items() if key != source.casefold()):
        found.pop(source.casefold(), None)
    return ", ".join(found.values())


def _is_time(text: str) -> bool:
    if not any(letter.isdigit() for letter in text):
        return False
    try:
        parse_published(text)
    except ValueError:
        return False
    return True
