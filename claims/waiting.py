"""Which claims wait for a person to say where they belong in a report's new text."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from claims.models import Claim, Decision, MadeBy
from claims.models.claims import ClaimQuerySet
from reader.models import Article


def left_behind() -> ClaimQuerySet:
    """The claims of live reports on an older text, whose words the present one does not have."""
    return (
        Claim.objects.filter(
            anchor_state__in=["changed", "orphan"],
            article_version__article__status=Article.Status.LIVE,
        )
        .exclude(article_version__article__current_version=F("article_version"))
        .exclude(exact="")
    )


def standing_decisions() -> QuerySet[Decision]:
    """The decisions about an outer claim that nobody took back, newest first."""
    return Decision.objects.filter(
        claim=OuterRef("pk"), undoes__isnull=True, undone_by__isnull=True
    ).order_by("-pk")


def waiting() -> ClaimQuerySet:
    """Those of them that a person set something of, or decided on, and that still stand.

    The engine's own it reads anew by itself.
    """
    by_person = (
        Q(made_by=MadeBy.PERSON)
        | Q(status=Claim.Status.ACCEPTED)
        | ~Q(overrides={})
        | Q(found_start__isnull=False)
        | Q(point_by=MadeBy.PERSON)
    )
    return left_behind().shown().filter(by_person | Exists(standing_decisions()))


def waiting_of_report() -> ArraySubquery:
    """The points of an outer report's waiting claims, None for a claim without one.

    For a query that loads reports anyway.
    """
    own = waiting().filter(article_version__article=OuterRef("pk"))
    return ArraySubquery(own.order_by("point").values("point"))
