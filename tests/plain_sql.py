"""Statements as any script could send them, past all services."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction


def run(sql: str, *params: Any) -> int:
    """Execute a statement; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.rowcount)


def refused(sql: str, *params: Any, match: str) -> None:
    """State that Postgres refuses the statement, and why."""
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        run(sql, *params)
