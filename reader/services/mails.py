"""Mails to people, and how many an address gets in an hour."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from reader.models import Invitation, MailCount, User

MOST = 5  # mails to one address
WINDOW = timedelta(hours=1)


def may_have_more(address: str) -> bool:
    """Whether the address has had fewer mails in the past hour than it may."""
    recent = MailCount.objects.filter(at__gt=timezone.now() - WINDOW)
    return recent.filter(address_hash=_hash(address)).count() < MOST


@transaction.atomic
def reserve(address: str) -> bool:
    """Count a mail to the address, unless it has had as many as it may in the past hour.

    Whoever asks for a mail calls this first, whatever the mail is about. Two askers at once are
    taken one after the other.
    """
    hold(address)
    if not may_have_more(address):
        return False
    MailCount.objects.filter(at__lte=timezone.now() - WINDOW).delete()
    MailCount.objects.create(address_hash=_hash(address))
    return True


def hold(address: str) -> None:
    """Let nobody else who holds the same address go on before this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [_hash(address)])


def send_invitation(invitation: Invitation, *, token: str, site: str) -> None:
    """Mail the invitation's link. `site` is the address of Parallax, as `https://host`."""
    path = reverse("reader:invitation_open", kwargs={"token": token})
    context = {"invitation": invitation, "link": site + path}
    _send("invitation", to=invitation.email, context=context)


def send_new_password(person: User, *, site: str) -> None:
    """Mail the person a link by which they can set a new password, once and for an hour."""
    names = {
        "uidb64": urlsafe_base64_encode(force_bytes(person.pk)),
        "token": default_token_generator.make_token(person),
    }
    link = site + reverse("reader:password_new", kwargs=names)
    minutes = settings.PASSWORD_RESET_TIMEOUT // 60
    context = {"person": person, "link": link, "minutes": minutes}
    _send("new_password", to=person.email, context=context)


def _hash(address: str) -> str:
    return salted_hmac("reader.mails", address.lower(), algorithm="sha256").hexdigest()


def _send(name: str, *, to: str, context: dict[str, object]) -> None:
    """Send a text; the first line of its template is the subject. Raises what the server says."""
    text = render_to_string(f"reader/mails/{name}.txt", context)
    subject, _, body = text.partition("\n")
    EmailMessage(subject.strip(), body.lstrip("\n"), to=[to]).send()
