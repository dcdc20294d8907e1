"""What a sentence leaves in memory beside its own speakers: sources it goes by, who is asked, which
document it names, and who holds a role.
"""

from collections.abc import Sequence

from claims.engine import phrases, roles
from claims.engine.groups import Group
from claims.engine.lexicon import words
from claims.engine.memory import Memory, Named
from claims.engine.naming import name_of, noun_is_representative
from claims.engine.parts import Word
from claims.engine.readings import Document

_QUOTE_MARKS = frozenset('"“”')
_NEAR = 6
_UNPLACED = frozenset({"its", "their", "his", "her", "no", "any"})
_SPEECH_REACH = 80
_FINITE: frozenset[str] = frozenset({"verb", "be", "have", "modal", "do"})


def keep_sources(document: Document, sentence: Sequence[Word], known: Memory) -> None:
    """Remember whom the sentence goes by, "according to the ministry", and what was written."""
    for at in range(len(sentence) - 2):
        if sentence[at].lower == "according" and sentence[at + 1].lower == "to":
            source = phrases.after(sentence, at + 2)
            _keep_source(document, sentence, source, known)
    for at in range(2, len(sentence) - 2):
        if sentence[at].lower == "so" and closes_speech(sentence, at):
            source = phrases.after(sentence, at + 1)
            if source is not None and source[1] >= len(sentence) - 1:
                _keep_source(document, sentence, source, known)
    _keep_document(sentence, known)


def _keep_document(sentence: Sequence[Word], known: Memory) -> None:
    """Remember what was signed or sent: "agreed in an accord", then "the document says"."""
    for at in range(1, len(sentence)):
        word, before = sentence[at], sentence[at - 1]
        written = word.tag == "noun" and word.lower in words("written") and not word.possessive
        placed = before.tag in ("det", "noun") and before.lower not in _UNPLACED
        again = known.document and before.lower == "the" and word.lower in words("any_document")
        if written and placed and not before.possessive and not again:
            known.keep(Named(word.lower, "document"))


def _keep_source(
    document: Document, sentence: Sequence[Word], source: tuple[int, int] | None, known: Memory
) -> None:
    if source is None:
        return
    phrase = sentence[source[0] : source[1]]
    named = name_of(document, phrase, known)
    known.keep(named)
    keep_holder(document, phrase, named, known)


def keep_holder(document: Document, phrase: Sequence[Word], named: Named, memory: Memory) -> None:
    """Remember who holds a role as a person too: "a spokeswoman for the firm", then "she"."""
    head = phrases.head(phrase)
    one = phrase[0].lower in ("one", "another")
    if head is None or named.kind == "person" or (phrase[head].lower.endswith("s") and not one):
        return
    if noun_is_representative(phrase[head].lower):
        role = roles.bare_text(document, phrase)
        body = f" ({named.name})" if named.kind == "institution" else ""
        memory.meet(Named(role + body, "person"))


def keep_asked(document: Document, sentence: Sequence[Word], group: Group, memory: Memory) -> None:
    """Remember who is asked: "we asked the ministry, and it would not say"."""
    stem, start = group.stem, group.end
    if stem == "put":
        to = (at for at in range(start, min(start + _NEAR, len(sentence))) if at > start)
        start = next((at + 1 for at in to if sentence[at].lower == "to"), 0)
    elif stem not in words("asking_verbs"):
        return
    found = phrases.after(sentence, start) if start and not group.passive else None
    phrase = sentence[found[0] : found[1]] if found else ()
    head = phrases.head(phrase)
    if head is None or not (is_name(phrase) or noun_is_representative(phrase[head].lower)):
        return
    named = name_of(document, phrase, memory)
    memory.keep(named)
    keep_holder(document, phrase, named, memory)


def closes_speech(sentence: Sequence[Word], at: int) -> bool:
    """Whether something that is said may end right before this place: a comma, a quotation."""
    if at < 2:
        return False
    before = sentence[at - 1]
    if before.text in _QUOTE_MARKS:
        return True
    said = sentence[max(0, at - _SPEECH_REACH) : at - 1]
    return before.text == "," and any(w.tag in _FINITE or w.text in _QUOTE_MARKS for w in said)


def is_name(phrase: Sequence[Word]) -> bool:
    """Whether a later pronoun may stand for the phrase: a name, a body or a role."""
    head = phrases.head(phrase)
    if head is None:
        return False
    listed = (words(each) for each in ("bodies", "titles", "representatives", "persons"))
    return phrase[head].tag == "name" or any(phrase[head].lower in each for each in listed)
