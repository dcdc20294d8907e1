"""The only way from an address to what lies in a story. Strangers get 404, a missing role 403."""

from django.http import Http404

from claims.models import Claim, Decision, Discrepancy, Point
from reader.access import require_role
from reader.models import Article, Role, User


def get_claim_for(user: User, claim_id: int, role: Role = Role.READER) -> Claim:
    """The claim, with its story, desk, version and report, if the person's role reaches.

    Claims of drafts, embargoed and taken-down reports exist for admins of the desk only. Raises as
    `reader.access.require_role` does.
    """
    claim = (
        Claim.objects.select_related("story__desk", "article_version__article")
        .filter(pk=claim_id)
        .first()
    )
    if claim is None:
        raise Http404
    held = require_role(user, claim.story.desk, role)
    if claim.article_version.article.status != Article.Status.LIVE and not held.includes(
        Role.ADMIN
    ):
        raise Http404
    return claim


def get_point_for(user: User, point_id: int, role: Role = Role.READER) -> Point:
    """The point, with its story and desk, if the person's role reaches.

    Raises as `reader.access.require_role` does.
    """
    point = Point.objects.select_related("story__desk").filter(pk=point_id).first()
    if point is None:
        raise Http404
    require_role(user, point.story.desk, role)
    return point


def get_flag_for(user: User, discrepancy_id: int, role: Role = Role.READER) -> Discrepancy:
    """The discrepancy, with its story, desk and point, if the person's role reaches.

    Raises as `reader.access.require_role` does.
    """
    flags = Discrepancy.objects.select_related("story__desk", "point")
    flag = flags.filter(pk=discrepancy_id).first()
    if flag is None:
        raise Http404
    require_role(user, flag.story.desk, role)
    return flag


def get_decision_for(user: User, decision_id: int) -> Decision:
    """The decision, with its story and desk, if the person may decide about such a thing.

    Fact-checkers decide about claims, editors about points and flags. Raises as
    `reader.access.require_role` does.
    """
    decision = Decision.objects.select_related("story__desk").filter(pk=decision_id).first()
    if decision is None:
        raise Http404
    role = Role.FACT_CHECKER if decision.claim_id is not None else Role.EDITOR
    require_role(user, decision.story.desk, role)
    return decision
