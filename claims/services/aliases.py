"""Names that a desk adds for actors: what may be one, and what follows when one changes."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from claims.engine import actors, gazetteer
from claims.engine.lexicon import words
from claims.models import Alias
from claims.models.newsroom import MAX_NAME
from reader import audit
from reader.models import Desk, Story, User
from reader.services.people import Refused
from reader.services.stories import refresh_stories

MOST = 500  # names of one desk: each is looked for at every word of its stories
MOST_WORDS = 8
LONGEST = 2 * MAX_NAME  # characters of the form that is looked up: some signs stand for several
# classes of words of which some stand in every text
_COMMON = words("det") | words("pron") | words("prep") | words("wh") | words("conj") | words("sub")
_COMMON |= words("be") | words("have") | words("do") | words("modal") | words("negation")
_COMMON |= words("adverb") | words("number_words") | words("months") | words("titles")
Faults = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A name as a person typed it; the fields are those of `Alias`."""

    name: str
    canonical: str
    kind: str
    note: str = ""


@transaction.atomic
def add_alias(*, desk_id: int, wanted: Wanted, person: User) -> Alias:
    """Add a name to a desk. Raises `Refused` where `faults` finds any."""
    desk = _locked(desk_id)
    _refuse(faults(desk_id, wanted))
    alias = Alias(desk=desk, folded=_folded(wanted.name), **asdict(wanted))
    alias.save()
    audit.record("claims.alias.added", target=alias, actor=person, after=_recorded(desk, wanted))
    _compare_anew(desk)
    return alias


@transaction.atomic
def change_alias(*, alias_id: int, wanted: Wanted, person: User) -> None:
    """Change a name or what it stands for. Raises `Refused` where `faults` finds any."""
    alias = Alias.objects.get(pk=alias_id)
    desk = _locked(alias.desk_id)
    alias.refresh_from_db()
    before = _as_wanted(alias)
    if before == wanted:
        return
    _refuse(faults(desk.pk, wanted, but=alias_id))
    for field, value in asdict(wanted).items():
        setattr(alias, field, value)
    alias.folded = _folded(wanted.name)
    alias.save()
    audit.record(
        "claims.alias.changed",
        target=alias,
        actor=person,
        before=_recorded(desk, before),
        after=_recorded(desk, wanted),
    )
    if (before.name, before.canonical, before.kind) != (wanted.name, wanted.canonical, wanted.kind):
        _compare_anew(desk)


@transaction.atomic
def remove_alias(*, alias_id: int, person: User) -> None:
    """Take a name off its desk; nothing happens where it is gone already."""
    desk = _locked(Alias.objects.values_list("desk", flat=True).get(pk=alias_id))
    alias = Alias.objects.filter(pk=alias_id).first()  # as whoever held the desk left it
    if alias is None:
        return
    before = _recorded(desk, _as_wanted(alias))
    audit.record("claims.alias.removed", target=alias, actor=person, before=before)
    alias.delete()
    _compare_anew(desk)


def faults(desk_id: int, wanted: Wanted, *, but: int | None = None) -> Faults:
    """What is wrong with a name, as sentences by field; empty where nothing is.

    `but` is the row that is changed. One query.
    """
    pieces = gazetteer.pieces_of(gazetteer.bare(wanted.name))
    known = actors.canonical(wanted.canonical)
    found = _unreadable(wanted, pieces, known)
    if found:
        return found
    return _of_the_engine(wanted, pieces, known) or _of_the_desk(desk_id, wanted, but)


def _unreadable(wanted: Wanted, pieces: tuple[str, ...], known: str | None) -> Faults:
    if any(not one.isprintable() for one in (wanted.name, wanted.canonical)):
        return {"name": _("Names hold no control characters.")}
    if len(pieces) > MOST_WORDS:
        return {"name": _("A name has %(most)s words at most.") % {"most": MOST_WORDS}}
    if len(" ".join(pieces)) > LONGEST:
        return {"name": _("This name is too long.")}
    searched = [("name", pieces)]  # in the texts; so is what nobody knows yet
    if known is None:
        searched += [("canonical", gazetteer.pieces_of(gazetteer.bare(wanted.canonical)))]
    for field, found in searched:
        if sum(one.isalpha() for piece in found for one in piece) < 2:
            return {field: _("A name has two letters or more.")}
        if all(one in _COMMON for one in found if one):
            return {field: _("These are common words: they would be found in every sentence.")}
    return {}


def _of_the_engine(wanted: Wanted, pieces: tuple[str, ...], known: str | None) -> Faults:
    """What speaks against it in the names that everybody has."""
    if pieces == gazetteer.pieces_of(gazetteer.bare(wanted.canonical)):
        return {"canonical": _("A name cannot stand for itself.")}
    if wanted.kind == Alias.Kind.NATION and known not in actors.nations():
        return {"canonical": _("There is no country of that name.")}
    owner = _owner(pieces)
    if owner is None:
        return {}
    shown = {"name": wanted.name, "actor": actors.display(owner)}
    if owner == known:
        return {"name": _("“%(name)s” is known as a name of %(actor)s already.") % shown}
    if pieces == gazetteer.pieces_of(actors.display(owner)):
        return {"name": _("“%(name)s” is an actor itself: it cannot stand for another.") % shown}
    return {}


def _owner(pieces: tuple[str, ...]) -> str | None:
    """The actor that the data files give exactly this name."""
    entries = gazetteer.plain().table.get(pieces[0], ())
    return next((entry.canonical for entry in entries if entry.pieces == pieces), None)


def _of_the_desk(desk_id: int, wanted: Wanted, but: int | None) -> Faults:
    """What speaks against it in the desk's other names: it is there, or one leads to another."""
    others = list(Alias.objects.filter(desk=desk_id).exclude(pk=but or 0))
    name, meant = _folded(wanted.name), _folded(wanted.canonical)
    if but is None and len(others) >= MOST:
        return {"name": _("A desk has %(most)s names at most.") % {"most": MOST}}
    for other in others:
        shown = {"name": other.name, "actor": other.canonical}
        if other.folded == name:
            return {"name": _("“%(name)s” stands for %(actor)s already.") % shown}
        if other.folded == meant:
            return {
                "canonical": _("“%(name)s” stands for %(actor)s itself: give that one.") % shown
            }
        if _folded(other.canonical) == name:
            return {"name": _("“%(name)s” stands for this: it cannot stand for another.") % shown}
    return {}


def _folded(name: str) -> str:
    return " ".join(gazetteer.pieces_of(gazetteer.bare(name)))


def _refuse(found: Faults) -> None:
    if found:
        raise Refused(" ".join(found.values()))


def _locked(desk_id: int) -> Desk:
    """The desk; whoever changes its names in the same moment waits."""
    return Desk.objects.select_for_update(no_key=True).get(pk=desk_id)


def _as_wanted(alias: Alias) -> Wanted:
    return Wanted(name=alias.name, canonical=alias.canonical, kind=str(alias.kind), note=alias.note)


def _recorded(desk: Desk, wanted: Wanted) -> dict[str, object]:
    return {"desk": desk.pk, **asdict(wanted)}


def _compare_anew(desk: Desk) -> None:
    refresh_stories(Story.objects.filter(desk=desk, status=Story.Status.OPEN), compare=True)
