"""Addresses of the reader app."""

from django.urls import path

from reader.views import account, articles, stories

app_name = "reader"

urlpatterns = [
    # stories and their articles
    path("new-story/", stories.story_new, name="story_new"),
    path("articles/<int:article_id>/", articles.article, name="article"),
    # people
    path("sign-in/", account.sign_in, name="sign_in"),
    path("sign-out/", account.sign_out, name="sign_out"),
    path("preferences/", account.preferences, name="preferences"),
    path("preferences/keys/", account.keys_switch, name="keys_switch"),
]
