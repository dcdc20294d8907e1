"""What a desk has set about comparing, as the engine takes it."""

from typing import TYPE_CHECKING, cast

from claims.models import Alias, FittedWeights, RuleSwitch
from reader.models import Desk

if TYPE_CHECKING:
    from claims.engine.gazetteer import AliasKind
    from claims.engine.settings import Settings


def settings_of(desk: Desk) -> "Settings":
    """The desk's settings for a comparison or a reading; three queries.

    Loaded here: a web process defers jobs and never needs the engine's tables for them.
    """
    from claims.engine import gazetteer, weights
    from claims.engine.settings import Settings

    names = Alias.objects.filter(desk=desk).values_list("name", "canonical", "kind")
    off = RuleSwitch.objects.filter(desk=desk, on=False).values_list("rule", flat=True)
    fitted = FittedWeights.objects.filter(desk=desk, on=True).first()
    return Settings(
        holding_days=desk.holding_days,
        weights=weights.parse(fitted.numbers) if fitted else None,
        rules_off=frozenset(off),
        aliases=frozenset(
            gazetteer.Alias(name=name, canonical=canonical, kind=cast("AliasKind", kind))
            for name, canonical, kind in names
        ),
    )
