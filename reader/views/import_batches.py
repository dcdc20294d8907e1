"""The page of one import: its progress, its list, and what a person says about its items."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reader.access import get_import_for
from reader.htmx import leave_page, render_page, wants_partial
from reader.import_batch import build_batch
from reader.import_batch_page import PER_PAGE
from reader.import_columns import ColumnsForm, build_columns
from reader.import_facts_form import ChosenFactsForm
from reader.import_rows import item_url
from reader.models import ImportBatch
from reader.services.batches import cancel_batch
from reader.services.columns import WrongColumns, choose_columns, waiting_table
from reader.services.confirming import BatchGone, confirm, discard_items, retry_items
from reader.services.setting_facts import set_facts
from reader.views.import_pages import choices, zone_of
from reader.web import PersonRequest, read_number

_PARTIALS = {"progress": "progress", "batch": "batch"}


@never_cache
@require_safe
def import_batch(request: PersonRequest, batch_id: int) -> HttpResponse:
    """How far an import is, what will happen to each of its items, and what became of them."""
    batch = get_import_for(request.user, batch_id)
    url = "" if "list" in request.GET else _says_more(batch)
    if url:
        return leave_page(url) if wants_partial(request) else redirect(url)
    return _page(request, batch)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request: PersonRequest, batch_id: int) -> HttpResponse:
    """Say which column of a table holds what; its rows are read by that."""
    batch = get_import_for(request.user, batch_id)
    table = waiting_table(batch)
    if table is None or batch.state != ImportBatch.State.MAPPING:
        return redirect("reader:import_batch", batch.pk)
    sent = request.POST if request.method == "POST" else None
    form = ColumnsForm(sent, table=table, initial={"zone": batch.desk.zone, **batch.said})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                choose_columns(batch, request.user, form.mapping(), said=form.said())
                return redirect("reader:import_batch", batch.pk)
            except WrongColumns as wrong:
                form.refuse(wrong.reason)
    context = {
        "section": "import",
        "batch": batch,
        "table": table,
        "form": form,
        "columns": build_columns(table, form),
        **choices(),
    }
    return render_page(request, "reader/import_columns.html", context, status=status)


@never_cache
@require_POST
def import_cancel(request: PersonRequest, batch_id: int) -> HttpResponse:
    """Call an import off; what is stored stays."""
    batch = get_import_for(request.user, batch_id)
    cancel_batch(batch, request.user)
    return redirect("reader:import_batch", batch.pk)


@never_cache
@require_POST
def import_items(request: PersonRequest, batch_id: int) -> HttpResponse:
    """Store, discard, set facts of or try again what is chosen, or store all that is ready."""
    batch = get_import_for(request.user, batch_id)
    verb = request.POST.get("verb", "")
    given = request.POST.getlist("item")[:PER_PAGE]  # no page offers more
    chosen = [number for one in given if (number := read_number(one))]
    if verb in ("set", "confirm", "retry", "discard") and not chosen:
        return _page(request, batch, 422, refused=_("Choose one or more of the list first."))
    try:
        if verb == "set":
            return _set(request, batch, chosen)
        if verb == "confirm_all":
            done = confirm(batch, request.user)
        elif verb == "confirm":
            done = confirm(batch, request.user, chosen)
        else:
            return _each(request, batch, verb, chosen)
    except BatchGone:
        gone = _("Nothing was changed: the import is at work, or over. This is its state now.")
        return _page(request, get_import_for(request.user, batch_id), 409, refused=gone)
    if done.stored == done.left == 0:
        late = _("Nothing was changed: these do not wait any more. This is their state now.")
        return _page(request, get_import_for(request.user, batch_id), 409, refused=late)
    if done.stored == 0:
        none = _("None of these can be stored without a look. Open each of them and confirm it.")
        return _page(request, batch, 422, refused=none, chosen=chosen)
    return redirect("reader:import_batch", batch.pk)


def _set(request: PersonRequest, batch: ImportBatch, chosen: Sequence[int]) -> HttpResponse:
    """Set the same facts of the chosen items; those that are elsewhere by now are left."""
    form = ChosenFactsForm(request.POST, desk=batch.desk)
    if not form.is_valid():
        wrong = _("Nothing was set. What you typed and chose is still there: look at it below.")
        return _page(request, batch, 422, refused=wrong, chosen=chosen)
    left = set_facts(batch, request.user, chosen, form.facts()).left
    return _left(request, get_import_for(request.user, batch.pk), left)


def _each(
    request: PersonRequest, batch: ImportBatch, verb: str, chosen: Sequence[int]
) -> HttpResponse:
    """Discard the chosen items, or try them again; those that are elsewhere by now are left."""
    act = {"discard": discard_items, "retry": retry_items}.get(verb)
    if act is None:
        return _page(request, batch, 422, refused=_("Choose what is to be done."))
    left = act(batch, request.user, chosen)
    return _left(request, get_import_for(request.user, batch.pk), left)


def _left(request: PersonRequest, batch: ImportBatch, left: int) -> HttpResponse:
    """Back to the list, with a word on what was left."""
    if left:
        sentence = ngettext(
            "%(n)d of these was left: it cannot be changed so any more.",
            "%(n)d of these were left: they cannot be changed so any more.",
            left,
        )
        return _page(request, batch, 409, refused=sentence % {"n": left})
    return redirect("reader:import_batch", batch.pk)


def _says_more(batch: ImportBatch) -> str:
    """The page that says more than the list while a person is waited for; empty if none does.

    It is that of a table's columns, or of the only item of an import.
    """
    if batch.state == ImportBatch.State.MAPPING and waiting_table(batch) is not None:
        return reverse("reader:import_columns", args=[batch.pk])
    if batch.state != ImportBatch.State.WAITING:
        return ""
    items = list(batch.items.only("batch_id", "status")[:2])
    return item_url(items[0]) if len(items) == 1 else ""


def _page(
    request: PersonRequest,
    batch: ImportBatch,
    status: int = 200,
    *,
    refused: str = "",
    chosen: Sequence[int] = (),
) -> HttpResponse:
    asked = request.GET if request.method != "POST" else request.POST
    page = build_batch(
        batch,
        zone=zone_of(request.user, batch.desk),
        show=asked.get("show", ""),
        page=read_number(asked.get("page", "")) or 1,
        asked_state=asked.get("state", ""),
        from_state=asked.get("from", ""),
        told=read_number(asked.get("told", "")) or 0,
    )
    sent = request.POST if status == 422 and request.POST.get("verb") == "set" else None
    context: dict[str, Any] = {
        "section": "import",
        "batch": page,
        "refused": refused,
        "chosen": chosen,
    }
    if page.may_set:
        context |= {"facts": ChosenFactsForm(sent, desk=batch.desk), **choices()}
    return render_page(request, "reader/import_batch.html", context, _PARTIALS, status=status)
