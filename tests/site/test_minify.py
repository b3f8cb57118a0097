"""Smaller style sheets and scripts mean what the written ones mean."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from generator.site.minify import minify_css, minify_js

THEMES = Path(__file__).parents[2] / "themes"
SCRIPTS = sorted(THEMES.glob("*/assets/*.js"))


@pytest.mark.parametrize(
    ("written", "shorter"),
    [
        ("a { color : red ; }\n\nb > c , d { margin: 0 1px; }", "a{color : red}b>c,d{margin: 0 1px}\n"),
        (
            'a::before { content: "/* no */  comment; }"; } /* one */',
            'a::before{content: "/* no */  comment; }"}\n',
        ),
        ("/* it's */ a { b: c }  /* isn't */", "a{b: c}\n"),
        ("/*! licence */ a { width: calc(1px  + 2px) }", "/*! licence */ a{width: calc(1px + 2px)}\n"),
        ("a { background: url(a b.png) } .x .y { }", "a{background: url(a b.png)}.x .y{}\n"),
        (
            "@media (min-width: 40rem) and (hover) { a { b: c } }",
            "@media (min-width: 40rem) and (hover){a{b: c}}\n",
        ),
        ("a { /* not closed", "a{/* not closed\n"),
    ],
)
def test_style_sheets(written: str, shorter: str) -> None:
    assert minify_css(written) == shorter


@pytest.mark.parametrize(
    ("written", "shorter"),
    [
        ("let a = 1; // one\n/* two\nlines */ let b = a + +a;", "let a=1;let b=a + +a;\n"),
        ("const re = /[/*'\"`]/g; // regex\nf(re)", "const re=/[/*'\"`]/g;f(re)\n"),
        ("const s = `a  ${ b /* c */ }\n  // no`;", "const s=`a  ${b}\n  // no`;\n"),
        ("const u = 'https://e.com'  ;", "const u='https://e.com';\n"),
        ("let x = a\nlet y = b\n++x\n(y)", "let x=a\nlet y=b\n++x\n(y)\n"),
        ("return\n  a", "return\na\n"),
        ("a = b - -c; d = e / f / g", "a=b - -c;d=e / f / g\n"),
    ],
)
def test_scripts(written: str, shorter: str) -> None:
    assert minify_js(written) == shorter


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: f"{path.parts[-3]}/{path.name}")
def test_the_themes_scripts_are_smaller_and_not_smaller_twice(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    shorter = minify_js(text)
    assert len(shorter) < 0.9 * len(text)
    assert minify_js(shorter) == shorter


@pytest.mark.skipif(not shutil.which("node"), reason="needs node")
def test_what_scripts_do_stays(tmp_path: Path) -> None:
    script = (
        "const out = [] // a\nfor (let i = 0 ; i < 3 ; i++)\n  out.push(i) /* b */\n"
        "const f = (a) => ({ a, b : `x ${ a  + 1 }  y` })\n;[1, 2].forEach((n) => out.push(f(n).b))\n"
        "let k = 4\nk\n++\nout[0]\nout.push(/\\/\\*/.test('/*'), 'it\\'s  // fine', 8 / 2 / 2)\n"
        "label: for (;;) { break label }\nconsole.log(JSON.stringify([out, k]))"
    )
    ran = []
    for text in (script, minify_js(script)):
        (tmp_path / "a.js").write_text(text, encoding="utf-8")
        done = subprocess.run(["node", tmp_path / "a.js"], capture_output=True, check=True, encoding="utf-8")
        ran.append(json.loads(done.stdout))
    assert len(minify_js(script)) < len(script)
    assert ran[0] == ran[1]
