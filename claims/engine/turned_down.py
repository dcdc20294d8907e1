"""What is said of somebody and turned down: rejected, played down, called false, or owned up to."""

import functools
from collections.abc import Mapping, Sequence

from claims.engine import phrases, tables
from claims.engine.deeds import Deed
from claims.engine.parts import Word
from claims.engine.readings import Act

_REACH = 12
_IT = frozenset({"it", "this", "that", "them", "these", "those"})


def _words(key: str) -> frozenset[str]:
    return tables.words("responses", key)


def is_said(sentence: Sequence[Word], start: int) -> bool:
    """Whether the object is something said, or something called by another name with "as"."""
    near = object_of(sentence, start)
    if any(word.lower in _words("sayings") for word in near):
        return True
    tail = sentence[start : start + _REACH]
    as_at = next((at for at, word in enumerate(tail) if word.lower == "as"), None)
    return as_at is not None and any(w.lower in _words("false") for w in tail[as_at : as_at + 5])


def object_of(sentence: Sequence[Word], start: int) -> Sequence[Word]:
    """The noun phrase that begins here, behind a "that" too; empty if none does."""
    start += start < len(sentence) and sentence[start].tag == "that"
    found = phrases.after(sentence, start)
    return sentence[found[0] : found[1]] if found else ()


def head(sentence: Sequence[Word], start: int) -> str:
    """The head noun of the object that begins here, in small letters; empty if there is none."""
    inside = object_of(sentence, start)
    place = phrases.head(inside)
    return inside[place].lower if place is not None else ""


def calls_false(sentence: Sequence[Word], start: int) -> bool:
    """ "called the report baseless": a word for what is not true, before the clause ends."""
    for word in sentence[start : start + _REACH]:
        if word.lower in _words("false"):
            return True
        if word.tag in ("verb", "wh", "that") or word.text in (",", ";", "."):
            return False
    return False


def gives(sentence: Sequence[Word], start: int) -> bool:
    """ "denied him a rise", "denied the hosts a penalty": something is not given to somebody."""
    found = phrases.after(sentence, start)
    return found is not None and found[1] < len(sentence) and sentence[found[1]].tag == "det"


def is_answered(sentence: Sequence[Word], deed: Deed) -> bool:
    """Whether something said is turned down: by its noun, by "as", or "it" with many words."""
    end = deed.group.end
    if is_said(sentence, end) or head(sentence, end) in _words("owned"):
        return True
    near = sentence[end : end + 6]
    if not near or near[0].lower not in _IT | {"that"}:
        return False
    closes = len(near) > 1 and near[1].text in ".;"
    if deed.group.stem == "dispute" or near[0].lower in ("this", "that") and closes:
        return True
    around = [*sentence[max(0, deed.group.start - 1) : end], *near]
    return any(word.lower in _words("outright") for word in around)


@functools.cache
def _phrasals() -> Mapping[str, Sequence[tuple[Sequence[str], Act]]]:
    """The verbs with small words, by stem."""
    found: dict[str, list[tuple[Sequence[str], Act]]] = {}
    acts: tuple[Act, Act] = ("dismissed", "denied")
    for act in acts:
        for line in tables.table("responses")[f"phrasal_{act}"].split("\n"):
            if parts := line.split():
                found.setdefault(parts[0], []).append((parts[1:], act))
    return found


def phrasal(sentence: Sequence[Word], deed: Deed) -> Act | None:
    """ "played down the reports", "pushed back against the claim": of something that was said."""
    end = deed.group.end
    if deed.group.negated or deed.group.modal:
        return None
    for small, act in _phrasals().get(deed.group.stem, ()):
        behind = [word.lower for word in sentence[end : end + len(small)]]
        if behind == list(small) and is_said(sentence, end + len(small)):
            return act
    return None


def owned(sentence: Sequence[Word], deed: Deed) -> Act | None:
    """ "accepted that it had erred", "claimed responsibility", "pleaded guilty"."""
    group = deed.group
    if group.negated or group.modal:
        return None
    tail = [word.lower for word in sentence[group.end : group.end + 4]]
    if group.stem == "plead" and "guilty" in tail:
        return "denied" if "not" in tail else "confirmed"
    if group.stem in ("maintain", "protest") and "innocence" in tail:
        return "denied"
    if group.stem == "own" and tail[:1] == ["up"]:
        return "confirmed"
    taken = group.stem in ("accept", "claim", "admit") and head(sentence, group.end)
    if taken and taken in _words("owned"):
        return "confirmed"
    return "confirmed" if group.stem in _words("accept") and tail[:1] == ["that"] else None
