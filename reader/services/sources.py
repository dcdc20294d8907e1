"""Sources: outlets and agencies, shared by all desks."""

from collections.abc import Collection

from django.db import IntegrityError, connection, transaction
from django.db.models import Value
from django.db.models.functions import Lower

from reader import audit
from reader.models import AuditEntry, Source, User


def find_source(name: str) -> Source | None:
    """The source of that name, whatever its capitals, by the rule of the unique key."""
    # not iexact, which compares capitals: "İ" and "I" have the same small letter, but not those
    return Source.objects.alias(key=Lower("name")).filter(key=Lower(Value(name))).first()


def get_or_add_source(*, name: str, actor: User | None) -> Source:
    """The source of that name, made if there is none. Needs a transaction around it."""
    found = find_source(name)
    if found:
        return found
    try:
        with transaction.atomic():
            source = Source.objects.create(name=name)
    except IntegrityError:
        there = find_source(name)  # somebody added it at the same moment
        if there is None:
            raise
        return there
    audit.record("reader.source.added", target=source, actor=actor, after={"name": name})
    return source


def get_or_add_sources(names: Collection[str], actor: User | None) -> dict[str, Source]:
    """The sources by the names as given, those made that are missing. Needs a transaction.

    The number of queries does not depend on how many names there are.
    """
    wanted = sorted(set(names))
    found = _named(wanted)
    missing = [name for name in wanted if name not in found]
    if not missing:
        return found
    added = _add(missing)
    after = _named(wanted)
    AuditEntry.objects.bulk_create(
        audit.entry("reader.source.added", target=row, actor=actor, after={"name": row.name})
        for row in {source.pk: source for source in after.values() if source.pk in added}.values()
    )
    return after


def _add(names: Collection[str]) -> set[int]:
    """The keys of the sources that were made; somebody may add one at the same moment."""
    plain = Source()
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO reader_source (name, kind, home_page, language)
               SELECT given, %s, %s, %s FROM unnest(%s::text[]) AS given
               ON CONFLICT DO NOTHING RETURNING id""",
            [plain.kind, plain.home_page, plain.language, list(names)],
        )
        return {pk for (pk,) in cursor.fetchall()}


def _named(names: Collection[str]) -> dict[str, Source]:
    """The sources there are by the names given, by the rule of the unique key."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT given, s.id FROM unnest(%s::text[]) AS given
               JOIN reader_source s ON lower(s.name) = lower(given)""",
            [list(names)],
        )
        ids = dict(cursor.fetchall())
    rows = Source.objects.in_bulk(set(ids.values()))
    return {name: rows[pk] for name, pk in ids.items()}
