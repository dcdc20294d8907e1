"""Which reports' words may be sent to a model: what is published now, whatever was read before."""

from collections.abc import Mapping

from reader.models import Article, ArticleVersion


def may_leave(versions: Mapping[str, ArticleVersion], unpublished: bool) -> frozenset[str]:
    """The ids of the reports that are live at this moment.

    `versions` are the texts of one story by their reports' ids. `unpublished` lets drafts and
    embargoed reports leave too; what was taken down never does.
    """
    allowed = {Article.Status.LIVE.value}
    if unpublished:
        allowed |= {Article.Status.DRAFT.value, Article.Status.EMBARGOED.value}
    ids = [version.article_id for version in versions.values()]
    live = set(Article.objects.filter(pk__in=ids, status__in=allowed).values_list("pk", flat=True))
    return frozenset(name for name, version in versions.items() if version.article_id in live)
