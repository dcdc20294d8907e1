"""The words of the audit trail: who registers them, and what they are made of.

Each app describes its own actions, because only it knows what they mean: the upper app registers
its describer when it is loaded, so that the history page of the lower one can show both. An action
that nobody described is shown by its raw name.
"""

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from reader.models import AuditEntry, Role, Story, User

Text = str | Promise
_PLACE = re.compile(r"\{(\w+)\}")
_LONGEST_DETAIL = 200  # characters of a value that nobody gave words to
# Words of reports and of people, should an entry ever hold them against the rule.
_WITHHELD = frozenset("body_html byline exact note prefix quote suffix text title".split())


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """Who reads the history of which story."""

    user: User
    story: Story
    role: Role
    zone: ZoneInfo

    @property
    def sees_hidden(self) -> bool:
        """Whether reports that are not live exist for this person."""
        return self.role.includes(Role.ADMIN)


@dataclass(frozen=True, kw_only=True)
class Thing:
    """What an entry is about, by its name of today. `href` is empty where no page shows it.

    `quoted`: the name is somebody's words and stands in quotation marks. `hidden`: the person may
    not know more of it than that it was there.
    """

    name: str
    href: str = ""
    quoted: bool = True
    hidden: bool = False


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of a sentence: plain words, the person's name, or a thing."""

    text: str = ""
    who: bool = False
    thing: Thing | None = None


@dataclass(frozen=True, kw_only=True)
class Change:
    """One field, from what to what; `before` is empty where the thing was new."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The words of an action: `{who}` and `{thing}` stand for themselves.

    `many` is the sentence for a whole act of such entries, with `{number}`. Of several actions in
    one act, that with the highest weight gives the act its sentence.
    """

    one: Text
    many: Text = ""
    weight: int = 1


@dataclass(frozen=True, kw_only=True)
class Part:
    """One entry in words. `undo` is the address that reverses it, for those who may."""

    sentence: Sequence[Piece]
    changes: Sequence[Change] = ()
    details: Sequence[tuple[str, str]] = ()
    reason: str = ""
    note: str = ""
    undo: str = ""
    undone: bool = False


class Describer(Protocol):
    """What an app says about its actions and its things.

    `wordings` by action, `kinds` the names of its things by object type (`claims.point`).
    """

    wordings: Mapping[str, Wording]
    kinds: Mapping[str, Text]

    def describe(self, viewer: Viewer, entries: Sequence[AuditEntry]) -> Mapping[int, Part]:
        """The entries of this app's actions in words, by id; a fixed number of queries."""
        ...

    def name(self, viewer: Viewer, object_type: str, object_id: int) -> Thing | None:
        """A thing of this app by its name of today; None if it is not in the viewer's story."""
        ...


_describers: dict[str, Describer] = {}


def describe_with(app: str, describer: Describer) -> None:
    """Have the actions and things of an app described; called once, when the app is loaded."""
    _describers[app] = describer


def describer_of(dotted: str) -> Describer | None:
    """Who describes an action or an object type: its app is the first part of the name."""
    return _describers.get(dotted.partition(".")[0])


def wording_of(action: str) -> Wording | None:
    """The words of an action; None for one that nobody described."""
    describer = describer_of(action)
    return describer.wordings.get(action) if describer else None


def kinds() -> dict[str, Text]:
    """The names of all kinds of things by object type, in the order of their apps."""
    return {name: word for found in _describers.values() for name, word in found.kinds.items()}


def pieces(sentence: Text, **values: str | Thing) -> tuple[Piece, ...]:
    """The sentence cut at its places; `{who}` stays a place, for the person's name."""
    found: list[Piece] = []
    for at, part in enumerate(_PLACE.split(str(sentence))):
        if at % 2 == 0:
            found.append(Piece(text=part))
        elif part == "who":
            found.append(Piece(who=True))
        else:
            value = values.get(part, "")
            found.append(Piece(thing=value) if isinstance(value, Thing) else Piece(text=value))
    return tuple(piece for piece in found if piece != Piece())


@dataclass(frozen=True, kw_only=True)
class Field:
    """How a field of an entry is called, and how its values read."""

    label: Text
    words: Callable[[object], str] = str


def read_changes(
    entry: AuditEntry, fields: Mapping[str, Field]
) -> tuple[list[Change], list[tuple[str, str]]]:
    """What the entry says in words of the known fields, and the rest as it was written down.

    A field that is the same before and after has not changed. The rest are ids, hashes and what a
    newer release wrote.
    """
    changes = []
    for name, field in fields.items():
        before, after = entry.before.get(name), entry.after.get(name)
        if before != after:
            changes.append(
                Change(
                    label=str(field.label),
                    before=_said(field, before) if name in entry.before else "",
                    after=_said(field, after),
                )
            )
    return [change for change in changes if change.before != change.after], _rest(entry, fields)


def _said(field: Field, value: object) -> str:
    """The value in words. One of a form that the words do not know is shown as it is written."""
    if value is None or value in ("", [], {}):
        return _("nothing")
    try:
        return field.words(value)
    except (ArithmeticError, KeyError, LookupError, TypeError, ValueError):
        return shortened(value)


def _rest(entry: AuditEntry, known: Collection[str]) -> list[tuple[str, str]]:
    names = dict.fromkeys([*entry.before, *entry.after])
    shown = [name for name in names if name not in known and name not in _WITHHELD]
    return [(name, _both(entry, name)) for name in shown]


def _both(entry: AuditEntry, name: str) -> str:
    values = [shortened(part[name]) for part in (entry.before, entry.after) if name in part]
    return " → ".join(dict.fromkeys(values))


def shortened(value: object) -> str:
    """A value as JSON, cut where it gets long."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST_DETAIL else f"{text[:_LONGEST_DETAIL]}…"


def in_words(entry: AuditEntry, thing: Thing, **values: str | Thing) -> tuple[Piece, ...]:
    """The entry's sentence; the raw name of an action that nobody described."""
    known = wording_of(entry.action)
    if known is None:
        return pieces("{who}: {action}, {thing}", action=entry.action, thing=thing)
    return pieces(known.one, thing=thing, **values)


def unnamed(entry: AuditEntry) -> Thing:
    """A thing that is no longer there, or that nobody describes: what the trail knows of it."""
    return Thing(name=f"{entry.object_type} {entry.object_id}", quoted=False)


def plain_part(entry: AuditEntry, thing: Thing | None = None) -> Part:
    """An entry without words of its own: its action, and what was written down."""
    return Part(
        sentence=pieces(
            "{who}: {action}, {thing}", action=entry.action, thing=thing or unnamed(entry)
        ),
        details=_rest(entry, ()),
    )


def ids_of(entries: Iterable[AuditEntry], object_type: str) -> set[int]:
    """The ids of the things of a type that the entries are about."""
    return {entry.object_id for entry in entries if entry.object_type == object_type}
