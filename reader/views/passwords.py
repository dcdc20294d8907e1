"""Passwords: forgotten, set anew by a mailed link, changed. The views are Django's own."""

from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from reader.people_forms import ChangePasswordForm, ForgottenPasswordForm, NewPasswordForm
from reader.web import PersonRequest, without_referrer

ASK = ["GET", "HEAD", "POST"]


@login_not_required
@never_cache
@require_http_methods(ASK)
def password_forgotten(request: HttpRequest) -> HttpResponseBase:
    """Ask for an address and mail a link to its people; the answer is the same if it has none."""
    view = auth_views.PasswordResetView.as_view(
        template_name="reader/password_forgotten.html",
        form_class=ForgottenPasswordForm,
        success_url=reverse("reader:sign_in"),
    )
    response = view(request)
    if response.status_code == 302:
        said = _("If an account has this address, a mail with a link is on its way.")
        messages.success(request, said)
    return response


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(ASK)
def password_new(request: HttpRequest, uidb64: str, token: str) -> HttpResponseBase:
    """Set a password by the link in the mail, which works once.

    Django moves the token from the address into the session before it shows the form.
    """
    view = auth_views.PasswordResetConfirmView.as_view(
        template_name="reader/password_new.html",
        form_class=NewPasswordForm,
        success_url=reverse("reader:sign_in"),
    )
    response = view(request, uidb64=uidb64, token=token)
    if request.method == "POST" and response.status_code == 302:
        messages.success(request, _("Your new password is set. Sign in with it."))
    in_address = token != auth_views.PasswordResetConfirmView.reset_url_token
    return without_referrer(response) if in_address else response


@never_cache
@sensitive_post_parameters()
@require_http_methods(ASK)
def password_change(request: PersonRequest) -> HttpResponseBase:
    """Change one's own password; all other sessions end. The demo's passwords stay as they are."""
    if request.user.is_demo:
        raise PermissionDenied
    view = auth_views.PasswordChangeView.as_view(
        template_name="reader/password_change.html",
        form_class=ChangePasswordForm,
        success_url=reverse("reader:preferences"),
    )
    response = view(request)
    if response.status_code == 302:
        messages.success(request, _("Your password is changed. You are signed out elsewhere."))
    return response
