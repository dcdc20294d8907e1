"""Phrases that may name a point, with their worth: "coastal road", "houses destroyed"."""

from collections import Counter
from dataclasses import dataclass, field

from claims.engine import lexicon
from claims.engine.label_deeds import deeds, verbs
from claims.engine.label_runs import Stems, runs_in, things
from claims.engine.label_words import MOST, Told, most
from claims.engine.parts import Word

LENGTH = 40  # characters of a label
BARE = 0.85  # for a noun alone
VAGUE = 0.6  # for "sum", "share" and the like
NAMED = 0.75  # for a name and nothing else
LESS = 0.5  # for names, for words that only measure
ASIDE = 0.6  # for what stands behind a preposition
SAID_SO = 0.3  # for how many reports have the words behind the head in this very form
SHARED = 0.3  # for how telling those words are
LONGER = 1.15  # two words behind a head tell a little more than one
DEED = 0.3  # for a verb that all share and that no noun goes with


@dataclass(slots=True)
class Phrase:
    """A phrase as it was found: its stems with the head first, the reports that have it."""

    head: Word
    measure: bool
    reports: set[str] = field(default_factory=set)
    printed: Counter[str] = field(default_factory=Counter)
    soft: Counter[str] = field(default_factory=Counter)
    aside: bool = True
    deed: bool = False

    @property
    def shown(self) -> str:
        """The phrase in its most frequent form; the name of the deed where some say it undone."""
        return most(self.soft) if self.soft else most(self.printed)

    @property
    def plain(self) -> bool:
        """Whether it is a common noun with what describes it, and nothing behind it."""
        common = self.head.tag == "noun" and not self.deed and not self.measure
        return common and not self.aside and self.shown.endswith(self.head.text.lower())


def phrases(told: Told) -> list[tuple[float, Phrase]]:
    """The phrases of a point's claims with their worth, best first, no two in the same words."""
    found: dict[Stems, Phrase] = {}
    for claim in told.claims:
        words = told.story.words[claim.id]
        runs = list(runs_in(words))
        for one in (*things(words, runs), *deeds(words, runs), *verbs(words)):
            kept = found.setdefault(one.stems, Phrase(one.head, one.measure, deed=one.deed))
            kept.reports.add(claim.report)
            kept.printed[one.text] += 1
            kept.aside &= one.aside
            if one.soft:
                kept.soft[one.soft] += 1
    sure = [(stems, one) for stems, one in found.items() if not one.soft or len(one.reports) > 1]
    rated = [(_worth(stems, one, told), one) for stems, one in sure]
    short = [(worth, one) for worth, one in rated if worth and len(one.shown) <= LENGTH]
    ordered = sorted(short, key=lambda pair: (-pair[0], pair[1].shown))
    return list({one.shown.lower(): (worth, one) for worth, one in reversed(ordered)}.values())[
        ::-1
    ]


def _worth(stems: Stems, phrase: Phrase, told: Told) -> float:
    """How well a phrase names the point: by its head first, then by what it says of it."""
    head = told.value(stems[0])
    if not phrase.head.text:
        return round(DEED * head, 6) if told.share(stems[0]) > MOST else 0.0
    weak = phrase.head.tag == "name" or phrase.head.lower in lexicon.words("light_heads")
    head *= (LESS if weak else 1.0) * (ASIDE if phrase.aside else 1.0)
    others = stems[1:]
    if not others:
        return round(BARE * head, 6)
    shared = sum(told.value(stem) for stem in others) / len(others)
    said = len(phrase.reports) / len(told.reports)
    more = (SAID_SO * said + SHARED) * shared * (LONGER if len(others) > 1 else 1.0)
    whole = head and head + more * told.share(stems[0])
    only_name = phrase.head.tag == "name" and phrase.shown.endswith(phrase.head.text)
    return round(whole * (VAGUE if phrase.measure else NAMED if only_name else 1.0), 6)
