"""Which claims wait for a person to say where they belong in a report's new text."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

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


def waiting_of_report() -> Coalesce:
    """How many claims of an outer report wait, for a query that loads reports anyway."""
    counted = (
        waiting()
        .filter(article_version__article=OuterRef("pk"))
        .order_by()
        .values("article_version__article")
        .annotate(number=Count("pk"))
    )
    return Coalesce(Subquery(counted.values("number")), 0, output_field=IntegerField())


def points_waited_on() -> ArraySubquery:
    """The points that an outer report's waiting claims belonged to."""
    own = waiting().filter(article_version__article=OuterRef("pk"), point__isnull=False)
    return ArraySubquery(own.order_by("point").values("point"))
