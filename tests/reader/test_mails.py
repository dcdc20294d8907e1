"""What the mails say, whom they come from, and how many an address gets."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from reader.models import MailCount
from reader.services import mails
from tests import factories

pytestmark = pytest.mark.django_db
SITE = "https://parallax.example.org"


def test_an_invitation_names_desk_role_end_and_link() -> None:
    desk = factories.make_desk("World & <Trade>")
    row, _ = factories.make_invitation(desk, factories.make_user("ada"), email="x@example.org")
    mails.send_invitation(row, token="T0", site=SITE)
    (sent,) = mail.outbox
    assert sent.subject == "You are invited to the desk World & <Trade> on Parallax"
    assert sent.to == ["x@example.org"]
    for part in ("ada invites you", "Reader", f"\n{SITE}/invitation/T0/\n", "UTC"):
        assert part in sent.body


def test_a_new_password_is_mailed_to_the_accounts_own_address() -> None:
    mails.send_new_password(factories.make_user("ada"), site=SITE)
    (sent,) = mail.outbox
    assert (sent.subject, sent.to) == ("Set a new password for Parallax", ["ada@example.org"])
    assert "for 60 minutes" in sent.body
    assert f"\n{SITE}/password/new/" in sent.body


def test_a_desk_of_several_lines_adds_no_header() -> None:
    desk = factories.make_desk("World\nBcc: all@example.org")
    row, _ = factories.make_invitation(desk, factories.make_user())
    mails.send_invitation(row, token="T0", site=SITE)
    (sent,) = mail.outbox
    assert sent.recipients() == [row.email]
    assert "\n" not in sent.subject


def test_mails_are_counted_by_address_and_forgotten_after_an_hour() -> None:
    assert [mails.reserve("x@example.org") for _ in range(6)] == [True] * 5 + [False]
    assert not mails.reserve("X@Example.org")
    assert mails.reserve("y@example.org")
    MailCount.objects.update(at=timezone.now() - timedelta(hours=1, seconds=1))
    assert mails.reserve("x@example.org")
    assert MailCount.objects.count() == 1


def test_the_count_does_not_hold_the_address() -> None:
    mails.reserve("x@example.org")
    assert "example" not in str(list(MailCount.objects.values()))
