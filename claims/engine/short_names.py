"""One body under a short name and a full one: "the hospital" of a story is its "Lomsk hospital".

Across the reports of a story, and only where nothing else that they name could be meant. What is
left out of the short name is a name, mostly that of a place: "the ministry" is never taken for the
transport ministry, for another report may mean another one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from claims.engine import actors
from claims.engine.lexicon import words

_JOINTS = ("of", "in", "at", "for")


def full_names(speakers: Iterable[str], named: Iterable[str]) -> Mapping[str, str]:
    """The full name of each short one, by the short one in small letters without its article.

    `speakers` are bodies that speak in the story, `named` others that it names. "Lomsk hospital"
    and "hospital of Lomsk" are one; the first in the order of letters stands for both.
    """
    spoken = sorted({name for name in map(_bare, speakers) if name})
    everyone = sorted({*spoken, *filter(None, map(_bare, named))})
    found: dict[str, dict[frozenset[str], str]] = defaultdict(dict)
    for name in spoken:
        for short in _shorts(name):
            found[short].setdefault(_words(name), name)
    alike: dict[frozenset[str], list[str]] = defaultdict(list)
    for name in spoken:
        alike[_words(name)].append(name)
    other = [(key(name), same[0]) for same in alike.values() for name in same]
    return {name: full for name, full in other if name != full.lower()} | {
        short: next(iter(names.values()))
        for short, names in found.items()
        if len(names) == 1 and not _others(short, next(iter(names)), everyone)
    }


def key(name: str) -> str:
    """What a short name is looked up by: "The hospital" -> "hospital"."""
    return _bare(name).lower()


def _bare(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest if first.lower() == "the" else name


def _shorts(name: str) -> list[str]:
    """What a full name is called in short: without the place in front of it or behind it."""
    if actors.canonical(name):
        return []
    parts = name.split()
    joint = next((at for at, word in enumerate(parts) if word in _JOINTS), len(parts))
    head, tail = parts[:joint], parts[joint + 1 :]
    cut = next((at for at, word in enumerate(head) if word.islower()), len(head))
    if tail:
        shorts = [head] if all(word[:1].isupper() for word in tail) else []
    else:
        # "Transport Ministry" has no place in front: of offices only what stands behind is left out
        place = 0 < cut < len(head) and head[-1].lower() not in words("taken_up") | {"police"}
        shorts = [head[cut:]] if place else []
    lower = [" ".join(short).lower() for short in shorts]
    return [short for short in lower if _is_body(short)]


def _is_body(short: str) -> bool:
    """Whether the name without its place is that of one body: a brigade, a council, a hospital."""
    last = short.rpartition(" ")[2]
    return last in words("bodies") | words("org_words") | words("taken_up")


def _words(name: str) -> frozenset[str]:
    return frozenset(word for word in name.lower().split() if word not in (*_JOINTS, "the"))


def _others(short: str, full: frozenset[str], everyone: Iterable[str]) -> bool:
    """Whether the story names another that the short name could stand for.

    Its last word is enough: beside a "harbour hospital", no "hospital" is for sure that of Lomsk.
    """
    kind = short.rpartition(" ")[2]
    own = frozenset(short.split())
    for name in everyone:
        theirs = _words(name)
        if kind in theirs and not theirs <= full and theirs != own:
            return True
    return False
