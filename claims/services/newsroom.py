"""What a desk has set about comparing, as the engine takes it."""

import logging
from typing import TYPE_CHECKING, cast

from claims.models import Alias, FittedWeights, RuleSwitch
from reader.models import Desk

if TYPE_CHECKING:
    from claims.engine.gazetteer import AliasKind
    from claims.engine.settings import Settings
    from claims.engine.weights import Weights

logger = logging.getLogger(__name__)


def settings_of(desk: Desk) -> "Settings":
    """The desk's settings for a comparison or a reading; three queries.

    Loaded here: a web process defers jobs and never needs the engine's tables for them.
    """
    from claims.engine import gazetteer
    from claims.engine.settings import Settings

    names = Alias.objects.filter(desk=desk).values_list("name", "canonical", "kind")
    off = RuleSwitch.objects.filter(desk=desk, on=False).values_list("rule", flat=True)
    return Settings(
        holding_days=desk.holding_days,
        weights=_weights_of(desk),
        rules_off=frozenset(off),
        aliases=frozenset(
            gazetteer.Alias(name=name, canonical=canonical, kind=cast("AliasKind", kind))
            for name, canonical, kind in names
        ),
    )


def _weights_of(desk: Desk) -> "Weights | None":
    """The weights that the desk switched on; those of another engine's signals count for nothing.

    An update may bring other signals, and must not end all comparisons of the desk.
    """
    from claims.engine import weights

    fitted = FittedWeights.objects.filter(desk=desk, on=True).first()
    if fitted is None:
        return None
    try:
        return weights.parse(fitted.numbers)
    except weights.BadWeights as error:
        logger.warning("Weights %s of desk %s are not used: %s", fitted.pk, desk.slug, error)
        return None
