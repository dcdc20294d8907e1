"""One article: its body as it was published, the versions of its text, and what each changed."""

from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reader.access import get_article_for
from reader.article_changes import build_changes
from reader.article_page import list_versions, version_of, version_times
from reader.htmx import render_page
from reader.models import Article, ArticleVersion
from reader.rendering import render_text
from reader.text import Block
from reader.version_words import extent_words, word_counts
from reader.web import PersonRequest

VIEWS = ("side", "inline")


@never_cache
@require_safe
def article(request: PersonRequest, article_id: int) -> HttpResponse:
    """Show one version of the article, the current one unless `?version=N` names another."""
    found = get_article_for(request.user, article_id)
    number = request.GET.get("version", "")
    shown = version_of(found, number)
    if number and shown is None:
        raise Http404
    context = {
        **_head(request, found),
        "published_zone": ZoneInfo(found.published_zone),
        "shown": shown,
        "body": _body(shown) if shown else "",
        "groups": list_versions(found, shown.pk if shown else None),
    }
    return render_page(request, "reader/article.html", context)


@never_cache
@require_safe
def article_changes(request: PersonRequest, article_id: int) -> HttpResponse:
    """Show what changed from version `from` to version `to`, in words.

    Without `to` it is the current version, without `from` the one before it. `view` is side (the
    default, beside each other where there is room) or inline.
    """
    found = get_article_for(request.user, article_id)
    after = version_of(found, request.GET.get("to", ""))
    if after is None:
        raise Http404
    before = version_of(found, request.GET.get("from", "") or str(max(after.number - 1, 1)))
    if before is None:
        raise Http404
    changes = build_changes(before, after)
    versions = version_times(found)
    context = {
        **_head(request, found),
        "before": before,
        "after": after,
        "changes": changes,
        "extent": extent_words(changes.extent),
        "counted": word_counts(changes.extent),
        "versions": versions,
        "newest": versions[-1].number,
        "view": _view(request),
        "views": VIEWS,
    }
    return render_page(request, "reader/article_changes.html", context)


def _head(request: PersonRequest, found: Article) -> dict[str, object]:
    """What both pages say of the article."""
    return {
        "section": "stories",
        "article": found,
        "story": found.story,
        "zone": ZoneInfo(request.user.zone or found.story.desk.zone),
    }


def _view(request: HttpRequest) -> str:
    asked = request.GET.get("view", "")
    return asked if asked in VIEWS else VIEWS[0]


def _body(version: ArticleVersion) -> SafeString:
    """The markup that `clean_body` let through; a version without one is shown by its blocks."""
    if version.body_html:
        return mark_safe(version.body_html)  # noqa: S308 - stored as cleaned, see reader/ingest
    blocks = [Block.from_json(block) for block in version.blocks]
    return render_text(version.text, [], blocks)
