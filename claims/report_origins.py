"""Which of the reports shown share their text, and which are silent, for pages that count them.

Nothing here judges: the passages are what the last comparison stored (`services.storing_passages`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.blanks import Blank, blank_of
from claims.engine.origins import Origins, Passage
from claims.engine.readings import Span
from claims.models import SharedPassage
from claims.statements import ReportFacts, Statement
from reader.shared_words import COPIED


def passages_of_version() -> ArraySubquery:
    """For a query of articles: the passages of the current version, as `origins_of` takes them."""
    own = SharedPassage.objects.filter(version=OuterRef("current_version")).order_by("pk")
    names = ("start", "end", "other", "other_start", "other_end", "words", "one_origin")
    return ArraySubquery(own.values(said=JSONObject(**dict(zip(names, names, strict=True)))))


def origins_of(
    reports: Iterable[ReportFacts], passages: Mapping[int, Sequence[Mapping[str, Any]]]
) -> Origins:
    """The origins of the reports; `passages` are those of `passages_of_version`, by version."""
    names = {report.version: str(report.id) for report in reports}
    root = {name: name for name in names.values()}
    found: list[Passage] = []
    copied: dict[tuple[str, str], list[Passage]] = defaultdict(list)
    for version, rows in passages.items():
        for row in rows:
            if version not in names or row["other"] not in names:
                continue  # the other text is hidden, or no longer shown
            passage = _passage(names[version], names[row["other"]], row)
            found.append(passage)
            if passage.words >= COPIED:
                copied[passage.report, passage.other].append(passage)
            if row["one_origin"]:
                kept, gone = sorted((root[passage.report], root[passage.other]))
                root = {name: kept if at == gone else at for name, at in root.items()}
    return Origins(by_report=root, passages=found, copied=copied)


def _passage(report: str, other: str, row: Mapping[str, Any]) -> Passage:
    """The passage from the report whose name comes first, as the engine keeps them."""
    here = (report, Span(start=row["start"], end=row["end"]))
    there = (other, Span(start=row["other_start"], end=row["other_end"]))
    (first, span), (second, other_span) = sorted((here, there), key=lambda side: side[0])
    return Passage(report=first, span=span, other=second, other_span=other_span, words=row["words"])


def spread(statements: Iterable[Statement], origins: Origins) -> str:
    """How many reports the statements are of, and how many texts these go back to."""
    found = origins.of(statement.claim for statement in statements)
    counts = [ngettext("%(n)s report", "%(n)s reports", len(found)) % {"n": len(found)}]
    number = len(set(found.values()))
    if number < len(found):
        counts.append(ngettext("%(n)s origin", "%(n)s origins", number) % {"n": number})
    return ", ".join(counts)


@dataclass(frozen=True, kw_only=True)
class Silent:
    """Reports of one origin that do not speak of a point; `note` says what excuses them.

    `reports` are their ids, None for one that could not have told it.
    """

    sources: tuple[str, ...]
    reports: tuple[int | None, ...]
    note: str

    @property
    def named(self) -> tuple[tuple[str, int | None], ...]:
        """Each source with its report."""
        return tuple(zip(self.sources, self.reports, strict=True))


def silent_on(
    statements: Sequence[Statement], reports: Sequence[ReportFacts], origins: Origins
) -> tuple[Silent, ...]:
    """Who does not mention a point, in the order of the reports: information, never a conflict.

    Reports that were not checked are left out: what they mention is not known.
    """
    speaking = {one.report.id for one in statements}
    groups: dict[str, list[tuple[ReportFacts, Blank]]] = defaultdict(list)
    for report in reports if speaking else ():
        if report.id not in speaking:
            blank = blank_of(report, statements[0].point, statements)
            if blank != "unchecked":
                groups[origins.by_report[str(report.id)]].append((report, blank))
    return tuple(
        Silent(
            sources=tuple(report.source for report, _blank in group),
            reports=tuple(report.id if blank == "silent" else None for report, blank in group),
            note=_note(group),
        )
        for group in groups.values()
    )


def _note(group: Sequence[tuple[ReportFacts, Blank]]) -> str:
    notes = [_("one origin")] if len(group) > 1 else []
    if all(blank == "before" for _report, blank in group):
        notes.append(_("published before the others"))
    return ", ".join(notes)
