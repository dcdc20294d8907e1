"""The only way from an address to what lies in a story. Strangers get 404, a missing role 403."""

from django.db.models import QuerySet
from django.http import Http404

from claims.models import Claim, Counterpart, Decision, Discrepancy, Point
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
    _require_live(held, Article.objects.filter(pk=claim.article_version.article_id))
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

    One that rests on a report that is not live exists for admins of the desk only. Raises
    as `reader.access.require_role` does.
    """
    flags = Discrepancy.objects.select_related("story__desk", "point")
    flag = flags.filter(pk=discrepancy_id).first()
    if flag is None:
        raise Http404
    held = require_role(user, flag.story.desk, role)
    _require_live(held, _reports_of(flag))
    return flag


def get_counterpart_for(user: User, counterpart_id: int, role: Role) -> Counterpart:
    """The pair in doubt, with its story and desk, if the person's role reaches.

    One of a report that is not live exists for admins of the desk only. Raises as
    `reader.access.require_role` does.
    """
    pairs = Counterpart.objects.select_related("story__desk")
    pair = pairs.filter(pk=counterpart_id).first()
    if pair is None:
        raise Http404
    held = require_role(user, pair.story.desk, role)
    _require_live(held, _reports_of_pair(pair))
    return pair


def get_decision_for(user: User, decision_id: int) -> Decision:
    """The decision, with its story and desk, if the person may decide about such a thing.

    Fact-checkers decide about claims and pairs in doubt, editors about points and flags; about what
    a report that is not live says, admins of the desk only. Raises as `reader.access.require_role`
    does.
    """
    decisions = Decision.objects.select_related("story__desk", "discrepancy", "counterpart")
    decision = decisions.filter(pk=decision_id).first()
    if decision is None:
        raise Http404
    held = require_role(user, decision.story.desk, role_for(decision))
    if decision.claim_id is not None:
        _require_live(held, Article.objects.filter(versions__claims=decision.claim_id))
    elif decision.discrepancy is not None:
        _require_live(held, _reports_of(decision.discrepancy))
    elif decision.counterpart is not None:
        _require_live(held, _reports_of_pair(decision.counterpart))
    return decision


def role_for(decision: Decision) -> Role:
    """Who may take such a decision, and take it back; merging points is an editor's."""
    of_claims = decision.claim_id is not None or decision.counterpart_id is not None
    return Role.FACT_CHECKER if of_claims and decision.action != "join_points" else Role.EDITOR


def _reports_of_pair(pair: Counterpart) -> QuerySet[Article]:
    return Article.objects.filter(versions__claims__in=[pair.claim_id, pair.other_id])


def _reports_of(flag: Discrepancy) -> QuerySet[Article]:
    return Article.objects.filter(versions__claims__discrepancy_links__discrepancy=flag)


def _require_live(held: Role, reports: QuerySet[Article]) -> None:
    """Raise 404 where one of the reports is a draft, embargoed or taken down; admins see it."""
    if not held.includes(Role.ADMIN) and reports.exclude(status=Article.Status.LIVE).exists():
        raise Http404
