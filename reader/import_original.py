"""What came in, as the page of an item shows it: with what was left out struck through."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reader.rendering import render_original

Span = tuple[int, int]
_LINE = re.compile(r"\S[^\n]*")


@dataclass(frozen=True, kw_only=True)
class Original:
    """What came in; `took_title`: a line of it is not in the text, but became the title."""

    body: SafeString
    has_cuts: bool
    took_title: bool


def original_of(text: str, cuts: Sequence[Sequence[int]], title: str) -> Original:
    """The visible text of what came in with its cuts ([start, end) in code points) marked.

    The line that became the title is no cut: it is kept, in another place.
    """
    spans = [(int(start), int(end)) for start, end in cuts]
    line = _title_line(text, spans, title)
    left = spans if line is None else [part for span in spans for part in _without(span, line)]
    left = [(start, end) for start, end in left if text[start:end].strip()]
    body = render_original(text, left, folded=_("%d words left out"), cut=_("Left out:"))
    return Original(body=body, has_cuts=bool(left), took_title=line is not None)


def _title_line(text: str, cuts: Sequence[Span], title: str) -> Span | None:
    """The first line that was cut whole and says what the title says."""
    words = title.split()
    for line in _LINE.finditer(text) if words else ():
        start, end = line.start(), line.start() + len(line[0].rstrip())
        inside = any(first <= start and end <= last for first, last in cuts)
        if inside and line[0].split() == words:
            return start, end
    return None


def _without(span: Span, part: Span) -> Iterator[Span]:
    """What is left of a span without a part of the text."""
    for start, end in ((span[0], min(span[1], part[0])), (max(span[0], part[1]), span[1])):
        if start < end:
            yield start, end
