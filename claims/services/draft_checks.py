"""The worker's side of a draft: read what came in, hold it against the story, keep what is found.

What is found holds ids and normal forms of the reports' claims and none of their words. Nothing of
the draft goes anywhere else: no reading of it is kept, and no model is asked about it.
"""

from collections.abc import Sequence
from dataclasses import asdict, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from claims import stored_reading
from claims.engine import origins, readings
from claims.models import Claim, Discrepancy, DiscrepancyClaim, Draft, Point
from claims.services.comparison_inputs import Inputs, read_inputs
from claims.services.kept_readings import encoder_for, read_each
from claims.services.time_limit import TookTooLong, time_limit
from reader.ingest.child import Reader
from reader.ingest.files import IncomingArticle
from reader.ingest.kinds import TYPES
from reader.ingest.refusals import Refused
from reader.models import Story
from reader.text import Block, clean_text

if TYPE_CHECKING:
    from claims.engine.compare import Read
    from claims.engine.drafts import Ground, Line

# A draft is one text; reading and matching it takes seconds.
MOST_SECONDS = 120.0
_TEXTS = frozenset(TYPES.values())
# Where a title was found that nobody wrote above this text.
_NO_HEADLINE = ("properties", "file_name", "guess")


def check_draft(draft_id: int) -> None:
    """Read what came in, if anything did, and hold the draft against the story as it is now.

    A draft that was changed or removed meanwhile keeps what its own job will find. What cannot be
    read or takes too long is said in `error`; another error goes on to the caller as well.
    """
    draft = Draft.objects.select_related("story__desk").filter(pk=draft_id).first()
    if draft is None:
        return
    try:
        if draft.incoming is not None:
            _read(draft)
        _check(draft)
    except Refused as refusal:
        _fail(draft, refusal.reason)
    except TookTooLong:
        _fail(draft, "too_long")
    except Exception:
        _fail(draft, "failed")
        raise


def give_up_checking(draft_id: int) -> None:
    """Say of a draft that its check ended several workers."""
    Draft.objects.filter(pk=draft_id).update(error="worker_lost")


def _fail(draft: Draft, error: str) -> None:
    own = Draft.objects.filter(pk=draft.pk, row_version=draft.row_version)
    own.update(error=error[:40])


def _read(draft: Draft) -> None:
    """Clean what came in as an import cleans it, in the child. Raises `Refused`."""
    kind = draft.incoming_kind
    content = bytes(draft.incoming or b"")
    if kind == "text":
        # one way for all plain text; a first line that is a headline stands above the others
        content = clean_text(content.decode("utf-8", "replace")).encode()
    with Reader() as reader:
        found = reader.read(content, kind if kind in _TEXTS else None)
    draft.title, draft.text, blocks = _with_headline(found)
    draft.blocks = [block.as_json() for block in blocks]
    draft.incoming = None
    own = Draft.objects.filter(pk=draft.pk, row_version=draft.row_version)
    own.update(
        title=draft.title,
        text=draft.text,
        blocks=draft.blocks,
        findings=[],
        incoming=None,
        incoming_kind="",
    )


def _with_headline(found: IncomingArticle) -> tuple[str, str, Sequence[Block]]:
    """The headline, and the text with it: the headline is a line to be checked like the others."""
    headline = "" if found.found_in.get("title") in _NO_HEADLINE else found.title
    if not headline:
        return "", found.text, found.blocks
    by = len(headline) + 2
    first = Block(kind="heading", start=0, end=len(headline))
    rest = (
        replace(
            block,
            start=block.start + by,
            end=block.end + by,
            links=tuple(
                replace(link, start=link.start + by, end=link.end + by) for link in block.links
            ),
        )
        for block in found.blocks
    )
    return headline, f"{headline}\n\n{found.text}", [first, *rest]


def _check(draft: Draft) -> None:
    """Hold the text against the story's present claims. Raises `TookTooLong`."""
    inputs = read_inputs(draft.story_id)
    if inputs is None:
        return
    # loaded here: a web process never needs the engine's tables
    from claims.engine import drafts, vectors

    ground, found = _ground(inputs)
    encoder = encoder_for(found, inputs, vectors.load())
    report = _report(draft, inputs)
    with time_limit(MOST_SECONDS):
        lines = drafts.hold(report, ground, encoder=encoder, settings=inputs.settings)
        sentences = drafts.sentences(report)
    own = Draft.objects.filter(pk=draft.pk, row_version=draft.row_version)
    own.update(
        findings=_kept(lines, sentences),
        checked_revision=inputs.story.revision,
        error="",
    )


def _report(draft: Draft, inputs: Inputs) -> readings.Report:
    """The draft as the engine reads it: of the day on which it was last changed.

    Of a story that ended long before, it is of the day of the last report: "in June" is that June.
    """
    day = draft.changed_at.astimezone(ZoneInfo(draft.story.desk.zone)).date()
    last = max((report.published for report in inputs.reports if report.published), default=day)
    if (day - last).days > inputs.settings.holding_days:
        day = last
    return readings.Report(
        id="draft",
        source="",
        title="",
        published=day,
        text=draft.text,
        blocks=tuple(
            readings.Block(kind=block["kind"], start=block["start"], end=block["end"])
            for block in draft.blocks
        ),
    )


def _ground(inputs: Inputs) -> "tuple[Ground, Read]":
    """The story as it stands: its claims with all that people set, in their points."""
    from claims.engine import compare as engine
    from claims.engine.corrections import Corrections, correct
    from claims.engine.drafts import Ground

    found = engine.read(inputs.reports, settings=inputs.settings, known=read_each(inputs))
    reports = {inputs.versions[report.id].pk: report.id for report in inputs.reports}
    rows = Claim.objects.shown().anchored().filter(article_version__in=reports)
    rows = rows.filter(story=inputs.story).order_by("pk")
    present = [_claim(row, reports[row.article_version_id]) for row in rows]
    claims, _ = correct((), found.documents, Corrections(added=present))
    shown = set(Point.objects.shown().filter(story=inputs.story).values_list("pk", flat=True))
    ground = Ground(
        reports={report.id: report for report in inputs.reports},
        documents=found.documents,
        claims=tuple(claims),
        points={str(row.pk): row.point_id for row in rows if row.point_id in shown},
        origins=origins.find(inputs.reports),
        settled=_settled(inputs.story),
    )
    return ground, found


def _claim(row: Claim, report: str) -> readings.Claim:
    return readings.Claim(
        id=str(row.pk),
        report=report,
        start=row.start,
        end=row.end,
        exact=row.exact,
        sentence=0,
        reading=stored_reading.from_json(row.effective),
    )


def _settled(story: Story) -> frozenset[frozenset[str]]:
    """The pairs of claims between which an editor saw no conflict."""
    rows = DiscrepancyClaim.objects.filter(
        discrepancy__story=story, discrepancy__status=Discrepancy.Status.DISMISSED
    ).values_list("discrepancy", "claim")
    of_flag: dict[int, list[str]] = {}
    for flag, claim in rows.order_by("discrepancy", "claim"):
        of_flag.setdefault(flag, []).append(str(claim))
    return frozenset(
        frozenset(pair) for claims in of_flag.values() for pair in combinations(claims, 2)
    )


def _kept(lines: "Sequence[Line]", sentences: Sequence[readings.Span]) -> list[dict[str, Any]]:
    """The lines as they are kept, each with its sentence; a sentence without one as a bare line.

    So a page can say how many sentences could not be checked.
    """
    kept: list[dict[str, Any]] = []
    read: set[readings.Span] = set()
    for line in lines:
        within = readings.holder(line.claim, sentences)
        read.add(within)
        kept.append({**_line(line), "within": [within.start, within.end]})
    bare: dict[str, Any] = {"point": None, "normal": "", "told": [], "origins": 0, "findings": []}
    for one in sentences:
        if one not in read:
            at = {"start": one.start, "end": one.end, "within": [one.start, one.end]}
            kept.append({**bare, **at})
    return sorted(kept, key=lambda line: (line["within"], line["start"], line["end"]))


def _line(line: "Line") -> dict[str, object]:
    """The line as it is kept: where it stands, its normal form, and what was found."""
    from claims.statements import normal

    return {
        "start": line.claim.start,
        "end": line.claim.end,
        "point": line.point,
        "normal": normal(line.claim.reading),
        "told": list(line.told),
        "origins": line.origins,
        "findings": [asdict(finding) for finding in line.findings],
    }
