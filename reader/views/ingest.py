"""Importing reports: ask, show what will be stored, store it on a person's word."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reader.access import desks_with_role, require_role
from reader.forms import ConfirmForm, ImportForm
from reader.htmx import render_page
from reader.import_preview import build_preview
from reader.import_words import refusal_words
from reader.ingest.child import read_in_child
from reader.ingest.files import UnreadableFile
from reader.models import Article, Desk, ImportBatch, ImportItem, Role, Source
from reader.services.articles import find_article
from reader.services.previews import (
    PreviewGone,
    Proposal,
    Target,
    confirm_preview,
    discard_preview,
    start_preview,
    waiting_item,
)
from reader.services.sources import find_source
from reader.web import PersonRequest

ZONES = """
Africa/Cairo Africa/Johannesburg Africa/Lagos Africa/Nairobi America/Bogota America/Chicago
America/Los_Angeles America/Mexico_City America/New_York America/Sao_Paulo Asia/Beirut Asia/Dubai
Asia/Hong_Kong Asia/Jerusalem Asia/Kolkata Asia/Seoul Asia/Shanghai Asia/Singapore Asia/Tokyo
Australia/Sydney Europe/Athens Europe/Berlin Europe/Brussels Europe/Istanbul Europe/Kyiv
Europe/London Europe/Madrid Europe/Moscow Europe/Paris Europe/Prague Europe/Rome Europe/Warsaw
Pacific/Auckland UTC
""".split()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_start(request: PersonRequest) -> HttpResponse:
    """Ask for a text and a story; a good answer leads to the preview. For admins of a desk."""
    desks = desks_with_role(request.user, Role.ADMIN)
    if not desks:
        raise PermissionDenied
    if request.method != "POST":
        zone = request.user.zone or desks[0].zone
        asked = {"story": request.GET.get("story", ""), "zone": zone}
        return _start_page(request, ImportForm(initial=asked, desks=desks), desks, 200)
    form = ImportForm(request.POST, request.FILES, desks=desks)
    if not form.is_valid():
        return _start_page(request, form, desks, 413 if form.is_too_large else 422)
    data, kind, name = form.content()
    try:
        incoming = read_in_child(data, kind, name)
    except UnreadableFile as refusal:
        form.add_error(
            "file" if form.cleaned_data["file"] else "text", refusal_words(refusal.reason)
        )
        return _start_page(request, form, desks, 422)
    story = form.cleaned_data["story"]
    item = start_preview(
        person=request.user,
        how=ImportBatch.How.UPLOAD if name else ImportBatch.How.PASTE,
        target=Target(
            desk=story.desk if story else form.cleaned_data["desk"],
            story=story,
            new_story="" if story else form.cleaned_data["new_story"],
        ),
        incoming=incoming,
        typed=form.typed_facts(),
    )
    return redirect("reader:import_preview", item.pk)


@never_cache
@require_safe
def import_preview(request: PersonRequest, item_id: int) -> HttpResponse:
    """Show what will be stored, with what is known about it, for a last look."""
    item = _item_for(request, item_id)
    try:
        return _preview_page(request, waiting_item(item))
    except PreviewGone as gone:
        return _gone_page(request, gone.item, 200)


@never_cache
@require_POST
def import_confirm(request: PersonRequest, item_id: int) -> HttpResponse:
    """Store the report; what is missing or wrong is said beside its field."""
    item = _item_for(request, item_id)
    try:
        waiting_item(item)
        form = ConfirmForm(request.POST, story=item.story)
        if not form.is_valid():
            return _preview_page(request, item, form)
        done = confirm_preview(
            item=item,
            person=request.user,
            facts=form.facts(),
            renews=form.cleaned_data["renews"],
        )
    except PreviewGone as gone:
        return _gone_page(request, gone.item, 409)
    if done.outcome == "duplicate":
        return redirect("reader:import_preview", item.pk)
    return redirect(done.article.story.get_absolute_url())


@never_cache
@require_POST
def import_discard(request: PersonRequest, item_id: int) -> HttpResponse:
    """Forget an import before it is stored."""
    item = _item_for(request, item_id)
    try:
        discard_preview(item=item, person=request.user)
    except PreviewGone as gone:
        return _gone_page(request, gone.item, 409)
    return redirect("reader:import_start")


def _item_for(request: PersonRequest, item_id: int) -> ImportItem:
    """The person's own import, if they still are admin where it goes. Raises Http404 otherwise."""
    items = ImportItem.objects.select_related("batch", "story__desk", "article", "version")
    item = items.filter(pk=item_id, batch__made_by=request.user).first()
    if item is None:
        raise Http404
    if item.story is not None:
        require_role(request.user, item.story.desk, Role.ADMIN)
    elif item.proposed:  # a story still to be made; nothing is known of one that was discarded
        require_role(request.user, Desk.objects.get(pk=Proposal.of(item).desk), Role.ADMIN)
    return item


def _start_page(
    request: PersonRequest, form: ImportForm, desks: list[Desk], status: int
) -> HttpResponse:
    context = {"section": "import", "form": form, "desks": desks, **_choices()}
    return render_page(request, "reader/import.html", context, status=status)


def _preview_page(
    request: PersonRequest, item: ImportItem, form: ConfirmForm | None = None
) -> HttpResponse:
    """The preview with a form as it was sent, else as it was proposed."""
    status = 200 if form is None else 422
    proposal = Proposal.of(item)
    if form is None:
        renews = _renewed_by(item, proposal)
        data = {**proposal.fields, "renews": str(renews.pk) if renews else ""}
        form = ConfirmForm(data, story=item.story)
    published_at = form.facts().published.moment("UTC") if form.is_valid() else None
    context = {
        "section": "import",
        "item": item,
        "form": form,
        "new_story": proposal.new_story,
        "preview": build_preview(item, published_at),
        **_choices(),
    }
    return render_page(request, "reader/import_preview.html", context, status=status)


def _renewed_by(item: ImportItem, proposal: Proposal) -> Article | None:
    """The article that the page's own address says this renews."""
    if item.story is None:
        return None
    source = find_source(proposal.fields["source"])
    return find_article(story=item.story, source=source, external_key=proposal.address)


def _gone_page(request: PersonRequest, item: ImportItem, status: int) -> HttpResponse:
    context = {"section": "import", "item": item}
    return render_page(request, "reader/import_done.html", context, status=status)


def _choices() -> dict[str, Any]:
    """What the source and zone fields suggest; anything else may be typed."""
    return {"sources": Source.objects.values_list("name", flat=True), "zones": ZONES}
