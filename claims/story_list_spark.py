"""A small drawing of when a story's reports came out: bars by day, and the same in words.

Its geometry stands in attributes: the pages' policy allows no styles in the markup.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.page_words import date_span
from reader.dates import date_format

WIDTH, HEIGHT = 120, 28
MOST_BARS = 40  # a longer stretch is cut into so many equal parts
_WIDEST = 8.0
_STEP = 7.0  # what one report adds to a bar's height, as long as there is room


@dataclass(frozen=True, kw_only=True)
class Spark:
    """The drawing, and what it says."""

    svg: SafeString
    words: str


def draw_spark(days: Sequence[date]) -> Spark | None:
    """Draw the days on which the reports came out; None where there is none."""
    if not days:
        return None
    words = spark_words(days)
    counts = parts_of(days)
    room = WIDTH / len(counts)
    width = min(_WIDEST, room * 0.72)
    step = min(_STEP, (HEIGHT - 2) / max(counts))
    bars = []
    for at, number in enumerate(counts):
        if not number:
            continue
        height = number * step
        left = at * room + (room - width) / 2
        bars.append(
            f'<rect x="{left:.1f}" y="{HEIGHT - 1 - height:.1f}" '
            f'width="{width:.1f}" height="{height:.1f}"/>'
        )
    svg = (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img" '
        f'aria-label="{escape(words)}"><path d="M0 {HEIGHT - 0.5}H{WIDTH}"/>{"".join(bars)}</svg>'
    )
    return Spark(svg=mark_safe(svg), words=words)  # noqa: S308 - numbers, and escaped words


def parts_of(days: Sequence[date]) -> list[int]:
    """How many reports each part of the stretch has, from the first day to the last."""
    first, last = min(days), max(days)
    length = (last - first).days + 1
    parts = min(length, MOST_BARS)
    counts = [0] * parts
    for day in days:
        counts[(day - first).days * parts // length] += 1
    return counts


def spark_words(days: Sequence[date]) -> str:
    """The drawing in words: "5 reports from 23 to 30 October 2024, most on 25 October"."""
    number, span = len(days), date_span(days)
    if len(set(days)) == 1:
        told = ngettext("%(n)s report on %(day)s", "%(n)s reports on %(day)s", number)
        return told % {"n": number, "day": span}
    by_day = Counter(days)
    most = max(by_day.values())
    fullest = [day for day, had in by_day.items() if had == most]
    if len(fullest) > 1:
        return _("%(n)s reports from %(span)s") % {"n": number, "span": span}
    return _("%(n)s reports from %(span)s, most on %(day)s") % {
        "n": number,
        "span": span,
        "day": date_format(fullest[0], "j F"),
    }
