"""One import of a table in a fresh process; prints by how many megabytes the process grew."""

import gc
import os
import resource
import sys
from importlib import import_module

import django


def main(path: str, slug: str) -> None:
    """Import the table into a new story, after everything that it needs has been loaded once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    # these need the settings; the command's own modules count as the base, not as growth
    from django.core.management import call_command

    import_module("reader.management.commands.import_articles")

    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        gc.collect()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        call_command("import_articles", path, story=slug, desk="memory", stdout=nowhere)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sys.stdout.write(f"{(after - before) / 1024}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
