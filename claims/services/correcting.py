"""What people set of a story's claims, in the form in which the engine takes it.

The engine's claims are matched with their rows first, so that a correction reaches the claim that
it was made for. Claims that a person marked take part like any other. So does one of the engine's
own that it no longer finds, once somebody has accepted, corrected or placed it.
"""

from collections.abc import Iterable, Mapping, Sequence

from claims import stored_reading
from claims.engine import readings
from claims.engine.corrections import Corrections
from claims.models import Claim, MadeBy
from claims.services.kept_apart import Pair, kept_apart
from claims.services.storing_claims import as_added, matched, set_by_person, standing
from reader.models import ArticleVersion


def corrections_for(
    found: Iterable[readings.Claim],
    rows: Iterable[Claim],
    versions: Mapping[str, ArticleVersion],
    apart: Sequence[Pair] = (),
) -> Corrections:
    """What the rows say of the claims that the engine found.

    `versions` are the compared texts by report id; rows of other texts play no part. `apart` are
    the pairs that a person kept apart.
    """
    found = list(found)
    reports = {version.pk: name for name, version in versions.items()}
    present = [row for row in rows if row.article_version_id in reports]
    known = matched(present, found, versions)
    engines = {claim.id: claim for claim in found}
    taken = {row.pk for row in known.values()}
    own = {as_added(row): row for row in present if row.pk not in taken and _takes_part(row)}
    everyone = {**known, **own}
    return Corrections(
        readings={
            name: _corrected(engines[name], row) for name, row in known.items() if row.overrides
        },
        spans={
            name: readings.Span(start=row.start, end=row.end)
            for name, row in known.items()
            if row.found_start is not None
        },
        rejected=frozenset(
            name for name, row in known.items() if standing(row) == Claim.Status.REJECTED
        ),
        added=[_added(name, row, reports) for name, row in own.items()],
        places=_places(everyone, MadeBy.PERSON),
        homes={name: point for name, point in _places(everyone, MadeBy.ENGINE).items() if point},
        apart=kept_apart(apart, everyone, found, versions),
    )


def _places(rows: Mapping[str, Claim], chosen_by: MadeBy) -> dict[str, int | None]:
    """The points of the claims whose point was chosen so; a person may have chosen none."""
    return {name: row.point_id for name, row in rows.items() if row.point_by == chosen_by}


def _takes_part(row: Claim) -> bool:
    """Whether a claim that the engine did not find is compared because of what a person did."""
    sure = row.anchor_state in (Claim.AnchorState.EXACT, Claim.AnchorState.MOVED)
    stands = row.status in (Claim.Status.ACCEPTED, Claim.Status.SUGGESTED)
    return sure and stands and set_by_person(row)


def _corrected(claim: readings.Claim, row: Claim) -> readings.Reading:
    """The present reading of the engine with a person's fields on top."""
    return stored_reading.from_json({**stored_reading.to_json(claim.reading), **row.overrides})


def _added(name: str, row: Claim, reports: Mapping[int, str]) -> readings.Claim:
    return readings.Claim(
        id=name,
        report=reports[row.article_version_id],
        start=row.start,
        end=row.end,
        exact=row.exact,
        sentence=0,
        reading=stored_reading.from_json(row.effective),
    )
