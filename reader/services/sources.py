"""Sources: outlets and agencies, shared by all desks."""

from django.db import IntegrityError, transaction
from django.db.models import Value
from django.db.models.functions import Lower

from reader import audit
from reader.models import Source, User


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
