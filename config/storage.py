"""How static files are stored in production: under names that carry a hash of their content."""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "css/parallax.css"  # the one stylesheet, which imports all others
_IMPORT = re.compile(r'^@import url\("(?P<part>[^"/]+)"\)(?P<media>[^;]*);$', re.MULTILINE)


class ModuleManifestStorage(CompressedManifestStaticFilesStorage):
    """Hashed names that also hold inside ES modules, and the stylesheet as one file.

    Django rewrites `import` paths in scripts only when this is switched on. Modules must import by
    relative paths, with blanks and semicolons, and never in a circle.
    """

    support_js_module_import_aggregation = True

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str | None, bool | Exception]]:
        """Hash and compress the collected files; first put the stylesheet's parts into it."""
        if STYLESHEET in paths:
            paths = {**paths, STYLESHEET: (_Joined(paths), STYLESHEET)}
        yield from super().post_process(paths, dry_run=dry_run, **options)


class _Joined:
    """Opens a stylesheet with its parts in it, as `post_process` opens files of a storage."""

    def __init__(self, paths: dict[str, Any]) -> None:
        self.paths: dict[str, tuple[Storage, str]] = paths

    def open(self, name: str) -> "ContentFile[bytes]":
        """The stylesheet, each line that imports a part of its folder replaced by that part."""
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
