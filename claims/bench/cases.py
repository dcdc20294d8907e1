"""All cases by name, in the order in which they run, and how some of them are chosen."""

from collections.abc import Iterator, Mapping, Sequence

from claims.bench import (
    anchoring,
    browser,
    engine,
    extraction,
    hostile,
    loading,
    loading_chain,
    pages,
    rendering,
    saving,
    weight,
)
from claims.bench.rows import NOTHING, Row, Skipped
from claims.bench.setting import Case, Setting

CASES: Mapping[str, Case] = {
    "render": rendering.against_escape,
    "render.displacy": rendering.against_displacy,
    "engine": engine.reading,
    "engine.compare": engine.whole,
    "engine.relate": engine.relating,
    "engine.growth": engine.growth,
    "engine.again": engine.again,
    "engine.hostile": hostile.worst,
    "anchor": anchoring.quote,
    "anchor.same": anchoring.unchanged,
    "anchor.report": anchoring.carried,
    "extract": extraction.page,
    "extract.chain": extraction.chain,
    "page": pages.opened,
    "page.anew": pages.anew,
    "page.304": pages.unchanged,
    "page.growth": pages.growth,
    "page.queries": pages.queries,
    "page.queries.growth": pages.queries_growth,
    "page.html": weight.html,
    "page.weight": weight.kilobytes,
    "page.requests": weight.requests,
    "browser.paint": browser.paint,
    "browser.hover": browser.hover,
    "browser.choose": browser.choose,
    "browser.align": browser.align,
    "load": loading.against_copy,
    "load.chain": loading_chain.chain,
    "load.memory": loading.memory,
    "save": saving.against_insert,
}


class UnknownCase(Exception):
    """No case has this name; the text is one line that names those there are."""


def chosen(names: Sequence[str]) -> list[str]:
    """The cases of these names and all below them (`page` takes `page.304`); all without a name.

    Raises `UnknownCase`.
    """
    for name in names:
        if not any(_is_in(case, name) for case in CASES):
            raise UnknownCase(f"Unknown case {name}; there are: {', '.join(CASES)}.")
    return [case for case in CASES if not names or any(_is_in(case, name) for name in names)]


def run(names: Sequence[str], setting: Setting) -> Iterator[Row]:
    """Each case's row as soon as it is measured; one that cannot be says why."""
    for name in names:
        try:
            yield CASES[name](setting)
        except Skipped as reason:
            yield Row(name=name, unit=NOTHING, against=NOTHING, goal=None, skipped=str(reason))


def _is_in(case: str, name: str) -> bool:
    return case == name or case.startswith(f"{name}.")
