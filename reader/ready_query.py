"""Queries of busy pages, written out once in the life of a process.

For most of them Django takes several times longer to turn a queryset into SQL than Postgres takes
to answer it. Here that is done at the first use; later ones fill in their values.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.expressions import Expression

Row = tuple[Any, ...]


class _Gap(str):
    """Where in the parameters of a written query a value is still missing: its name."""


class Given(Expression):
    """A value that is named when the query is asked: `filter(story=Given("story"))`.

    What is filled in goes to the database as it is, never through the field: an id as an int.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: object, connection: object) -> tuple[str, tuple[_Gap]]:
        """A placeholder, with the gap as its parameter."""
        return "%s", (_Gap(self.name),)


class GivenIds(Given):
    """Ids that are named when the query is asked: `filter(pk__in=GivenIds("claims"))`, a list."""

    def as_sql(self, compiler: object, connection: object) -> tuple[str, tuple[_Gap]]:
        """The ids as rows, however many there are."""
        return "SELECT unnest(%s::bigint[])", (_Gap(self.name),)


def columns_of(model: type[Model]) -> list[str]:
    """The names of a model's own columns, for a query whose rows `from_db` makes objects of."""
    return [field.attname for field in model._meta.concrete_fields]  # noqa: SLF001 - documented


class ReadyQuery:
    """A query of plain rows that differs only in its `Given` values from one time to the next.

    `build` makes its queryset and ends with `values_list`; it is called at the first use. Threads
    may share one.
    """

    def __init__(self, build: Callable[[], QuerySet[Any, Any]]) -> None:
        self.build = build

    @cached_property
    def _written(self) -> tuple[str, tuple[Any, ...], list[tuple[int, Any, list[Any]]]]:
        compiler = self.build().query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        columns = [expression for expression, _sql, _alias in compiler.select]
        found = compiler.get_converters(columns)
        return sql, tuple(params), [(at, column, made) for at, (made, column) in found.items()]

    def ask(self, **given: Any) -> list[Row]:
        """The rows as they are now, each value as its field has it in Python; one query."""
        sql, params, converters = self._written
        with connection.cursor() as cursor:
            cursor.execute(sql, [given[p] if isinstance(p, _Gap) else p for p in params])
            rows = cursor.fetchall()
        return [_converted(row, converters) for row in rows] if converters else rows


def _converted(row: Row, converters: list[tuple[int, Any, list[Any]]]) -> Row:
    values = list(row)
    for at, column, made in converters:
        for convert in made:
            values[at] = convert(values[at], column, connection)
    return tuple(values)
