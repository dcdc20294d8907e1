"""The sentence under a flag, built from its evidence by template: same evidence, same words.

It names who gives which value for which days, then the arithmetic, and never who is right.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

from claims.engine import normal_form
from claims.engine.readings import AsOf, Kind

SHOWN = 3  # lines of arithmetic in the sentence; the evidence holds them all
_OPENING: Mapping[Kind, str] = {
    "quantity": "The figures differ",
    "date": "The dates differ",
    "attribution": "The sourcing differs",
    "response": "The answers differ",
    "certainty": "The certainty differs",
    "actor": "The doers differ",
    "description": "The descriptions differ",
    "place": "The places differ",
}


def explain(kind: Kind, evidence: Mapping[str, object]) -> str:
    """Explain a flag from its evidence, `groups` and `arithmetic` of `discrepancies`."""
    groups = cast(Sequence[Mapping[str, object]], evidence["groups"])
    arithmetic = cast(Sequence[str], evidence["arithmetic"])
    sides = "; ".join(_side(group) for group in groups)
    shown = [text[:1].upper() + text[1:] for text in arithmetic[:SHOWN]]
    if len(arithmetic) > SHOWN:
        more = len(arithmetic) - SHOWN
        shown.append(f"And {more} more {'pair' if more == 1 else 'pairs'}")
    if _one_text(groups, evidence):
        shown.append("The reports have this from one text")
    checks = ". ".join(shown)
    return f"{_OPENING[kind]}. {sides}. {checks}."


def _one_text(groups: Sequence[Mapping[str, object]], evidence: Mapping[str, object]) -> bool:
    """Whether several reports differ here although they share one origin."""
    sources = {name for group in groups for name in cast(Sequence[str], group["sources"])}
    return evidence.get("origins") == 1 and len(sources) > 1


def _side(group: Mapping[str, object]) -> str:
    """One value with its speakers, the reports that carry it and its days."""
    speakers = cast(Sequence[str], group["speakers"])
    sources = [name for name in cast(Sequence[str], group["sources"]) if name not in speakers]
    first, last = cast(Sequence[str | None], group["as_of"])
    stretch = AsOf(
        first=date.fromisoformat(first) if first else None,
        last=date.fromisoformat(last) if last else None,
    )
    context = [f"in {_list(sources)}"] if sources else []
    context += [days] if (days := normal_form.days(stretch)) else []
    tail = f" ({', '.join(context)})" if context else ""
    return f"{_list(speakers)}: {group['value']}{tail}"


def _list(names: Sequence[str]) -> str:
    """Names as a reader lists them: "A, B and C"."""
    *most, final = names
    return f"{', '.join(most)} and {final}" if most else final
