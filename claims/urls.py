"""Addresses of the claims app."""

from django.urls import path

from claims.views import (
    annotate,
    compare,
    deciding,
    draft,
    matrix,
    modes,
    near_lines,
    origins,
    pairs,
    points,
    report,
    review,
    stories,
    suggestions,
    timeline,
    tray,
)

app_name = "claims"

urlpatterns = [
    path("", stories.stories, name="stories"),
    path("all-seen/", stories.all_seen, name="all_seen"),
    path("stories/<slug:slug>/seen/", stories.story_seen, name="story_seen"),
    path("stories/<slug:slug>/", compare.compare, name="compare"),
    path("stories/<slug:slug>/matrix/", matrix.matrix, name="matrix"),
    path("stories/<slug:slug>/origins/", origins.origins, name="origins"),
    path("stories/<slug:slug>/report/", report.report, name="report"),
    path("stories/<slug:slug>/report/file/", report.report_file, name="report_file"),
    path("stories/<slug:slug>/timeline/", timeline.timeline, name="timeline"),
    path(
        "stories/<slug:slug>/timeline/sources.<slug:form>",
        timeline.timeline_story,
        name="timeline_story",
    ),
    path(
        "stories/<slug:slug>/timeline/points/<int:point_id>.<slug:form>",
        timeline.timeline_point,
        name="timeline_point",
    ),
    path("stories/<slug:slug>/draft/", draft.draft, name="draft"),
    path("stories/<slug:slug>/draft/check/", draft.draft_check, name="draft_check"),
    path("stories/<slug:slug>/draft/column/", draft.draft_column, name="draft_column"),
    path("stories/<slug:slug>/draft/remove/", draft.draft_remove, name="draft_remove"),
    path("stories/<slug:slug>/tray/", tray.tray, name="tray"),
    path("stories/<slug:slug>/claims/new/", annotate.claim_new, name="claim_new"),
    # deciding
    path("review/", review.review, name="review"),
    path("review/count/", review.review_count, name="review_count"),
    path("discrepancies/<int:discrepancy_id>/decide/", deciding.decide, name="decide"),
    path("decisions/<int:decision_id>/undo/", deciding.undo, name="undo"),
    path("claims/<int:claim_id>/", annotate.claim, name="claim"),
    path("claims/<int:claim_id>/reattach/", tray.reattach, name="reattach"),
    path("claims/<int:claim_id>/status/", suggestions.claim_status, name="claim_status"),
    path("articles/<int:article_id>/claims/", suggestions.report_claims, name="report_claims"),
    path("points/<int:point_id>/", points.point, name="point"),
    path("points/<int:point_id>/near/<int:article_id>/", near_lines.near_lines, name="near_lines"),
    path("pairs/<int:counterpart_id>/", pairs.pair, name="pair"),
    path("mode/", modes.switch, name="mode"),
]
