"""How a page below a story is answered: private, and not again while the browser's copy holds."""

from collections.abc import Callable

from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from reader.etag import page_etag
from reader.htmx import HTMX_HEADERS
from reader.models import Story
from reader.web import PersonRequest


def answer_page(
    request: PersonRequest, story: Story, variant: str, render: Callable[[], HttpResponse]
) -> HttpResponse:
    """Answer a reading request: 304 where the copy still holds, before anything is loaded.

    `variant` is what the answer depends on besides story, person and address: the part of the page
    that is asked for, the form of a file, a zone that is not the person's. An answer that refuses
    a change keeps its status and carries no tag.
    """
    etag = page_etag(request, story, variant)
    reading = request.method in ("GET", "HEAD")
    response = get_conditional_response(request, etag=etag) if reading else None
    if response is None:
        response = render()
    if reading:
        response.headers["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, (*HTMX_HEADERS, "Cookie", "Accept-Language"))
    return response
