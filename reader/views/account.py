"""Signing in and out, and what a person sets for themselves."""

from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from reader.htmx import render_page
from reader.ingest.times import zones
from reader.models import User
from reader.preferences_form import PreferencesForm
from reader.services.people import switch_keys
from reader.services.preferences import set_preferences
from reader.signin import SignInForm
from reader.web import PersonRequest, page_before


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Ask for name and password; who is signed in already goes on."""
    view = auth_views.LoginView.as_view(
        template_name="reader/sign_in.html",
        authentication_form=SignInForm,
        redirect_authenticated_user=True,
    )
    return view(request)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """End the session."""
    view = auth_views.LogoutView.as_view()
    return view(request)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: PersonRequest) -> HttpResponse:
    """What the person can set: colours, contrast, size, language, zone; single-letter keys."""
    person = User.objects.get(pk=request.user.pk)  # the form writes into it also what it refuses
    form = PreferencesForm(request.POST if request.method == "POST" else None, instance=person)
    if request.method == "POST" and form.is_valid():
        set_preferences(person=request.user, chosen=form.cleaned_data)
        with translation.override(form.cleaned_data["language"]):
            messages.success(request, _("Saved. The pages look and speak like this from now on."))
        return redirect("reader:preferences")
    context = {"section": "preferences", "form": form, "zones": sorted(zones())}
    status = 422 if form.is_bound else 200
    return render_page(request, "reader/preferences.html", context, status=status)


@require_POST
def keys_switch(request: PersonRequest) -> HttpResponse:
    """Switch single-letter keys on or off for the person, then go back to where they were."""
    wanted = request.POST.get("single_letter_keys") == "on"
    switch_keys(person=request.user, wanted=wanted)
    # htmx has moved the address on since the page came
    return redirect(page_before(request) or "reader:preferences")
