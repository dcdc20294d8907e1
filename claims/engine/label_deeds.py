"""Things with what was done to them, as labels need them: "road closed", "power cut".

The verb may change its form: "they cut the power" gives "power cut", and what is not said to be
done becomes a name of the deed: "lifting of the ban".
"""

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from claims.engine import groups, lexicon, nouns, phrasal, tables, terms
from claims.engine.groups import Group
from claims.engine.label_runs import LINKS, Found, Run, printed, stems_of
from claims.engine.label_words import is_measure, is_nominal
from claims.engine.parts import VERBAL, Word

# Verbs that say little of what is done.
EMPTY = frozenset("be have do get let keep see want come go put need become".split())
# Verbs that tell nothing without their object: "helicopters were taking".
_LIGHT = frozenset("take make give bring hold carry".split())
_ROUNDING = frozenset("under over about around up to nearly more than at least some".split())


def deeds(words: Sequence[Word], runs: Sequence[Run]) -> Iterator[Found]:
    """Things with what was done to them: "road closed", from the active voice too."""
    for bare in groups.verb_groups(words):
        group, stem = phrasal.with_particle(words, bare)
        alone = words[bare.start].tag == "gerund"  # "operating profit"
        if alone or bare.stem in _skipped() or not _form(bare.stem, "participle"):
            continue
        run, behind = _done_to(words, runs, group)
        if run is None or words[run.end - 1].tag == "name":
            continue
        head = words[run.end - 1]
        tail = _idiom(words, behind)
        particle = stem.partition("-")[2] if stem != bare.stem else ""
        running = words[bare.end - 1].tag == "gerund" and not bare.passive
        form = "ing" if running and bare.finite else "participle"
        verb = " ".join(filter(None, (_form(bare.stem, form), particle, tail)))
        open_ = bool(bare.modal) or bare.negated or words[bare.start].tag == "to"
        if run.measure and (open_ or run.measure == "length"):
            continue
        for first in range(max(run.start, run.end - 2), run.end):
            parts = words[first : run.end]
            name = run.measure or printed(parts)
            stems = (run.measure,) if run.measure else stems_of(parts)
            doing = " ".join(filter(None, (_form(bare.stem, "ing"), particle)))
            soft = f"{doing} of the {name}" if open_ and form == "participle" else ""
            yield Found(
                (*stems, terms.stem(bare.stem)), f"{name} {verb}", head, run.aside,
                bool(run.measure), True, soft,
            )  # fmt: skip


def verbs(words: Sequence[Word]) -> Iterator[Found]:
    """What is done, where no noun goes with it: "nothing was paid" tells of paying."""
    for word in words:
        if (
            word.tag in VERBAL
            and word.stem not in _skipped()
            and (doing := _form(word.stem, "ing"))
        ):
            nothing = replace(word, text="")
            yield Found((terms.stem(word.stem), "-"), doing, nothing, False, deed=True)


@functools.cache
def _skipped() -> frozenset[str]:
    """Verbs that tell of no deed: of saying, of meaning to, and those that say little."""
    return tables.words("speech", "trailing") | lexicon.words("raising") | EMPTY


def _done_to(words: Sequence[Word], runs: Sequence[Run], group: Group) -> tuple[Run | None, int]:
    """The phrase that a verb is done to, and where what follows both begins."""
    word = words[group.end - 1]
    reduced = word.tag == "participle" and not group.finite and words[group.start] is word
    runs_on = group.finite and word.tag == "gerund" and group.stem not in _LIGHT
    if group.passive or reduced or runs_on and _after(words, runs, group.end) is None:
        return _before(words, runs, group.start, reduced), group.end
    if word.tag in ("gerund", "be", "have", "do", "modal"):
        return None, group.end
    found = _after(words, runs, group.end)
    return found, found.end if found else group.end


def _after(words: Sequence[Word], runs: Sequence[Run], at: int) -> Run | None:
    """The object that begins here, behind its article and number."""
    found = next((run for run in runs if run.start >= at), None)
    if found is None:
        return None
    between = words[at : found.start]
    if between and between[-1].tag == "number":  # "employed just under 20,000 people"
        if between[0].lower == "to":  # "runs to four pages"
            return None
        rounded = (
            word.tag in ("det", "number", "adv") or word.lower in _ROUNDING for word in between
        )
        return found if all(rounded) else None
    return found if all(word.tag == "det" for word in between) else None


def _before(words: Sequence[Word], runs: Sequence[Run], at: int, close: bool) -> Run | None:
    """The subject that ends here; of "a list of names" and "shops and a bank" the first part."""
    ending = [run for run in runs if run.end <= at]
    if not ending:
        return None
    found = ending.pop()
    between = words[found.end : at]
    if between and (close or any(word.tag not in ("adv", "wh", "that") for word in between)):
        return None
    while ending and not close:
        joint = words[ending[-1].end : found.start]
        linked = joint and (joint[0].lower in LINKS or joint[0].lower == "and")
        if not linked or any(word.tag not in ("det", "number") for word in joint[1:]):
            break
        found = ending.pop()
    return found


def _idiom(words: Sequence[Word], at: int) -> str:
    """What makes a verb whole: "to safety", "into custody"; a bare noun without an article."""
    if at + 1 >= len(words) or words[at].lower not in ("to", "into", "in", "on", "under", "off"):
        return ""
    word = words[at + 1]
    last = at + 2 == len(words) or not is_nominal(words[at + 2])
    plain = word.tag == "noun" and is_nominal(word) and not nouns.is_plural(word.lower)
    return (
        f"{words[at].lower} {word.lower}" if last and plain and not is_measure(word.lower) else ""
    )


def _form(stem: str, wanted: str) -> str:
    return _forms().get((stem, wanted), "")


@functools.cache
def _forms() -> Mapping[tuple[str, str], str]:
    """The participle and the -ing form of each verb, as British papers write it."""
    found: dict[tuple[str, str], str] = {}
    for word, readings in lexicon.verb_forms().items():
        for stem, form in readings:
            found.setdefault((stem, form), word)
    return found
