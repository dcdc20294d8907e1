"""From a noun phrase to the one it names: a person, body, document, unnamed source or pronoun
resolved.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.engine import actors, people, phrases, roles, tables
from claims.engine.lexicon import singular, words
from claims.engine.parts import Word
from claims.engine.readings import Document, LinkKind
from claims.engine.roles import text_of

_PERSONAL = frozenset({"he", "she", "him", "her", "himself", "herself"})
_IMPERSONAL = frozenset({"it", "they", "them", "itself", "themselves"})
_OFFICES_KEPT = 5
_SOURCES = frozenset({"source", "sources", "insider", "insiders", "person", "people"})


@dataclass(frozen=True, slots=True)
class Named:
    """A speaker or responder: a readable name that is the same for all mentions in the report."""

    name: str
    kind: LinkKind


UNKNOWN = Named("unknown", "unknown")


@dataclass(slots=True)
class Memory:
    """The last person, body, firm and offices: "she added", "it said", "the firm", "the agency"."""

    person: Named | None = None
    body: Named | None = None
    firm: Named | None = None
    offices: tuple[Named, ...] = ()

    def keep(self, named: Named) -> None:
        """Remember a speaker."""
        if named.kind == "person":
            self.person = named
        elif named.kind == "institution":
            self.body = named
            if people.may_be_firm(named.name):
                self.firm = named
            if set(actors.fold_body(named.name).split()) & (words("bodies") | words("executive")):
                others = [each for each in self.offices if each != named]
                self.offices = (named, *others[: _OFFICES_KEPT - 1])


def name_of(document: Document, phrase: Sequence[Word], memory: Memory) -> Named:
    """The one whom a phrase names, as far as the report tells."""
    inner = roles.apposed_name([word for word in phrase if word.text not in "\"“”‘’'"])
    if not inner:
        return UNKNOWN
    if inner[0].tag == "pron" or inner[0].tag == "wh":
        return _pronoun(inner[0].lower, memory)
    return (
        _known_person(document, inner)
        or _known_actor(document, inner, memory)
        or _by_head(document, inner, memory)
        or UNKNOWN
    )


def actor_of(named: Named) -> str:
    """The canonical actor of a speaker: the body they speak for, or their own name."""
    found = actors.canonical(named.name)
    if found is not None:
        return found
    if named.kind == "person":
        return actors.fold(named.name.partition(" (")[0].split()[-1])
    return actors.fold_body(named.name)


def _pronoun(word: str, memory: Memory) -> Named:
    if word in _PERSONAL:
        return memory.person or UNKNOWN
    if word in ("we", "us", "i", "me"):
        return UNKNOWN
    if word in _IMPERSONAL:
        return memory.body or _no_person(memory.person) or UNKNOWN
    return UNKNOWN


def _no_person(last: Named | None) -> Named | None:
    """The last singular speaker, if "it" can stand for them: "the winery", never a name."""
    return None if last is None or last.name[:1].isupper() else last


def _known_person(document: Document, phrase: Sequence[Word]) -> Named | None:
    """The person named in the phrase, in full however short the mention is."""
    registry = people.registry(document)
    runs = list(roles.name_runs(phrase))
    for start, end in runs:
        if phrase[end - 1].possessive and end < len(phrase):
            continue
        found = people.person_in(document, phrase, start, end)
        key = actors.fold(phrase[end - 1].lower)
        full = registry.people.get(key)
        first = phrase[start].lower
        if full is not None and (
            found or end - start == 1 or actors.fold(first) in actors.fold(full)
        ):
            return Named(full, "person")
        if found is not None:
            return Named(found[2], "person")
    return None


def _known_actor(document: Document, phrase: Sequence[Word], memory: Memory) -> Named | None:
    """A nation, body or news medium of the table, alone or with its own department."""
    text = roles.bare_text(document, phrase)
    full = people.registry(document).acronyms.get(text)
    if full is not None:
        return Named(full, "institution")
    head = phrases.head(phrase)
    if any(word.lower in _SOURCES for word in phrase):
        return None
    start, end = phrase[0].start, phrase[-1].end
    found = actors.matches(document.text, start, end)
    if not found:
        return None
    if found[0][1].demonym and len(phrase) == 2 and not phrase[1].lower.endswith("s"):
        return memory.person or Named(text, "person")  # "the Spaniard said"
    if head is not None and _is_document(phrase[head].lower):
        return Named(found[-1][0].of(document.text), found[-1][1].kind)
    if actors.canonical(text) is not None:
        return Named(_role_body(text), found[-1][1].kind)
    return None


def _role_body(text: str) -> str:
    """ "spokesman for the Kremlin" is the Kremlin when no one is named."""
    for link in (" for ", " at ", " of "):
        before, _, rest = text.partition(link)
        if rest and before.split()[-1].lower() in words("representatives"):
            return rest.removeprefix("the ")
    return text


def _by_head(document: Document, phrase: Sequence[Word], memory: Memory) -> Named | None:
    head = phrases.head(phrase)
    if head is None:
        return None
    noun = phrase[head].lower
    text = roles.bare_text(document, phrase)
    source = next((at for at, word in enumerate(phrase) if word.lower in _SOURCES), None)
    if source is not None:
        return Named(roles.bare_text(document, phrase[: source + 1]), "anonymous")
    if noun in tables.words("speech", "views") and (owner := _owner(phrase, head)):
        return name_of(document, owner, memory)
    if _is_document(noun) and phrase[head].tag != "name":
        return _document(document, phrase, head, text, memory)
    if noun in words("prosecuting"):
        return _body(document, phrase, head, text)
    if noun_is_representative(noun) or noun in words("titles"):
        return _role(document, phrase, head, text, memory)
    if any(word.tag == "name" for word in phrase):
        return _named_body(document, phrase, head, text)
    if known := _firm_again(phrase, noun, memory) or _office_again(phrase, head, memory):
        return known
    if noun in words("anonymous"):
        return Named(text, "anonymous")
    if noun in words("bodies") or singular(noun) in words("bodies"):
        return _body(document, phrase, head, text)
    if text[:1].isupper() and " " not in text and not noun.endswith("s"):
        return Named(text, "institution")  # at the head of a sentence: "Boeing has denied"
    return Named(text, "anonymous" if noun.endswith("s") else "person")


def _firm_again(phrase: Sequence[Word], noun: str, memory: Memory) -> Named | None:
    """The firm that acted last, if the phrase takes it up: "the company"."""
    plain = len(phrase) == 2 and phrase[0].lower in ("the", "its")
    return memory.firm if plain and roles.is_company(noun) else None


def _firm(document: Document, phrase: Sequence[Word], memory: Memory) -> Named | None:
    """The firm meant by "a company spokeswoman"."""
    if memory.firm is not None:
        return memory.firm
    found = people.body_before(document, phrase[0].start, "company", company=True)
    return None if found is None else Named(found, "institution")


def _named_body(document: Document, phrase: Sequence[Word], head: int, text: str) -> Named:
    """A body or group with a name in it: "Harbour Line", "Leeds residents"."""
    noun = phrase[head].lower
    if phrase[head].tag == "name":
        own = roles.own_name(phrase, head)
        text = text if own is None else text_of(document, phrase[own : head + 1])
        text = text.partition(" on the ")[0]  # "Harbour Line on the contrary"
        return Named(people.full_body(document, text) or text, "institution")
    if noun in words("bodies") or singular(noun) in words("bodies"):
        return Named(text, "institution")
    return Named(text, "anonymous" if noun.endswith("s") else "person")


def _office_again(phrase: Sequence[Word], head: int, memory: Memory) -> Named | None:
    """The office that spoke before, if the phrase takes it up: "the agency", "the officials"."""
    if phrase[0].lower not in ("the", "its"):
        return None
    noun = phrase[head].lower
    inside = {word.lower for word in phrase[1:head] if word.tag != "number"}
    named = [each for each in memory.offices if noun in actors.fold_body(each.name).split()]
    for office in named or memory.offices:
        known = set(actors.fold_body(office.name).split())
        # "The health ministry" is not the interior ministry that spoke before.
        if inside <= known and (noun in known or inside):
            return office
        organ = any(word in words("bodies") and not word.endswith("s") for word in known)
        if organ and len(phrase) == 2 and noun in words("any_body"):
            return office
    return None


def noun_is_representative(noun: str) -> bool:
    """Whether the holder of the role speaks for a body."""
    return noun in words("representatives") or singular(noun) in words("representatives")


def _is_document(noun: str) -> bool:
    return noun in words("documents") or singular(noun) in words("documents")


def _document(
    document: Document, phrase: Sequence[Word], head: int, text: str, memory: Memory
) -> Named:
    """A document, or the body whose document it is: "the ministry's report"."""
    owner = _owner(phrase, head)
    if owner:
        return name_of(document, owner, memory)
    if phrase[0].lower in ("its", "their", "his", "her") and (memory.body or memory.person):
        return memory.body or memory.person or UNKNOWN
    if head + 2 < len(phrase) and phrase[head + 1].lower in ("by", "from"):
        return name_of(document, phrase[head + 2 :], memory)
    return Named(text, "document")


def _owner(phrase: Sequence[Word], head: int) -> Sequence[Word]:
    """The words of the owner in "the union's chief executive", without the possessive."""
    last = next((at for at in range(head - 1, -1, -1) if phrase[at].possessive), None)
    if last is None:
        return ()
    word = phrase[last]
    bare = replace(word, possessive=False, end=word.end - 2, text=word.text[:-2])
    return [*phrase[:last], bare]


def _role(
    document: Document, phrase: Sequence[Word], head: int, text: str, memory: Memory
) -> Named:
    """A role without a name: its body, or the person whom the report has in that role."""
    speaks = noun_is_representative(phrase[head].lower)
    if memory.body and speaks and any(word.lower in ("its", "their") for word in phrase[:4]):
        if phrase[head].lower.startswith("spokes") or phrase[head].lower.endswith("s"):
            return memory.body
        return Named(f"{text.partition(' ')[2]} ({memory.body.name})", "person")
    owner = _owner(phrase, head)
    body = actors.body_in(text)
    if body in words("companies") and speaks and (firm := _firm(document, phrase, memory)):
        return firm
    if body and speaks:
        inside = owner or phrase[head + 2 :] or phrase[:head]
        named = name_of(document, inside, Memory()) if inside else None
        if named and named.kind == "institution":
            return named
        return Named(text, "institution" if any(w.tag == "name" for w in phrase) else "person")
    if speaks and phrase[head].lower.startswith("spokes") and (memory.offices or memory.body):
        return memory.body or memory.offices[0]
    holder = people.registry(document).roles.get(singular(phrase[head].lower))
    if holder and not phrase[head].lower.endswith("s") and phrase[0].lower == "the":
        return Named(holder, "person")
    chief = any(word.lower == "chief" for word in phrase[:head])
    unnamed = phrase[head].lower in ("official", "executive") and not chief
    if phrase[head].lower.endswith("s") or unnamed:
        return Named(text, "anonymous")
    return Named(text, "person")


def _body(document: Document, phrase: Sequence[Word], head: int, text: str) -> Named:
    """A body, with the nation or the full name that the report gave it before."""
    noun = phrase[head].lower
    if len(phrase) == 2 and noun in words("taken_up"):
        full = people.body_before(document, phrase[0].start, noun, company=False)
        if full is not None:
            return Named(full, "institution")
    if noun in words("executive") or {word.lower for word in phrase} & words("executive"):
        nation = roles.nation_near(document, phrase[0].start)
        return Named(f"{actors.display(nation)} {text}" if nation else text, "institution")
    if phrase[0].lower in ("the", "its") and len(phrase) == 2:
        full = people.body_before(document, phrase[0].start, noun, company=roles.is_company(noun))
        return Named(people.full_body(document, full or text) or full or text, "institution")
    return Named(text, "institution")
