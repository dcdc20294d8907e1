"""Forms by which people come in and set their passwords."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth import forms as auth_forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.db import transaction
from django.http import HttpRequest
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from reader import tasks
from reader.models import Invitation, User
from reader.models.invitations import ONCE
from reader.services import mails
from reader.services.people import password_was_set

if TYPE_CHECKING:
    InvitationBase = forms.ModelForm[Invitation]
    NewPersonBase = auth_forms.UserCreationForm[User]
    SetPasswordBase = auth_forms.SetPasswordForm[User]
    ChangePasswordBase = auth_forms.PasswordChangeForm
else:
    InvitationBase = forms.ModelForm
    NewPersonBase = auth_forms.UserCreationForm
    SetPasswordBase = auth_forms.SetPasswordForm
    ChangePasswordBase = auth_forms.PasswordChangeForm


def site_of(request: HttpRequest) -> str:
    """The address at which the person reaches Parallax, as `https://host`, for links in mails."""
    return f"{request.scheme}://{request.get_host()}"


def _tell_rules(field: forms.Field) -> None:
    """What a password must be, as sentences; Django would give a list in HTML."""
    field.help_text = lazystr(" ".join(password_validators_help_texts()))


class InvitationForm(InvitationBase):
    """Who is invited, to which desk, as what."""

    class Meta:
        """The rest is not the admin's to say."""

        model = Invitation
        fields = ("email", "desk", "role")

    def clean(self) -> dict[str, Any]:
        """Refuse a member of the desk: their role is changed where memberships are."""
        cleaned = super().clean() or self.cleaned_data
        desk, email = cleaned.get("desk"), cleaned.get("email")
        if desk and email and desk.memberships.filter(user__email__iexact=email).exists():
            self.add_error("email", _("Somebody with this address is a member of the desk."))
        if desk and email and desk.invitations.unanswered().filter(email__iexact=email).exists():
            self.add_error("email", ONCE)
        if email and not mails.may_have_more(email):
            self.add_error("email", _("This address has had many mails. Try again in an hour."))
        return cleaned


class NewPersonForm(NewPersonBase):
    """The name and password that an invited person chooses. `save` is not used: a service does it.

    The password is judged with the invited address in view.
    """

    class Meta(auth_forms.UserCreationForm.Meta):
        """Our people."""

        model = User

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.instance.email = email
        _tell_rules(self.fields["password1"])
        name = self.fields["username"]
        name.label = _("User name")
        name.help_text = _("Letters, digits and @ . + - _ only. You sign in with it.")
        name.widget.attrs["autocomplete"] = "username"

    def person(self) -> User:
        """The person with their password, not stored yet."""
        person = self.instance
        person.set_password(self.cleaned_data["password1"])
        return person


class ForgottenPasswordForm(auth_forms.PasswordResetForm):
    """Asks for a link by mail. Whether there is such an account shows neither in words nor time."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def save(self, *args: Any, **options: Any) -> None:
        """Queue a job for the address, whosever it is, as far as it may have more mails.

        The worker looks for its people: a request that did would take longer where there are some.
        """
        address = self.cleaned_data["email"]
        with transaction.atomic():
            if mails.reserve(address):
                tasks.mail_new_password.defer(address=address, site=site_of(options["request"]))


class _Audited(SetPasswordBase):
    """A password that a person sets for themselves, with its audit entry."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        _tell_rules(self.fields["new_password1"])

    def save(self, commit: bool = True) -> User:
        """Store the password and the entry, or neither."""
        with transaction.atomic():
            person = super().save(commit)
            password_was_set(person)
        return person


class NewPasswordForm(_Audited):
    """A password without the old one: the link in the mail vouches for the person."""


class ChangePasswordForm(_Audited, ChangePasswordBase):
    """A password with the old one."""
