"""Who a phrase names: people with the bodies they speak for, bodies known only to the report,
pronouns.

"John Kirby, U.S. National Security Council spokesperson" is one person, named once in full and
later by the last name; what such a person says is said by the body. "The ministry" is the
ministry named before.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from claims.engine import actors, gazetteer, outlets, roles
from claims.engine.grammar import tagged
from claims.engine.lexicon import singular, words
from claims.engine.parts import Word
from claims.engine.readings import Document
from claims.engine.remembered import remembered

_BODY_REACH = 60
_SYLLABLE = 5
_WHERE = ("in", "near", "on", "to", "across", "around", "throughout", "outside")


@dataclass(frozen=True, slots=True)
class Registry:
    """People by folded last name and by title, and the names of bodies in text order."""

    people: Mapping[str, str]
    roles: Mapping[str, str]
    bodies: Sequence[tuple[int, str]]
    acronyms: Mapping[str, str]


@remembered
def registry(document: Document) -> Registry:
    """Everyone whom the report introduces, wherever in the text it does so."""
    people: dict[str, str] = {}
    holders: dict[str, str] = {}
    first_names: dict[str, str] = {}
    bodies: list[tuple[int, str]] = []
    for sentence in tagged(document):
        for start, end in roles.name_runs(sentence):
            found = person_in(document, sentence, start, end)
            if found is None:
                bodies += _body(document, sentence, start, end)
                continue
            name, title, full = found
            key = actors.fold(name.split()[-1])
            if len(full) > len(people.get(key, "")):
                people[key] = full
            # Names that begin with the family's: "Kim" for "Kim Jong Un".
            first_names.setdefault(actors.fold(name.split()[0]), full)
            if title:
                holders.setdefault(title, full)
    bodies = sorted([*bodies, *_plain_bodies(document)])
    return Registry(first_names | people, holders, bodies, _acronyms(document))


def family_name(name: str) -> str:
    """The name that stands for a person, folded: "smith" of "Ann Smith", "kim" of "Kim Jong Un".

    Where the family's name comes first is told by that name and the shape of the others.
    """
    parts = name.partition(" (")[0].split()
    if not parts:
        return ""
    first, given = parts[0].lower(), parts[1:]
    joined = [piece for part in given for piece in part.split("-")]
    short = len(joined) == 2 and all(len(piece) <= _SYLLABLE for piece in joined)
    leads = len(given) == 1 and first in words("family_first")
    return actors.fold(first if leads or short and first in words("families") else parts[-1])


def is_someone(sentence: Sequence[Word], end: int) -> bool:
    """Whether "who" tells that a name is a person's: "Voss, who took over"."""
    end += end < len(sentence) and sentence[end].text == ","
    return end < len(sentence) and sentence[end].lower in ("who", "whose", "whom")


def _is_public(name: str) -> bool:
    """Whether the name is plainly that of an office, so that "the company" is not it."""
    return any(
        word in words("taken_up") or word in words("executive") for word in name.lower().split()
    )


def bodies(document: Document) -> Iterator[str]:
    """The bodies with a name of several words, in small letters: "halden bank"."""
    return (name.lower() for _, name in registry(document).bodies if " " in name)


def may_be_firm(name: str) -> bool:
    """Whether "the company" can stand for the body: a name of its own, none of a public office."""
    known = actors.canonical(name)
    common = name.lower() in words("bodies")  # "Management has agreed"
    plain = known not in actors.nations() and not _is_public(name)
    return name[:1].isupper() and plain and not common


def _plain_bodies(document: Document) -> list[tuple[int, str]]:
    """Bodies named by common nouns: "the interior ministry", "the works council"."""
    found: list[tuple[int, str]] = []
    for sentence in tagged(document):
        for before, word in pairwise(sentence):
            compound = before.tag == "noun" and not before.possessive
            if compound and word.tag == "noun" and word.lower in words("taken_up"):
                found.append((before.start, roles.text_of(document, [before, word])))
    return found


def _acronyms(document: Document) -> Mapping[str, str]:
    """Initials that the report uses for a name it gives in full: HSU, "Hospital Staff Union"."""
    used = {
        word.text
        for sentence in tagged(document)
        for word in sentence
        if word.text.isupper() and len(word.text) > 1
    }
    found: dict[str, str] = {}
    for sentence in tagged(document):
        for start, end in roles.name_runs(sentence):
            run = sentence[start:end]
            initials = "".join(word.text[0] for word in run if word.capital)
            if len(run) > 1 and initials in used:
                found.setdefault(initials, roles.text_of(document, run))
    return found


def person_in(
    document: Document, sentence: Sequence[Word], start: int, end: int
) -> tuple[str, str, str] | None:
    """Name, title and full name of the person whom this run of names introduces, if it does."""
    titles = [at for at in range(start, end) if roles.is_title(sentence[at])]
    first = titles[-1] + 1 if titles else start
    if titles and sentence[titles[-1]].possessive or first >= end:
        return None
    name_words = sentence[first:end]
    if titles and _is_no_person(sentence, start, name_words):
        return None
    name = roles.text_of(document, name_words)
    role: Sequence[Word] = sentence[roles.role_start(sentence, first) : first]
    if not any(roles.is_title(word) for word in role[-2:]):
        role = roles.role_before_comma(sentence, start, end) or _role_after(
            document, sentence, start, end
        )
    body = roles.body_after(document, sentence, end)
    if not role:
        if name_words[-1].lower in words("media_names") and _behind_the(sentence, start):
            return None  # "the Leeds Mercury"
        # "Belmar mayor Anton Krusk", "former Belmar mayor": a place or a body in front of a title
        belongs_to = end < len(sentence) and is_lower_title(sentence[end])
        if belongs_to or not _looks_like_person(document, name_words):
            return None
        belongs = body and actors.canonical(body) != body.lower()
        return name, "", f"{name} ({body})" if belongs else name
    in_front = role[-1].end + 1 >= name_words[0].start > role[0].start
    if not in_front and any(word.lower in words("org_words") for word in name_words[1:]):
        return None
    title = next(singular(word.lower) for word in reversed(role) if roles.is_title(word))
    described = roles.describe(document, role)
    if described and body and actors.canonical(described) is None:
        described = f"{roles.text_of(document, role)} of {body}"
    return name, title, f"{name} ({described})" if described else name


def _is_no_person(sentence: Sequence[Word], start: int, name: Sequence[Word]) -> bool:
    """Whether a title belongs to a body or a ship: "Leeds General Hospital", "the Lady Maud"."""
    if len(name) == 1 and name[0].lower in words("bodies") | words("org_words") | words(
        "executive"
    ):
        return True
    return sentence[start].lower in words("ship_titles") and _behind_the(sentence, start)


def _behind_the(sentence: Sequence[Word], start: int) -> bool:
    return start > 0 and sentence[start - 1].lower == "the"


def is_lower_title(word: Word) -> bool:
    """Whether the word is a title written small, which follows a place or body, not a person."""
    return roles.is_title(word) and not word.capital


def _role_after(
    document: Document, sentence: Sequence[Word], start: int, end: int
) -> Sequence[Word]:
    """The role in commas behind a name of two words or more that is no known actor."""
    if end - start < 2:
        return ()
    known = actors.find(document.text, sentence[start].start, sentence[end - 1].end)
    return () if known else roles.apposed_role(sentence, end)


def _looks_like_person(document: Document, name: Sequence[Word]) -> bool:
    """Two or three names, none of them a known actor or a word of organisations."""
    if not 2 <= len(name) <= 4 or name[-1].text.isupper():
        return False
    if any(word.lower in words("org_words") or word.lower in words("bodies") for word in name):
        return False
    alone = _names_alone(document)
    by_first = family_name(" ".join(word.text for word in name)) == actors.fold(name[0].lower)
    if not by_first and name[0].lower in alone and name[-1].lower not in alone:
        return False
    start, end = name[0].start, name[-1].end
    return not actors.find(document.text, start, end) and not _is_weekday(name[0].lower)


@remembered
def _names_alone(document: Document) -> frozenset[str]:
    """Names that stand alone: people do so by their last name, firms by the first."""
    return frozenset(
        sentence[start].lower
        for sentence in tagged(document)
        for start, end in roles.name_runs(sentence)
        if end - start == 1
    )


def _is_weekday(word: str) -> bool:
    return word.endswith("day")


def full_body(document: Document, name: str) -> str | None:
    """The first longer name of a body that begins with this one: "Brown" for "Brown Motors"."""
    return _full_bodies(document).get(name.lower())


@remembered
def _full_bodies(document: Document) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for _, name in registry(document).bodies:
        parts = name.split()
        if len(parts) > 1 and parts[-1].lower() in words("org_words") | words("bodies"):
            found.setdefault(" ".join(parts[:-1]).lower(), name)
    return found


def body_before(document: Document, offset: int, noun: str, *, company: bool) -> str | None:
    """The full name of "the union" or "the company", as named before; None if nothing fits."""
    known = registry(document).bodies
    upto = bisect_left(known, (offset, ""))
    near = known[max(0, upto - _BODY_REACH) : upto]
    for _, name in reversed(near):
        if noun in name.lower().split():
            return name
    if not company:
        return None
    firms = [name for _, name in near if _is_firm(document, name)]
    return max(reversed(firms), key=Counter(firms).__getitem__, default=None)


def _is_firm(document: Document, name: str) -> bool:
    persons = registry(document).people
    person = any(actors.fold(word) in persons for word in (name, name.split()[-1]))
    place = name.split()[-1].lower() in words("landmarks")
    known = actors.canonical(name)
    if known is not None and known not in gazetteer.in_use().added:
        return False
    return not place and not _is_public(name) and not person


def _body(
    document: Document, sentence: Sequence[Word], start: int, end: int
) -> list[tuple[int, str]]:
    """The name of a body, if the run holds a word of organisations or stands alone as a speaker."""
    run = sentence[start:end]
    text = roles.text_of(document, run)
    if outlets.is_own(document, run):
        return []
    label = end < len(sentence) and sentence[end].text == ":" and start == 0
    if label or (start > 0 and sentence[start - 1].text == ":" and end - start == 1):
        return []
    before = sentence[start - 1] if start else None
    placed = before is not None and before.possessive and before.capital
    placed = placed or before is not None and before.lower in ("its", "their")
    if placed and end < len(sentence) and sentence[end].tag == "noun":
        return []  # "Kestrel's Leeds works"
    located = before is not None and before.lower in _WHERE
    dated = _is_weekday(run[0].lower) or run[0].lower.rstrip(".") in words("months")
    if actors.canonical(text) in actors.nations() or dated:
        return []
    if located and not any(word.lower in words("org_words") for word in run):
        return []
    return [(run[0].start, text)]
