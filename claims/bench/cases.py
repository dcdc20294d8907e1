"""All cases by name, in the order in which they are run."""

from collections.abc import Iterable, Mapping

from claims.bench import engine, pages, rendering
from claims.bench.rows import Row, Skipped
from claims.bench.setting import Case, Setting

CASES: Mapping[str, Case] = {
    "render": rendering.against_escape,
    "render.displacy": rendering.against_displacy,
    "engine": engine.reading,
    "engine.compare": engine.whole,
    "engine.growth": engine.growth,
    "page": pages.cold,
    "page.304": pages.unchanged,
    "page.growth": pages.growth,
    "page.queries": pages.queries,
    "page.queries.growth": pages.queries_growth,
}
