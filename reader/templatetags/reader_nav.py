"""What the bar offers to whom: a link is shown only to those whom its page lets in."""

from django import template

from reader.models import Membership, User
from reader.models.people import Role

register = template.Library()


def _is_desk_admin(user: User) -> bool:
    """Whether the person is admin of a desk; asked once per request, on the request's user."""
    known: bool | None = getattr(user, "_is_desk_admin", None)
    if known is None:
        known = Membership.objects.filter(user=user, role=Role.ADMIN).exists()
        user._is_desk_admin = known  # type: ignore[attr-defined]  # noqa: SLF001 - kept on the user
    return known


@register.filter
def may_import(user: User) -> bool:
    """Whether the import page lets the person in."""
    return _is_desk_admin(user)


@register.filter
def may_administer(user: User) -> bool:
    """Whether Django's admin lets the person in."""
    return user.is_superuser or _is_desk_admin(user)
