"""What the settings promise to browsers, and what the deployment check thinks of them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

SHOW = (
    "import django; django.setup(); from django.conf import settings as s;"
    "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.LANGUAGE_COOKIE_NAME,"
    " s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS)"
)


def run(checkout: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    everything = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", **environment}
    return subprocess.run(
        [sys.executable, *command],
        cwd=checkout,
        env=everything,
        capture_output=True,
        text=True,
        check=False,
    )


def test_one_setting_makes_all_cookies_those_of_https(checkout: Path) -> None:
    shown = run(checkout, "-c", SHOW, PARALLAX_HTTPS="True").stdout
    assert shown == (
        "__Host-parallax-session __Host-parallax-csrf __Host-parallax-language True True 31536000\n"
    )


def test_cookies_have_plain_names_without_https(checkout: Path) -> None:
    shown = run(checkout, "-c", SHOW, PARALLAX_HTTPS="False").stdout
    assert shown == "parallax-session parallax-csrf parallax-language False False 0\n"


def test_deployment_check_is_clean_under_https(checkout: Path) -> None:
    command = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    key = "0123456789" * 6 + "abcdef"
    told = {"PARALLAX_HTTPS": "True", "PARALLAX_SECRET_KEY": key}
    done = run(checkout, *command, **told, PARALLAX_SMTP_HOST="mail.example.org")
    assert done.returncode == 0, done.stderr
    without_mail = run(checkout, *command, **told, PARALLAX_SMTP_HOST="", PARALLAX_MAIL_FOLDER="")
    assert without_mail.returncode == 1
    assert "parallax.W001" in without_mail.stderr


SHOW_MAIL = (
    "import django; django.setup(); from django.conf import settings as s;"
    "print(s.EMAIL_BACKEND.split('.')[-2], s.EMAIL_PORT, s.EMAIL_USE_TLS, s.EMAIL_USE_SSL)"
)


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ({}, "console 587 True False"),
        ({"PARALLAX_MAIL_FOLDER": "mails"}, "filebased 587 True False"),
        ({"PARALLAX_SMTP_HOST": "mail.example.org"}, "smtp 587 True False"),
        (
            {
                "PARALLAX_SMTP_HOST": "mail.example.org",
                "PARALLAX_SMTP_PORT": "465",
                "PARALLAX_SMTP_SECURITY": "tls",
            },
            "smtp 465 False True",
        ),
    ],
    ids=["nothing", "folder", "server", "tls"],
)
def test_mail_goes_where_the_environment_says(
    told: dict[str, str], shown: str, checkout: Path
) -> None:
    unset = {"PARALLAX_SMTP_HOST": "", "PARALLAX_MAIL_FOLDER": ""}
    assert run(checkout, "-c", SHOW_MAIL, **{**unset, **told}).stdout == f"{shown}\n"


def test_wrong_tries_pause_a_sign_in_for_a_quarter_of_an_hour_in_earnest(checkout: Path) -> None:
    show = "from config import settings as s; print(s.AXES_FAILURE_LIMIT, s.AXES_COOLOFF_TIME)"
    assert run(checkout, "-c", show, PARALLAX_DEMO="False").stdout == "6 0:15:00\n"
    assert run(checkout, "-c", show, PARALLAX_DEMO="True").stdout == "6 0:01:00\n"


def test_policy_allows_nothing_inline_and_nothing_from_elsewhere(client: Client) -> None:
    policy = client.get("/healthz")["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "object-src": "'none'",
    }


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ],
)
def test_headers_that_narrow_what_browsers_do(client: Client, header: str, value: str) -> None:
    assert client.get("/healthz")[header] == value


def test_every_variable_is_in_the_readme(checkout: Path) -> None:
    readme = (checkout / "README.md").read_text()
    names = {"DATABASE_URL"}
    for path in [*(checkout / "config").rglob("*.py"), checkout / "tests" / "testdata.py"]:
        names |= set(re.findall(r'"(PARALLAX_[A-Z_]+)"', path.read_text()))
    assert {name for name in names if f"`{name}`" not in readme} == set()


SHOW_POOL = (
    "import config.asgi; from django.conf import settings as s;"
    "print('pool' in s.DATABASES['default'].get('OPTIONS', {}))"
)


@pytest.mark.parametrize(("told", "pooled"), [({}, "True"), ({"PARALLAX_POOL": "False"}, "False")])
def test_the_web_server_keeps_connections_unless_told_not_to(
    told: dict[str, str], pooled: str, checkout: Path
) -> None:
    shown = run(checkout, "-c", SHOW_POOL, PARALLAX_SECRET_KEY="key", **told)
    assert shown.stdout == f"{pooled}\n", shown.stderr
