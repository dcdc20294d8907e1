"""Django's administration, by desk: who gets in, and what each sees there.

Superusers see all, admins of a desk what is of their desks. Nothing is deleted here, and whatever
is changed is audited.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, TypeVar, cast

from django.contrib import admin, messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import models, transaction
from django.forms import EmailField, Field, ModelForm, SlugField, URLField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from reader import audit
from reader.admin_seen import refuse_overtaken
from reader.forms import LineField
from reader.models import Membership, Role, User
from reader.services.people import Refused

if TYPE_CHECKING:
    AnyModelAdmin = admin.ModelAdmin[Any]
else:
    AnyModelAdmin = admin.ModelAdmin

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

SIGN_IN = "/sign-in/"


class DeskAdminSite(admin.AdminSite):
    """The site for superusers and admins of a desk."""

    site_title = _("Parallax administration")
    site_header = _("Parallax administration")
    index_title = _("Administration")

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the person may enter; Django's own mark for staff plays no part."""
        user = request.user
        return user.is_active and (user.is_superuser or bool(admin_desk_ids(request)))

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Guard a page of the site; a filter that no database can look for is a bad request."""

        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if any(
                "\x00" in text for asked in request.GET.lists() for text in (asked[0], *asked[1])
            ):
                raise BadRequest("NUL in the address")
            return view(request, *args, **kwargs)

        return super().admin_view(cast(View, checked), cacheable)

    def password_change(  # type: ignore[override] # the stubs forget the redirect
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One's own password is changed where everybody does."""
        return redirect("reader:password_change")

    @method_decorator(login_not_required)
    @method_decorator(never_cache)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """There is one sign-in for all; who is signed in without rights has no business here."""
        asked = request.GET.get("next", "")
        local = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
        wanted = asked if local else reverse("admin:index")
        if self.has_permission(request):
            return HttpResponseRedirect(wanted)
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(wanted, SIGN_IN)


@contextmanager
def password_audited(request: HttpRequest, person_id: int | None) -> Iterator[None]:
    """Record that the person's password was changed inside, if it was; nothing of the password."""
    people = User.objects.filter(pk=person_id or 0)
    with transaction.atomic():
        before = people.values_list("password", flat=True).first()
        yield
        person = people.first()
        if person is not None and person.password != before:
            actor = person_behind(request)
            audit.record("reader.user.password_changed", target=person, actor=actor)


def person_behind(request: HttpRequest) -> User:
    """Who asks, on a page of the site."""
    assert isinstance(request.user, User)  # it lets nobody else in
    return request.user


def admin_desk_ids(request: HttpRequest) -> set[int]:
    """The desks that the person is admin of, asked for once in a request."""
    found: set[int] | None = getattr(request, "admin_desk_ids", None)
    if found is None:
        held = Membership.objects.filter(user__pk=request.user.pk or 0, role=Role.ADMIN)
        found = set(held.values_list("desk", flat=True))
        request.admin_desk_ids = found  # type: ignore[attr-defined]
    return found


class DeskModelAdmin(AnyModelAdmin):
    """Rows of the desks that the person is admin of. Read-only unless a class says what is not.

    `desk_path` leads from a row to its desk, `editable` names the fields that may be changed.
    """

    desk_path: ClassVar[str] = "story__desk"
    editable: ClassVar[tuple[str, ...]] = ()
    formfield_overrides: ClassVar = {
        models.CharField: {"form_class": LineField},
        # kinds of their own, which Django would look up as the one above
        models.EmailField: {"form_class": EmailField},
        models.SlugField: {"form_class": SlugField},
        models.URLField: {"form_class": URLField, "assume_scheme": "https"},
    }
    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """The rows that the person may see at all."""
        rows = super().get_queryset(request)
        if request.user.is_superuser:
            return rows
        return rows.filter(**{f"{self.desk_path}__in": admin_desk_ids(request)}).distinct()

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether the app is listed."""
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Whether the person may see the row, or rows of this kind."""
        return self.admin_site.has_permission(request) and self._is_theirs(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Whether the person may change the row, where anything of it may be changed."""
        return bool(self.editable) and self.has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Rows come from services, unless a class says otherwise."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Nothing is deleted here."""
        return False

    def get_readonly_fields(
        self, request: HttpRequest, obj: models.Model | None = None
    ) -> list[str]:
        """All fields but the editable ones, once the row exists."""
        if obj is None:
            return []
        shown = self.get_fields_of(obj)
        return [name for name in shown if name not in self.editable]

    def get_fields_of(self, obj: models.Model) -> list[str]:
        """The names of the row's own fields."""
        return [field.name for field in obj._meta.fields]  # noqa: SLF001 - public by its docs

    def formfield_for_dbfield(
        self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Field | None:
        """A field that carries what the person saw in it."""
        return super().formfield_for_dbfield(db_field, request, show_hidden_initial=True, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: models.Model, form: ModelForm[Any], change: bool
    ) -> None:
        """Write the columns that the person changed, with the audit entry, in one transaction."""
        if change and not form.changed_data:
            return
        before = {name: str(form.initial.get(name, "")) for name in form.changed_data}
        with transaction.atomic():
            if change:
                refuse_overtaken(obj, form)
                obj.save(
                    update_fields=[name for name in form.changed_data if self._is_own(obj, name)]
                )
            else:
                obj.save()
            after = {name: str(getattr(obj, name, "")) for name in form.changed_data}
            audit.record(
                f"{obj._meta.label_lower}.{'changed' if change else 'added'}",  # noqa: SLF001
                target=obj,
                actor=person_behind(request),
                before=self.audited(before) if change else {},
                after=self.audited(after),
            )
            self.after_save(obj, form)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Add or change a row, or say why not."""
        page = super().changeform_view
        return self._or_why_not(request, lambda: page(request, object_id, form_url, extra_context))

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Delete a row of a kind that can be, or say why not."""
        page = super().delete_view
        return self._or_why_not(request, lambda: page(request, object_id, extra_context))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, and what is done to chosen rows of it: all of that or nothing."""
        page = super().changelist_view

        def whole() -> HttpResponse:
            with transaction.atomic():
                return page(request, extra_context)

        return self._or_why_not(request, whole)

    def for_each(
        self,
        request: HttpRequest,
        rows: models.QuerySet[Any],
        change: Callable[[Any], None],
        done: str,
    ) -> None:
        """Change each row by a service. Tells of those that were refused; the others go on.

        `done` is the sentence for the rest, with a `%s` for their names.
        """
        changed = []
        for row in rows:
            try:
                change(row)
            except Refused as refused:
                self.message_user(request, f"{row}: {refused}", messages.ERROR)
            else:
                changed.append(str(row))
        if changed:
            self.message_user(request, done % ", ".join(changed), messages.SUCCESS)

    def _or_why_not(self, request: HttpRequest, answer: Callable[[], Any]) -> HttpResponse:
        """The answer; or, where a service refuses, the same page again with its reason."""
        try:
            response: HttpResponse = answer()
        except Refused as refused:
            self.message_user(request, str(refused), messages.ERROR)
            return redirect(request.get_full_path())
        return response

    def audited(self, values: Mapping[str, str]) -> dict[str, object]:
        """The values as the trail may hold them: no passwords."""
        return {name: "" if "password" in name else value for name, value in values.items()}

    def after_save(self, obj: models.Model, form: ModelForm[Any]) -> None:
        """What else a change means, inside its transaction."""

    def _get_obj_does_not_exist_redirect(self, *args: object) -> NoReturn:
        """Another desk's things are 404, as everywhere; Django would lead back to the index."""
        raise Http404

    def _is_theirs(self, request: HttpRequest, obj: models.Model | None) -> bool:
        return obj is None or self.get_queryset(request).filter(pk=obj.pk).exists()

    def _is_own(self, obj: models.Model, name: str) -> bool:
        return name in self.get_fields_of(obj)
