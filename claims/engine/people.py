"""Who a phrase names: people with the bodies they speak for, bodies known only to the report, pronouns.

"John Kirby, U.S. National Security Council spokesperson" is one person, named once in full and later by
the last name; what such a person says is said by the body. "The ministry" is the ministry named before.
"""

import functools
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from claims.engine import actors, phrases
from claims.engine.grammar import Word, tagged
from claims.engine.lexicon import singular, words
from claims.engine.readings import Document

_ROLE_WORDS = ("role_modifiers", "bodies", "executive", "org_words")
_ROLE_REACH = 9
_APPOSITION_REACH = 16
_BODY_REACH = 60
_ACTING = frozenset({"verb", "be", "have", "modal", "do", "adv", "not"})


@dataclass(frozen=True, slots=True)
class Registry:
    """People by folded last name and by title, and the names of bodies in text order."""

    people: Mapping[str, str]
    roles: Mapping[str, str]
    bodies: Sequence[tuple[int, str]]
    acronyms: Mapping[str, str]


@functools.lru_cache(maxsize=16)
def registry(document: Document) -> Registry:
    """Everyone whom the report introduces, wherever in the text it does so."""
    people: dict[str, str] = {}
    roles: dict[str, str] = {}
    first_names: dict[str, str] = {}
    bodies: list[tuple[int, str]] = []
    for sentence in tagged(document):
        for start, end in name_runs(sentence):
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
                roles.setdefault(title, full)
    return Registry(first_names | people, roles, bodies, _acronyms(document))


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
        for start, end in name_runs(sentence):
            run = sentence[start:end]
            initials = "".join(word.text[0] for word in run if word.capital)
            if len(run) > 1 and initials in used:
                found.setdefault(initials, text_of(document, run))
    return found


def name_runs(sentence: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Stretches of capitalised words, particles inside them included."""
    at = 0
    while at < len(sentence):
        if sentence[at].tag != "name":
            at += 1
            continue
        end = at + 1
        while end < len(sentence) and not sentence[end - 1].possessive:
            particle = sentence[end].lower in phrases.NAME_PARTICLES or sentence[end].text == "&"
            follows = end + 1 < len(sentence) and sentence[end + 1].tag == "name"
            dot = sentence[end].text == "." and len(sentence[end - 1].text) <= 4 and follows
            if sentence[end].tag == "name":
                end += 1
            elif (particle or dot) and follows:
                end += 2
            else:
                break
        yield at, end
        at = end


def person_in(
    document: Document, sentence: Sequence[Word], start: int, end: int
) -> tuple[str, str, str] | None:
    """Name, title and full name of the person whom this run of names introduces, if it does."""
    titles = [at for at in range(start, end) if is_title(sentence[at])]
    first = titles[-1] + 1 if titles else start
    if titles and sentence[titles[-1]].possessive or first >= end:
        return None
    name_words = sentence[first:end]
    name = text_of(document, name_words)
    role: Sequence[Word] = sentence[_role_start(sentence, first) : first]
    if not any(is_title(word) for word in role[-2:]):
        role = _role_before_comma(sentence, start, end)
        if (
            not role
            and end - start > 1
            and not actors.find(document.text, sentence[start].start, sentence[end - 1].end)
        ):
            role = _apposed_role(sentence, end)
    body = _body_after(document, sentence, end)
    if (
        not role
        and body
        and actors.canonical(body) != body.lower()
        and _looks_like_person(document, name_words)
    ):
        return name, "", f"{name} ({body})"
    if not role:
        return (name, "", name) if _looks_like_person(document, name_words) else None
    if any(word.lower in words("org_words") for word in name_words[1:]) and len(name_words) > 1:
        return None
    title = next(singular(word.lower) for word in reversed(role) if is_title(word))
    described = _describe(document, role)
    if described and body and actors.canonical(described) is None:
        described = f"{text_of(document, role)} of {body}"
    return name, title, f"{name} ({described})" if described else name


def is_title(word: Word) -> bool:
    bare = word.lower.rstrip(".")
    return bare in words("titles") or bare in words("representatives")


def _role_start(sentence: Sequence[Word], end: int) -> int:
    """Where the words of a role in front of a name begin: "foreign ministry spokeswoman"."""
    at = end
    while at > max(0, end - _ROLE_REACH) and sentence[at - 1].tag in ("noun", "name", "prep"):
        word = sentence[at - 1]
        if word.tag == "prep" and (word.lower not in ("of", "for") or at == end):
            break
        plain = word.tag == "noun" and not word.possessive and not is_title(word)
        if plain and not any(word.lower in words(each) for each in _ROLE_WORDS):
            break
        at -= 1
    while at < end and sentence[at].tag == "prep":
        at += 1
    return at


def _body_after(document: Document, sentence: Sequence[Word], end: int) -> str:
    """The body in "Jane Smith of the Health Ministry"; empty for a mere place of origin."""
    if end + 1 >= len(sentence) or sentence[end].lower not in ("of", "from", "at"):
        return ""
    found = phrases.after(sentence, end + 1)
    if found is None or sentence[end - 1].possessive:
        return ""
    inside = sentence[found[0] : found[1]]
    text = text_of(document, [word for word in inside if word.tag != "det"])
    known = actors.canonical(text)
    listed = any(word.lower in words("org_words") | words("bodies") for word in inside)
    return text if known is not None or listed else ""


def _role_before_comma(sentence: Sequence[Word], start: int, end: int) -> Sequence[Word]:
    """The role that a name in commas explains: "the ministry's spokesman, John Smith, said"."""
    if start < 2 or end >= len(sentence) or sentence[start - 1].text != ",":
        return ()
    if not is_title(sentence[start - 2]) or sentence[end].text not in (",", ".", "”", '"'):
        return ()
    return sentence[_role_start(sentence, start - 1) : start - 1]


def _apposed_role(sentence: Sequence[Word], end: int) -> Sequence[Word]:
    """The role in the commas after a name: ", a spokesman for the ministry,"."""
    if end >= len(sentence) or sentence[end].text != ",":
        return ()
    stop = end + 1
    while stop < min(len(sentence), end + _APPOSITION_REACH):
        word = sentence[stop]
        abbreviated = word.text == "." and len(sentence[stop - 1].text) < 4
        if word.tag in ("mark", "verb", "wh", "be", "modal", "have") and not abbreviated:
            break
        stop += 1
    role = sentence[end + 1 : stop]
    head = phrases.head(role)
    return role if head is not None and _has_title(role) else ()


def _has_title(role: Sequence[Word]) -> bool:
    return any(is_title(word) for word in role if not word.possessive)


def _looks_like_person(document: Document, name: Sequence[Word]) -> bool:
    """Two or three names, none of them a known actor or a word of organisations."""
    if not 2 <= len(name) <= 4 or name[-1].text.isupper():
        return False
    if any(word.lower in words("org_words") or word.lower in words("bodies") for word in name):
        return False
    start, end = name[0].start, name[-1].end
    return not actors.find(document.text, start, end) and not _is_weekday(name[0].lower)


def _is_weekday(word: str) -> bool:
    return word.endswith("day")


def _describe(document: Document, role: Sequence[Word]) -> str:
    """The role with its body, for people who speak for one; empty for all others."""
    lowers = {word.lower.rstrip(".") for word in role}
    if lowers & words("private_roles") or not lowers & words("representatives"):
        return ""
    kept = [word for word in role if word.tag != "det" or word.lower not in ("a", "an", "the")]
    if not kept:
        return ""
    text = text_of(document, role).removeprefix("a ").removeprefix("an ").removeprefix("the ")
    if actors.canonical(text) is not None:
        return text
    government = lowers & (words("executive") - words("representatives"))
    known = actors.find(text, 0, len(text))
    if not known and (government or {"foreign", "prime"} & lowers):
        nation = nation_near(document, role[0].start)
        return f"{actors.display(nation)} {text}" if nation else text
    return text if actors.body_in(text) else ""


def nation_near(document: Document, offset: int) -> str | None:
    """The last nation named before a place in the same paragraph."""
    known = nations_named(document)
    at = bisect_left(known, (offset, "")) - 1
    if at < 0:
        return None
    start, nation = known[at]
    return nation if start >= _paragraph_start(document, offset) else None


@functools.lru_cache(maxsize=16)
def nations_named(document: Document) -> Sequence[tuple[int, str]]:
    """Where the text lets a nation act ("Moscow denied it"), in order."""
    found: list[tuple[int, str]] = []
    for sentence in tagged(document):
        for start, end in name_runs(sentence):
            following = sentence[end] if end < len(sentence) else None
            acts = following is not None and (
                following.tag in _ACTING or sentence[end - 1].possessive
            )
            name = actors.canonical(text_of(document, sentence[start:end])) if acts else None
            if name in actors.nations():
                found.append((sentence[start].start, str(name)))
    return found


def _paragraph_start(document: Document, offset: int) -> int:
    starts = _paragraphs(document)
    return starts[max(0, bisect_left(starts, offset + 1) - 1)] if starts else 0


@functools.lru_cache(maxsize=16)
def _paragraphs(document: Document) -> Sequence[int]:
    first: dict[int, int] = {}
    for sentence in document.sentences:
        first.setdefault(sentence.block, sentence.start)
    return sorted(first.values())


def full_body(document: Document, name: str) -> str | None:
    """The first longer name of a body that begins with this one: "Brown" for "Brown Motors"."""
    return _full_bodies(document).get(name.lower())


@functools.lru_cache(maxsize=16)
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
    for _, name in reversed(known[max(0, upto - _BODY_REACH) : upto]):
        if noun in name.lower().split():
            return name
        if company and actors.canonical(name) is None:
            return name
    return None


def _body(
    document: Document, sentence: Sequence[Word], start: int, end: int
) -> list[tuple[int, str]]:
    """The name of a body, if the run holds a word of organisations or stands alone as a speaker."""
    run = sentence[start:end]
    text = text_of(document, run)
    located = start > 0 and sentence[start - 1].lower in ("in", "at", "near", "on", "from", "to")
    dated = _is_weekday(run[0].lower) or run[0].lower.rstrip(".") in words("months")
    if actors.canonical(text) in actors.nations() or dated:
        return []
    if located and not any(word.lower in words("org_words") for word in run):
        return []
    return [(run[0].start, text)]


def text_of(document: Document, phrase: Sequence[Word]) -> str:
    """The words of a phrase as the report writes them, without the last possessive."""
    if not phrase:
        return ""
    text = " ".join(document.text[phrase[0].start : phrase[-1].end].split())
    return text[:-2] if phrase[-1].possessive else text
