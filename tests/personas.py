"""The people of the permission tests: one for each role, a stranger and one who has left."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from reader.models import Desk, Role, User
from tests import factories


@dataclass(frozen=True, kw_only=True)
class Personas:
    """Who is who. All are members of `desk` but the outsider, who is admin of another one."""

    desk: Desk
    reader: User
    factchecker: User
    editor: User
    admin: User
    outsider: User
    deactivated: User

    def __iter__(self) -> Iterator[tuple[str, User]]:
        """Each person under the name that permission tables use."""
        for field in fields(self):
            person = getattr(self, field.name)
            if isinstance(person, User):
                yield field.name, person


def make_personas(desk: Desk | None = None) -> Personas:
    """All personas around one desk; passwords are "password"."""
    desk = desk or factories.make_desk()
    elsewhere = factories.make_desk()
    return Personas(
        desk=desk,
        reader=factories.make_member(desk, Role.READER, "reader"),
        factchecker=factories.make_member(desk, Role.FACT_CHECKER, "factchecker"),
        editor=factories.make_member(desk, Role.EDITOR, "editor"),
        admin=factories.make_member(desk, Role.ADMIN, "admin"),
        # an admin elsewhere: no role on another desk opens this one
        outsider=factories.make_member(elsewhere, Role.ADMIN, "outsider"),
        deactivated=factories.make_member(desk, Role.ADMIN, "deactivated", is_active=False),
    )
