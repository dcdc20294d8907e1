"""What a newsroom sets about comparing, in the administration: rules, and names of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.forms import ModelChoiceField, ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from claims.engine.rules import CARDS
from claims.models import Alias, RuleSwitch
from claims.rule_list import build_rules, switched
from claims.services import aliases
from claims.services.aliases import Wanted
from claims.services.switching import MAX_REASON, switch_rule
from reader.admin_seen import refuse_overtaken
from reader.admin_site import DeskModelAdmin, admin_desk_ids, person_behind
from reader.forms import LineField
from reader.models import Desk
from reader.services.people import Refused
from reader.web import read_number

if TYPE_CHECKING:
    NameForm = ModelForm[Alias]
else:
    NameForm = ModelForm


class SwitchForm(forms.Form):
    """Why a rule is switched, and to what: the page may be older than the switch."""

    on = forms.TypedChoiceField(
        choices=[("yes", lazy("On")), ("no", lazy("Off"))],
        coerce=lambda value: value == "yes",
        widget=forms.HiddenInput,
    )
    reason = LineField(
        label=lazy("Reason"),
        max_length=MAX_REASON,
        help_text=lazy("It stands in the list of rules."),
    )


class RuleSwitchAdmin(DeskModelAdmin):
    """The list of rules, in place of the list of switches: a rule without one is on."""

    desk_path = "desk"
    list_display = ("rule", "desk", "on", "reason", "switched_at")
    list_select_related = ("desk",)

    def get_urls(self) -> list[URLPattern]:
        """The pages of the site, and one that switches."""
        switch = self.admin_site.admin_view(self.switch_view)
        own = path("desk/<int:desk_id>/<str:rule>/", switch, name="claims_ruleswitch_switch")
        return [own, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Every rule with what it flagged, how often editors upheld it, and its switches."""
        desks = list(_desks(request))
        wanted = read_number(request.GET.get("desk")) if len(desks) > 1 else None
        chosen = next((desk for desk in desks if desk.pk == wanted), None)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Rules"),
            "opts": self.opts,
            "desks": desks,
            "chosen": chosen,
            "rules": build_rules([chosen] if chosen else desks),
            "one": chosen is not None or len(desks) == 1,
            "queue": bool(admin_desk_ids(request)),
        }
        return render(request, "admin/claims/ruleswitch/list.html", context)

    def switch_view(self, request: HttpRequest, desk_id: int, rule: str) -> HttpResponse:
        """Switch a rule for a desk, with a reason. What was typed stays when it is refused."""
        desk = get_object_or_404(_desks(request), pk=desk_id)
        if rule not in CARDS:
            raise Http404
        if request.method != "POST":
            return self._switch_page(request, desk, rule, None)
        form = SwitchForm(request.POST)
        if not form.is_valid():
            return self._switch_page(request, desk, rule, form, status=422)
        wanted = form.cleaned_data
        try:
            switch_rule(desk_id=desk.pk, rule=rule, person=person_behind(request), **wanted)
        except Refused as refused:  # somebody else was faster
            return self._switch_page(
                request, desk, rule, None, str(refused), reason=wanted["reason"], status=409
            )
        said = (
            _("%(rule)s is on for %(desk)s.")
            if wanted["on"]
            else _("%(rule)s is off for %(desk)s.")
        )
        after = _("The desk’s open stories are being compared anew.")
        self.message_user(
            request, f"{said % {'rule': rule, 'desk': desk.name}} {after}", messages.SUCCESS
        )
        return HttpResponseRedirect(f"{_list_of(desk)}#rule-{rule}")

    def _switch_page(
        self,
        request: HttpRequest,
        desk: Desk,
        rule: str,
        form: SwitchForm | None,
        refused: str = "",
        *,
        reason: str = "",
        status: int = 200,
    ) -> HttpResponse:
        """The page that switches; without a form, one for the other state than the present one."""
        now = switched(desk, RuleSwitch.objects.filter(desk=desk, rule=rule).first())
        context = {
            **self.admin_site.each_context(request),
            "title": _("Switch off a rule") if now.on else _("Switch on a rule"),
            "opts": self.opts,
            "desk": desk,
            "card": CARDS[rule],
            "now": now,
            "form": form or SwitchForm(initial={"on": "no" if now.on else "yes", "reason": reason}),
            "refused": refused,
            "list": _list_of(desk),
        }
        return render(request, "admin/claims/ruleswitch/switch.html", context, status=status)


def _desks(request: HttpRequest) -> QuerySet[Desk]:
    """The desks whose rules the person may switch."""
    every = Desk.objects.order_by("name")
    return every if request.user.is_superuser else every.filter(pk__in=admin_desk_ids(request))


def _list_of(desk: Desk) -> str:
    """The address of the list of rules for one desk."""
    return f"{reverse('admin:claims_ruleswitch_changelist')}?desk={desk.pk}"


class AliasForm(NameForm):
    """A name, judged with the words of `aliases.faults`."""

    class Meta:
        """What a person types."""

        model = Alias
        fields = ("desk", "name", "canonical", "kind", "note")

    def clean(self) -> dict[str, Any]:
        """Say what is wrong where it was typed."""
        given = super().clean() or {}
        desk = given.get("desk") or getattr(self.instance, "desk", None)
        if desk is not None and {"name", "canonical", "kind"} <= given.keys():
            found = aliases.faults(desk.pk, _wanted(given), but=self.instance.pk)
            for field, sentence in found.items():
                self.add_error(field, sentence)
        return given


class AliasAdmin(DeskModelAdmin):
    """Names that a desk adds for actors. They may be deleted: the trail keeps what they were."""

    form = AliasForm
    desk_path = "desk"
    editable = ("name", "canonical", "kind", "note")
    list_display = ("name", "canonical", "kind", "desk", "note")
    list_filter = ("kind",)
    list_select_related = ("desk",)
    search_fields = ("name", "canonical")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Admins add names to their desks."""
        return self.admin_site.has_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """And take them away again."""
        return self.has_view_permission(request, obj)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """What a person types."""
        return ["desk", *self.editable]

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        """Admins choose among their desks."""
        return super().formfield_for_foreignkey(
            db_field, request, **{**kwargs, "queryset": _desks(request)}
        )

    def save_model(
        self, request: HttpRequest, obj: Any, form: ModelForm[Any], change: bool
    ) -> None:
        """Add or change a name, by the services."""
        person, wanted = person_behind(request), _wanted(form.cleaned_data)
        if not change:
            made = aliases.add_alias(desk_id=obj.desk_id, wanted=wanted, person=person)
            obj.pk = made.pk  # Django goes on with its own copy
        elif form.changed_data:
            refuse_overtaken(obj, form)
            aliases.change_alias(alias_id=obj.pk, wanted=wanted, person=person)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Take one name away."""
        aliases.remove_alias(alias_id=obj.pk, person=person_behind(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Take several names away."""
        for alias in queryset:
            self.delete_model(request, alias)


def _wanted(given: dict[str, Any]) -> Wanted:
    return Wanted(
        name=given["name"],
        canonical=given["canonical"],
        kind=str(given["kind"]),
        note=given.get("note", ""),
    )
