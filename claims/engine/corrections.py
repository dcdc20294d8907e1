"""What people have corrected, as the engine takes it: it counts in place of what was read.

Pure like the rest: the same corrections in any order give the same comparison.
"""

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from claims.engine.readings import Claim, Document, Reading, Sentence, Span
from claims.engine.typed import normal


@dataclass(frozen=True, kw_only=True)
class Corrections:
    """What people set, by claim id.

    `readings` and `spans` stand for the engine's own. `rejected` claims are listed, but neither
    matched nor judged. `added` claims are a person's own: their ids are the caller's, `exact` and
    `sentence` are filled in. `places` names the point that a person put a claim into, None where
    they took it out: such a claim stands alone. `homes` names the point that the engine itself had
    put a claim into before. `apart` holds pairs of claims of which a person said that they answer
    two questions: they never share a point, unless somebody put both into one.
    """

    readings: Mapping[str, Reading] = field(default_factory=dict)
    spans: Mapping[str, Span] = field(default_factory=dict)
    rejected: AbstractSet[str] = frozenset()
    added: Sequence[Claim] = ()
    places: Mapping[str, Hashable | None] = field(default_factory=dict)
    homes: Mapping[str, Hashable] = field(default_factory=dict)
    apart: AbstractSet[frozenset[str]] = frozenset()

    @property
    def placed(self) -> dict[str, Hashable]:
        """The claims that a person put into a point, with its key."""
        return {name: key for name, key in self.places.items() if key is not None}

    @property
    def touched(self) -> frozenset[str]:
        """The claims of which a person set the reading or the span, or that are their own."""
        return frozenset((*self.readings, *self.spans, *(new.id for new in self.added)))

    def attends(self, claim: Claim) -> bool:
        """Whether a claim is matched and judged with others."""
        return claim.id not in self.rejected and self.places.get(claim.id, "open") is not None


def correct(
    claims: Iterable[Claim], documents: Mapping[str, Document], corrections: Corrections
) -> tuple[list[Claim], set[str]]:
    """The claims as people left them, their own ones last; and the ids of those they touched.

    A claim of a report that was not read is left out. What a person typed is put into the forms
    that the engine compares by.
    """
    touched = {*corrections.touched}
    added = sorted(
        (claim for claim in corrections.added if claim.report in documents),
        key=lambda claim: (claim.report, claim.start, claim.end, claim.id),
    )
    found = [_as_set(claim, documents, corrections) for claim in claims]
    mine = [_placed(claim, claim, documents[claim.report]) for claim in added]
    corrected = [
        replace(claim, reading=normal(claim.reading)) if claim.id in touched else claim
        for claim in (*found, *mine)
    ]
    return corrected, touched


def with_room(documents: Mapping[str, Document], added: Iterable[Claim]) -> dict[str, Document]:
    """The documents, where a claim of a person needs one in a text without any sentence.

    Everything that looks at a claim looks at its sentence too.
    """
    bare: dict[str, list[Claim]] = {}
    for claim in added:
        if claim.report in documents and not documents[claim.report].sentences:
            bare.setdefault(claim.report, []).append(claim)
    rooms = {
        name: replace(
            documents[name],
            sentences=tuple(
                Sentence(start=start, end=end, index=at, block=0)
                for at, (start, end) in enumerate(sorted({(one.start, one.end) for one in found}))
            ),
        )
        for name, found in bare.items()
    }
    return {**documents, **rooms}


def _as_set(claim: Claim, documents: Mapping[str, Document], corrections: Corrections) -> Claim:
    if claim.id in corrections.readings:
        claim = replace(claim, reading=corrections.readings[claim.id])
    if claim.id in corrections.spans:
        claim = _placed(claim, corrections.spans[claim.id], documents[claim.report])
    return claim


def _placed(claim: Claim, span: Span, document: Document) -> Claim:
    """The claim at its place: in the sentence with which it shares most, else the one before."""
    sentences = document.sentences
    first = max(0, bisect_right(sentences, span.start, key=lambda one: one.start) - 1)
    last = bisect_right(sentences, span.end, key=lambda one: one.start)
    near = sentences[first : max(last, first + 1)]
    home = max(near, key=lambda one: min(one.end, span.end) - max(one.start, span.start))
    return replace(
        claim,
        start=span.start,
        end=span.end,
        exact=span.of(document.text),
        sentence=home.index,
    )
