#!/usr/bin/env python3
"""Django's command line for Parallax."""

import os
import sys

# These need the database, so they start the embedded server when DATABASE_URL names none. The
# others (compare, check, makemigrations ...) run without any.
NEED_DATABASE = {
    "bench",
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
# What only prints something needs no database, whatever the command.
ONLY_PRINT = {"-h", "--help", "--version"}


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
        if needs_database(sys.argv[1:]):
            prepare()
        execute_from_command_line(sys.argv)
    except (BadSetting, Failure) as error:
        sys.exit(str(error))


def needs_database(arguments: list[str]) -> bool:
    """Whether the embedded server must run; what follows `--` is for another program."""
    own = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return bool(own) and own[0] in NEED_DATABASE and ONLY_PRINT.isdisjoint(own)


if __name__ == "__main__":
    main()
