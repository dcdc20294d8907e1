"""The names of known actors: what any handbook holds, and what a newsroom adds of its own.

`data/nations.tsv` and `data/bodies.tsv` are the same for everybody. The aliases of one desk lie
over them for the length of one reading or comparison (`using`), and nobody else sees them: names
are asked for in some forty places, most of which have only a string in their hands.
"""

import functools
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal

from claims.engine.lexicon import read_lines
from claims.engine.readings import LinkKind
from claims.engine.tokens import Token, tokenize

AliasKind = Literal["nation", "institution", "agency", "document"]


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


@dataclass(frozen=True, slots=True, order=True)
class Alias:
    """Another name for an actor, which a newsroom adds.

    `canonical` is any name of a known actor, or the full name of a body that no table holds. A
    `nation` names land too; all other kinds only speak and act.
    """

    name: str
    canonical: str
    kind: AliasKind = "institution"


Table = Mapping[str, Sequence[Entry]]


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """The names that hold for a reading, longest first by first piece; and how they are shown.

    Compared by identity, so that what is looked up in one can be kept. `added`: the bodies that a
    newsroom added itself; unlike the others they may be firms.
    """

    table: Table
    shown: Mapping[str, str]
    added: frozenset[str] = frozenset()


def piece_of(token: Token) -> str:
    """The form of a token that the table is looked up by: no accents, no possessive, no dots."""
    return _piece(token.lower)


@functools.lru_cache(maxsize=32768)
def _piece(word: str) -> str:
    if word.endswith("'s"):
        word = word[:-2]
    plain = unicodedata.normalize("NFKD", word.replace("ø", "o").replace("ł", "l"))
    return "".join(c for c in plain if c.isalnum() or c == "'").rstrip("'")


def pieces_of(name: str) -> tuple[str, ...]:
    """A name in the forms that it is looked up by; names with the same ones are one name."""
    return tuple(piece_of(token) for token in tokenize(name) if token.kind != "mark")


def bare(name: str) -> str:
    """A name without an article in front: "the Elms" is found as "Elms" too."""
    first, _, rest = name.strip().partition(" ")
    return rest.strip() if rest and first.lower() == "the" else name.strip()


def key_of(name: str) -> str:
    """The name of a body that no table holds, without its article: "The Union" -> "union"."""
    kept = [word for word in name.lower().split() if word not in ("the", "a", "an", "its")]
    return " ".join(kept).replace("’s", "").replace("'s", "")


@functools.cache
def nations() -> frozenset[str]:
    """The canonical names of all nations."""
    return frozenset(line.split("\t")[0].rstrip("*") for line in read_lines("nations.tsv"))


@functools.cache
def plain() -> Gazetteer:
    """The names of the data files alone."""
    index: dict[str, list[Entry]] = {}
    for entry in [*_nations(), *_bodies()]:
        index.setdefault(entry.pieces[0], []).append(entry)
    return Gazetteer(
        table={first: _longest_first(entries) for first, entries in index.items()},
        shown=_shown(),
    )


@functools.lru_cache(maxsize=32)
def extended(aliases: tuple[Alias, ...], resolved: tuple[str | None, ...]) -> Gazetteer:
    """The names of the data files with aliases laid over them.

    `resolved` names the known actor of each alias, None for a new body. Where both know a name, the
    alias wins. The order of the aliases changes nothing.
    """
    base = plain()
    kinds = {entry.canonical: entry.kind for known in base.table.values() for entry in known}
    shown, bodies = dict(base.shown), set()
    added: dict[str, dict[tuple[str, ...], Entry]] = {}
    for alias, known in sorted(zip(aliases, resolved, strict=True), key=lambda pair: pair[0]):
        key, names = known or key_of(alias.canonical), [alias.name]
        if known is None:
            shown.setdefault(key, bare(alias.canonical))
            names.append(alias.canonical)
            bodies |= {key} if alias.kind == "institution" else set()
        for name in names:
            for entry in _of_alias(key, bare(name), alias.kind, kinds.get(key)):
                added.setdefault(entry.pieces[0], {}).setdefault(entry.pieces, entry)
    table = dict(base.table)
    for first, own in added.items():
        others = [entry for entry in table.get(first, ()) if entry.pieces not in own]
        table[first] = _longest_first([*own.values(), *others])
    return Gazetteer(table=table, shown=shown, added=frozenset(bodies))


_IN_USE: ContextVar[Gazetteer | None] = ContextVar("gazetteer", default=None)


def in_use() -> Gazetteer:
    """The names that hold here and now: those of the data files, unless `using` says otherwise."""
    return _IN_USE.get() or plain()


@contextmanager
def using(gazetteer: Gazetteer) -> Iterator[None]:
    """Read and compare under these names inside, in this thread or task alone.

    What is remembered of a document was read under the names of its time: documents must not be
    carried from one gazetteer into another.
    """
    token = _IN_USE.set(gazetteer)
    try:
        yield
    finally:
        _IN_USE.reset(token)


def _longest_first(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: -len(entry.pieces))


def _shown() -> Mapping[str, str]:
    shown: dict[str, str] = {}
    for line in read_lines("bodies.tsv"):
        name, others, *_ = line.split("\t")
        shown.setdefault(name, others.split("|")[0].rstrip("*"))
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


def _of_alias(key: str, name: str, kind: AliasKind, known: LinkKind | None) -> list[Entry]:
    """An alias as an entry; another name of a news agency is that of a news agency.

    The signs that have a meaning in the data files have none in what a person typed, and what has
    no letter or digit is no name.
    """
    if not any(pieces_of(name)):
        return []
    if kind == "institution":
        return [_entry(key, name, known or kind, place=False)]
    return [_entry(key, name, "institution" if kind == "nation" else kind, place=kind == "nation")]


def _entries(
    key: str, column: str, kind: LinkKind, *, place: bool, demonym: bool = False
) -> list[Entry]:
    """The names of a column of the data files: parted by "|", a risky one marked by "*"."""
    return [
        _entry(key, name.rstrip("*"), kind, place=place, demonym=demonym, risky=name.endswith("*"))
        for name in filter(None, column.split("|"))
    ]


def _entry(
    key: str,
    name: str,
    kind: LinkKind,
    *,
    place: bool,
    demonym: bool = False,
    risky: bool = False,
) -> Entry:
    upper = name.isupper() and len(name) > 1
    return Entry(key, pieces_of(name), kind, upper, risky, place, demonym)
