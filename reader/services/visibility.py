"""Hiding a report and showing it again: take-down, embargo, and the embargo's end.

What is hidden is kept whole. It leaves the story's pages, its comparison and all that is given out;
admins of the desk still see it.
"""

from datetime import datetime

from django.db import transaction

from reader import audit
from reader.models import Article, Story, User
from reader.signals import story_texts_changed

MAX_REASON = 300


class CannotChange(ValueError):
    """The report is no longer as the person saw it, or cannot be so; `article` is as it is now."""

    def __init__(self, article: Article) -> None:
        super().__init__(article.status)
        self.article = article


def take_down(*, article: Article, person: User, reason: str) -> Article:
    """Hide the report until somebody shows it again.

    Raises `CannotChange` if its status is another than in `article` by now.
    """
    return _change(article, Article.Status.TAKEN_DOWN, person, reason=reason)


def embargo(*, article: Article, person: User, reason: str, until: datetime | None) -> Article:
    """Hide the report until a time (aware, UTC), or until somebody shows it.

    Raises `CannotChange` as `take_down` does. A time that has passed is ended by the next job.
    """
    return _change(article, Article.Status.EMBARGOED, person, reason=reason, until=until)


def show(*, article: Article, person: User) -> Article:
    """Show a hidden report. Raises `CannotChange` as `take_down` does, and for an erased one."""
    return _change(article, Article.Status.LIVE, person)


def end_embargoes(now: datetime) -> int:
    """Show the reports whose embargo has ended by `now`; how many there were."""
    ended = 0
    over = Article.objects.filter(status=Article.Status.EMBARGOED, embargo_until__lte=now)
    for article in over.order_by("story", "pk"):
        try:
            _change(article, Article.Status.LIVE, None)
            ended += 1
        except CannotChange:
            continue  # an admin was quicker
    return ended


@transaction.atomic
def _change(
    seen: Article,
    status: Article.Status,
    person: User | None,
    *,
    reason: str = "",
    until: datetime | None = None,
) -> Article:
    """Give the report another status, if it is still as it was seen."""
    Story.objects.select_for_update().get(pk=seen.story_id)  # the order of locks: story, article
    article = Article.objects.select_for_update().get(pk=seen.pk)
    known = (article.status, article.embargo_until) == (seen.status, seen.embargo_until)
    if not known or article.erased_at is not None:
        raise CannotChange(article)
    before = _as_json(article)
    article.status, article.embargo_until = status, until
    article.status_note = reason[:MAX_REASON]
    article.save(update_fields=["status", "embargo_until", "status_note"])
    Story.objects.filter(pk=article.story_id).bump()
    audit.record(
        f"reader.article.{_ACTS[status] if person else 'embargo_ended'}",
        target=article,
        actor=person,
        before=before,
        after=_as_json(article),
    )
    story_texts_changed.send(Article, story_id=article.story_id)
    return article


_ACTS = {
    Article.Status.LIVE: "shown",
    Article.Status.TAKEN_DOWN: "taken_down",
    Article.Status.EMBARGOED: "embargoed",
}


def _as_json(article: Article) -> dict[str, object]:
    until = article.embargo_until
    return {
        "status": article.status,
        **({"until": until.isoformat()} if until else {}),
        **({"reason": article.status_note} if article.status_note else {}),
    }
