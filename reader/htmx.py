"""Every htmx header that is read or written, and which part of a page an answer renders."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

HTMX_HEADERS = ("HX-Request", "HX-Request-Type", "HX-Target")
NO_PARTIALS: Mapping[str, str] = MappingProxyType({})


def wants_partial(request: HttpRequest) -> bool:
    """Whether htmx will swap the answer into a part of the page.

    False for full-page swaps, `hx-select` and history restores, which need the whole page.
    """
    headers = request.headers
    return headers.get("HX-Request") == "true" and headers.get("HX-Request-Type") == "partial"


def target_id(request: HttpRequest) -> str:
    """The id of the element to be replaced; htmx 4 sends `ol#match-list`. Empty if it has none."""
    _tag, _hash, quoted = request.headers.get("HX-Target", "").partition("#")
    return unquote(quoted)


def chosen_partial(request: HttpRequest, partials: Mapping[str, str]) -> str:
    """The partial for the htmx target, from the view's own list; empty: the whole page."""
    return partials.get(target_id(request), "") if wants_partial(request) else ""


def render_page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    partials: Mapping[str, str] = NO_PARTIALS,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render the page, or only the partial that belongs to the htmx target.

    `partials` maps ids of targets to names of partials: the browser cannot name a block that the
    view did not offer.
    """
    partial = chosen_partial(request, partials)
    name = f"{template}#{partial}" if partial else template
    response = render(request, name, context, status=status)
    patch_vary_headers(response, HTMX_HEADERS)
    return response


def is_htmx(request: HttpRequest) -> bool:
    """Whether htmx asked, for a part or for a whole page."""
    return request.headers.get("HX-Request") == "true"


def current_address(request: HttpRequest) -> str:
    """Path and query of the page that the person looks at; "/" where htmx says nothing usable."""
    try:
        shown = urlsplit(request.headers.get("HX-Current-URL", ""))
    except ValueError:  # such as brackets that hold no address
        return "/"
    path = f"/{shown.path.lstrip('/')}"
    return f"{path}?{shown.query}" if shown.query else path


def replace_address(response: HttpResponse, url: str) -> None:
    """Tell htmx that the page has another address with this answer; no step in the history."""
    response.headers["HX-Replace-Url"] = url


def leave_page(url: str, *, status: int = 204) -> HttpResponse:
    """Tell htmx to leave the page for another address instead of swapping that into a part."""
    return HttpResponse(status=status, headers={"HX-Redirect": url})
