"""How well spans are carried over random edits: right, waiting, wrong, and deleted but anchored."""

import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from claims.engine import documents, extraction, sentences
from claims.engine.anchoring import Placement, carry
from claims.evaluation.corpus import load_reports
from config.settings import BASE_DIR
from tests.claims.engine.random_edits import Edited, edited

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)+")
SPANS = 12  # of each sort, at most, for each edited text
Span = tuple[int, int]


@cache
def texts() -> tuple[tuple[str, dict[str, list[Span]]], ...]:
    """The open half of the corpus and the stories: each text with its spans by sort."""
    fixtures = BASE_DIR / "fixtures"
    folders = [*sorted((fixtures / "corpus" / "open").iterdir())]
    folders += [folder for folder in sorted((fixtures / "stories").iterdir()) if folder.is_dir()]
    found = []
    for folder in folders:
        for report in load_reports(folder).values():
            claims = extraction.claims(documents.parse(report))
            split = sentences.split(report.text, report.blocks)
            spans = {
                "sentence": [(sentence.start, sentence.end) for sentence in split],
                "number": [one.span() for one in _NUMBER.finditer(report.text)],
                "name": [one.span() for one in _NAME.finditer(report.text)],
                "claim": sorted({(claim.start, claim.end) for claim in claims}),
            }
            found.append((report.text, spans))
    return tuple(found)


def measure(number: int, seed: int) -> Counter[tuple[str, str, str]]:
    """Counts by kind of edit ("several" for more than one), sort of span, and what became of it."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for turn in range(number):
        chance = random.Random(f"{seed} {turn}")
        text, sorts = chance.choice(texts())
        edit = edited(text, chance)
        spans = [
            (sort, span)
            for sort, all_spans in sorts.items()
            for span in chance.sample(all_spans, min(SPANS, len(all_spans)))
        ]
        placements = carry(edit.old, edit.new, [span for _, span in spans])
        kind = edit.kinds[0] if len(edit.kinds) == 1 else "several"
        for (sort, span), placed in zip(spans, placements, strict=True):
            counts[kind, sort, judge(edit, span, placed)] += 1
    return counts


def judge(edit: Edited, span: Span, placed: Placement) -> str:
    """What became of one span.

    right, waiting or wrong; "gone" ones had no letter left: gone, offered (waits with a proposal),
    or false (anchored none the less). A proposal is right where it shares a letter with the truth.
    """
    signs = [at for at in range(*span) if edit.old[at].isalnum()]
    left = [place for at in signs for place in edit.places.get(at, [])]
    firm = placed.state in ("exact", "moved")
    if not left:
        return "false" if firm else ("offered" if placed.state == "changed" else "gone")
    if firm:
        assert placed.start is not None
        assert placed.end is not None
        now = [at for at in range(placed.start, placed.end) if edit.new[at].isalnum()]
        return "right" if now == left and len(left) == len(signs) else "wrong"
    whole = len(left) == len(signs) and left == [
        at for at in range(left[0], left[-1] + 1) if edit.new[at].isalnum()
    ]
    if placed.state == "orphan":
        return "lost" if whole else "waiting"
    assert placed.start is not None
    assert placed.end is not None
    overlaps = any(placed.start <= place < placed.end for place in left)
    return ("doubted" if whole else "changed") if overlaps else "misled"


def shares(counts: Counter[tuple[str, str, str]]) -> dict[str, float]:
    """Honest and wrong of what was left, false of what was gone; placed of what stayed whole."""
    by: Counter[str] = Counter()
    for (_, _, what), number in counts.items():
        by[what] += number
    gone = by["gone"] + by["offered"] + by["false"]
    left = by.total() - gone
    return {
        "honest": 1 - by["wrong"] / left,
        "wrong": by["wrong"] / left,
        "false": by["false"] / gone if gone else 0.0,
        "placed": by["right"] / (by["right"] + by["doubted"] + by["lost"]),
    }


def table(counts: Counter[tuple[str, str, str]]) -> Iterable[str]:
    """A line for each kind of edit and each sort of span, for people."""
    for place in (0, 1):
        rows: dict[str, Counter[str]] = {}
        for key, number in counts.items():
            rows.setdefault(key[place], Counter())[key[2]] += number
        for name, row in sorted(rows.items()):
            said = " ".join(f"{what} {number / row.total():.2%}" for what, number in _in_order(row))
            yield f"{name:12} {row.total():8} {said}"


def _in_order(row: Counter[str]) -> Sequence[tuple[str, int]]:
    names = "right changed gone doubted lost waiting offered misled wrong false".split()
    return [(name, row[name]) for name in names if row[name]]
