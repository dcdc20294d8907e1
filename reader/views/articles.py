"""One article: its body as it was published, and the versions of its text."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reader.access import get_article_for
from reader.htmx import render_page
from reader.models import Article, ArticleVersion
from reader.rendering import render_text
from reader.text import Block, count_words
from reader.web import PersonRequest


@dataclass(frozen=True, kw_only=True)
class VersionRow:
    """One version in the list: its words are counted, its text is not shown."""

    number: int
    created: object
    words: int
    note: str
    digest: str
    is_current: bool
    is_shown: bool


@never_cache
@require_safe
def article(request: PersonRequest, article_id: int) -> HttpResponse:
    """Show one version of the article, the current one unless `?version=N` names another."""
    found = get_article_for(request.user, article_id)
    versions = list(found.versions.select_related("created_by").order_by("-number"))
    shown = _wanted(versions, found, request.GET.get("version", ""))
    context = {
        "section": "stories",
        "article": found,
        "story": found.story,
        "zone": ZoneInfo(request.user.zone or found.story.desk.zone),
        "published_zone": ZoneInfo(found.published_zone),
        "shown": shown,
        "body": _body(shown) if shown else "",
        "versions": [_row(version, found, shown) for version in versions],
    }
    return render_page(request, "reader/article.html", context)


def _wanted(versions: list[ArticleVersion], found: Article, number: str) -> ArticleVersion | None:
    """The version asked for by number. Raises Http404 for one that does not exist."""
    if not number:
        return next((item for item in versions if item.pk == found.current_version_id), None)
    for version in versions:
        if str(version.number) == number:
            return version
    raise Http404


def _row(version: ArticleVersion, found: Article, shown: ArticleVersion | None) -> VersionRow:
    return VersionRow(
        number=version.number,
        created=version.created_at,
        words=count_words(version.text),
        note=version.correction_note,
        digest=version.text_sha256[:12],
        is_current=version.pk == found.current_version_id,
        is_shown=shown is not None and version.pk == shown.pk,
    )


def _body(version: ArticleVersion) -> SafeString:
    """The markup that `clean_body` let through; a version without one is shown by its blocks."""
    if version.body_html:
        return mark_safe(version.body_html)  # noqa: S308 - stored as cleaned, see reader/ingest
    blocks = [Block.from_json(block) for block in version.blocks]
    return render_text(version.text, [], blocks)
