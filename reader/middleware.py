"""What happens to every request of the pages."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import translation

from reader.htmx import current_address, is_htmx, leave_page


class SignInAgainMiddleware:
    """Send a person whose session has ended to the sign-in page, also from a part of a page.

    fetch follows a plain redirect without a word; the sign-in page would land in the part. A form
    that was sent keeps its page, and with it what was typed: see static/js/session.js.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Turn a redirect to the sign-in page into an order to leave the page."""
        response = self.get_response(request)
        sign_in = resolve_url(settings.LOGIN_URL)
        target = urlsplit(response.headers.get("Location", ""))
        # signing out leads to the same page, but without a way back
        asked = target.path == sign_in and "next=" in target.query
        if not is_htmx(request) or not asked:
            return response
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=401)
        return leave_page(f"{sign_in}?{urlencode({'next': current_address(request)})}", status=401)


class OwnLanguageMiddleware:
    """Speak the language that the person chose; without a choice, what their browser asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Take over from Django's LocaleMiddleware, which knows no person yet."""
        chosen = getattr(request.user, "language", "")
        if chosen in dict(settings.LANGUAGES):
            translation.activate(chosen)
            request.LANGUAGE_CODE = chosen
        return self.get_response(request)
