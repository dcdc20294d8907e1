"""The settings of the tests: those of the product, with what makes tests quick and independent."""

from config.settings import *  # noqa: F403 - the point of this module

SECRET_KEY = "only-for-tests"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# A password hash that is slow by design would take most of the run's time.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
