"""Who has spoken and acted so far in a report: what "she", "it", "the firm" and "the text" mean."""

from dataclasses import dataclass

from claims.engine import actors, people
from claims.engine.lexicon import words
from claims.engine.readings import LinkKind

_SHE = frozenset({"she", "her", "hers", "herself"})
_HE = frozenset({"he", "him", "his", "himself"})
_IMPERSONAL = frozenset({"it", "they", "them", "itself", "themselves"})
_OFFICES_KEPT = 5
_PEOPLE_KEPT = 4


@dataclass(frozen=True, slots=True)
class Named:
    """A speaker or responder: a readable name that is the same for all mentions in the report."""

    name: str
    kind: LinkKind


UNKNOWN = Named("unknown", "unknown")


@dataclass(slots=True)
class Memory:
    """The last persons, body, firm, offices and document.

    `others` are persons before the last one, newest first; `sexes` holds what pronouns and titles
    have told of them, so that "he" is not the woman who spoke last. `speaking` is the body whose
    words the sentence before gave.
    """

    person: Named | None = None
    body: Named | None = None
    firm: Named | None = None
    offices: tuple[Named, ...] = ()
    document: Named | None = None
    others: tuple[Named, ...] = ()
    sexes: tuple[tuple[str, str], ...] = ()
    speaking: Named | None = None

    def keep(self, named: Named) -> None:
        """Remember a speaker; the outlet itself is no "it"."""
        name, side = named.name.lower(), named.kind == "institution"
        if named.kind == "outlet" or name.startswith(("this ", "our ")) or side and _is_owned(name):
            return
        if named.kind == "person":
            self.meet(named)
        elif named.kind == "document":
            self.document = named
        elif named.kind == "institution":
            self.body = named
            if people.may_be_firm(named.name):
                self.firm = named
            if set(actors.fold_body(named.name).split()) & (words("bodies") | words("executive")):
                others = [each for each in self.offices if each != named]
                self.offices = (named, *others[: _OFFICES_KEPT - 1])

    def meet(self, named: Named) -> None:
        """Remember a person as the last one."""
        if self.person is not None and self.person != named:
            before = [each for each in self.others if each not in (named, self.person)]
            self.others = (self.person, *before)[:_PEOPLE_KEPT]
        self.person = named

    def pronoun(self, word: str) -> Named:
        """The one whom a pronoun stands for; unknown where nobody fits."""
        if word in _SHE or word in _HE:
            return self._of_sex("f" if word in _SHE else "m") or _a_name(self.body) or UNKNOWN
        if word in _IMPERSONAL:
            return self.body or _no_person(self.person) or UNKNOWN
        return UNKNOWN

    def speaker(self, word: str) -> Named:
        """The one whom a pronoun behind what is said stands for: "..., it warned"."""
        if word in _IMPERSONAL and self.speaking is not None:
            return self.speaking
        return self.pronoun(word)

    def kindless(self, noun: str) -> Named | None:
        """The last body, if its name leaves open that it is a club, an agency or the like."""
        if self.body is None or noun not in words("any_name") or not self.body.name[:1].isupper():
            return None
        inside = set(self.body.name.lower().split())
        known = inside & (words("bodies") | words("executive") | words("business_words"))
        return None if known or actors.canonical(self.body.name) in actors.nations() else self.body

    def _of_sex(self, sex: str) -> Named | None:
        told = dict(self.sexes)
        for each in (self.person, *self.others):
            if each is not None and (told.get(each.name) or _sex(each.name) or sex) == sex:
                kept = [pair for pair in self.sexes if pair[0] != each.name]
                self.sexes = (*kept[-_PEOPLE_KEPT:], (each.name, sex))
                return each
        return None


def _a_name(body: Named | None) -> Named | None:
    """A body that is one name and nothing else, as a person: "Pike says ... he added"."""
    if body is None or " " in body.name or not body.name[:1].isupper() or body.name.isupper():
        return None
    listed = body.name.lower() in words("bodies") | words("executive")
    known = listed or actors.canonical(body.name) is not None
    return None if known else Named(body.name, "person")


def _is_owned(name: str) -> bool:
    """Whether a body is somebody's, who is rather meant by "it": "said its troops had left"."""
    return name.startswith(("its ", "their "))


def _sex(name: str) -> str:
    """What the words of a name or role tell: "spokeswoman" is a woman; empty if nothing."""
    inside = {word.strip("(),.").lower() for word in name.split()}
    if inside & words("women"):
        return "f"
    return "m" if inside & words("men") else ""


def _no_person(last: Named | None) -> Named | None:
    """The last singular speaker, if "it" can stand for them: "the winery", never a name."""
    return None if last is None or last.name[:1].isupper() else last
