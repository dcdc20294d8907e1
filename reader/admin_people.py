"""People in the administration: accounts, roles on desks, invitations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.db.models import Prefetch, Q, QuerySet
from django.forms import ModelChoiceField, ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reader import tasks
from reader.admin_seen import refuse_overtaken
from reader.admin_site import DeskModelAdmin, admin_desk_ids, password_audited, person_behind
from reader.models import AuditEntry, Desk, Invitation, Membership, Role, Story, User
from reader.models.stories import StoryQuerySet
from reader.people_forms import InvitationForm, site_of
from reader.services import invitations, people
from reader.services.stories import refresh_stories

if TYPE_CHECKING:
    PasswordAdmin = UserAdmin[User]
else:
    PasswordAdmin = UserAdmin


NAMES = {"username", "first_name", "last_name"}


def _stories_with(person: User) -> StoryQuerySet:
    """The stories on whose pages the person's name stands: by what they did, or may do."""
    acted = AuditEntry.objects.filter(actor=person, story__isnull=False).values("story")
    desks = person.memberships.values("desk")
    return Story.objects.filter(Q(desk__in=desks) | Q(pk__in=acted))


class PersonAdmin(DeskModelAdmin, PasswordAdmin):
    """People. Admins see those of their desks; only superusers change what an account says."""

    desk_path = "memberships__desk"
    editable = ("username", "first_name", "last_name", "email", "zone", "language", "is_active")
    list_display = ("username", "email", "first_name", "last_name", "roles", "is_active")
    list_filter = ("is_active",)
    fieldsets = ((None, {"fields": (*editable, "password", "is_superuser", "last_login")}),)
    add_fieldsets = (
        (None, {"fields": ("username", "email", "usable_password", "password1", "password2")}),
    )
    filter_horizontal = ()
    actions = ("deactivate", "reactivate", "lift_lockout")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The people, each with the roles that the admin may know of."""
        roles = Membership.objects.select_related("desk").order_by("desk__name")
        if not request.user.is_superuser:
            roles = roles.filter(desk__in=admin_desk_ids(request))
        shown = Prefetch("memberships", queryset=roles, to_attr="shown_roles")
        return super().get_queryset(request).prefetch_related(shown)

    @admin.display(description=_("roles"))
    def roles(self, person: Any) -> str:
        """Desk and role of each membership."""
        return ", ".join(f"{held.desk}: {held.get_role_display()}" for held in person.shown_roles)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Only a superuser makes another one."""
        fields = super().get_readonly_fields(request, obj)
        if request.user.is_superuser and "is_superuser" in fields:
            fields.remove("is_superuser")
        return fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Admins of a desk may add people; a membership then gives them their role."""
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An account may have a role on another desk too, so it is the superusers' to change.

        Without a row Django asks whether people may be added.
        """
        if obj is None:
            return self.admin_site.has_permission(request)
        return request.user.is_superuser and super().has_change_permission(request, obj)

    def save_model(
        self, request: HttpRequest, obj: Any, form: ModelForm[Any], change: bool
    ) -> None:
        """Write an account; nobody shuts themselves out, and who loses a right loses sessions."""
        taken = {name for name in ("is_active", "is_superuser") if name in form.changed_data}
        taken = {name for name in taken if not getattr(obj, name)}
        if taken and obj.pk == request.user.pk:
            raise people.Refused(_("You cannot take away your own access. Ask another admin."))
        super().save_model(request, obj, form, change)
        if change and NAMES & set(form.changed_data):
            refresh_stories(_stories_with(obj), compare=False)
        if taken and change:
            people.end_access(obj, actor=person_behind(request))

    def user_change_password(
        self,
        request: HttpRequest,
        id: str,  # noqa: A002 - Django's name for it
        form_url: str = "",
    ) -> HttpResponse:
        """Set another's password; not a change of the row's own page, so recorded apart."""
        person = self.get_object(request, unquote(id))
        with password_audited(request, person.pk if person else None):
            return super().user_change_password(request, id, form_url)

    @admin.action(description=_("Deactivate: let them in no more"), permissions=["change"])
    def deactivate(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        """Deactivate the chosen people, as far as the admin may."""
        actor = person_behind(request)
        self.for_each(
            request,
            chosen,
            lambda person: people.deactivate(person_id=person.pk, actor=actor),
            gettext("Deactivated: %s."),
        )

    @admin.action(description=_("Reactivate: let them in again"), permissions=["change"])
    def reactivate(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        """Reactivate the chosen people, as far as the admin may."""
        actor = person_behind(request)
        self.for_each(
            request,
            chosen,
            lambda person: people.reactivate(person_id=person.pk, actor=actor),
            gettext("Reactivated: %s."),
        )

    @admin.action(description=_("Lift the lockout after wrong tries"), permissions=["change"])
    def lift_lockout(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        """Let the chosen people try again at once."""
        actor = person_behind(request)
        self.for_each(
            request,
            chosen,
            lambda person: people.lift_lockout(person=person, actor=actor),
            gettext("May try again: %s."),
        )


class MembershipAdmin(DeskModelAdmin):
    """Who has which role on a desk. The one kind of row that can be deleted: it takes a person off
    the desk, and leaves their account and their work.
    """

    desk_path = "desk"
    editable = ("role",)
    list_display = ("user", "desk", "role")
    list_filter = ("role",)
    list_select_related = ("user", "desk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Admins take people in on their desks."""
        return self.admin_site.has_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """And take them off again."""
        return self.has_view_permission(request, obj)

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        """Admins choose among their desks, and among people of those or of no desk yet."""
        if not request.user.is_superuser:
            desks = admin_desk_ids(request)
            if db_field.name == "desk":
                kwargs["queryset"] = Desk.objects.filter(pk__in=desks)
            else:
                theirs = Q(memberships__desk__in=desks) | Q(memberships__isnull=True)
                kwargs["queryset"] = User.objects.filter(theirs, is_superuser=False).distinct()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: Any, form: ModelForm[Any], change: bool
    ) -> None:
        """Add a member or change a role, by the services."""
        actor, role = person_behind(request), Role(obj.role)
        if change and form.changed_data:
            refuse_overtaken(obj, form)
            people.change_role(membership_id=obj.pk, role=role, actor=actor)
        elif not change:
            made = people.add_member(desk=obj.desk, person=obj.user, role=role, actor=actor)
            obj.pk = made.pk  # Django goes on with its own copy

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Take one person off the desk."""
        people.remove_member(membership_id=obj.pk, actor=person_behind(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Take several people off, or none where one must stay."""
        for membership in queryset:
            self.delete_model(request, membership)


class InvitationState(admin.SimpleListFilter):
    """What has become of an invitation; those that wait for an answer first."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Unanswered ones are open or have run out; both can be sent again."""
        return [("waiting", _("Waiting for an answer")), *Invitation.State.choices[2:]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The invitations in the chosen state."""
        if self.value() == "waiting":
            return queryset.unanswered()  # type: ignore[attr-defined, no-any-return]
        answered = {"accepted": "accepted_at", "withdrawn": "withdrawn_at"}.get(self.value() or "")
        return queryset.filter(**{f"{answered}__isnull": False}) if answered else queryset


class InvitationAdmin(DeskModelAdmin):
    """Invitations: sent here, answered by a mailed link."""

    desk_path = "desk"
    form = InvitationForm
    list_display = ("email", "desk", "role", "state", "expires_at", "mailed_at")
    list_filter = (InvitationState, "role")
    list_select_related = ("desk",)
    search_fields = ("email",)
    actions = ("send_again", "withdraw")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Admins invite to their desks."""
        return self.admin_site.has_permission(request)

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The token's hash is nobody's business."""
        return ("token_sha256",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """What is asked at first, and all that is known later."""
        if obj is None:
            return ["email", "desk", "role"]
        return [name for name in self.get_fields_of(obj) if name != "token_sha256"]

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        """Admins choose among their desks, on which no role is above theirs."""
        if db_field.name == "desk" and not request.user.is_superuser:
            kwargs["queryset"] = Desk.objects.filter(pk__in=admin_desk_ids(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=_("state"))
    def state(self, invitation: Any) -> str:
        """What has become of it by now."""
        return str(invitation.state.label)

    def save_model(
        self, request: HttpRequest, obj: Any, form: ModelForm[Any], change: bool
    ) -> None:
        """Invite, and have the worker mail the link."""
        made = invitations.invite(
            desk=obj.desk, email=obj.email, role=Role(obj.role), actor=person_behind(request)
        )
        tasks.mail_invitation.defer(invitation_id=made.pk, site=site_of(request))
        obj.pk = made.pk  # Django goes on with its own copy

    @admin.action(description=_("Send again, with a new link"), permissions=["view"])
    def send_again(self, request: HttpRequest, chosen: QuerySet[Invitation]) -> None:
        """Renew the chosen invitations and mail them once more."""
        actor, site = person_behind(request), site_of(request)

        def one(invitation: Invitation) -> None:
            invitations.send_again(invitation_id=invitation.pk, actor=actor)
            tasks.mail_invitation.defer(invitation_id=invitation.pk, site=site)

        self.for_each(request, chosen, one, gettext("On its way again: %s."))

    @admin.action(description=_("Withdraw: the link ends"), permissions=["view"])
    def withdraw(self, request: HttpRequest, chosen: QuerySet[Invitation]) -> None:
        """Withdraw the chosen invitations."""
        actor = person_behind(request)
        self.for_each(
            request,
            chosen,
            lambda invitation: invitations.withdraw(invitation_id=invitation.pk, actor=actor),
            gettext("Withdrawn: %s."),
        )
