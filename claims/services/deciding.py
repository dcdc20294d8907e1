"""What editors decide about flags: that one stands, that it does not matter, or a note on it.

A decision rests on values: it holds the flag's `values_key`, and a comparison that finds other
values opens the flag again (see `storing_flags`).
"""

from collections.abc import Mapping
from typing import Literal, get_args

from django.utils.translation import gettext as _

from claims import words
from claims.models import Decision, Discrepancy
from claims.services.changes import Refused, Stale, changing, put_on_record, renew
from reader.models import User
from reader.text import clean_text

Action = Literal["confirm", "dismiss", "note"]
ACTIONS: tuple[Action, ...] = get_args(Action)
NEW_STATUS: Mapping[str, Discrepancy.Status] = {
    "confirm": Discrepancy.Status.CONFIRMED,
    "dismiss": Discrepancy.Status.DISMISSED,
}
NOTE_LIMIT = 2000  # characters


def decide(
    *,
    person: User,
    discrepancy_id: int,
    row_version: int,
    action: str,
    reason_code: str = "",
    note: str = "",
) -> Decision:
    """Confirm or dismiss a flag, or add a note to it without changing its status.

    `row_version` is that of the flag as the person saw it. A dismissal needs one of the reasons of
    `words.DISMISSAL_REASONS`, `other` a note too. Raises `Stale` where somebody was faster, and
    `Refused` for a flag that the engine no longer finds, a decision that stands already and words
    that are missing or too many.
    """
    note = clean_text(note).strip()
    refuse_incomplete(action, reason_code, note)
    story_id = Discrepancy.objects.values_list("story_id", flat=True).get(pk=discrepancy_id)
    with changing(story_id, corrects=False):
        flag = Discrepancy.objects.get(pk=discrepancy_id)
        _refuse_superseded(flag)
        if flag.row_version != row_version:
            raise Stale(flag)
        status = NEW_STATUS.get(action, Discrepancy.Status(flag.status))
        if action in NEW_STATUS and status == flag.status:
            raise Refused(_("This flag has that status already."))
        renewed = renew(flag, row_version, status=status)
        return put_on_record(
            renewed,
            person=person,
            action=action,
            before=_values(flag),
            after=_values(renewed),
            reason_code=reason_code if action == "dismiss" else "",
            note=note,
        )


def reverse(decision: Decision, person: User, row_version: int | None = None) -> Decision:
    """Take a decision about a flag back: a decision that sets the status it had before.

    A note taken back stays in the record. Whether the decision is the newest is asked by
    `undoing.undo`. Raises `Stale`, and `Refused` where the flag's values have changed since: what
    was decided before was about others.
    """
    flag_id = decision.discrepancy_id
    assert flag_id is not None  # the dispatcher looked
    with changing(decision.story_id, corrects=False):
        flag = Discrepancy.objects.get(pk=flag_id)
        _refuse_superseded(flag)
        known = flag.row_version if row_version is None else row_version
        if flag.row_version != known:
            raise Stale(flag)
        if decision.action == "note":
            status = Discrepancy.Status(flag.status)
        elif flag.status == decision.new_status and _rests_on(decision) == flag.values_key:
            status = Discrepancy.Status(decision.old_status)
        else:
            raise Refused(_("The values have changed since this was decided. Decide again."))
        renewed = renew(flag, known, status=status)
        return put_on_record(
            renewed,
            person=person,
            action="undo",
            before=_values(flag),
            after=_values(renewed),
            undoes=decision,
        )


def refuse_incomplete(action: str, reason_code: str, note: str) -> None:
    """Raise `Refused` for a decision that lacks what it needs."""
    if action not in ACTIONS:
        raise Refused(_("A flag is confirmed or dismissed, or gets a note."))
    if len(note) > NOTE_LIMIT:
        raise Refused(_("The note is too long: at most %(n)s characters.") % {"n": NOTE_LIMIT})
    if action == "note" and not note:
        raise Refused(_("Write the note first."))
    if action != "dismiss":
        return
    if reason_code not in words.DISMISSAL_REASONS:
        raise Refused(_("Choose why the flag is dismissed."))
    if reason_code == words.OTHER_REASON and not note:
        raise Refused(_("Say in the note what the other reason is."))


def _values(flag: Discrepancy) -> dict[str, object]:
    """What the decision rests on."""
    return {"status": str(flag.status), "values_key": flag.values_key}


def _rests_on(decision: Decision) -> object:
    return decision.values.get("after", {}).get("values_key")


def _refuse_superseded(flag: Discrepancy) -> None:
    if flag.status in (Discrepancy.Status.SUPERSEDED, Discrepancy.Status.SETTLED):
        raise Refused(_("The engine no longer finds this difference. There is nothing to decide."))
