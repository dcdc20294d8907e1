"""The audit trail: every change is recorded in the transaction that makes it."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID, uuid4

from django.db import connection, models

from reader.models import AuditEntry, Story, User

_act: ContextVar[UUID | None] = ContextVar("act", default=None)

# What acts without a person: the engine, a command, a job.
ENGINE = "engine"
SYSTEM = "system"

_WORDS = frozenset({"title", "byline"})


@contextmanager
def act() -> Iterator[UUID]:
    """Group all entries made inside as one act. An act inside an act belongs to the outer one."""
    current = _act.get()
    if current is not None:
        yield current
        return
    act_id = uuid4()
    token = _act.set(act_id)
    try:
        yield act_id
    finally:
        _act.reset(token)


def record(
    action: str,
    *,
    target: models.Model,
    actor: User | None,
    actor_name: str = SYSTEM,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> AuditEntry:
    """Append one entry about `target`, in the transaction of the change itself.

    `action` is dotted, app first: `reader.article.added`. `before` and `after` hold ids, hashes and
    normal forms, never article text. `actor_name` counts only where no person acts. The story is
    found from the target. Raises `RuntimeError` outside a transaction: an entry that can be
    committed apart from its change proves nothing.
    """
    made = entry(
        action, target=target, actor=actor, actor_name=actor_name, before=before, after=after
    )
    made.save(force_insert=True)
    return made


def entry(
    action: str,
    *,
    target: models.Model,
    actor: User | None,
    actor_name: str = SYSTEM,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> AuditEntry:
    """An entry like those of `record`, for a caller that stores many at once."""
    if not connection.in_atomic_block:
        raise RuntimeError("An audit entry belongs into the transaction of its change.")
    return AuditEntry(
        act_id=_act.get() or uuid4(),
        action=action,
        object_type=target._meta.label_lower,  # noqa: SLF001 - public by its docs
        object_id=target.pk,
        story_id=story_id_of(target),
        actor=actor,
        actor_name=actor.get_username() if actor else actor_name,
        before=dict(before or {}),
        after=dict(after or {}),
    )


def hashed(values: Mapping[str, object]) -> dict[str, object]:
    """An article's columns as the trail may hold them.

    Title and byline are words of the report (a title may be its first ones), which an erasure must
    reach; their hashes still tell whether they changed and to what.
    """
    return {
        f"{name}_sha256" if name in _WORDS else name: (
            hashlib.sha256(str(value).encode()).hexdigest() if name in _WORDS else value
        )
        for name, value in values.items()
    }


def story_id_of(target: models.Model) -> int | None:
    """The story a thing lies in; None for what stands above stories."""
    if isinstance(target, Story):
        return target.pk
    found = getattr(target, "story_id", None)
    return found if isinstance(found, int) else None
