"""Scripts in production: a module with all that it imports, in one file.

A browser that must ask for sixty small files waits for each level of imports before it knows the
next. Each module becomes a function of its own, so that names do not meet, and runs once, after
those that it imports. What our modules are written like is all that is understood: imports by
relative paths, one statement each, never in a circle; exported functions and constants, at the
beginning of a line.
"""

import posixpath
import re
from collections.abc import Callable

_IMPORT = re.compile(
    r'^import\s+(?:\*\s+as\s+(?P<all>\w+)|\{(?P<some>[^}]*)\})\s+from\s+"(?P<path>\./[^"]+)";$',
    re.MULTILINE,
)
_EXPORT = re.compile(
    r"^export (?=(?:(?:async )?function\*?|const|class) (?P<name>\w+))",
    re.MULTILINE,
)
_LEFT = re.compile(r"^(?:import|export)\b.*$", re.MULTILINE)


def join_modules(name: str, read: Callable[[str], str]) -> str:
    """The text of the module at this path with all that it imports; `read` gives a path's text.

    Raises `ValueError` for an import or an export that is written in another way, and for a circle.
    """
    done: dict[str, str] = {}
    _add(name, read, done, ())
    start = done.pop(name)
    return "".join(done.values()) + start


def _add(
    name: str, read: Callable[[str], str], done: dict[str, str], within: tuple[str, ...]
) -> None:
    """Put the module behind those that it imports."""
    if name in within:
        raise ValueError(f"Modules import one another in a circle: {' '.join((*within, name))}")
    if name in done:
        return
    text, folder = read(name), posixpath.dirname(name)
    for found in _IMPORT.finditer(text):
        _add(posixpath.normpath(posixpath.join(folder, found["path"])), read, done, (*within, name))
    exported = [found["name"] for found in _EXPORT.finditer(text)]

    def binding(found: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join(folder, found["path"]))
        some = (found["some"] or "").replace(" as ", ": ")
        return f"const {found['all'] or f'{{{some}}}'} = {_variable(path)};"

    body = _EXPORT.sub("", _IMPORT.sub(binding, text))
    left = _LEFT.search(body)
    if left:
        raise ValueError(f"{name} holds what cannot be joined: {left[0]}")
    if within:
        given = f"return {{ {', '.join(exported)} }};"
        body = f"const {_variable(name)} = (() => {{\n{body}{given}\n}})();\n"
    done[name] = body


def _variable(path: str) -> str:
    """What a module is called in the joined file: no name that a person would give."""
    return "module_" + re.sub(r"\W", "_", path)
