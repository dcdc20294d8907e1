"""The root of all addresses. Each app names its own; here they are only put together."""

from django.contrib import admin
from django.urls import include, path

from config import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("", include("claims.urls")),  # first, as their pages are opened most
    path("", include("reader.urls")),
]
