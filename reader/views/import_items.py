"""The page of one item of an import, and the bytes that came in."""

from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from reader.access import get_article_for, get_import_item_for
from reader.downloads import raw_download
from reader.forms import ConfirmForm, MendForm
from reader.htmx import render_page
from reader.import_preview import build_item
from reader.import_rows import item_url, mark_expired
from reader.models import ArticleVersion, ImportBatch, ImportItem, Role
from reader.services.confirming import (
    BatchGone,
    ItemGone,
    confirm_item,
    discard_item,
    mend_item,
    retry_item,
)
from reader.services.proposals import FIELDS, Proposal
from reader.views.import_pages import choices, zone_of
from reader.web import PersonRequest

_Status = ImportItem.Status
_CONFIRMS = ("confirm", "renew", "anew")  # as the list says, as a version, as a new report


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_item(request: PersonRequest, batch_id: int, item_id: int) -> HttpResponse:
    """One item: its text beside the original, what to check, its facts; confirm, mend, discard."""
    item = get_import_item_for(request.user, batch_id, item_id)
    if request.method != "POST":
        return _page(request, item)
    act = _ACTS.get(request.POST.get("verb", ""))
    try:
        return act(request, item) if act else _page(request, item, status=422)
    except (ItemGone, BatchGone):
        now = get_import_item_for(request.user, batch_id, item_id)
        return _page(request, now, status=409, gone=True)


@never_cache
@require_safe
def import_raw(request: PersonRequest, batch_id: int, item_id: int) -> HttpResponse:
    """The bytes of an item as they came in, as a download."""
    item = get_import_item_for(request.user, batch_id, item_id)
    return raw_download(item.raw_document)


@never_cache
@require_safe
def version_raw(request: PersonRequest, article_id: int, number: int) -> HttpResponse:
    """The bytes that a version was made of, as a download; for admins of the desk."""
    article = get_article_for(request.user, article_id, Role.ADMIN)
    versions = ArticleVersion.objects.select_related("raw_document")
    version = versions.filter(article=article, number=number).first()
    if version is None:
        raise Http404
    return raw_download(version.raw_document)


def _confirm(request: PersonRequest, item: ImportItem) -> HttpResponse:
    form = ConfirmForm(_decided(request.POST), story=item.batch.story)
    if item.status != _Status.WAITING:
        raise ItemGone(item)
    if not form.is_valid():
        return _page(request, item, form, 422)
    confirm_item(item, request.user, form.facts(), form.cleaned_data["renews"])
    return _onwards(item)


def _decided(given: QueryDict) -> QueryDict:
    """What was sent, with what the button said: a version of the report named beside it, or none.

    A version of no report is refused by the form and does not become a new report.
    """
    sent = given.copy()
    if given.get("verb") == "renew":
        sent["renews"] = given.get("near") or "0"
    elif given.get("verb") == "anew":
        sent["renews"] = ""
    return sent


def _mend(request: PersonRequest, item: ImportItem) -> HttpResponse:
    """Facts where the item has its text, else a text that is typed for it."""
    if item.text:
        facts = ConfirmForm(request.POST, story=item.batch.story)
        if not facts.is_valid():
            return _page(request, item, facts, 422)
        mend_item(item, request.user, facts.facts())
        return redirect(item_url(item))
    form = MendForm(request.POST)
    if not form.is_valid():
        return _page(request, item, form, 413 if form.is_too_large else 422)
    mend_item(item, request.user, None, form.cleaned_data["text"])
    return redirect("reader:import_batch", item.batch_id)


def _retry(request: PersonRequest, item: ImportItem) -> HttpResponse:
    retry_item(item, request.user)
    return redirect("reader:import_batch", item.batch_id)


def _discard(request: PersonRequest, item: ImportItem) -> HttpResponse:
    discard_item(item, request.user)
    return _onwards(item)


_ACTS = {
    **dict.fromkeys(_CONFIRMS, _confirm),
    "mend": _mend,
    "retry": _retry,
    "discard": _discard,
}


def _onwards(item: ImportItem) -> HttpResponse:
    """To the next item that waits for a person, else back to the import."""
    waiting = ImportItem.objects.filter(batch=item.batch_id, status=_Status.WAITING)
    following = waiting.filter(position__gt=item.position).order_by("position").first()
    found = following or waiting.order_by("position").first()
    return redirect(item_url(found)) if found else redirect("reader:import_batch", item.batch_id)


def _page(
    request: PersonRequest,
    item: ImportItem,
    form: ConfirmForm | MendForm | None = None,
    status: int = 200,
    *,
    gone: bool = False,
) -> HttpResponse:
    """The item with a form as it was sent, else as it is proposed."""
    batch: ImportBatch = item.batch
    mark_expired(item)
    page = build_item(item, batch)
    refused = form is not None
    if form is None and page.may_store:
        form = _proposed(item)
    elif form is None and page.may_mend:
        form = _proposed(item) if item.text else MendForm()
    context: dict[str, Any] = {
        "section": "import",
        "import_steps": page.total > 1,
        "item": page,
        "form": form,
        "refused": refused,
        "gone": gone,
        "typed": _typed(request) if gone else [],
        "zone": zone_of(request.user, batch.desk),
        **choices(),
    }
    return render_page(request, "reader/import_item.html", context, status=status)


def _typed(request: PersonRequest) -> list[tuple[str, str]]:
    """What the person typed for an item that is elsewhere by now, with its fields' labels."""
    if request.POST.get("verb") not in (*_CONFIRMS, "mend"):
        return []
    fields = {**ConfirmForm(story=None).fields, **MendForm().fields}
    given = [(str(fields[name].label), request.POST.get(name, "")) for name in (*FIELDS, "text")]
    return [(label, value) for label, value in given if value.strip()]


def _proposed(item: ImportItem) -> ConfirmForm:
    """The facts as they are proposed; what is missing is said before anybody asks."""
    data = {**Proposal.of(item).fields, "renews": str(item.renews_id or "")}
    return ConfirmForm(initial=data, story=item.batch.story)
