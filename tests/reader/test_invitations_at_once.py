"""Invitations of one address that are answered at the same moment."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from reader.models import Invitation, Role, User
from reader.services import invitations
from reader.services.people import Refused
from tests import factories


@pytest.mark.django_db(transaction=True)
def test_two_invitations_that_are_accepted_at_once_make_one_account() -> None:
    tokens = ["one", "two"]
    for token in tokens:
        desk = factories.make_desk()
        Invitation.objects.create(
            desk=desk,
            email="NEW@example.org" if token == "two" else "new@example.org",
            role=Role.READER,
            invited_by=factories.make_member(desk, Role.ADMIN),
            expires_at=timezone.now() + timedelta(days=1),
            token_sha256=hashlib.sha256(token.encode()).hexdigest(),
        )
    start = Barrier(2)

    def accept(token: str) -> bool:
        start.wait(10)
        try:
            invitations.accept_as_new(token=token, person=User(username=token))
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as threads:
        done = sorted(threads.map(accept, tokens))
    assert done == [False, True]
    assert User.objects.filter(email__iexact="new@example.org").count() == 1
