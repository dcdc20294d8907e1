"""Where an import begins: one form for every way in, and the desks' recent imports."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from reader.access import desks_with_role
from reader.htmx import render_page
from reader.import_forms import ImportForm
from reader.import_item_words import size_words
from reader.import_limits import MAX_ADDRESSES, MAX_FILES, sizes, table_most, table_types
from reader.import_recent import recent_imports
from reader.models import Desk, Role
from reader.services.batches import Target, start_batch
from reader.views.import_pages import choices
from reader.web import PersonRequest

_FOR_ALL = ("source", "zone", "published_on", "published_time")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_start(request: PersonRequest) -> HttpResponse:
    """Take in what is to be imported; the worker reads it. For admins of a desk."""
    desks = desks_with_role(request.user, Role.ADMIN)
    if not desks:
        raise PermissionDenied
    if request.method != "POST":
        zone = request.user.zone or desks[0].zone
        asked = {"story": request.GET.get("story", ""), "zone": zone}
        return _page(request, ImportForm(initial=asked, desks=desks), desks, 200)
    form = ImportForm(request.POST, request.FILES, desks=desks)
    if not form.is_valid():
        return _page(request, form, desks, 413 if form.is_too_large else 422)
    story = form.cleaned_data["story"]
    batch = start_batch(
        request.user,
        form.how,
        Target(
            desk=story.desk if story else form.cleaned_data["desk"],
            story=story,
            new_story="" if story else form.cleaned_data["new_story"],
        ),
        form.things(),
        form.said(),
    )
    return redirect("reader:import_batch", batch.pk)


def _page(request: PersonRequest, form: ImportForm, desks: list[Desk], status: int) -> HttpResponse:
    context = {
        "section": "import",
        "form": form,
        "desks": desks,
        "facts_open": any(name in form.errors for name in _FOR_ALL),
        "file_sizes": sizes(),
        "max_files": MAX_FILES,
        "max_total": size_words(settings.IMPORT_UPLOAD_MAX),
        "max_addresses": MAX_ADDRESSES,
        "table_types": " ".join(table_types()),
        "table_most": table_most(),
        "recent": recent_imports(desks, zone=request.user.zone),
        **choices(),
    }
    return render_page(request, "reader/import_start.html", context, status=status)
