"""A flag's claims by value: what an editor sees first, with who says it in how many texts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from claims.engine import normal_form
from claims.engine.origins import Origins
from claims.report_origins import spread
from claims.statements import Side, Statement, side


@dataclass(frozen=True, kw_only=True)
class ValueGroup:
    """The reports that give one value; `spread` counts them and the texts that they go back to.

    Speakers, days and certainties are those of its claims, each once; a report that speaks for
    itself is named as a source alone.
    """

    value: str
    sources: tuple[str, ...]
    spread: str
    speakers: tuple[str, ...]
    as_of: tuple[str, ...]
    certainty: tuple[str, ...]
    sides: tuple[Side, ...]


def grouped(
    statements: Sequence[Statement], evidence: Mapping[str, Any], origins: Origins
) -> tuple[ValueGroup, ...]:
    """The statements of a flag under the values of its evidence, in the order of that.

    What the evidence does not place stands under its own value, behind.
    """
    values = {
        claim: str(group["value"])
        for group in evidence.get("groups", ())
        for claim in group["claims"]
    }
    order = {value: at for at, value in enumerate(dict.fromkeys(values.values()))}
    found: dict[str, list[Statement]] = {}
    for one in statements:
        value = values.get(one.id) or normal_form.value(one.claim.reading)
        found.setdefault(value, []).append(one)
    return tuple(
        _group(value, found[value], origins)
        for value in sorted(found, key=lambda value: order.get(value, len(order)))
    )


def _group(value: str, statements: Sequence[Statement], origins: Origins) -> ValueGroup:
    sources = _once(one.report.source for one in statements)
    return ValueGroup(
        value=value,
        sources=sources,
        spread=spread(statements, origins),
        speakers=_once(one.speaker for one in statements if one.speaker not in sources),
        as_of=_once(one.as_of for one in statements),
        certainty=_once(one.certainty for one in statements),
        sides=tuple(side(one) for one in statements),
    )


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))
