"""What happened in stories since a person last looked, counted from what is stored.

The person's own doings are no news to them. Four queries, however many stories there are.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTransform

from claims.models import Discrepancy, DiscrepancyClaim
from claims.models.points import DiscrepancyQuerySet
from reader.models import Article, ArticleVersion, AuditEntry, User

# What the trail tells of a story, by the word under which it is counted. An object counts once.
KINDS: Mapping[str, tuple[str, ...]] = {
    "shown": ("reader.article.shown", "reader.article.embargo_ended"),
    "hidden": ("reader.article.taken_down", "reader.article.embargoed", "reader.article.erased"),
    "facts": ("reader.article.changed",),
    "renamed": ("reader.story.renamed",),
    "closed": ("reader.story.closed",),
    "reopened": ("reader.story.reopened",),
    "points": (
        "claims.point.added",
        "claims.point.rename",
        "claims.point.merge",
        "claims.point.split",
        "claims.point.undo",
    ),
    "claims": (
        "claims.claim.add",
        "claims.claim.edit",
        "claims.claim.accept",
        "claims.claim.reject",
        "claims.claim.suggest",
        "claims.claim.place",
        "claims.claim.reattach",
        "claims.claim.let_go",
        "claims.claim.undo",
    ),
    "pairs": (
        "claims.counterpart.keep_apart",
        "claims.counterpart.join",
        "claims.counterpart.join_points",
        "claims.counterpart.undo",
    ),
    "decided": (
        "claims.discrepancy.confirm",
        "claims.discrepancy.dismiss",
        "claims.discrepancy.undo",
    ),
    "noted": ("claims.discrepancy.note",),
    "opened_again": ("claims.discrepancy.reopened", "claims.discrepancy.restored"),
    "settled": ("claims.discrepancy.settled",),
    "gone": ("claims.discrepancy.superseded",),
}
_KIND_OF = {action: kind for kind, actions in KINDS.items() for action in actions}
COMPARED = "claims.story.compared"
# spaces, marks and date lines are no news
_CHANGES = (
    ArticleVersion.Change.FIRST,
    ArticleVersion.Change.FLIP_FLOP,
    ArticleVersion.Change.WORDS,
    ArticleVersion.Change.CORRECTION,
)


@dataclass(frozen=True, kw_only=True)
class News:
    """What is new in a story, as the ids of what it happened to.

    `reports` are new reports, `texts` and `corrections` older ones with a new text, `flags` pairs
    of point and flag. `told` has the rest, by the words of `KINDS`; "new_points" are those that
    comparisons have made.
    """

    reports: tuple[int, ...] = ()
    texts: tuple[int, ...] = ()
    corrections: tuple[int, ...] = ()
    flags: tuple[tuple[int, int], ...] = ()
    told: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def number(self, kind: str) -> int:
        """To how many things something of this kind happened."""
        return len(self.told.get(kind, ()))


def open_flags() -> DiscrepancyQuerySet:
    """The open flags that pages show: no suggestions, and nothing on a report that is hidden."""
    return _shown(Discrepancy.objects.unsettled().filter(suggestion=False))


def has_news(person: User) -> Q:
    """Whether a story, annotated with `seen_at`, has anything that `load_news` would tell."""
    since = Q(story=OuterRef("pk"))
    seen = OuterRef("seen_at")
    return (
        Q(Exists(_versions(person).filter(since, created_at__gt=seen)))
        | Q(Exists(_flags().filter(since, found_at__gt=seen)))
        | Q(Exists(_entries(person).filter(since, at__gt=seen)))
    )


def load_news(
    person: User, since: Mapping[int, datetime], points: Mapping[int, Sequence[int]]
) -> dict[int, News]:
    """What is new in each story since the given time; `points` are those that it shows."""
    reports, texts, corrections = _new_texts(person, since)
    flags: dict[int, list[tuple[int, int]]] = defaultdict(list)
    found = _flags().filter(_after(since, "found_at")).order_by("pk")
    for story, point, pk in found.values_list("story_id", "point_id", "pk"):
        flags[story].append((point, pk))
    told = _told(person, since, points)
    return {
        story: News(
            reports=tuple(reports[story]),
            texts=tuple(texts[story]),
            corrections=tuple(corrections[story]),
            flags=tuple(flags[story]),
            told={kind: frozenset(ids) for kind, ids in told[story].items() if ids},
        )
        for story in since
    }


def _after(since: Mapping[int, datetime], column: str) -> Q:
    """Rows of each story from after its own time."""
    each = (Q(**{"story": story, f"{column}__gt": at}) for story, at in since.items())
    return reduce(or_, each, Q(pk__in=[]))


def _shown(flags: DiscrepancyQuerySet) -> DiscrepancyQuerySet:
    hidden = DiscrepancyClaim.objects.filter(discrepancy=OuterRef("pk")).exclude(
        claim__article_version__article__status=Article.Status.LIVE
    )
    return flags.exclude(Exists(hidden))


def _flags() -> DiscrepancyQuerySet:
    return _shown(Discrepancy.objects.flags().found())


def _versions(person: User) -> QuerySet[ArticleVersion]:
    of_others = Q(created_by=None) | ~Q(created_by=person)
    live = Q(article__status=Article.Status.LIVE)
    return ArticleVersion.objects.filter(of_others, live, change__in=_CHANGES).order_by()


def _entries(person: User) -> QuerySet[AuditEntry]:
    """What the trail tells, flags only: what thorough mode alone shows is no news."""
    about_flags = [action for action in _KIND_OF if action.startswith("claims.discrepancy.")]
    others = [action for action in _KIND_OF if action not in about_flags]
    flag = Exists(Discrepancy.objects.flags().filter(pk=OuterRef("object_id")))
    return AuditEntry.objects.filter(
        Q(action__in=others)
        | (Q(action__in=about_flags) & Q(flag))
        | Q(action=COMPARED, after__has_key="points added"),
        Q(actor=None) | ~Q(actor=person),
    ).order_by()


def _new_texts(
    person: User, since: Mapping[int, datetime]
) -> tuple[dict[int, list[int]], dict[int, list[int]], dict[int, list[int]]]:
    """New reports, and older ones with a new text or a correction: each report once."""
    rows = _versions(person).filter(_after(since, "created_at"))
    changes: dict[int, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for story, article, change in rows.order_by("pk").values_list("story_id", "article", "change"):
        changes[story][article].add(change)
    new: dict[int, list[int]] = defaultdict(list)
    texts: dict[int, list[int]] = defaultdict(list)
    corrections: dict[int, list[int]] = defaultdict(list)
    for story, articles in changes.items():
        for article, had in articles.items():
            if ArticleVersion.Change.FIRST in had:
                new[story].append(article)
            elif ArticleVersion.Change.CORRECTION in had:
                corrections[story].append(article)
            else:
                texts[story].append(article)
    return new, texts, corrections


def _told(
    person: User, since: Mapping[int, datetime], points: Mapping[int, Sequence[int]]
) -> dict[int, dict[str, set[int]]]:
    told: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    entries = _entries(person).filter(_after(since, "at"))
    acts = entries.exclude(action=COMPARED).values_list("story_id", "action")
    for story, action, ids in acts.annotate(things=ArrayAgg("object_id", distinct=True)):
        told[story][_KIND_OF[action]].update(ids)
    made = entries.filter(action=COMPARED).annotate(new=KeyTransform("points added", "after"))
    for story, ids in made.values_list("story_id", "new"):
        told[story]["new_points"].update(set(ids) & set(points.get(story, ())))
    return told
