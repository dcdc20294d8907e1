"""Requests with too large a body are answered before anything parses them."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


class BodyLimitMiddleware:
    """Answer 413 where the body is larger than a pasted article of 2 MB and its fields.

    Only forms that take files take more (`UPLOAD_MAX`), and only from people who are signed in.
    Where a body comes in chunks and so states no length, answer 411. This stands before the CSRF
    check, which reads the form and so the whole upload.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hand the request on; the views' middleware hook below does the work."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Refuse the request by the length that it states, or for not stating one.

        A body in chunks can be of any length; browsers send none, so such a request is not a form.
        """
        if "HTTP_TRANSFER_ENCODING" in request.META:
            return HttpResponse(
                _("The request must state its length."), status=411, content_type="text/plain"
            )
        stated = request.META.get("CONTENT_LENGTH") or "0"
        limit = self._limit(request)
        if stated.isdecimal() and len(stated) <= len(str(limit)) and int(stated) <= limit:
            return None
        return render(request, "413.html", status=413)

    @staticmethod
    def _limit(request: HttpRequest) -> int:
        """How many bytes this address takes from this person."""
        found = request.resolver_match
        usual = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
        if found is None or not request.user.is_authenticated:
            return usual
        return settings.UPLOAD_MAX.get(found.view_name, usual)
