"""Known actors: nations under all their names, international bodies, institutions and news media.

"Pyongyang", "the North Koreans" and "DPRK" are one actor. The names are those of `gazetteer.py`:
what any handbook holds, and what a desk adds. Bodies that only a report knows ("the union") get
their names from that report: see `people.py`.
"""

import functools
import unicodedata
from collections.abc import Iterable, Sequence

from claims.engine import gazetteer
from claims.engine.gazetteer import Alias, Entry, Gazetteer, Table, piece_of
from claims.engine.lexicon import words
from claims.engine.readings import Span
from claims.engine.tokens import Token, tokenize, tokens_in

_SMALL = frozenset("of the and d d' l' for on in de la au e".split())


def fold(name: str) -> str:
    """A name in plain letters, endings alike: "Zelenskyy", "Zelenskiy" and "Zelensky" are one."""
    plain = unicodedata.normalize("NFKD", name.replace("ø", "o").replace("ł", "l"))
    folded = "".join(c for c in plain.lower() if c.isalnum() or c == " ").strip()
    for ending in ("yy", "iy", "yi", "ij", "ii", "i"):
        if folded.endswith("sk" + ending):
            return folded[: -len(ending)] + "y"
    return folded


def canonical(name: str) -> str | None:
    """The one lower-case name of a known actor under any of its names; None for strangers.

    A body in brackets speaks: "John Smith (U.S. State Department)" is the united states. A person
    with an affiliation of any other kind gets that as the name.
    """
    return _canonical(name, gazetteer.in_use())


@functools.lru_cache(maxsize=16384)
def _canonical(name: str, _names: Gazetteer) -> str | None:
    """`canonical` under the names in use, which are given so that they part what is kept."""
    outside, bracket, inside = name.partition(" (")
    if bracket:
        body = inside.rstrip(")")
        return canonical(body) or body_in(body) or None
    whole = _exact(outside)
    if whole is not None:
        return whole
    found = find(outside, 0, len(outside))
    if len(found) > 1 and found[-1][0].end == len(outside) and found[0][1] in nations():
        between = outside[found[0][0].end : found[-1][0].start]
        return found[-1][1] if not between.strip(" ’'s") else None
    return found[0][1] if found and _is_body_of(outside, found[0][0]) else None


def nations() -> frozenset[str]:
    """The canonical names of all nations."""
    return gazetteer.nations()


def fold_body(name: str) -> str:
    """The name of a body that no table holds, without its article: "The Union" -> "union"."""
    return gazetteer.key_of(name)


def body_in(role: str) -> str:
    """The body in a role: "chief executive of Kestrel Energy" -> "kestrel energy"; else empty."""
    parts = [word.strip(".,-") for word in role.split()]
    link = next((at for at, word in enumerate(parts) if word in ("of", "for", "at", "with")), None)
    if link is not None and link + 1 < len(parts):
        return fold_body(" ".join(parts[link + 1 :]))
    titles, modifiers = words("titles") | words("representatives"), words("role_modifiers")
    while parts and (parts[-1].lower() in titles or _only_modifies(parts, modifiers)):
        parts.pop()
    return fold_body(" ".join(parts))


def _only_modifies(parts: Sequence[str], modifiers: frozenset[str]) -> bool:
    """Whether the last word belongs to the title: "chief", but not "Energy" of "Kestrel Energy"."""
    if parts[-1].lower() not in modifiers:
        return False
    return parts[-1].islower() or all(part.lower() in modifiers for part in parts)


def find(text: str, start: int, end: int) -> list[tuple[Span, str]]:
    """The known actors in a stretch of text in order, by canonical name; longest wins."""
    return [(span, entry.canonical) for span, entry in matches(text, start, end)]


def matches(text: str, start: int, end: int) -> list[tuple[Span, Entry]]:
    """The known actors in a stretch of text with their table entries."""
    tokens = tokens_in(text, Span(start=start, end=end))
    found: list[tuple[Span, Entry]] = []
    names = table()
    at = 0
    while at < len(tokens):
        hit = _longest(tokens, at, names)
        if hit is None:
            at += 1
            continue
        entry, size = hit
        last = tokens[at + size - 1]
        longer = entry.risky and (_part_of_name(tokens, at, size) or _of_office(tokens, at, entry))
        if last.end <= end and not longer:
            found.append((Span(start=tokens[at].start, end=_bare_end(last)), entry))
        at += size
    return found


def table() -> Table:
    """All entries by their first folded piece, longest first."""
    return gazetteer.in_use().table


def extended(aliases: Iterable[Alias]) -> Gazetteer:
    """The names of the data files with these aliases laid over them, in whichever order.

    An alias of an alias stands for a body of that name: what aliases stand for is looked up in the
    data files alone, so none can lead in a circle.
    """
    ordered = tuple(sorted(set(aliases)))
    if not ordered:
        return gazetteer.plain()
    with gazetteer.using(gazetteer.plain()):
        return gazetteer.extended(ordered, tuple(canonical(each.canonical) for each in ordered))


def display(name: str) -> str:
    """A canonical name as people write it: "north korea" -> "North Korea", "nato" -> "NATO"."""
    return gazetteer.in_use().shown.get(name) or name[:1].upper() + name[1:]


def _longest(tokens: Sequence[Token], at: int, names: Table) -> tuple[Entry, int] | None:
    """The longest entry that begins at this token, and how many tokens it takes."""
    first = tokens[at]
    if first.kind == "mark":
        return None
    for entry in names.get(piece_of(first), ()):
        size = _fits(tokens, at, entry)
        if size:
            return entry, size
    return None


def _fits(tokens: Sequence[Token], at: int, entry: Entry) -> int:
    """How many tokens the entry takes here; 0 if it does not fit, in letters or in case."""
    place = at
    for number, piece in enumerate(entry.pieces):
        if number and place < len(tokens) and tokens[place].text in "-–." and place > at:
            place += 1
        if place >= len(tokens) or piece_of(tokens[place]) != piece:
            return 0
        if number and not _adjoins(tokens[place - 1], tokens[place]):
            return 0
        if not _case_fits(tokens[place], piece, entry):
            return 0
        place += 1
    return place - at


def _adjoins(before: Token, token: Token) -> bool:
    return token.start - before.end <= 2


def _case_fits(token: Token, piece: str, entry: Entry) -> bool:
    """Acronyms stand in capitals ("US", not "us"); names begin with one."""
    if token.kind == "number":
        return True
    bare = token.text.replace("’s", "").replace("'s", "").replace(".", "")
    if entry.upper:
        return bare.isupper()
    return (
        token.text != token.lower
        or not piece
        or piece in _SMALL
        or entry.canonical in ("dpa", "al-qaeda")
    )


def _part_of_name(tokens: Sequence[Token], at: int, size: int) -> bool:
    """Whether a risky name is part of a longer one: "Michael Jordan", "Georgia Meloni"."""
    for place in (at - 1, at + size):
        if not 0 <= place < len(tokens) or tokens[place].kind != "word":
            continue
        near = tokens[place]
        touching = (
            abs(near.end - tokens[at].start) <= 1 or abs(near.start - tokens[place - 1].end) <= 1
        )
        known = piece_of(near) in table() or near.lower in words("titles") or len(near.text) < 4
        if near.capital and touching and not known and place != 0:
            return not near.lower.endswith("day")
    return False


def _of_office(tokens: Sequence[Token], at: int, entry: Entry) -> bool:
    """Whether a body's name is what an office is for: "Ministry of Labour" is not the party."""
    if entry.place or at < 2 or tokens[at - 1].lower != "of":
        return False
    return tokens[at - 2].lower in words("bodies") | words("executive")


def _bare_end(token: Token) -> int:
    """The end of a token without its possessive."""
    return token.end - 2 if token.lower.endswith("'s") else token.end


def _exact(name: str) -> str | None:
    tokens = [token for token in tokenize(name.strip()) if token.lower not in ("the", "'s")]
    if not tokens:
        return None
    hit = _longest(tokens, 0, table())
    if hit is None:
        lowered = fold_body(name)
        return lowered if lowered in gazetteer.in_use().shown else None
    return hit[0].canonical if hit[1] == len(tokens) else None


def _is_body_of(name: str, known: Span) -> bool:
    """Whether a longer name is a part or voice of a known actor: "Russia's defence ministry"."""
    before = name[: known.start].lower().split()
    if before and before[-1] == "of" and len(before) > 1 and before[-2] in words("name_of"):
        return False
    rest = fold_body(name[: known.start] + name[known.end :]).replace("-", " ").split()
    if not rest:
        return True
    body = words("executive")
    return any(word in body for word in rest)
