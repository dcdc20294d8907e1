"""The row of columns as HTML, made piece by piece.

As templates the twenty columns of a story took longer than all else of its page: every variable and
every word was looked up anew for each of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from claims.columns import Column
from claims.columns_older import OlderText, VersionRow


@lru_cache(maxsize=4096)
def address_of(page: str, report: int) -> str:
    """The address of a report's page: looked up once, for it stands in each column."""
    return reverse(page, args=[report])


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """How the columns of one page are drawn.

    `at` is the page's address with the chosen point, to which the query of a layout is added;
    `query` is that of the page's own layout, `mark` the address at which a claim of a text is
    marked, empty for who may not. `chosen`: there is a chosen point. `many`: there is more than one
    report.
    """

    at: str
    query: str
    mark: str
    chosen: bool
    many: bool

    @cached_property
    def said(self) -> Mapping[str, str]:
        """The words that stand in every column, looked up once."""
        words = {
            "base": _("Base"),
            "foot": _("What this report says on the chosen point"),
            "column": _("Column of %(source)s"),
            "menu": _("Claims of this report, and its column"),
            "mark": _("Mark a claim"),
            "mark of": _("Mark a claim of %(source)s"),
            "mark how": _("Mark a claim, sentence by sentence"),
            "claims": _("Claims of this report"),
            "hold": _("Hold the others against this"),
            "let go": _("Let go as the base"),
            "left": _("Move one place earlier"),
            "right": _("Move one place later"),
            "hide": _("Hide this column"),
            "choose": _("Choose columns"),
            "show": _("Show the text of this report"),
            "version": _("Version %(number)s"),
        }
        return {name: escape(word) for name, word in words.items()}

    def columns(self, columns: Sequence[Column]) -> SafeString:
        """The columns in their order, each with its head, its text and its foot."""
        drawn = (self._column(column, at == 0) for at, column in enumerate(columns))
        return mark_safe("".join(drawn))  # noqa: S308 - every value is escaped in its piece

    def _column(self, column: Column, first: bool) -> str:
        pk = column.article
        shown = "".join(
            word
            for word, applies in (
                (" data-base", column.is_base),
                (f' data-width="{column.width}"', column.width),
                (" data-tab-open", first),
            )
            if applies
        )
        foot = (
            f'<footer class="cell" id="cell-{pk}" data-cell aria-label="{self.said["foot"]}">'
            f"{draw_cell(column)}</footer>"
        )
        return (
            f'<article class="column" id="column-{pk}" data-article="{pk}"'
            f' aria-labelledby="source-{pk}"{shown}>'
            f"{self._head(column)}{self._body(column)}{foot if self.chosen else ''}</article>"
        )

    def _head(self, column: Column) -> str:
        pk, address = column.article, address_of("reader:article", column.article)
        base = f' <span class="chip column-base">{self.said["base"]}</span>'
        return (
            f'<header class="column-head"><h2 id="source-{pk}"><a href="{address}">'
            f"<bdi>{escape(column.source)}</bdi></a>{base if column.is_base else ''}</h2>"
            f'<p class="meta">{escape(column.words)}</p>'
            f'<p class="meta">{escape(column.published)}</p>'
            f"{self._versions(column) if column.versions else ''}"
            f'<div class="column-tools">{self._menu(column)}</div></header>'
        )

    def _body(self, column: Column) -> str:
        pk = column.article
        state = " data-older" * bool(column.older) + " data-unloaded" * (not column.is_drawn)
        return (
            '<div class="column-text" tabindex="0" role="region"'
            f' aria-labelledby="source-{pk} title-{pk}" data-column-text id="text-{pk}"'
            f' data-version="{column.version}" data-length="{column.length}"{state}'
            f' lang="{escape(column.language)}">{self.text(column)}</div>'
        )

    def text(self, column: Column) -> SafeString:
        """What stands in a column under its head: the report's title and text."""
        pk, text = column.article, str(column.html)
        if not column.is_drawn:
            address = escape(f"{self.at}{self.query}&column={pk}#column-{pk}")
            text = (
                f'<p class="column-shell"><a href="{address}" data-column-load>'
                f"{self.said['show']}</a></p>"
            )
        older = self._older(column, column.older) if column.older else ""
        title = f'<h3 id="title-{pk}" dir="auto">{escape(column.title)}</h3>'
        note = f'<p class="column-note">{escape(column.note)}</p>' if column.note else ""
        return mark_safe(older + title + note + text)  # noqa: S308 - escaped, the text by its gate

    def _older(self, column: Column, older: OlderText) -> str:
        """What is said above a text that is not the newest."""
        newest = column.versions[0]
        told = _("This is an older text: version %(number)s.") % {"number": older.number}
        changes = address_of("reader:article_changes", column.article)
        return (
            f'<div class="column-older"><p><strong>{escape(told)}</strong>'
            f" {escape(_('What is compared is the newest.'))} {escape(older.missing)}</p>"
            f'<p><a href="{escape(self.at + newest.query)}" data-layout>'
            f"{escape(_('Back to the newest'))}</a>"
            f' <a href="{changes}?from={older.number}&amp;to={newest.number}">'
            f"{escape(_('What changed'))}</a></p></div>"
        )

    def _menu(self, column: Column) -> str:
        """What can be done with the column, and where its claims are listed."""
        pk, said, source = column.article, self.said, {"source": escape(column.source)}
        claims = address_of("claims:report_claims", pk)
        mark = (
            f'<li><a href="{self.mark}?version={column.version}" data-mark-here'
            f' aria-label="{said["mark of"] % source}" title="{said["mark how"]}">'
            f"{said['mark']}</a></li>"
        )
        return (
            f'<details class="column-menu" id="menu-{pk}" data-layout-menu>'
            f'<summary id="menu-open-{pk}" aria-label="{said["column"] % source}"'
            f' title="{said["menu"]}"></summary><ul class="column-pop">'
            f"{mark if self.mark and not column.older else ''}"
            f'<li><a href="{claims}">{said["claims"]}</a></li>'
            f"{self._ways(column) if self.many else ''}</ul></details>"
        )

    def _ways(self, column: Column) -> str:
        """The layouts that the column's menu leads to."""
        menu, said = column.menu, self.said
        hold = said["let go"] if column.is_base else said["hold"]
        ways = (
            ("base", menu.base, hold),
            ("left", menu.earlier, said["left"]),
            ("right", menu.later, said["right"]),
            ("hide", menu.hide, said["hide"]),
        )
        items = [
            f'<a href="{escape(self.at + to.query)}" data-layout data-layout-set="{way}">{word}</a>'
            for way, to, word in ways
            if to is not None
        ]
        panel = escape(f"{self.at}{self.query}&arrange=1")
        items.append(f'<a href="{panel}" data-layout-panel>{said["choose"]}</a>')
        return f'<li class="column-pop-part">{"</li><li>".join(items)}</li>'

    def _versions(self, column: Column) -> str:
        """The switch between the texts of the report."""
        pk = column.article
        now = "".join(self._numbered(version) for version in column.versions if version.shown)
        items = "".join(map(self._version, column.versions))
        return (
            f'<details class="column-menu column-versions" id="versions-{pk}" data-layout-menu>'
            f'<summary class="unfolds" id="versions-open-{pk}">{now}</summary>'
            f'<ul class="column-pop">{items}</ul></details>'
        )

    def _version(self, version: VersionRow) -> str:
        shown = ' aria-current="true"' if version.shown else ""
        came = escape(f", {version.came}") if version.came else ""
        return (
            f'<li><a href="{escape(self.at + version.query)}" data-layout{shown}>'
            f"{self._numbered(version)}{came}<small>{escape(version.change)}</small></a></li>"
        )

    def _numbered(self, version: VersionRow) -> str:
        return self.said["version"] % {"number": version.number}


def draw_cell(column: Column) -> SafeString:
    """The column's foot: what the report says on the chosen point, and how it stands to the base.

    Its classes and hooks are words of ours; all else is escaped.
    """
    cell, held = column.cell, column.held
    parts = []
    if cell is None:
        parts.append(_blank(column))
    else:
        words = " is-words" if cell.quote else ""
        parts.append(f'<p class="cell-value{words}">{escape(cell.value)}</p>')
        parts.append(f'<p class="cell-verdict {cell.tone}">{escape(cell.verdict_word)}</p>')
        if cell.quote:
            parts.append(f'<p class="cell-quote" dir="auto"><q>{escape(cell.quote)}</q></p>')
        facts = "".join(f"<span><bdi>{escape(fact)}</bdi></span>" for fact in cell.facts)
        parts.append(f'<p class="cell-by">{facts}</p>')
        if cell.more:
            parts.append(f'<p class="cell-more">{escape(cell.more)}</p>')
    if held is not None:
        above = f' <span class="cell-difference">{escape(held.difference)}</span>'
        parts.append(
            f'<p class="cell-held" data-held="{held.relation}">{escape(held.word)}'
            f"{above if held.difference else ''}</p>"
        )
    return mark_safe("".join(parts))  # noqa: S308 - every value is escaped in its piece


def _blank(column: Column) -> str:
    """Why the report says nothing; where it is silent with the way to its nearest lines."""
    if column.blank == "before":
        said = f'<span aria-hidden="true">◂</span> {escape(_("Published before this was known"))}'
    elif column.blank == "unchecked":
        said = f'<span aria-hidden="true">?</span> {escape(_("Not checked"))}'
    else:
        said = escape(_("Silent on this"))
    if not column.near:
        return f'<p class="cell-silent">{said}</p>'
    of = escape(_("in %(source)s") % {"source": column.source})
    return (
        f'<p class="cell-silent">{said}</p>'
        f'<p class="cell-by"><a href="{column.near}" data-near-lines>{escape(_("Nearest lines"))}'
        f'<span class="visually-hidden"> {of}</span></a></p>'
    )
