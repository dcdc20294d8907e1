"""A report as a file that stands alone: one page with its styles in it, and nothing outside it.

It opens from a disk, asks no server for anything and runs no script, which its own policy says. The
same report gives the same bytes.
"""

import re
from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from claims.report_document import ReportDocument
from reader.models import Story

# In the order of the page. Faces would be files of their own: readers' systems have their own.
STYLES = ("css/tokens.css", "css/base.css", "css/report.css")
ON_PAPER = "css/print.css"
_FACES = re.compile(r"@font-face\s*\{[^}]*\}\s*")


def render_file(report: ReportDocument) -> bytes:
    """The whole file, in the language that is active."""
    style = _style()
    context = {"report": report, "alone": True, "policy": _policy(style), "style": _tag(style)}
    return render_to_string("claims/report_file.html", context).encode()


def file_name(story: Story, report: ReportDocument) -> str:
    """What the file is called: what leaves the desk by its title, which the address may not be."""
    if report.shared:
        return f"{slugify(report.title)[:80] or 'report'}-{report.revision}-shareable.html"
    return f"{story.slug}-report-{report.revision}.html"


@cache
def _style() -> str:
    return "".join([*_read(STYLES), "@media print {\n", *_read([ON_PAPER]), "}\n"])


def _read(names: Iterable[str]) -> list[str]:
    """The stylesheets as they are, without the faces that they would load."""
    found = (finders.find(name) for name in names)
    return [_FACES.sub("", Path(str(path)).read_text(encoding="utf-8")) for path in found]


def _tag(style: str) -> SafeString:
    # our own stylesheets: nothing that came in or was typed stands in them
    return format_html("<style>{}</style>", mark_safe(style))  # noqa: S308


def _policy(style: str) -> str:
    """Nothing but this very style: no script, no picture, no connection, no form."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
