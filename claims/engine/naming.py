"""From a noun phrase to the one it names: a person, body, document, unnamed source."""

from collections.abc import Sequence
from dataclasses import replace

from claims.engine import actors, again, outlets, people, phrases, roles, tables
from claims.engine.lexicon import singular, words
from claims.engine.memory import UNKNOWN, Memory, Named
from claims.engine.nouns import is_plural
from claims.engine.parts import Word
from claims.engine.readings import Document
from claims.engine.roles import text_of

_SOURCES = frozenset({"source", "sources", "insider", "insiders", "person", "people"})


def name_of(document: Document, phrase: Sequence[Word], memory: Memory) -> Named:
    """The one whom a phrase names, as far as the report tells."""
    bare = [word for word in phrase if word.text not in "\"“”‘’'"]
    if len(bare) > 1 and bare[0].lower in ("itself", "themselves") and bare[1].tag == "name":
        return Named(text_of(document, bare[1:]), "institution")  # "calling itself Blue Lamp"
    if outlets.is_own(document, bare):
        return Named(document.report.source, "outlet")
    inner = roles.apposed_name(_without_aside(bare))
    if not inner:
        return UNKNOWN
    if inner[0].tag == "pron" or inner[0].tag == "wh":
        return memory.pronoun(inner[0].lower)
    return (
        _known_person(document, inner)
        or _known_actor(document, inner, memory)
        or _by_head(document, inner, memory)
        or UNKNOWN
    )


def _without_aside(phrase: list[Word]) -> list[Word]:
    """The phrase up to an aside that names no one: "the report, seen by the Star"."""
    for at in range(1, len(phrase) - 1):
        aside = phrase[at + 1].tag in ("participle", "gerund", "wh")
        if phrase[at].text == "," and aside:
            return phrase[:at]
    return phrase


def actor_of(named: Named) -> str:
    """The canonical actor of a speaker: the body they speak for, or their own name."""
    found = actors.canonical(named.name)
    if found is not None:
        return found
    if named.kind == "person":
        return people.family_name(named.name)
    return actors.fold_body(named.name)


def _known_person(document: Document, phrase: Sequence[Word]) -> Named | None:
    """The person named in the phrase, in full however short the mention is."""
    registry = people.registry(document)
    runs = list(roles.name_runs(phrase))
    head = phrases.head(phrase)
    for start, end in runs:
        if phrase[end - 1].possessive and end < len(phrase):
            continue
        before = start - 1 - (phrase[start - 1].tag == "det")
        if head is not None and head < start and phrase[before].tag == "prep":
            continue  # "villagers from Upper Foss", "passengers of the Anna Lee"
        found = people.person_in(document, phrase, start, end)
        key = actors.fold(phrase[end - 1].lower)
        full = registry.people.get(key)
        if full is None and phrase[end - 1].lower in words("media_names"):
            continue
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
    if found := _source_or_document(document, phrase, head, memory):
        return found
    if noun_is_representative(noun) or noun in words("titles"):
        return _role(document, phrase, head, text, memory)
    if any(word.tag == "name" and not phrases.is_time(word) for word in phrase):
        return _named_body(document, phrase, head, text)
    if known := again.firm(phrase, noun, memory) or again.office(phrase, head, memory):
        return known
    if noun in words("anonymous"):
        return Named(text, "anonymous")
    if noun in words("bodies") or singular(noun) in words("bodies"):
        return _body(document, phrase, head, memory)
    if phrases.is_time(phrase[head]):
        return UNKNOWN
    if text[:1].isupper() and " " not in text and not is_plural(noun):
        return Named(text, "institution")  # at the head of a sentence: "Boeing has denied"
    return Named(text, "anonymous" if noun.endswith("s") else "person")


def _source_or_document(
    document: Document, phrase: Sequence[Word], head: int, memory: Memory
) -> Named | None:
    """Those whom a report hides, what somebody wrote, and the side that prosecutes."""
    noun, text = phrase[head].lower, roles.bare_text(document, phrase)
    source = next((at for at, word in enumerate(phrase) if word.lower in _SOURCES), None)
    if source is not None:
        return Named(roles.bare_text(document, phrase[: source + 1]), "anonymous")
    told = tables.words("speech", "views") | tables.words("speech", "told")
    if noun in told and (owner := _owner(phrase, head)):
        return name_of(document, owner, memory)
    if noun in told and phrase[0].lower in ("his", "her"):
        return memory.pronoun(phrase[0].lower)
    if noun in words("document_parts") and head == 0 and len(phrase) > 1:
        return memory.document or Named(text, "document")
    if _is_document(noun) and phrase[head].tag != "name":
        return _document(document, phrase, head, text, memory)
    return _body(document, phrase, head, memory) if noun in words("prosecuting") else None


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
        medium = noun in words("media_names") and noun not in words("bodies")
        if medium and phrase[0].lower == "the" and head > 0:
            return Named(text, "agency")
        return Named(people.full_body(document, text) or text, "institution")
    if noun in words("bodies") or singular(noun) in words("bodies"):
        return Named(text, "institution")
    return Named(text, "anonymous" if noun.endswith("s") else "person")


def noun_is_representative(noun: str) -> bool:
    """Whether the holder of the role speaks for a body."""
    return noun in words("representatives") or singular(noun) in words("representatives")


def _is_document(noun: str) -> bool:
    return bool({noun, singular(noun)} & words("documents"))


def _document(
    document: Document, phrase: Sequence[Word], head: int, text: str, memory: Memory
) -> Named:
    """A document, or the body whose document it is: "the ministry's report"."""
    named = name_of(document, owner, memory) if (owner := _owner(phrase, head)) else None
    if phrase[0].lower in ("its", "their", "his", "her") and (memory.body or memory.person):
        named = memory.body or memory.person
    if head + 2 < len(phrase) and phrase[head + 1].lower in ("by", "from", "of"):
        named = name_of(document, phrase[head + 2 :], memory)
        if phrase[head + 1].lower == "of" and named.kind != "institution":
            named = None
    if named is not None and named != UNKNOWN:
        return named
    again = phrase[head].lower in words("any_document") and phrase[0].lower in ("the", "this")
    if again and len(phrase) == 2 and memory.document is not None:
        return memory.document
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
        named = name_of(document, inside, memory) if inside else None
        if named and named.kind == "institution":
            return _holder(document, phrase, head, named)
        if any(word.tag == "name" for word in phrase):
            return Named(text, "institution")
        return Named(text, "anonymous" if is_plural(phrase[head].lower) else "person")
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


def _holder(document: Document, phrase: Sequence[Word], head: int, body: Named) -> Named:
    """The one who holds a role in a body; who only speaks for it is the body itself."""
    noun = phrase[head].lower
    speaks = noun.startswith("spokes") or noun.endswith("s") or noun in words("titles_of_state")
    if speaks or actors.canonical(body.name) is not None:
        return body
    first = next((at for at in range(head - 1, -1, -1) if phrase[at].possessive), -1) + 1
    role = [word for word in phrase[first : head + 1] if word.tag in ("noun", "name")]
    text = " ".join(word.lower for word in role if word.text not in body.name.split())
    return Named(f"{text} ({body.name})", "person") if text else body


def _body(document: Document, phrase: Sequence[Word], head: int, memory: Memory) -> Named:
    """A body, with the nation or the full name that the report gave it before."""
    noun, text = phrase[head].lower, roles.bare_text(document, phrase)
    at, short = phrase[0].start, len(phrase) == 2
    own = people.body_before(document, at, noun, company=False) if short else None
    if own is not None and noun in words("taken_up"):
        return Named(own, "institution")
    if noun in words("executive") or {word.lower for word in phrase} & words("executive"):
        nation = roles.nation_near(document, at)
        return Named(f"{actors.display(nation)} {text}" if nation else text, "institution")
    if phrase[0].lower in ("the", "its") and short:
        if own is None and (last := memory.kindless(noun)):
            return last
        full = people.body_before(document, at, noun, company=roles.is_company(noun))
        return Named(people.full_body(document, full or text) or full or text, "institution")
    return Named(text, "institution")
