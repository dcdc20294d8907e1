"""One import of a table in a fresh process; prints by how many megabytes the process grew."""

import gc
import os
import re
import sys
from importlib import import_module
from pathlib import Path

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
        before = _megabytes("VmRSS")
        call_command("import_articles", path, story=slug, desk="memory", stdout=nowhere)
    sys.stdout.write(f"{_megabytes('VmHWM') - before}\n")


def _megabytes(name: str) -> float:
    """What Linux says of this process: memory now (VmRSS), or at most so far (VmHWM).

    Not `getrusage`, whose peak may be that of the process which started this one.
    """
    found = re.search(rf"^{name}:\s+(\d+) kB", Path("/proc/self/status").read_text(), re.MULTILINE)
    assert found is not None
    return int(found[1]) / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
