"""The reader's tables in the administration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet
from django.forms import ModelChoiceField, ModelForm
from django.http import HttpRequest, HttpResponse

from reader import audit
from reader.admin_site import DeskModelAdmin, admin_desk_ids, password_audited
from reader.models import (
    Article,
    ArticleVersion,
    AuditEntry,
    Desk,
    ImportItem,
    Membership,
    Source,
    Story,
    User,
)
from reader.services.stories import refresh_stories
from reader.signals import story_texts_changed

admin.site.unregister(Group)  # roles are memberships; groups would be a second, silent way


if TYPE_CHECKING:
    PasswordAdmin = UserAdmin[User]
else:
    PasswordAdmin = UserAdmin


@admin.register(User)
class PersonAdmin(DeskModelAdmin, PasswordAdmin):
    """People. Admins add them and see those of their desks; only superusers change accounts."""

    desk_path = "memberships__desk"
    editable = ("username", "first_name", "last_name", "email", "zone", "language", "is_active")
    list_display = ("username", "email", "first_name", "last_name", "is_active")
    list_filter = ("is_active",)
    fieldsets = ((None, {"fields": (*editable, "password", "is_superuser", "last_login")}),)
    add_fieldsets = (
        (None, {"fields": ("username", "email", "usable_password", "password1", "password2")}),
    )
    filter_horizontal = ()

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


@admin.register(Desk)
class DeskAdmin(DeskModelAdmin):
    """Desks. Superusers add them, their admins change their name, zone and holding days."""

    desk_path = "pk"
    editable = ("name", "zone", "holding_days")
    list_display = ("name", "slug", "zone", "holding_days")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A new desk has no admin yet."""
        return request.user.is_superuser

    def after_save(self, obj: Any, form: ModelForm[Any]) -> None:
        """Days are read in the desk's zone, and figures hold for its holding days."""
        compared = {"zone", "holding_days"} & set(form.changed_data)
        refresh_stories(Story.objects.filter(desk=obj), compare=bool(compared))


@admin.register(Membership)
class MembershipAdmin(DeskModelAdmin):
    """Who has which role on a desk."""

    desk_path = "desk"
    editable = ("role",)
    list_display = ("user", "desk", "role")
    list_filter = ("role",)
    list_select_related = ("user", "desk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Admins take people in on their desks."""
        return self.admin_site.has_permission(request)

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


@admin.register(Source)
class SourceAdmin(DeskModelAdmin):
    """Sources, shared by all desks: admins may add one, superusers change them."""

    editable = ("name", "kind", "home_page", "language")
    list_display = ("name", "kind", "language")
    search_fields = ("name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """All of them."""
        return admin.ModelAdmin.get_queryset(self, request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Admins may add a source."""
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A changed source changes for all desks."""
        return request.user.is_superuser and super().has_change_permission(request, obj)

    def after_save(self, obj: Any, form: ModelForm[Any]) -> None:
        """Pages show the name, and who is who hangs on it when reports are compared."""
        stories = Story.objects.filter(pk__in=Article.objects.filter(source=obj).values("story"))
        refresh_stories(stories, compare="name" in form.changed_data)


@admin.register(Story)
class StoryAdmin(DeskModelAdmin):
    """Stories: title and whether they are open."""

    desk_path = "desk"
    editable = ("title", "status")
    list_display = ("title", "desk", "status", "revision", "changed_at")
    list_filter = ("status",)
    list_select_related = ("desk",)
    search_fields = ("title", "slug")

    def after_save(self, obj: Any, form: ModelForm[Any]) -> None:
        """A story that is opened again catches up with its texts."""
        Story.objects.filter(pk=obj.pk).bump()
        if "status" in form.changed_data and obj.status == Story.Status.OPEN:
            story_texts_changed.send(Story, story_id=obj.pk)


@admin.register(Article)
class ArticleAdmin(DeskModelAdmin):
    """Articles: what is known of them beside their text."""

    editable = (
        "title",
        "byline",
        "published_at",
        "published_precision",
        "published_zone",
        "language",
        "status",
    )
    list_display = ("title", "source", "story", "published_at", "status")
    list_filter = ("status", "language")
    list_select_related = ("source", "story")
    search_fields = ("title",)

    def audited(self, values: Mapping[str, str]) -> dict[str, object]:
        """No words of a report either."""
        return audit.hashed(super().audited(values))

    def after_save(self, obj: Any, form: ModelForm[Any]) -> None:
        """What is compared, and how dates are read, hangs on all but the byline."""
        Story.objects.filter(pk=obj.story_id).bump()
        if set(form.changed_data) - {"byline"}:
            story_texts_changed.send(Article, story_id=obj.story_id)


@admin.register(ArticleVersion)
class ArticleVersionAdmin(DeskModelAdmin):
    """Versions, as they are."""

    list_display = ("article", "number", "created_at", "text_sha256")
    list_select_related = ("article",)


@admin.register(ImportItem)
class ImportItemAdmin(DeskModelAdmin):
    """What came in, and what became of it."""

    list_display = ("name", "story", "status", "error", "expires_at")
    list_filter = ("status",)
    list_select_related = ("story",)


@admin.register(AuditEntry)
class AuditEntryAdmin(DeskModelAdmin):
    """The audit trail, as it is."""

    list_display = ("at", "actor_name", "action", "object_type", "object_id", "story")
    list_filter = ("action",)
    list_select_related = ("story",)
    date_hierarchy = "at"
