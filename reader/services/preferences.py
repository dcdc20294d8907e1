"""What people set for themselves: how pages look, their language, their zone.

It is their own and changes nothing for anybody else, so no audit entry is made.
"""

from collections.abc import Mapping

from reader.models import User


def set_preferences(*, person: User, chosen: Mapping[str, str]) -> None:
    """Store the person's choices; `chosen` holds fields of `PreferencesForm`, checked."""
    User.objects.filter(pk=person.pk).update(**chosen)
