"""What every change by a person has in common: the story is held, the row is as it was seen, and
a decision and an audit entry are written in the same transaction.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from claims.models import Claim, Counterpart, Decision, Discrepancy, Point
from claims.signals import claims_corrected
from reader import audit
from reader.models import Story, User

Row = Claim | Point | Discrepancy | Counterpart
AnyRow = TypeVar("AnyRow", Claim, Point, Discrepancy, Counterpart)


class Refused(Exception):
    """A change that cannot be made; `str()` is a sentence for the person, translated."""


class Stale(Refused):
    """The row changed after the person's page was made: by somebody, or by a comparison.

    `current` is the row as it is.
    """

    def __init__(self, current: Row) -> None:
        super().__init__(_("This has changed since you opened it."))
        self.current = current


@contextmanager
def changing(story_id: int, *, corrects: bool) -> Iterator[Story]:
    """Hold the story for one change by a person, and note the change in its revision.

    The story is locked before any row below it, as a comparison does, so that writers never wait
    crosswise. `corrects` says that what is compared changes: then the story is compared again.
    Raises `Refused` for a closed story.
    """
    with transaction.atomic(), audit.act():
        story = Story.objects.select_for_update().get(pk=story_id)
        if story.status == Story.Status.CLOSED:
            raise Refused(_("This story is closed. Reopen it to change anything in it."))
        yield story
        Story.objects.filter(pk=story_id).bump()
        if corrects:
            claims_corrected.send(Story, story_id=story_id)


def renew(row: AnyRow, row_version: int, **values: Any) -> AnyRow:
    """Write the values if the row still has the version that the person saw; its next version.

    Belongs into `changing`. Raises `Stale` where somebody was faster.
    """
    model = type(row)
    rows = model._default_manager.filter(pk=row.pk)  # noqa: SLF001 - public by its docs
    if not rows.filter(row_version=row_version).update(row_version=F("row_version") + 1, **values):
        raise Stale(rows.get())
    return rows.get()


def put_on_record(
    row: Row,
    *,
    person: User,
    action: str,
    before: Mapping[str, object],
    after: Mapping[str, object],
    reason_code: str = "",
    note: str = "",
    undoes: Decision | None = None,
) -> Decision:
    """Write the decision and its audit entry.

    `action` is one word: `confirm`, `edit`. `before` and `after` hold what changed, field by field,
    as ids, hashes and normal forms, never article text; enough to undo by. A `status` in them is
    the decision's old and new status too. The note stands in the decision alone.
    """
    about = type(row)._meta.model_name or ""  # noqa: SLF001 - public by its docs
    decision = Decision.objects.create(
        story_id=row.story_id,
        action=action,
        old_status=str(before.get("status", "")),
        new_status=str(after.get("status", "")),
        reason_code=reason_code,
        note=note,
        values={"before": dict(before), "after": dict(after)},
        person=person,
        undoes=undoes,
        **{about: row},
    )
    said = {"decision": decision.pk, **({"reason": reason_code} if reason_code else {})}
    audit.record(
        f"claims.{about}.{action}",
        target=row,
        actor=person,
        before=before,
        after={**after, **said},
    )
    return decision
