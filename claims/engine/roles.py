"""The roles of people as a report words them: "spokesman for the ministry", "chief executive of X".

What the holder of a public role says is said by the body; so a role is kept with its body, and
with the nation whose body it is where the paragraph lets that nation act.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from claims.engine import actors, phrases
from claims.engine.grammar import tagged
from claims.engine.lexicon import words
from claims.engine.parts import Word
from claims.engine.readings import Document
from claims.engine.remembered import remembered

_ROLE_WORDS = ("role_modifiers", "bodies", "executive")
_ROLE_REACH = 9
_APPOSITION_REACH = 16
_ACTING = frozenset({"verb", "be", "have", "modal", "do", "adv", "not"})


def name_runs(sentence: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Stretches of capitalised words, particles inside them included."""
    at = 0
    while at < len(sentence):
        if sentence[at].tag != "name":
            at += 1
            continue
        end = at + 1
        while end < len(sentence) and not sentence[end - 1].possessive:
            after = _after_particles(sentence, end)
            if after == len(sentence) or sentence[after].tag != "name":
                break
            end = after + 1
        yield at, end
        at = end


def _after_particles(sentence: Sequence[Word], at: int) -> int:
    """The place behind the small words inside a name: "de la", "&", an initial's full stop."""
    dot = at < len(sentence) and sentence[at].text == "." and len(sentence[at - 1].text) <= 4
    at += dot
    stop = min(len(sentence), at + 3)
    while at < stop and (sentence[at].lower in phrases.NAME_PARTICLES or sentence[at].text == "&"):
        at += 1
    return at


def is_title(word: Word) -> bool:
    """Whether the word is a title or a role of people."""
    bare = word.lower.rstrip(".")
    return bare in words("titles") or bare in words("representatives")


def role_start(sentence: Sequence[Word], end: int) -> int:
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


def body_after(document: Document, sentence: Sequence[Word], end: int) -> str:
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


def role_before_comma(sentence: Sequence[Word], start: int, end: int) -> Sequence[Word]:
    """The role that a name in commas explains: "the ministry's spokesman, John Smith, said"."""
    if start < 2 or end >= len(sentence) or sentence[start - 1].text != ",":
        return ()
    if not is_title(sentence[start - 2]) or sentence[end].text not in (",", ".", "”", '"'):
        return ()
    return sentence[role_start(sentence, start - 1) : start - 1]


def apposed_role(sentence: Sequence[Word], end: int) -> Sequence[Word]:
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


def describe(document: Document, role: Sequence[Word]) -> str:
    """The role with its body, for people who speak for one; empty for all others."""
    lowers = {word.lower.rstrip(".") for word in role}
    if lowers & words("private_roles") or not lowers & words("representatives"):
        return ""
    if len(role) > 1 and role[-1].capital and is_title(role[-2]) and not role[-2].capital:
        role = role[:-1]  # "army spokesman Colonel"
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


@remembered
def nations_named(document: Document) -> Sequence[tuple[int, str]]:
    """Where the text lets a nation act ("Moscow denied it"), in order."""
    found: list[tuple[int, str]] = []
    for sentence in tagged(document):
        for start, end in name_runs(sentence):
            following = sentence[end] if end < len(sentence) else None
            acts = following is not None and following.tag in _ACTING
            if sentence[end - 1].possessive:
                owned = sentence[end : end + 3]
                acts = any(word.lower in words("executive") for word in owned)
            name = actors.canonical(text_of(document, sentence[start:end])) if acts else None
            if name in actors.nations():
                found.append((sentence[start].start, str(name)))
    return found


def _paragraph_start(document: Document, offset: int) -> int:
    starts = _paragraphs(document)
    return starts[max(0, bisect_left(starts, offset + 1) - 1)] if starts else 0


@remembered
def _paragraphs(document: Document) -> Sequence[int]:
    first: dict[int, int] = {}
    for sentence in document.sentences:
        first.setdefault(sentence.block, sentence.start)
    return sorted(first.values())


def text_of(document: Document, phrase: Sequence[Word]) -> str:
    """The words of a phrase as the report writes them, without the last possessive."""
    if not phrase:
        return ""
    text = " ".join(document.text[phrase[0].start : phrase[-1].end].split())
    return text[:-2] if phrase[-1].possessive else text


def apposed_name(phrase: Sequence[Word]) -> Sequence[Word]:
    """The name that a plain noun is explained by: "its operator, Harbour Line" is the latter."""
    comma = next((at for at, word in enumerate(phrase) if word.text == ","), None)
    if comma is None or any(word.tag == "name" for word in phrase[:comma]):
        return phrase
    rest = phrase[comma + 1 :]
    head = phrases.head(rest)
    plain = head is not None and rest[head].tag == "name" and not rest[head].possessive
    role = any(is_title(word) for word in phrase[:comma])
    return rest if plain and not (role and len(rest) > 1 and _people_like(rest)) else phrase


def _people_like(phrase: Sequence[Word]) -> bool:
    """Whether a name after a role may be a person's: two names or more, none of an organisation."""
    names = [word for word in phrase if word.tag == "name"]
    return len(names) > 1 and not any(word.lower in words("org_words") for word in names)


def own_name(phrase: Sequence[Word], head: int) -> int | None:
    """Where the name itself begins behind a plain noun: "the shipping company | Harbour Line"."""
    at = head
    while at and phrase[at - 1].tag == "name" and not phrase[at - 1].possessive:
        at -= 1
    kind = phrase[at - 1].lower if at else ""
    return at if kind in words("bodies") | words("representatives") else None


def _ends_name(word: Word) -> bool:
    """Whether what follows only tells more: "the police in Leeds", "the firm, which"."""
    return word.tag == "wh" or word.text == "," or word.lower in ("in", "from", "on")


def is_company(noun: str) -> bool:
    """Whether the noun can stand for any company named before: "the firm", "the carmaker"."""
    return noun in words("companies") or noun.endswith("maker")


def bare_text(document: Document, phrase: Sequence[Word]) -> str:
    """The phrase without its article, up to a relative clause or comma."""
    stop = next((at for at, word in enumerate(phrase) if at and _ends_name(word)), None)
    kept = phrase[:stop]
    if len(kept) > 1 and kept[0].tag == "det" and kept[0].lower in ("the", "a", "an"):
        kept = kept[1:]
    return text_of(document, kept)
