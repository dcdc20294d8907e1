"""Addresses of the reader app."""

from django.urls import path

from reader.views import (
    account,
    article_actions,
    articles,
    feeds,
    history,
    import_batches,
    import_items,
    inbox,
    ingest,
    invitations,
    passwords,
    stories,
    tour,
)

app_name = "reader"

urlpatterns = [
    # stories and their articles
    path("new-story/", stories.story_new, name="story_new"),
    path("stories/<slug:slug>/history/", history.history, name="history"),
    path("stories/<slug:slug>/rename/", stories.story_rename, name="story_rename"),
    path("stories/<slug:slug>/status/", stories.story_status, name="story_status"),
    path("articles/<int:article_id>/", articles.article, name="article"),
    path("articles/<int:article_id>/changes/", articles.article_changes, name="article_changes"),
    path("stories/<slug:slug>/reports/", article_actions.story_reports, name="story_reports"),
    path(
        "articles/<int:article_id>/visibility/",
        article_actions.article_visibility,
        name="article_visibility",
    ),
    path("articles/<int:article_id>/erase/", article_actions.article_erase, name="article_erase"),
    # the tour
    path("tour/", tour.tour, name="tour"),
    path("tour/go/", tour.tour_go, name="tour_go"),
    path("tour/done/", tour.tour_done, name="tour_done"),
    # import
    path("import/", ingest.import_start, name="import_start"),
    path("import/<int:batch_id>/", import_batches.import_batch, name="import_batch"),
    path("import/<int:batch_id>/columns/", import_batches.import_columns, name="import_columns"),
    path("import/<int:batch_id>/cancel/", import_batches.import_cancel, name="import_cancel"),
    path("import/<int:batch_id>/items/", import_batches.import_items, name="import_items"),
    path(
        "import/<int:batch_id>/items/<int:item_id>/", import_items.import_item, name="import_item"
    ),
    path(
        "import/<int:batch_id>/items/<int:item_id>/raw/", import_items.import_raw, name="import_raw"
    ),
    path(
        "articles/<int:article_id>/versions/<int:number>/raw/",
        import_items.version_raw,
        name="version_raw",
    ),
    # feeds
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/<int:entry_id>/", inbox.inbox_entry, name="inbox_entry"),
    path("inbox/send/", inbox.inbox_send, name="inbox_send"),
    path("inbox/aside/", inbox.inbox_aside, name="inbox_aside"),
    path("inbox/back/", inbox.inbox_back, name="inbox_back"),
    path("feeds/", feeds.feeds, name="feeds"),
    path("feeds/try/", feeds.feed_try, name="feed_try"),
    path("feeds/try/<int:trial_id>/", feeds.feed_trial, name="feed_trial"),
    path("feeds/<int:feed_id>/", feeds.feed, name="feed"),
    path("feeds/<int:feed_id>/pause/", feeds.feed_pause, name="feed_pause"),
    path("feeds/<int:feed_id>/poll/", feeds.feed_poll, name="feed_poll"),
    path("feeds/<int:feed_id>/remove/", feeds.feed_remove, name="feed_remove"),
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
