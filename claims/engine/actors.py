"""Known actors: nations under all their names, international bodies, institutions and news media.

"Pyongyang", "the North Koreans" and "DPRK" are one actor. The table holds what any atlas or
handbook holds; a desk can add rows to `data/nations.tsv` and `data/bodies.tsv`. Bodies that only
a report knows ("the union") get their names from that report: see `people.py`.
"""

import functools
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims.engine.lexicon import read_lines, words
from claims.engine.readings import LinkKind, Span
from claims.engine.tokens import Token, tokenize, tokens_in

_SMALL = frozenset({"of", "the", "and", "d", "d'", "l'", "for", "on", "in", "de", "la"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of a known actor. `risky` names are common words or personal names too.

    `place`: it names land too; `demonym`: it names the people ("Peruvian").
    """

    canonical: str
    pieces: tuple[str, ...]
    kind: LinkKind
    upper: bool
    risky: bool
    place: bool
    demonym: bool = False


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


@functools.cache
def nations() -> frozenset[str]:
    """The canonical names of all nations."""
    return frozenset(line.split("\t")[0].rstrip("*") for line in read_lines("nations.tsv"))


def fold_body(name: str) -> str:
    """The name of a body that no table holds, without its article: "The Union" -> "union"."""
    kept = [word for word in name.lower().split() if word not in ("the", "a", "an", "its")]
    return " ".join(kept).replace("’s", "").replace("'s", "")


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
    at = 0
    while at < len(tokens):
        hit = _longest(tokens, at)
        if hit is None:
            at += 1
            continue
        entry, size = hit
        last = tokens[at + size - 1]
        if last.end <= end and not (entry.risky and _part_of_name(tokens, at, size)):
            found.append((Span(start=tokens[at].start, end=_bare_end(last)), entry))
        at += size
    return found


@functools.cache
def table() -> Mapping[str, Sequence[Entry]]:
    """All entries by their first folded piece, longest first."""
    index: dict[str, list[Entry]] = {}
    for entry in [*_nations(), *_bodies()]:
        index.setdefault(entry.pieces[0], []).append(entry)
    return {
        first: sorted(entries, key=lambda entry: -len(entry.pieces))
        for first, entries in index.items()
    }


def display(name: str) -> str:
    """A canonical name as people write it: "north korea" -> "North Korea", "nato" -> "NATO"."""
    return _display_names().get(name) or name[:1].upper() + name[1:]


@functools.cache
def _display_names() -> Mapping[str, str]:
    shown: dict[str, str] = {}
    for line in read_lines("bodies.tsv"):
        name, others, *_ = line.split("\t")
        shown.setdefault(name, others.split("|")[0])
    for line in read_lines("nations.tsv"):
        name = line.split("\t")[0].rstrip("*")
        parts = (
            word if word in ("and", "of", "the") else word.capitalize() for word in name.split()
        )
        shown[name] = " ".join(parts)
    return shown


def _nations() -> list[Entry]:
    entries: list[Entry] = []
    for line in read_lines("nations.tsv"):
        name, others, demonyms, capitals, seats = (line.split("\t") + [""] * 4)[:5]
        key = name.rstrip("*")
        plurals = "|".join(d.replace("*", "") + "s" for d in demonyms.split("|") if _takes_s(d))
        own = f"{key.title()}*" if name.endswith("*") else key.title()
        for column in (own, others):
            entries += _entries(key, column, "institution", place=True)
        for column in (demonyms, plurals):
            entries += _entries(key, column, "institution", place=False, demonym=True)
        entries += _entries(key, capitals, "institution", place=True)
        entries += _entries(key, seats, "institution", place=False)
    return entries


def _takes_s(demonym: str) -> bool:
    return bool(demonym) and not demonym.rstrip("*").endswith(("ese", "sh", "ch", "s"))


def _bodies() -> list[Entry]:
    entries: list[Entry] = []
    for line in read_lines("bodies.tsv"):
        name, others, kind = line.split("\t")
        entries += _entries(
            name, others, "agency" if kind == "agency" else "institution", place=False
        )
    return entries


def _entries(
    key: str, column: str, kind: LinkKind, *, place: bool, demonym: bool = False
) -> list[Entry]:
    found = []
    for name in filter(None, column.split("|")):
        bare = name.rstrip("*")
        pieces = tuple(_piece(token) for token in tokenize(bare) if token.kind != "mark")
        upper = bare.isupper() and len(bare) > 1
        found.append(Entry(key, pieces, kind, upper, name.endswith("*"), place, demonym))
    return found


def _piece(token: Token) -> str:
    """The form of a token that the table is looked up by: no accents, no possessive, no dots."""
    word = token.lower
    if word.endswith("'s"):
        word = word[:-2]
    plain = unicodedata.normalize("NFKD", word.replace("ø", "o").replace("ł", "l"))
    return "".join(c for c in plain if c.isalnum() or c == "'").rstrip("'")


def _longest(tokens: Sequence[Token], at: int) -> tuple[Entry, int] | None:
    """The longest entry that begins at this token, and how many tokens it takes."""
    first = tokens[at]
    if first.kind == "mark":
        return None
    for entry in table().get(_piece(first), ()):
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
        if place >= len(tokens) or _piece(tokens[place]) != piece:
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
        known = _piece(near) in table() or near.lower in words("titles") or len(near.text) < 4
        if near.capital and touching and not known and place != 0:
            return not near.lower.endswith("day")
    return False


def _bare_end(token: Token) -> int:
    """The end of a token without its possessive."""
    return token.end - 2 if token.lower.endswith("'s") else token.end


def _exact(name: str) -> str | None:
    tokens = [token for token in tokenize(name.strip()) if token.lower not in ("the", "'s")]
    if not tokens:
        return None
    hit = _longest(tokens, 0)
    if hit is None:
        lowered = fold_body(name)
        return lowered if lowered in _display_names() else None
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
