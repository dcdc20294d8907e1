"""Django's settings. All that differs between installations comes from the environment.

Importing this module starts nothing and asks no server: without `DATABASE_URL` it only computes
where the embedded Postgres server listens (`config/localpg` starts it).
"""

import secrets
from datetime import timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from config import env
from config.localpg import data_folder, database_url
from config.logs import is_telling, shorten_refusal

BASE_DIR = Path(__file__).resolve().parent.parent

# Whoever runs a server sets the key. A process without one (a command on files, a type check) gets
# a key that lives as long as it does; asgi and wsgi refuse to serve with that.
SECRET_KEY = env.secret("PARALLAX_SECRET_KEY") or secrets.token_urlsafe(48)
DEBUG = env.flag("PARALLAX_DEBUG")
DEMO = env.flag("PARALLAX_DEMO")  # lets the demo's sign-ins work, on loopback only
HTTPS = env.flag("PARALLAX_HTTPS")  # the server is reached by https: cookies and headers follow
BEHIND_PROXY = env.flag("PARALLAX_BEHIND_PROXY")  # believe what the proxy says of the client
PROXIES = env.number("PARALLAX_PROXIES", 1)  # how many of them add to X-Forwarded-For
RELEASE = env.text("PARALLAX_RELEASE", "0.1.0")
ALLOWED_HOSTS = env.words("PARALLAX_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("PARALLAX_TRUSTED_ORIGINS")
CSRF_FAILURE_VIEW = "reader.views.too_old.too_old"

INSTALLED_APPS = [
    "reader.admin_config.DeskAdminConfig",  # Django's admin with the site by desk
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "csp",
    "axes",
    "template_partials",
    "procrastinate.contrib.django",
    "reader",
    "claims",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",  # near the top: it must also see answers made further down
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "reader.body_limit.BodyLimitMiddleware",  # before the next, which reads the whole form
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "reader.middleware.OwnLanguageMiddleware",  # wins over what the browser asks for
    "reader.middleware.SignInAgainMiddleware",  # around the next: sees its redirects
    "config.sessions.SessionLimits",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # a view for all says so itself
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",  # innermost: it turns a locked-out try into its answer
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["reader.templatetags.own_dates"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Database: DATABASE_URL wins; else the place where the embedded server would listen.
DATABASES = {
    "default": dj_database_url.parse(env.text("DATABASE_URL") or database_url(data_folder())),
}
if env.flag("PARALLAX_POOL"):
    # The web server hands every request another thread: without a pool each would connect anew,
    # which costs more than a whole answer 304. A connection that the server has ended is replaced.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"] = {
        **DATABASES["default"].get("OPTIONS", {}),
        "pool": {"min_size": 1, "max_size": 20, "timeout": 5},  # connections; seconds to wait
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People
AUTH_USER_MODEL = "reader.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: who is locked out is asked no password
    "reader.signin.SignInBackend",
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60  # seconds that the link in the mail works

# Lockout: six wrong tries at one name from one address. The demo's passwords are no secret, so
# there a minute shows what a lockout is.
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = timedelta(minutes=1 if DEMO else 15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # it ends, however often one tries meanwhile
AXES_CLIENT_IP_CALLABLE = "reader.signin.client_address"
AXES_LOCKOUT_CALLABLE = "reader.signin.locked_out"
AXES_ENABLE_ADMIN = False  # an action on the list of people lifts a lockout
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False

# Mail: by SMTP where a server is named, into files where a folder is; else the worker prints it.
EMAIL_HOST = env.text("PARALLAX_SMTP_HOST")
EMAIL_PORT = env.number("PARALLAX_SMTP_PORT", 587)
EMAIL_HOST_USER = env.text("PARALLAX_SMTP_USER")
EMAIL_HOST_PASSWORD = env.secret("PARALLAX_SMTP_PASSWORD")
_SMTP_SECURITY = env.choice("PARALLAX_SMTP_SECURITY", ["starttls", "tls", "none"])
EMAIL_USE_TLS, EMAIL_USE_SSL = _SMTP_SECURITY == "starttls", _SMTP_SECURITY == "tls"
EMAIL_TIMEOUT = 20  # seconds
EMAIL_FILE_PATH = env.text("PARALLAX_MAIL_FOLDER") or None
_MAIL_WAY = "smtp" if EMAIL_HOST else "filebased" if EMAIL_FILE_PATH else "console"
EMAIL_BACKEND = f"django.core.mail.backends.{_MAIL_WAY}.EmailBackend"
DEFAULT_FROM_EMAIL = env.text("PARALLAX_MAIL_FROM", "Parallax <parallax@localhost>")

# A language model that is asked about claims in doubt; without an address none is.
JUDGE_URL = env.server("PARALLAX_JUDGE_URL").removesuffix("/v1")
JUDGE_MODEL = env.text("PARALLAX_JUDGE_MODEL", "default")
JUDGE_KEY = env.secret("PARALLAX_JUDGE_KEY")
JUDGE_TIMEOUT = env.number("PARALLAX_JUDGE_TIMEOUT", 20)  # seconds for one answer
JUDGE_MAX_PAIRS = env.number("PARALLAX_JUDGE_MAX_PAIRS", 400)  # asked in one comparison
JUDGE_MAX_SECONDS = env.number("PARALLAX_JUDGE_MAX_SECONDS", 180)  # for all of them
JUDGE_DAILY_LIMIT = env.number("PARALLAX_JUDGE_DAILY_LIMIT", 5000)  # answers a day
JUDGE_AT_ONCE = env.number("PARALLAX_JUDGE_AT_ONCE", 4)
JUDGE_ALLOW_UNPUBLISHED = env.flag("PARALLAX_JUDGE_ALLOW_UNPUBLISHED")

# What pages, feeds and documents are fetched through. Only tests name another, in their settings.
FETCH_NET = "reader.ingest.fetch.INTERNET"

# Sessions and cookies: `__Host-` names need https, so one switch changes all of them together.
_COOKIE = "__Host-" if HTTPS else ""
SESSION_ENGINE = "config.session_store"
SESSION_COOKIE_NAME = f"{_COOKIE}parallax-session"
CSRF_COOKIE_NAME = f"{_COOKIE}parallax-csrf"
LANGUAGE_COOKIE_NAME = f"{_COOKIE}parallax-language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60  # without a request; `config/sessions.py` sets the other limit
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Headers
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # browsers' preload lists: for a domain's owner to join
SECURE_REFERRER_POLICY = "same-origin"
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}

# Language and time: everything is stored in UTC and shown in the person's zone.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]  # each in itself, for those who look for it
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Files
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.text("PARALLAX_STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.storage.ModuleManifestStorage"},
}
PAGES_KEPT = 16  # side-by-side pages in one process (claims/kept_pages.py)
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024  # a pasted article of 2 MB and its fields
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
IMPORT_UPLOAD_MAX = 60 * 1024 * 1024  # what the import form takes at once, all its files together
# bytes that forms with files take at once, by the name of their address
UPLOAD_MAX = {"reader:import_start": IMPORT_UPLOAD_MAX, "claims:draft": 22 * 1024 * 1024}
DATA_UPLOAD_MAX_NUMBER_FILES = 2000  # Django refuses more without a word; the form above 500

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        name: {"()": "django.utils.log.CallbackFilter", "callback": callback}
        for name, callback in (("is_telling", is_telling), ("shorten_refusal", shorten_refusal))
    },
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["is_telling", "shorten_refusal"],
        },
    },
    "loggers": {"axes": {"level": "ERROR"}},  # reader.signin tells of lockouts, with the address
    "root": {"handlers": ["console"], "level": env.text("PARALLAX_LOG_LEVEL", "INFO")},
}
