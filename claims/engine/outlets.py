"""The names of a story's outlets: who reports is nobody that the report quotes.

"The Courier has learned", "our correspondent reports" and "he told Channel Six" name the outlet
itself; "the Courier reported" in another outlet's text names a news medium.
"""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from claims.engine.lexicon import words
from claims.engine.parts import Word
from claims.engine.readings import Document

_ASIDE = re.compile(r"\(.*?\)|\d+")
_INITIALS = 3  # letters that a short form by initials has at least
_MEDIUM = frozenset(
    "news television tv radio agency wire online service magazine network press".split()
)


def is_own(document: Document, phrase: Sequence[Word]) -> bool:
    """Whether a phrase names the outlet that the report is from, or one of its own people."""
    if len(phrase) > 1 and phrase[0].lower in ("this", "our"):
        return any(word.lower in words("own_desk") for word in phrase[1:])
    return _spelt(phrase) in forms(document.report.source)


def known(sources: Iterable[str]) -> Mapping[str, str]:
    """The outlets of a story by each form of their names; forms that two share are left out."""
    found: dict[str, set[str]] = {}
    for source in sources:
        for form in forms(source):
            found.setdefault(form.removeprefix("the "), set()).add(source)
    return {form: min(named) for form, named in found.items() if len(named) == 1}


@functools.lru_cache(maxsize=1024)
def forms(source: str) -> frozenset[str]:
    """How texts name an outlet, in small letters: in full, by initials, "the courier".

    What stands before "News" or "TV" is a form only where it cannot be a place or a body. A source
    that is written small, "The police", bears no name: "Police said" opens many a sentence.
    """
    parts = _ASIDE.sub("", source).removeprefix("The ").split()
    if not parts or "".join(parts).islower():
        return frozenset()
    found = {" ".join(parts).lower()}
    if len(parts) > 1:
        if parts[-1][0].isupper():
            found.add(f"the {parts[-1].lower()}")
        initials = "".join(part[0] for part in parts)
        if len(initials) >= _INITIALS and initials.isupper():
            found.add(initials.lower())
        found.update(_without_medium(parts))
    return frozenset(found)


def _without_medium(parts: Sequence[str]) -> Iterator[str]:
    """ "Channel Six" for "Channel Six News", "BNS" for "BNS Television"."""
    while len(parts) > 1 and parts[-1].lower() in _MEDIUM:
        parts = parts[:-1]
        name = " ".join(parts)
        medium = len(parts) > 1 and any(part.lower() in words("media_names") for part in parts)
        if medium or (name.isupper() and len(name) >= _INITIALS):
            yield name.lower()


def _spelt(phrase: Sequence[Word]) -> str:
    """A capitalised phrase in small letters, its article kept before one word alone."""
    bare = [word for word in phrase if word.text not in "\"“”‘’'"]
    article = bool(bare) and bare[0].lower == "the"
    rest = bare[article:]
    if not rest or any(not word.text[0].isupper() for word in rest):
        return ""
    name = " ".join(word.lower for word in rest)
    return f"the {name}" if article and len(rest) == 1 else name
