"""The net that services fetch through, with what only they know: our own names, and whose turn."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from time import monotonic, sleep
from typing import cast

from django.conf import settings
from django.db import DatabaseError, connection
from django.http.request import validate_host
from django.utils.module_loading import import_string

from reader.ingest.fetch import Net, Unreachable

PATIENCE = 120.0  # seconds to wait for a site that another worker asks
_PAUSE = 0.2
CLASS = 0x66657463  # first half of the locks' keys: "fetc", so that they meet no other lock


def net() -> Net:
    """What `fetch` goes through: the internet, where `FETCH_NET` is as it comes.

    A host is asked one thing at a time by all workers together, by a lock of the database session;
    so fetch outside of transactions.
    """
    found = cast(Net, import_string(settings.FETCH_NET))
    return replace(found, is_own=is_own, turn=turn)


def is_own(host: str) -> bool:
    """Whether Parallax itself answers to this host. "*", which allows all, names none."""
    return validate_host(host, [name for name in settings.ALLOWED_HOSTS if name != "*"])


@contextmanager
def turn(host: str, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the right to ask a host. Raises `Unreachable` when others hold it for too long."""
    end = monotonic() + patience
    while not _asked("pg_try_advisory_lock", host):
        if monotonic() >= end:
            raise Unreachable("busy")
        sleep(_PAUSE)
    try:
        yield
    finally:
        with suppress(DatabaseError):  # a lost session has lost its locks
            _asked("pg_advisory_unlock", host)


def _asked(function: str, host: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, hashtext(%s))", [CLASS, host])
        row = cursor.fetchone()
    return bool(row and row[0])
