"""What builds follow from besides the content: program, packages, settings."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import sys
from pathlib import Path

from generator.config.schema import Config
from generator.site.rows import digest
from generator.site.theme import Theme

_PACKAGES = ("mistune", "pygments", "nh3", "jinja2", "markupsafe", "pillow", "pypinyin")


def _installed(package: str) -> str:
    """The folder an installer leaves beside a package names its version; asking costs no import."""
    for folder in sys.path:
        with contextlib.suppress(OSError):
            for name in os.listdir(folder or "."):
                if name.lower().startswith(f"{package}-") and name.endswith(".dist-info"):
                    return name
    return package


@functools.cache
def program_fingerprint() -> str:
    """Digest of the program files that decide what pages look like, and of the packages they use."""
    package = Path(__file__).resolve().parents[1]
    state = hashlib.blake2b(digest_size=16)
    for part in ("site", "markup", "text", "editions", "lexicon", "locales"):
        for folder, names, files in os.walk(package / part):
            names[:] = sorted(name for name in names if name != "__pycache__")
            for name in sorted(files):
                if name.endswith((".py", ".toml", ".js")):
                    with open(os.path.join(folder, name), "rb") as file:
                        state.update(name.encode() + b"\0" + file.read())
    state.update(repr((sys.version_info[:2], *map(_installed, _PACKAGES))).encode())
    return state.hexdigest()


def engine_fingerprint(config: Config) -> str:
    """What composing a source follows from, besides the source."""
    site = config.site
    return digest(
        program_fingerprint().encode(),
        repr(
            (config.markdown, config.build.permalink, config.build.slug, site.base_url, config.images)
        ).encode(),
        repr((site.timezone, site.language)).encode(),
    ).hex()


def look_fingerprint(config: Config, theme: Theme) -> str:
    """What all pages follow from, besides the posts."""
    shown = (config.site, config.build, config.evidence.publish_sources, config.images)
    return digest(theme.fingerprint, repr(shown).encode(), engine_fingerprint(config).encode()).hex()
