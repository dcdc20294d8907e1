"""A database of the bench's own, on the server that the settings name; nobody else's is touched."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

from django.core.management import call_command
from django.db import ProgrammingError, connection

from claims.bench.rows import Skipped


@contextmanager
def scratch_database() -> Iterator[str]:
    """Make an empty database with all tables, use it in this process, and drop it at the end.

    Yields its address for other processes. Raises `Skipped` where none may be made.
    """
    before, name = connection.settings_dict["NAME"], f"bench_{os.getpid()}"
    try:
        _on_server(f'CREATE DATABASE "{name}" TEMPLATE template0')
    except ProgrammingError as error:
        raise Skipped("no right to make a database") from error
    try:
        _use(name)
        call_command("migrate", interactive=False, verbosity=0)
        yield _address(connection.settings_dict)
    finally:
        _use(before)
        _on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def _use(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def _on_server(statement: str) -> None:
    with connection._nodb_cursor() as cursor:  # noqa: SLF001 - as Django's own test runner does
        cursor.execute(statement)


def _address(settings: Mapping[str, Any]) -> str:
    """The DATABASE_URL of these settings."""
    person = quote(settings["USER"] or "postgres")
    password = f":{quote(settings['PASSWORD'])}" if settings["PASSWORD"] else ""
    port = f":{settings['PORT']}" if settings["PORT"] else ""
    host = quote(settings["HOST"] or "", safe="")
    return f"postgres://{person}{password}@{host}{port}/{settings['NAME']}"
