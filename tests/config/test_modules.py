"""Scripts in production: one file that holds all modules, and runs."""

import pytest
from django.conf import settings

from config.modules import join_modules
from config.storage import SCRIPT

MODULES = {
    "js/main.js": (
        'import * as a from "./a.js";\nimport { b, c as d } from "./b.js";\na.go(b, d);\n'
    ),
    "js/a.js": 'import { b } from "./b.js";\nexport function go() {\n  return b;\n}\n',
    "js/b.js": "export const b = 1;\nexport async function c() {}\n",
}


def test_each_module_stands_once_behind_those_that_it_imports() -> None:
    assert join_modules("js/main.js", MODULES.__getitem__) == (
        "const module_js_b_js = (() => {\nconst b = 1;\nasync function c() {}\n"
        "return { b, c };\n})();\n"
        "const module_js_a_js = (() => {\nconst { b } = module_js_b_js;\nfunction go() {\n"
        "  return b;\n}\nreturn { go };\n})();\n"
        "const a = module_js_a_js;\nconst { b, c: d } = module_js_b_js;\na.go(b, d);\n"
    )


@pytest.mark.parametrize(
    "text", ['import x from "./b.js";\n', "export let x = 1;\n", 'export * from "./b.js";\n']
)
def test_what_cannot_be_joined_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="cannot be joined"):
        join_modules("js/main.js", {**MODULES, "js/main.js": text}.__getitem__)


def test_a_circle_is_refused() -> None:
    modules = {**MODULES, "js/b.js": 'import { go } from "./a.js";\nexport const b = go;\n'}
    with pytest.raises(ValueError, match="circle"):
        join_modules("js/main.js", modules.__getitem__)


def test_every_module_of_ours_can_be_joined() -> None:
    folder = settings.BASE_DIR / "static"
    joined = join_modules(SCRIPT, lambda name: (folder / name).read_text())
    named = {f"module_js_{path.stem.replace('-', '_')}_js = (" for path in folder.glob("js/*.js")}
    apart = {
        "module_js_main_js = (",
        "module_js_early_js = (",
    }  # the start, and what runs before it
    assert {name for name in named if name not in joined} == apart
