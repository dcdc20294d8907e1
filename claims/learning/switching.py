"""Weights that were fitted for a desk: kept, switched on and off; its open stories follow."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from claims.engine.weights import BadWeights, Weights, parse
from claims.models import FittedWeights
from reader import audit
from reader.models import Desk, Story
from reader.services.people import Refused
from reader.services.stories import refresh_stories

Rows = Sequence[Sequence[str]]


@transaction.atomic
def keep(desk: Desk, weights: Weights, measured: Rows) -> FittedWeights:
    """Keep fitted weights, switched off; `measured` is the table of what they change."""
    kept = FittedWeights.objects.create(
        desk=desk, numbers=weights.as_toml(), measured=[list(row) for row in measured]
    )
    audit.record(
        "claims.fittedweights.added",
        target=kept,
        actor=None,
        actor_name=audit.SYSTEM,
        after={"desk": desk.pk},
    )
    return kept


@transaction.atomic
def switch_on(kept: FittedWeights) -> None:
    """Compare the desk's open stories with these weights from now on, in place of any others.

    Raises `Refused` where they are in use already, or were fitted for another engine.
    """
    desk = Desk.objects.select_for_update(no_key=True).get(pk=kept.desk_id)
    kept.refresh_from_db()
    try:
        parse(kept.numbers)
    except BadWeights:
        raise Refused(_("These weights are of another engine: fit them anew.")) from None
    if kept.on:
        raise Refused(_("These weights are in use already."))
    for other in FittedWeights.objects.filter(desk=desk, on=True):
        _switch(other, on=False)
    _switch(kept, on=True)
    refresh_stories(Story.objects.filter(desk=desk, status=Story.Status.OPEN), compare=True)


@transaction.atomic
def switch_off(desk: Desk) -> None:
    """Compare the desk's open stories with the weights that come with Parallax again.

    Raises `Refused` where these are in use already.
    """
    desk = Desk.objects.select_for_update(no_key=True).get(pk=desk.pk)
    used = FittedWeights.objects.filter(desk=desk, on=True).first()
    if used is None:
        raise Refused(_("The weights that come with Parallax are in use already."))
    _switch(used, on=False)
    refresh_stories(Story.objects.filter(desk=desk, status=Story.Status.OPEN), compare=True)


def _switch(kept: FittedWeights, *, on: bool) -> None:
    kept.on = on
    kept.save(update_fields=["on"])
    audit.record(
        "claims.fittedweights.switched_on" if on else "claims.fittedweights.switched_off",
        target=kept,
        actor=None,
        actor_name=audit.SYSTEM,
        before={"on": not on},
        after={"on": on},
    )
