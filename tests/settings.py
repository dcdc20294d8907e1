"""The settings of the tests: those of the product, with what makes tests quick and independent."""

import dj_database_url

from config import env
from config.localpg import database_url
from config.settings import *  # noqa: F403 - the point of this module
from config.settings import BASE_DIR

# A server of the tests' own, never the demo's; conftest starts it.
TEST_DATA = BASE_DIR / "var" / "test"
DATABASES = {
    "default": dj_database_url.parse(env.text("DATABASE_URL") or database_url(TEST_DATA)),
}

SECRET_KEY = "only-for-tests"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# A password hash that is slow by design would take most of the run's time.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True  # looks for a file when it is asked for: there is no collected folder
FETCH_NET = "tests.net.LOOPBACK"  # no test ever asks the internet
PAGES_KEPT = 0  # a test may change a story behind the services' back
