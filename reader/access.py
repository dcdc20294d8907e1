"""Who may see and do what. Strangers get 404, members without the role 403.

These getters are the only way from an address to an object; sets come from the querysets'
`visible_to`. A superuser has no desk by that alone: the admin is theirs, the pages need a role.
"""

from collections.abc import Mapping

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.db.models.functions import JSONObject
from django.http import Http404

from reader.models import (
    Article,
    Desk,
    Feed,
    FeedEntry,
    FeedTrial,
    ImportBatch,
    ImportItem,
    Membership,
    Role,
    Story,
    User,
)
from reader.ready_query import Given, ReadyQuery, columns_of
from reader.web import keep_roles, look_at_roles

# What the page of an import's item names, and what of it is large and not shown.
_ITEM_NAMES = (
    "batch__desk",
    "batch__story__desk",
    "batch__made_by",
    "story__desk",
    "raw_document",
    "article",
    "version",
    "renews__source",
)
_ITEM_LARGE = (
    "batch__mapping",
    "raw_document__content",
    "version__text",
    "version__blocks",
    "version__body_html",
)
_OF_STORY, _OF_DESK = columns_of(Story), columns_of(Desk)
_STORY = ReadyQuery(
    lambda: (
        Story.objects.filter(slug=Given("slug"))
        .annotate(
            roles=ArraySubquery(
                Membership.objects.filter(user=Given("user")).values(
                    said=JSONObject(desk="desk_id", role="role")
                )
            )
        )
        .values_list("roles", *_OF_STORY, *(f"desk__{name}" for name in _OF_DESK))
    )
)


def role_on(user: User, desk: Desk) -> Role | None:
    """The person's role on the desk; None for strangers and for the deactivated."""
    return _role_among(look_at_roles(user), user, desk)


def _role_among(roles: Mapping[int, str], user: User, desk: Desk) -> Role | None:
    found = roles.get(desk.pk) if user.is_active else None
    return None if found is None else Role(found)


def require_role(user: User, desk: Desk, role: Role) -> Role:
    """The person's role on the desk, at least `role`.

    Raises `Http404` for strangers, so that they learn nothing, and `PermissionDenied` for members
    whose role does not reach.
    """
    return _enough(role_on(user, desk), role)


def _enough(held: Role | None, role: Role) -> Role:
    """The role that is held. Raises as `require_role` does where it does not reach."""
    if held is None:
        raise Http404
    if not held.includes(role):
        raise PermissionDenied
    return held


def get_story_for(user: User, slug: str, role: Role = Role.READER) -> Story:
    """The story, with its desk, if the person's role on its desk reaches.

    Raises as `require_role` does; a story that does not exist looks like another desk's. One query
    for both: every page below a story begins with it, also one that is not sent again.
    """
    rows = _STORY.ask(slug=slug, user=user.pk)
    if not rows:
        raise Http404
    roles, *values = rows[0]
    cut = len(_OF_STORY)
    story = Story.from_db("default", _OF_STORY, values[:cut])
    story.desk = Desk.from_db("default", _OF_DESK, values[cut:])
    held = keep_roles(user, {one["desk"]: one["role"] for one in roles})
    _enough(_role_among(held, user, story.desk), role)
    return story


def get_article_for(user: User, article_id: int, role: Role = Role.READER) -> Article:
    """The article, with its source, story and desk, if the person's role reaches.

    Drafts, embargoed and taken-down articles are for admins of the desk; to others they do not
    exist. Raises as `require_role` does.
    """
    article = (
        Article.objects.select_related("source", "story__desk", "current_version")
        .filter(pk=article_id)
        .first()
    )
    if article is None:
        raise Http404
    held = require_role(user, article.story.desk, role)
    if article.status != Article.Status.LIVE and not held.includes(Role.ADMIN):
        raise Http404
    return article


def get_import_for(user: User, batch_id: int) -> ImportBatch:
    """The import, with its desk and story; the admins of a desk share its imports.

    Raises as `require_role` does.
    """
    batches = ImportBatch.objects.select_related("desk", "story__desk", "made_by")
    batch = batches.filter(pk=batch_id).first()
    if batch is None:
        raise Http404
    require_role(user, batch.desk, Role.ADMIN)
    return batch


def get_import_item_for(user: User, batch_id: int, item_id: int) -> ImportItem:
    """An item of an import, with all that its page names. Raises as `require_role` does."""
    items = ImportItem.objects.select_related(*_ITEM_NAMES).defer(*_ITEM_LARGE)
    item = items.filter(pk=item_id, batch=batch_id).first()
    if item is None:
        raise Http404
    require_role(user, item.batch.desk, Role.ADMIN)
    return item


def get_feed_for(user: User, feed_id: int) -> Feed:
    """The feed, with its desk, source and story; for admins. Raises as `require_role` does."""
    feeds = Feed.objects.select_related("desk", "source", "story")
    feed = feeds.filter(pk=feed_id).first()
    if feed is None:
        raise Http404
    require_role(user, feed.desk, Role.ADMIN)
    return feed


def get_trial_for(user: User, trial_id: int) -> FeedTrial:
    """The tried address, with its desk; for admins. Raises as `require_role` does."""
    trial = FeedTrial.objects.select_related("desk").filter(pk=trial_id).first()
    if trial is None:
        raise Http404
    require_role(user, trial.desk, Role.ADMIN)
    return trial


def get_entry_for(user: User, entry_id: int) -> FeedEntry:
    """The entry of a feed, with its desk; for editors. Raises as `require_role` does."""
    entry = FeedEntry.objects.select_related("feed__desk").filter(pk=entry_id).first()
    if entry is None:
        raise Http404
    require_role(user, entry.feed.desk, Role.EDITOR)
    return entry


def desks_with_role(user: User, role: Role) -> list[Desk]:
    """The desks on which the person may do what `role` may, by name."""
    if not user.is_active:
        return []
    enough = [held.value for held in Role if held.includes(role)]
    return list(Desk.objects.filter(memberships__user=user, memberships__role__in=enough))
