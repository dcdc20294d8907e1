"""The fields of claims, points and flags in the audit trail, as words that a person reads."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from claims import stored_reading, words
from claims.engine import actors, normal_form
from claims.engine.readings import Reading
from claims.models import Claim, Counterpart, Discrepancy, MadeBy, Point
from reader.trail import Field

PointNames = Mapping[int, str]
_EMPTY = stored_reading.to_json(Reading())


def _reading(**fields: object) -> Reading:
    """A reading of which only these stored fields are known."""
    return stored_reading.from_json({**_EMPTY, **fields})


def _figures(value: object) -> str:
    return ", ".join(_figure(item) for item in _reading(quantities=value).quantities)


def _figure(quantity: Any) -> str:
    """The figure in words with its interval, as evidence gives it."""
    worded = normal_form.worded(quantity)
    exact = quantity.low == quantity.high
    return worded if exact else f"{worded} [{normal_form.interval(quantity)}]"


def _as_of(value: object) -> str:
    return normal_form.days(_reading(as_of=value).as_of)


def _dates(value: object) -> str:
    return ", ".join(normal_form.days(item) or _("unclear") for item in _reading(dates=value).dates)


def _speakers(value: object) -> str:
    return " → ".join(actors.display(link.name) for link in _reading(attribution=value).attribution)


def _response(value: object) -> str:
    answer = _reading(response=value).response
    assert answer is not None  # an empty one is said to be nothing
    said = {"actor": actors.display(answer.actor), "act": words.word(words.ACTS, answer.act)}
    return _("%(actor)s: %(act)s") % said


def _certainty(value: object) -> str:
    return words.word(words.CERTAINTIES, str(value))


def _frame(value: object) -> str:
    frame = _reading(frame=value).frame
    assert frame is not None  # an empty one is said to be nothing
    said = [*frame.subjects, *([_("not")] if frame.negated else []), frame.verb, *frame.objects]
    return " ".join(part for part in said if part)


READING: Mapping[str, Field] = {
    "quantities": Field(label=lazy("Figures"), words=_figures),
    "as_of": Field(label=lazy("As of"), words=_as_of),
    "dates": Field(label=lazy("Dates"), words=_dates),
    "attribution": Field(label=lazy("Who says it"), words=_speakers),
    "response": Field(label=lazy("Response"), words=_response),
    "certainty": Field(label=lazy("Certainty"), words=_certainty),
    "place": Field(label=lazy("Place")),
    "frame": Field(label=lazy("Who does what"), words=_frame),
}


def _chosen(choices: Any) -> Callable[[object], str]:
    """Words of a choice, by the model's own labels."""
    return lambda value: str(choices(value).label)


def _corrected(value: object) -> str:
    """The names of the fields that a person set, in the order of the form."""
    names = value if isinstance(value, list) else []
    return ", ".join(str(field.label) for name, field in READING.items() if name in names)


def claim_fields(points: PointNames) -> dict[str, Field]:
    """The fields of a claim; points by their names of today."""
    return {
        "status": Field(label=lazy("Status"), words=_chosen(Claim.Status)),
        **READING,
        "corrected": Field(label=lazy("Set by people"), words=_corrected),
        "point": Field(label=lazy("Point"), words=lambda value: named(points, value)),
        "point_by": Field(label=lazy("Placed by"), words=_chosen(MadeBy)),
        "start": Field(label=lazy("From character")),
        "end": Field(label=lazy("To character")),
        "anchor_state": Field(label=lazy("Anchor"), words=_chosen(Claim.AnchorState)),
    }


def point_fields(points: PointNames, point_id: int) -> dict[str, Field]:
    """The fields of a point; other points by their names of today."""
    return {
        "label": Field(label=lazy("Label")),
        "label_by": Field(label=lazy("Named by"), words=_chosen(MadeBy)),
        "status": Field(label=lazy("Status"), words=_chosen(Point.Status)),
        "claims": Field(label=lazy("Claims"), words=lambda value: _inside(value, point_id)),
        "absorbed": Field(
            label=lazy("Took over"),
            words=lambda value: ", ".join(named(points, pk) for pk in _listed(value)),
        ),
        "into": Field(label=lazy("Parted off"), words=lambda value: named(points, value)),
    }


def flag_fields() -> dict[str, Field]:
    """The fields of a flag."""
    return {"status": Field(label=lazy("Status"), words=_flag_status)}


def pair_fields() -> dict[str, Field]:
    """The fields of a pair in doubt."""
    return {"status": Field(label=lazy("Status"), words=_chosen(Counterpart.Status))}


def story_fields() -> dict[str, Field]:
    """What a comparison sets on its story."""
    return {"origins": Field(label=lazy("Independent texts"))}


def named(points: PointNames, value: object) -> str:
    """A point by its name of today."""
    known = points.get(value) if isinstance(value, int) else None
    return _("“%(label)s”") % {"label": known} if known else _("point %(id)s") % {"id": value}


def _flag_status(value: object) -> str:
    if value == Discrepancy.Status.SUPERSEDED:
        return _("No longer found")
    return words.word(words.STATUSES, str(value))


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _inside(value: object, point_id: int) -> str:
    """How many claims were in the point, of all that were written down with their places."""
    places = value.values() if isinstance(value, Mapping) else ()
    number = sum(1 for home, _by in places if home == point_id)
    return ngettext("%(n)s claim", "%(n)s claims", number) % {"n": number}
