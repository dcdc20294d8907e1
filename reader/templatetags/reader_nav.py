"""What a page offers to whom: a link is shown only to those whom its page lets in."""

from django import template

from reader.models import Role, User
from reader.web import roles_of

register = template.Library()


@register.filter
def may_import(user: User) -> bool:
    """Whether the import page lets the person in."""
    return Role.ADMIN in roles_of(user).values()


@register.filter
def may_import_to(user: User, desk_id: int) -> bool:
    """Whether the person may import into the desk's stories."""
    return roles_of(user).get(desk_id) == Role.ADMIN


@register.filter
def may_edit_on(user: User, desk_id: int) -> bool:
    """Whether the person may rename, close and reopen the desk's stories."""
    held = roles_of(user).get(desk_id)
    return held is not None and Role(held).includes(Role.EDITOR)


@register.filter
def may_mark(user: User) -> bool:
    """Whether the person may mark and correct claims on any desk."""
    return any(Role(held).includes(Role.FACT_CHECKER) for held in roles_of(user).values())


@register.filter
def may_review(user: User) -> bool:
    """Whether the review queue lets the person in."""
    return any(Role(held).includes(Role.EDITOR) for held in roles_of(user).values())


@register.filter
def may_administer(user: User) -> bool:
    """Whether Django's admin lets the person in."""
    return user.is_superuser or may_import(user)
