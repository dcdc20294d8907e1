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
    done = run(checkout, *command, PARALLAX_HTTPS="True", PARALLAX_SECRET_KEY=key)
    assert done.returncode == 0, done.stderr


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
