"""The formats of a site: the four that everybody has, and those of its own that the settings name."""

from __future__ import annotations

from generator import editions
from generator.config import Config
from generator.editions.own import Own
from generator.errors import GeneratorError
from generator.files import read_bounded

MAX_BYTES = 200_000  # of a template


def form_named(name: str, config: Config) -> editions.Format:
    """Return the format. Raises `GeneratorError` for a name that nobody gave, `ContentError` for a broken template."""
    if name in editions.FORMATS:
        return editions.FORMATS[name]
    if name not in config.formats:
        known = ", ".join((*editions.FORMATS, *config.formats))
        raise GeneratorError(f"there is no format {name!r}; there are: {known}", kind="usage")
    place = config.formats[name]
    path = (config.root / place).resolve()
    if not path.is_relative_to(config.root.resolve()) or not path.is_file():
        raise GeneratorError(
            f"site.toml: formats.{name}: no template {place!r} in the site's folder", kind="settings"
        )
    return Own(read_bounded(path, MAX_BYTES).decode("utf-8-sig", errors="replace"), place)


def proof_form(name: str) -> str:
    """The format an edition is proven in before it is written: a site's own is proven by the words it is made of."""
    return name if name in editions.FORMATS else "themed"
