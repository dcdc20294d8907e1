"""Addresses of the claims app."""

from django.urls import path

from claims.views import compare, stories

app_name = "claims"

urlpatterns = [
    path("", stories.stories, name="stories"),
    path("stories/<slug:slug>/", compare.compare, name="compare"),
]
