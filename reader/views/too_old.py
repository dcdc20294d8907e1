"""A form whose token is of another sign-in, or of none."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.views.csrf import csrf_failure

from reader.htmx import is_htmx


def too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse the form; an open page gets the present token, with which it can send it again.

    Another site cannot read that header. Who is signed out is told so first.
    """
    if not is_htmx(request):
        return csrf_failure(request, reason)
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    return HttpResponse(status=403, headers={"X-CSRFToken": get_token(request)})
