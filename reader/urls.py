"""Addresses of the reader app."""

from django.urls import path

from reader.views import (
    account,
    article_actions,
    articles,
    history,
    ingest,
    invitations,
    passwords,
    stories,
)

app_name = "reader"

urlpatterns = [
    # stories and their articles
    path("new-story/", stories.story_new, name="story_new"),
    path("stories/<slug:slug>/history/", history.history, name="history"),
    path("stories/<slug:slug>/rename/", stories.story_rename, name="story_rename"),
    path("stories/<slug:slug>/status/", stories.story_status, name="story_status"),
    path("articles/<int:article_id>/", articles.article, name="article"),
    path("stories/<slug:slug>/reports/", article_actions.story_reports, name="story_reports"),
    path(
        "articles/<int:article_id>/visibility/",
        article_actions.article_visibility,
        name="article_visibility",
    ),
    path("articles/<int:article_id>/erase/", article_actions.article_erase, name="article_erase"),
    # import
    path("import/", ingest.import_start, name="import_start"),
    path("import/<int:item_id>/", ingest.import_preview, name="import_preview"),
    path("import/<int:item_id>/confirm/", ingest.import_confirm, name="import_confirm"),
    path("import/<int:item_id>/discard/", ingest.import_discard, name="import_discard"),
    # people
    path("sign-in/", account.sign_in, name="sign_in"),
    path("sign-out/", account.sign_out, name="sign_out"),
    path("invitation/", invitations.invitation, name="invitation"),
    path("invitation/<str:token>/", invitations.invitation_open, name="invitation_open"),
    path("password/", passwords.password_change, name="password_change"),
    path("password/forgotten/", passwords.password_forgotten, name="password_forgotten"),
    path("password/new/<str:uidb64>/<str:token>/", passwords.password_new, name="password_new"),
    path("preferences/", account.preferences, name="preferences"),
    path("preferences/keys/", account.keys_switch, name="keys_switch"),
]
