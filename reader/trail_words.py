"""What the lower app says about its own actions: stories, reports, imports, people."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from reader.dates import date_format
from reader.models import Article, AuditEntry, ImportBatch, ImportItem, Story
from reader.trail import (
    Change,
    Field,
    Part,
    Text,
    Thing,
    Viewer,
    Wording,
    ids_of,
    in_words,
    plain_part,
    read_changes,
    unnamed,
    wording_of,
)

_WORDINGS: Mapping[str, Wording] = {
    "reader.story.created": Wording(one=lazy("{who} made the story"), weight=4),
    "reader.story.changed": Wording(one=lazy("{who} changed the story"), weight=4),
    "reader.story.renamed": Wording(one=lazy("{who} renamed the story"), weight=4),
    "reader.story.closed": Wording(one=lazy("{who} closed the story"), weight=4),
    "reader.story.reopened": Wording(one=lazy("{who} reopened the story"), weight=4),
    "reader.article.added": Wording(
        one=lazy("{who} brought in the report {thing}"),
        many=lazy("{who} brought in {number} reports"),
        weight=3,
    ),
    "reader.article.version_added": Wording(
        one=lazy("{who} stored a version of the report {thing}"),
        many=lazy("{who} stored {number} versions"),
        weight=2,
    ),
    "reader.article.changed": Wording(one=lazy("{who} changed the facts of the report {thing}")),
    "reader.article.taken_down": Wording(one=lazy("{who} took down the report {thing}"), weight=4),
    "reader.article.embargoed": Wording(
        one=lazy("{who} put the report {thing} under embargo"), weight=4
    ),
    "reader.article.embargo_ended": Wording(
        one=lazy("{who} ended the embargo on the report {thing}: its time came"), weight=4
    ),
    "reader.article.shown": Wording(one=lazy("{who} showed the report {thing} again"), weight=4),
    "reader.article.erased": Wording(one=lazy("{who} erased the report {thing}"), weight=5),
    "reader.import.started": Wording(one=lazy("{who} began {thing}")),
    "reader.import.discarded": Wording(one=lazy("{who} discarded {thing}")),
    "reader.import.several_discarded": Wording(
        one=lazy("{who} discarded several reports of {thing}")
    ),
    "reader.import.expired": Wording(
        one=lazy("{who} gave up {thing}: nobody confirmed it in time")
    ),
    "reader.import.columns_chosen": Wording(
        one=lazy("{who} said what the columns of {thing} hold")
    ),
    "reader.import.confirmed": Wording(one=lazy("{who} had what was certain of {thing} stored")),
    "reader.import.item_confirmed": Wording(one=lazy("{who} had {thing} stored")),
    "reader.import.storing_lost": Wording(
        one=lazy("{who} gave up storing {thing}: it ended the worker several times")
    ),
    "reader.import.retried": Wording(one=lazy("{who} tried {thing} again")),
    "reader.import.several_retried": Wording(
        one=lazy("{who} tried several reports of {thing} again")
    ),
    "reader.import.facts_set": Wording(one=lazy("{who} set facts of several reports of {thing}")),
    "reader.import.mended": Wording(one=lazy("{who} mended {thing}")),
    "reader.import.cancelled": Wording(one=lazy("{who} called off {thing}")),
    # these stand above stories, so no story's page shows them
    "reader.feed.added": Wording(one=lazy("{who} added a feed")),
    "reader.feed.changed": Wording(one=lazy("{who} changed a feed")),
    "reader.feed.paused": Wording(one=lazy("{who} paused a feed")),
    "reader.feed.resumed": Wording(one=lazy("{who} resumed a feed")),
    "reader.feed.poll_asked": Wording(one=lazy("{who} had a feed polled")),
    "reader.feed.moved": Wording(one=lazy("{who} moved a feed to the address that its site names")),
    "reader.feed.gone": Wording(one=lazy("{who} paused a feed that has ended")),
    "reader.feed.removed": Wording(one=lazy("{who} removed a feed")),
    "reader.feedentry.sent": Wording(one=lazy("{who} sent an entry of a feed to a story")),
    "reader.feedentry.put_aside": Wording(one=lazy("{who} put an entry of a feed aside")),
    "reader.feedentry.taken_back": Wording(one=lazy("{who} took an entry of a feed back")),
    "reader.feedtrial.started": Wording(one=lazy("{who} tried the address of a feed")),
    "reader.source.added": Wording(one=lazy("{who} added a source")),
    "reader.source.changed": Wording(one=lazy("{who} changed a source")),
    "reader.desk.added": Wording(one=lazy("{who} added a desk")),
    "reader.desk.changed": Wording(one=lazy("{who} changed a desk")),
    "reader.user.added": Wording(one=lazy("{who} added a person")),
    "reader.user.changed": Wording(one=lazy("{who} changed a person's account")),
    "reader.user.password_changed": Wording(one=lazy("{who} changed a password")),
    "reader.user.deactivated": Wording(one=lazy("{who} deactivated a person")),
    "reader.user.reactivated": Wording(one=lazy("{who} let a person in again")),
    "reader.user.lockout_lifted": Wording(one=lazy("{who} lifted a lockout")),
    "reader.user.keys_switched": Wording(one=lazy("{who} switched single-letter keys")),
    "reader.membership.added": Wording(one=lazy("{who} gave a person a role")),
    "reader.membership.changed": Wording(one=lazy("{who} changed a person's role")),
    "reader.membership.removed": Wording(one=lazy("{who} took a person off a desk")),
    "reader.invitation.sent": Wording(one=lazy("{who} sent an invitation")),
    "reader.invitation.sent_again": Wording(one=lazy("{who} sent an invitation again")),
    "reader.invitation.withdrawn": Wording(one=lazy("{who} withdrew an invitation")),
    "reader.invitation.accepted": Wording(one=lazy("{who} accepted an invitation")),
}
_KINDS: Mapping[str, Text] = {
    "reader.story": lazy("Story and comparisons"),
    "reader.article": lazy("Reports"),
    "reader.importbatch": lazy("Imports"),
    "reader.importitem": lazy("Reports being imported"),
    "reader.feed": lazy("Feeds"),
}
_IMPORTS: Mapping[str, tuple[type[ImportBatch | ImportItem], Text]] = {
    "reader.importbatch": (ImportBatch, lazy("an import")),
    "reader.importitem": (ImportItem, lazy("a report of an import")),
}


class ReaderTrail:
    """The describer of the app `reader`."""

    wordings = _WORDINGS
    kinds = _KINDS

    def describe(self, viewer: Viewer, entries: Sequence[AuditEntry]) -> Mapping[int, Part]:
        """The entries in words: three queries, for the reports and the imports among them."""
        articles = _articles(viewer, ids_of(entries, "reader.article"))
        imports = {kind: _imports(viewer, kind, ids_of(entries, kind)) for kind in _IMPORTS}
        parts: dict[int, Part] = {}
        for entry in entries:
            thing = unnamed(entry)
            if entry.object_type == "reader.story":
                thing = story_thing(viewer.story)
            elif entry.object_type == "reader.article":
                thing = articles.get(entry.object_id, thing)
            elif entry.object_type in _IMPORTS:
                thing = imports[entry.object_type].get(entry.object_id, thing)
            parts[entry.pk] = _part(viewer, entry, thing)
        return parts

    def name(self, viewer: Viewer, object_type: str, object_id: int) -> Thing | None:
        """The story, one of its reports or one of its imports."""
        if object_type == "reader.story":
            return story_thing(viewer.story) if object_id == viewer.story.pk else None
        if object_type == "reader.article":
            return _articles(viewer, {object_id}).get(object_id)
        if object_type in _IMPORTS:
            return _imports(viewer, object_type, {object_id}).get(object_id)
        return None


def story_thing(story: Story) -> Thing:
    """The story by its present title."""
    return Thing(name=story.title, href=story.get_absolute_url())


def hidden_report() -> Thing:
    """A report that is not live, for people to whom it does not exist."""
    return Thing(name=_("a report that is not shown"), quoted=False, hidden=True)


def _articles(viewer: Viewer, ids: Collection[int]) -> dict[int, Thing]:
    if not ids:
        return {}
    rows = Article.objects.filter(story=viewer.story, pk__in=ids)
    return {
        pk: article_thing(viewer, pk, title, source, status)
        for pk, title, source, status in rows.values_list("pk", "title", "source__name", "status")
    }


def article_thing(viewer: Viewer, pk: int, title: str, source: str, status: str) -> Thing:
    """A report by its present title and its source, as far as the person may know of it."""
    if status != Article.Status.LIVE and not viewer.sees_hidden:
        return hidden_report()
    title = title or _("erased")  # its title went with its text
    name = _("%(title)s (%(source)s)") % {"title": title, "source": source}
    return Thing(name=name, href=reverse("reader:article", args=[pk]))


def _imports(viewer: Viewer, kind: str, ids: Collection[int]) -> dict[int, Thing]:
    """Imports are the admins' own: others read only that there was one."""
    if not ids:
        return {}
    model, name = _IMPORTS[kind]
    rows = model.objects.filter(story=viewer.story, pk__in=ids)
    return {pk: Thing(name=str(name), quoted=False) for pk in rows.values_list("pk", flat=True)}


def _part(viewer: Viewer, entry: AuditEntry, thing: Thing) -> Part:
    if wording_of(entry.action) is None:
        part = plain_part(entry, thing)
        return replace(part, details=()) if thing.hidden else part
    sentence = in_words(entry, thing)
    # the address of a feed may hold a key that is not for everybody who reads the story
    if thing.hidden or entry.object_type == "reader.feed":
        return Part(sentence=sentence)
    changes, details = read_changes(entry, _fields(viewer, entry))
    return Part(
        sentence=sentence,
        changes=[*changes, *_unsaid(entry)],
        details=[detail for detail in details if detail[0] != "reason"],
        reason=str(entry.after.get("reason", "")),
    )


def _unsaid(entry: AuditEntry) -> list[Change]:
    """Words of a report, of which the trail keeps hashes: only that they changed."""
    labels = {"title_sha256": _("Title"), "byline_sha256": _("Byline")}
    return [
        Change(label=label, before="", after=_("another one (the history keeps no words of it)"))
        for name, label in labels.items()
        if name in entry.before and entry.before[name] != entry.after.get(name)
    ]


def _fields(viewer: Viewer, entry: AuditEntry) -> dict[str, Field]:
    if entry.object_type == "reader.story":
        return {
            "title": Field(label=lazy("Title")),
            "status": Field(label=lazy("Status"), words=lambda value: _label(Story.Status, value)),
        }
    if entry.object_type in _IMPORTS:
        return {
            "how": Field(label=lazy("Way in"), words=lambda value: _label(ImportBatch.How, value))
        }
    return {
        "number": Field(label=lazy("Version")),
        "published_at": Field(
            label=lazy("Published"), words=lambda value: _moment(viewer, entry, value)
        ),
        "published_precision": Field(
            label=lazy("Known to"), words=lambda value: _label(Article.Precision, value)
        ),
        "published_zone": Field(label=lazy("Time zone")),
        "language": Field(label=lazy("Language")),
        "status": Field(label=lazy("Status"), words=lambda value: _label(Article.Status, value)),
        "until": Field(label=lazy("Until"), words=lambda value: _moment(viewer, entry, value)),
    }


def _label(choices: type, value: object) -> str:
    """The word of a choice."""
    return str(choices(value).label)


def _moment(viewer: Viewer, entry: AuditEntry, value: object) -> str:
    """A published time in the person's zone; a day stays the day that it was given as."""
    moment = datetime.fromisoformat(str(value))
    if entry.after.get("published_precision") == Article.Precision.DAY:
        given = ZoneInfo(str(entry.after.get("published_zone", moment.tzname())))
        return date_format(moment.astimezone(given), "j F Y")
    return date_format(moment.astimezone(viewer.zone), "j F Y, H:i T")
