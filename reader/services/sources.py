"""Sources: outlets and agencies, shared by all desks."""

from django.db import IntegrityError, transaction

from reader import audit
from reader.models import Source, User


def find_source(name: str) -> Source | None:
    """The source of that name, whatever its capitals."""
    return Source.objects.filter(name__iexact=name).first()


def get_or_add_source(*, name: str, actor: User | None) -> Source:
    """The source of that name, made if there is none. Needs a transaction around it."""
    found = find_source(name)
    if found:
        return found
    try:
        with transaction.atomic():
            source = Source.objects.create(name=name)
    except IntegrityError:
        return Source.objects.get(name__iexact=name)  # somebody added it at the same moment
    audit.record("reader.source.added", target=source, actor=actor, after={"name": name})
    return source
