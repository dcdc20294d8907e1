"""The reader's tables in the administration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from reader import audit
from reader.admin_people import InvitationAdmin, MembershipAdmin, PersonAdmin
from reader.admin_seen import seen_value
from reader.admin_site import DeskModelAdmin, admin_desk_ids, person_behind
from reader.models import (
    Article,
    ArticleVersion,
    AuditEntry,
    Desk,
    ImportItem,
    Invitation,
    Membership,
    Source,
    Story,
    User,
)
from reader.services.people import Refused
from reader.services.stories import (
    Renamed,
    close_story,
    refresh_stories,
    rename_story,
    reopen_story,
)
from reader.signals import story_texts_changed

admin.site.unregister(Group)  # roles are memberships; groups would be a second, silent way

admin.site.register(User, PersonAdmin)
admin.site.register(Membership, MembershipAdmin)
admin.site.register(Invitation, InvitationAdmin)


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

    def save_model(
        self, request: HttpRequest, obj: Any, form: ModelForm[Any], change: bool
    ) -> None:
        """Rename, close or reopen the story, by the services."""
        person = person_behind(request)
        if "title" in form.changed_data:
            seen = seen_value(form, "title")
            try:
                rename_story(story_id=obj.pk, person=person, seen=seen, title=obj.title)
            except Renamed as renamed:
                raise Refused(
                    _("Not saved: somebody else has renamed the story to “%(title)s”.")
                    % {"title": renamed.story.title}
                ) from renamed
        if "status" in form.changed_data:
            change_status = close_story if obj.status == Story.Status.CLOSED else reopen_story
            change_status(story_id=obj.pk, person=person)


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
    """The audit trail, as it is: of the desks' stories, and of their people."""

    list_display = ("at", "actor_name", "action", "object_type", "object_id", "named", "story")
    list_filter = ("action",)
    list_select_related = ("story",)
    date_hierarchy = "at"

    @admin.display(description=lazy("name"))
    def named(self, entry: AuditEntry) -> str:
        """The rule or the name that the entry is about; numbers tell nobody which."""
        told = {**entry.before, **entry.after}
        return str(told.get("rule") or told.get("name") or "")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Roles, invitations, rules and names stand above stories; their entries name the desk."""
        rows = admin.ModelAdmin.get_queryset(self, request)
        if request.user.is_superuser:
            return rows
        desks = list(admin_desk_ids(request))
        of_desk = Q(story__isnull=True) & (Q(before__desk__in=desks) | Q(after__desk__in=desks))
        return rows.filter(Q(story__desk__in=desks) | of_desk)
