"""How static files are stored in production: under names that carry a hash of their content."""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from config.modules import join_modules

STYLESHEET = "css/parallax.css"  # the one stylesheet, which imports all others
SCRIPT = "js/main.js"  # the one module that pages name, which imports all others
_IMPORT = re.compile(r'^@import url\("(?P<part>[^"/]+)"\)(?P<media>[^;]*);$', re.MULTILINE)


class ModuleManifestStorage(CompressedManifestStaticFilesStorage):
    """Hashed names that also hold inside ES modules; the stylesheet and the script as one file.

    Django rewrites `import` paths in scripts only when this is switched on. Modules must import by
    relative paths, with blanks and semicolons, and never in a circle.
    """

    support_js_module_import_aggregation = True

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str | None, bool | Exception]]:
        """Hash and compress the collected files; first put the parts of those that have any in."""
        joined = {name: (_Joined(paths), name) for name in (STYLESHEET, SCRIPT) if name in paths}
        paths = {**paths, **joined}
        yield from super().post_process(paths, dry_run=dry_run, **options)


class _Joined:
    """Opens a file with its parts in it, as `post_process` opens files of a storage."""

    def __init__(self, paths: dict[str, Any]) -> None:
        self.paths: dict[str, tuple[Storage, str]] = paths

    def open(self, name: str) -> "ContentFile[bytes]":
        """The script with all modules, or the stylesheet.

        In this each line that imports a part of its folder is replaced by that part.
        """
        if name == SCRIPT:
            return ContentFile(join_modules(name, self._read).encode())
        folder = posixpath.dirname(name)

        def part(found: re.Match[str]) -> str:
            text, media = self._read(posixpath.join(folder, found["part"])), found["media"].strip()
            return f"@media {media} {{\n{text}}}" if media else text

        return ContentFile(_IMPORT.sub(part, self._read(name)).encode())

    def _read(self, name: str) -> str:
        storage, path = self.paths[name]
        with storage.open(path) as file:
            text: bytes = file.read()
        return text.decode()
