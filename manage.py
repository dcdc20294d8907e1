#!/usr/bin/env python3
"""Django's command line for Parallax."""

import os
import sys

# These need the database, so they start the embedded server when DATABASE_URL names none. The
# others (compare, check, makemigrations ...) run without any.
NEED_DATABASE = {
    "changepassword",
    "createsuperuser",
    "dbshell",
    "import_articles",
    "migrate",
    "procrastinate",
    "runserver",
    "shell",
    "showmigrations",
}


def main() -> None:
    """Run one management command; what is wrong with the set-up is said in one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("Django is not installed here: run `make env`, then use .venv/bin/python.")

    from config.env import BadSetting
    from config.localpg import Failure
    from config.serving import prepare

    try:
        if len(sys.argv) > 1 and sys.argv[1] in NEED_DATABASE:
            prepare()
        execute_from_command_line(sys.argv)
    except (BadSetting, Failure) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
