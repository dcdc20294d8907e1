"""The claims' tables in the administration: to be looked at, changes go through services."""

from django.contrib import admin

from claims.admin_newsroom import AliasAdmin, RuleSwitchAdmin
from claims.models import (
    Alias,
    Claim,
    Counterpart,
    Decision,
    Discrepancy,
    Point,
    RuleSwitch,
)
from reader.admin_site import DeskModelAdmin

admin.site.register(RuleSwitch, RuleSwitchAdmin)
admin.site.register(Alias, AliasAdmin)


@admin.register(Claim)
class ClaimAdmin(DeskModelAdmin):
    """Claims, as they are."""

    list_display = ("exact", "story", "status", "anchor_state", "made_by", "certainty")
    list_filter = ("status", "anchor_state", "made_by", "certainty")
    list_select_related = ("story",)


@admin.register(Point)
class PointAdmin(DeskModelAdmin):
    """Points, as they are."""

    list_display = ("label", "story", "verdict", "status", "origins")
    list_filter = ("verdict", "status")
    list_select_related = ("story",)


@admin.register(Discrepancy)
class DiscrepancyAdmin(DeskModelAdmin):
    """Discrepancies, as they are."""

    list_display = ("explanation", "story", "kind", "severity", "status")
    list_filter = ("kind", "severity", "status")
    list_select_related = ("story",)


@admin.register(Counterpart)
class CounterpartAdmin(DeskModelAdmin):
    """Pairs in doubt, as they are."""

    list_display = ("claim", "other", "story", "score", "kind", "status")
    list_filter = ("status", "kind")
    list_select_related = ("claim", "other", "story")


@admin.register(Decision)
class DecisionAdmin(DeskModelAdmin):
    """Decisions, as they are."""

    list_display = ("at", "person", "action", "old_status", "new_status", "story")
    list_filter = ("action",)
    list_select_related = ("person", "story")
