"""A plot that has been laid out, as SVG; and the key to its signs."""

from itertools import pairwise

from django.utils.translation import gettext as _

from claims import plot_signs as signs
from claims.engine import normal_form
from claims.plot_names import Name, Named
from claims.plot_parts import PLAIN, TO_SCALE, YEAR, Lane, Layout, Line, Size, Spot
from claims.plot_scale import Box, DayColumn, compact, spaced
from claims.plot_signs import PlotKey, written
from claims.plot_text import cut, width

SHAPES = 4  # that tell speakers apart; more speakers have names or numbers alone
_MOST_DAYS = 45  # whose columns are drawn


def body(named: Named) -> str:
    """The drawing without its frame."""
    layout = named.layout
    shapes = shapes_of(named)
    parts = [
        *_days(layout),
        *_grid(layout),
        *_headings(layout),
        *_named_above(named),
        *(_joint(line) for line in layout.joints),
        *(signs.path("against", _way(line)) for line in layout.against),
        *(_mark(spot, named, shapes) for spot in layout.spots),
        *(signs.badge(x, y) for x, y in layout.badges),
        *(text for name in named.names for text in _name(name, layout.size.type)),
    ]
    return "".join(parts)


def shapes_of(named: Named) -> dict[str, int]:
    """The shape of each speaker's dots: one each, as far as there are shapes."""
    speakers = list(dict.fromkeys(spot.mark.main.speaker for spot in named.layout.spots))
    few = len(speakers) <= SHAPES
    return {speaker: at if few else 0 for at, speaker in enumerate(speakers)}


def _days(layout: Layout) -> list[str]:
    """The columns of the days, with the days that have room for their words below."""
    field = layout.size.field
    parts = []
    for lane in layout.lanes:
        if len(lane.days) <= _MOST_DAYS:
            parts += [_column(column, field) for column in lane.days.values()]
        parts += _day_labels(layout.size, lane)
    return parts


def _column(column: DayColumn, field: Box) -> str:
    """A day: a strip where several figures stand side by side, else a line."""
    top = field.top - 6
    if column.right - column.left > column.pitch:
        return signs.rect("day", column.left - 1, top, column.right + 1, field.bottom)
    return signs.path("grid", f"M{column.middle:.1f} {top:.1f}V{field.bottom:.1f}")


def _day_labels(size: Size, lane: Lane) -> list[str]:
    """The days that have room for their words; below the first of each year this, where asked."""
    days = sorted(lane.days)
    middles = [lane.days[day].middle for day in days]
    breadths = [width(lane.labels[day], size.type) for day in days]
    foot, shown = size.field.bottom + 26, 0
    parts = []
    for at in spaced(list(zip(middles, breadths, strict=True))):
        day, half = days[at], breadths[at] / 2
        x = min(max(middles[at], half), size.width - half)
        parts.append(signs.words("tick", x, foot, written(lane.labels[day]), "middle"))
        if size.years and day.year != shown:
            parts.append(signs.words("tick", x, foot + YEAR, str(day.year), "middle"))
        shown = day.year
    return parts


def _grid(layout: Layout) -> list[str]:
    size, scale = layout.size, layout.scale
    parts = []
    for tick, text in zip(scale.ticks, compact(scale.ticks), strict=True):
        y = scale.y(tick)
        ways = (f"M{lane.left:.1f} {y:.1f}H{lane.right:.1f}" for lane in layout.lanes)
        parts.append(signs.path("grid", "".join(ways)))
        parts.append(signs.words("tick", size.left - TO_SCALE, y + 4, text, "end"))
    for before, lane in pairwise(layout.lanes):
        middle, foot = (before.right + lane.left) / 2, size.field.bottom
        parts.append(signs.path("parting", f"M{middle:.1f} 4V{size.height - 6:.1f}"))
        # each lane has its own line of days
        ways = (
            f"M{one.left:.1f} {foot - 3:.1f}v6m0-3H{one.right:.1f}m0-3v6" for one in (before, lane)
        )
        parts.append(signs.path("axis", "".join(ways)))
    return parts


def _headings(layout: Layout) -> list[str]:
    """What is counted, and which lane holds forecasts."""
    words = {"counted": layout.group.counted}
    *_reported, last = layout.lanes
    if len(layout.lanes) == 1 and last.forecast:
        words["counted"] = _("%(counted)s, forecasts only") % words
    if layout.is_log:
        words["counted"] = _("%(counted)s, logarithmic scale") % words
    most = last.left - 24 if len(layout.lanes) > 1 else layout.size.width
    heading = cut(words["counted"], most, layout.size.type, bold=True)
    parts = [signs.words("heading", 0, 13, written(heading))]
    if len(layout.lanes) > 1:
        parts.append(signs.words("heading", last.left, 13, written(_("Forecasts"))))
    return parts


def _named_above(named: Named) -> list[str]:
    """Whose the numbers are, as far as that fits, in small drawings: their key may be folded."""
    layout = named.layout
    size, parts = layout.size.type, []
    x = width(layout.group.counted, size, bold=True) + 14
    end = layout.lanes[-1].left - 24 if len(layout.lanes) > 1 else layout.size.width
    for speaker, number in named.numbers.items():
        broad = width(f"{number} ", size, bold=True) + width(speaker, size)
        if layout.size.detail or x + broad > end:
            break
        body = f'<tspan class="speaker">{number}</tspan> {written(speaker)}'
        parts.append(signs.words("name", x, 13, body))
        x += broad + 12
    return parts


def _way(line: Line) -> str:
    start, end = line.start, line.end
    return f"M{start.x:.1f} {start.y:.1f}L{end.x:.1f} {end.y:.1f}"


def _joint(line: Line) -> str:
    return signs.path("later" if line.alike else "later unlike", _way(line))


def _mark(spot: Spot, named: Named, shapes: dict[str, int]) -> str:
    main = spot.mark.main
    names = (
        ("mark", True),
        ("flagged", spot.mark.flagged),
        ("open", main.kind in ("floor", "ceiling")),
        ("forecast", main.is_forecast),
    )
    number = named.numbers.get(main.speaker)
    dot = (
        signs.numbered(number, spot.x, spot.y)
        if number
        else signs.dot(shapes[main.speaker], spot.x, spot.y)
    )
    if spot.mark.flagged:
        dot += signs.ring(spot.x, spot.y, spot.radius)
    css = " ".join(name for name, on in names if on)
    return signs.group(css, _stretch(spot) + _interval(spot) + dot, _tip(spot))


def _tip(spot: Spot) -> str:
    main = spot.mark.main
    return _("%(speaker)s: %(figure)s, %(days)s (%(source)s)") % {
        "speaker": main.speaker,
        "figure": normal_form.worded(main.quantity),
        "days": main.as_of,
        "source": spot.mark.sources,
    }


def _stretch(spot: Spot) -> str:
    """The days that the figure speaks for, as a line up to its dot: open if begun before."""
    if spot.since >= spot.x:
        return ""
    start = "" if spot.since_before else f"M{spot.since:.1f} {spot.y - 3:.1f}v6"
    return signs.path("stretch", f"{start}M{spot.since:.1f} {spot.y:.1f}H{spot.x:.1f}")


def _interval(spot: Spot) -> str:
    kind = spot.mark.main.kind
    if kind == "floor":
        return signs.floor(spot.x, spot.y, spot.top)
    if kind == "ceiling":
        return signs.ceiling(spot.x, spot.y, spot.low)
    if kind == "band":
        return signs.band(spot.x, spot.top, spot.low)
    return signs.whiskers(spot.x, spot.top, spot.low) if kind == "range" else ""


def _name(name: Name, size: float) -> list[str]:
    x = {
        "start": name.box.left,
        "end": name.box.right,
        "middle": (name.box.left + name.box.right) / 2,
    }[name.anchor]
    texts = []
    for at, line in enumerate(name.lines):
        y = name.box.top + (at + 1) * (size + 3) - 3
        body = " ".join(
            f'<tspan class="speaker">{written(words.text)}</tspan>'
            if words.strong
            else written(words.text)
            for words in line
        )
        texts.append(signs.words("name", x, y, body, name.anchor))
    return texts


def keys(named: Named) -> tuple[PlotKey, ...]:
    """What the signs mean that are drawn, and whose the numbers are."""
    layout = named.layout
    mains = [spot.mark.main for spot in layout.spots]
    kinds = {main.kind for main in mains}
    alike = {line.alike for line in layout.joints}
    drawn = (
        ("band" in kinds, _mark_key(signs.band(13, 3, 19)), _("about")),
        ("range" in kinds, _mark_key(signs.whiskers(13, 3, 19)), _("from, to")),
        ("floor" in kinds, _open_key(signs.floor(13, 16, 1), 16), _("at least")),
        ("ceiling" in kinds, _open_key(signs.ceiling(13, 6, 21), 6), _("up to")),
        (True in alike, signs.path("later", "M2 16L24 6"), _("the same speaker, later")),
        (
            False in alike,
            signs.path("later unlike", "M2 16L24 6"),
            _("the same speaker, later, in other terms"),
        ),
        (
            bool(layout.against),
            signs.path("against", "M0 11h26") + signs.badge(13, 11),
            _("conflict"),
        ),
        (
            any(spot.mark.flagged for spot in layout.spots),
            signs.group("mark flagged", signs.dot(0, 13, 11) + signs.ring(13, 11, PLAIN)),
            _("flagged"),
        ),
        (
            any(main.is_forecast for main in mains),
            signs.group("mark forecast", signs.dot(0, 13, 11)),
            _("forecast"),
        ),
    )
    found = [PlotKey(body=body, words=words) for is_drawn, body, words in drawn if is_drawn]
    return (*found, *_number_keys(named))


def _mark_key(interval: str) -> str:
    return signs.group("mark", interval + signs.dot(0, 13, 11))


def _open_key(interval: str, y: float) -> str:
    return signs.group("mark open", interval + signs.dot(0, 13, y))


def _number_keys(named: Named) -> list[PlotKey]:
    return [
        PlotKey(body=signs.group("mark", signs.numbered(number, 13, 11)), words=speaker)
        for speaker, number in named.numbers.items()
    ]
