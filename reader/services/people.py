"""What people change about their own account."""

from django.db import transaction

from reader import audit
from reader.models import User


@transaction.atomic
def switch_keys(*, person: User, wanted: bool) -> None:
    """Switch the person's single-letter keys on or off."""
    now = User.objects.select_for_update().get(pk=person.pk)
    if now.single_letter_keys == wanted:
        return
    now.single_letter_keys = wanted
    now.save(update_fields=["single_letter_keys"])
    audit.record(
        "reader.user.keys_switched",
        target=now,
        actor=person,
        before={"single_letter_keys": not wanted},
        after={"single_letter_keys": wanted},
    )
