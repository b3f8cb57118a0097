"""Drawing templates with Jinja2: always escaped, strict about names, errors at their line."""

from __future__ import annotations

import datetime as dt
import re
import types
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import jinja2
from jinja2 import Environment, StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.bccache import FileSystemBytecodeCache
from markupsafe import Markup, escape

from generator.errors import Problem, ThemeError
from generator.labels import Labels
from generator.lexicon import names
from generator.site.theme import Theme
from generator.site.urls import Addresses
from generator.text.addresses import host_of
from generator.text.near import nearest


class Templates:
    """The templates of a theme, compiled when first drawn."""

    def __init__(
        self,
        theme: Theme,
        labels: Labels,
        addresses: Addresses,
        *,
        files: Mapping[str, str] | None = None,
        bytecode: str = "",
    ) -> None:
        self._theme, self._addresses, self._files = theme, addresses, files or {}
        self._environment = Environment(
            loader=jinja2.FunctionLoader(self._load),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=FileSystemBytecodeCache(bytecode) if bytecode else None,
        )
        self._compiled: dict[str, jinja2.Template] = {}
        environment = self._environment
        environment.globals.pop("lipsum", None)  # random words: no page may depend on them
        environment.filters.pop("random", None)
        environment.globals["asset"] = self._asset
        environment.globals["url"] = addresses.href
        environment.filters |= _filters(labels)

    def has(self, name: str) -> bool:
        return self._theme.has(name)

    def fingerprint(self, name: str) -> bytes:
        return self._theme.templates[name].fingerprint

    def draw(self, name: str, **context: Any) -> str:
        """Draw a template. Raises `ThemeError` at the template's line."""
        try:
            template = self._compiled.get(name)
            if template is None:
                template = self._compiled[name] = self._environment.get_template(name)
            return template.render(context)
        except ThemeError:
            raise
        except TemplateSyntaxError as error:
            raise ThemeError([self._problem(error.name or name, error.lineno, str(error.message))]) from None
        except jinja2.TemplateNotFound as error:
            message = f"there is no template {error.name!r}{_near(str(error.name), self._theme.templates)}"
            raise ThemeError([self._problem(*self._place(error, name), message)]) from None
        except (UndefinedError, TemplateError) as error:
            # a view is called what the reference of variables calls it
            told = re.sub(r"'[\w.]+\.(\w+) object'", _view, str(error.message))
            message = f"{told}{self._suggestion(told, context)}"
            raise ThemeError([self._problem(*self._place(error, name), message)]) from None
        except Exception as error:
            # whatever else a template does wrong (a sum of text and number) is the template's
            message = f"{type(error).__name__}: {error}"
            raise ThemeError([self._problem(*self._place(error, name), message)]) from error

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        template = self._theme.templates.get(name.removesuffix(".j2"))
        return None if template is None else (template.source, template.path, lambda: True)

    def _asset(self, name: str) -> str:
        if name in self._files:  # static/ wins over the theme's
            return self._addresses.href(self._files[name])
        if name in self._theme.addresses:
            return self._addresses.href(self._theme.addresses[name])
        known = [*self._theme.addresses, *self._files]
        raise jinja2.TemplateRuntimeError(f"there is no asset {name!r}{_near(name, known)}")

    def _place(self, error: BaseException, name: str) -> tuple[str, int]:
        """The innermost template line of a traceback."""
        paths = {template.path: template.name for template in self._theme.templates.values()}
        found = (name, 0)
        trace: types.TracebackType | None = error.__traceback__
        while trace is not None:
            file = trace.tb_frame.f_code.co_filename
            if file in paths:
                found = (paths[file], trace.tb_lineno)
            trace = trace.tb_next
        return found

    def _problem(self, name: str, line: int, message: str) -> Problem:
        template = self._theme.templates.get(name.removesuffix(".j2"))
        return Problem(template.path if template else name, line, 0, message)

    def _suggestion(self, message: str, context: Mapping[str, Any]) -> str:
        """For `'x' is undefined` and `'View' has no attribute 'x'`: the nearest name there is."""
        words = message.split("'")
        if "is undefined" in message and len(words) > 1:
            return _near(words[1], [*context, *self._environment.globals])
        if "has no attribute" in message and len(words) > 3:
            from generator.site import context as views

            return _near(words[-2], getattr(getattr(views, words[1], None), "__annotations__", {}))
        return ""


def _view(kind: re.Match[str]) -> str:
    # what lists show of a post is made when it is asked for, by an object that stands for the view
    return "'EntryView'" if kind[1] == "Listed" else f"'{kind[1]}'"


def _near(name: str, known: Iterable[str]) -> str:
    near = nearest(name, known, cutoff=0.5)
    return f"; did you mean {near!r}?" if near else ""


def _filters(labels: Labels) -> dict[str, Callable[..., Any]]:
    def day(value: dt.date) -> str:
        return labels.date_format.format(year=value.year, month=value.month, day=value.day)

    def month(value: dt.date) -> str:
        return labels.month_format.format(year=value.year, month=value.month)

    def year(value: dt.date) -> str:
        return labels.year_format.format(year=value.year)

    return {
        "day": day,
        "month": month,
        "year": year,
        "isoday": lambda value: value.isoformat()[:10],
        "iso": lambda value: value.isoformat(),
        "weekday": lambda value: labels.weekday(value.weekday()),
        "host": host_of,
        "inline": inline,
        "clauses": clauses,
        "kind": kind,
    }


_CLAUSE = re.compile(r".+?(?:[，、；：。！？…—]+[”’」』》）]*|$)")
_GROUPS = {
    "company": "company",
    "institution": "company",
    "model": "model",
    "product": "model",
    "person": "person",
}


def clauses(text: str) -> Markup:
    """A headline whose lines break between clauses first: a Chinese line may else end inside a word."""
    parts = _CLAUSE.findall(text)
    if len(parts) < 2:
        return escape(text)
    return Markup("").join(Markup('<span class="clause">{}</span>').format(part) for part in parts)


def kind(name: str) -> str:
    """What a tag names, by the lexicon: company (or institution), model (or product), person, else topic."""
    entry = names.entries().get(name)
    return _GROUPS.get(entry.kind, "topic") if entry else "topic"


_BLOCK_START = re.compile(r"^([#>+|=:~-])")
_MARKED = re.compile(r"[*_`\[\]<>&~$\\\n]|https?:|^[ \t]*(?:[#>+|=:-]|\d+[.)])|!")


def inline(text: str) -> Markup:
    """Draw one line of inline Markdown as safe HTML; what would be a block stays text."""
    if not _MARKED.search(text):
        return escape(text)
    from generator.site.markdown import Options, render

    # a backslash keeps the line's first mark from making it a heading, a quote or a list
    line = _BLOCK_START.sub(r"\\\1", " ".join(text.split()))
    html = render(line, Options(raw_html="escape")).html.strip()
    return Markup(html.removeprefix("<p>").removesuffix("</p>"))
