"""The switch between quiet and thorough."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from claims.modes import in_mode, mode_in, remember
from reader.web import PersonRequest


@require_POST
def switch(request: PersonRequest) -> HttpResponse:
    """Remember the mode that was chosen, and lead back to where the switch stood, in it."""
    mode = mode_in(request.POST.dict())
    remember(request, mode)
    back = request.POST.get("next", "")
    if not back.startswith("/") or not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("claims:stories")
    return redirect(in_mode(back, mode))
