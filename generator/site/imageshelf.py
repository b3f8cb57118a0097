"""Processed images kept on the disk by content, so that each is encoded once. Losing it costs time only."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from generator.config.schema import ImagesConfig
from generator.errors import DiskError
from generator.files import write_atomic
from generator.site.images import ImageError, ImageFile, Variants, key, process


class Shelf:
    """Remembers `process` in a folder: one small JSON file a picture, and its encoded files beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def process(self, data: bytes, settings: ImagesConfig, name: str) -> Variants:
        """Like `images.process`, from the shelf when it was done before. Raises `ImageError`."""
        if len(data) > settings.max_bytes:
            return process(data, settings, name)  # says so
        mark = key(name.encode() + b"\0" + data, settings)
        if (known := self._read(mark)) is not None:
            return known
        variants = process(data, settings, name)
        self._write(mark, variants)
        return variants

    def _read(self, mark: str) -> Variants | None:
        try:
            row = json.loads((self.folder / f"{mark}.json").read_text(encoding="utf-8"))
            files = [
                ImageFile(data=(self.folder / file["name"]).read_bytes(), **file) for file in row["files"]
            ]
            return Variants(files[0], tuple(files[1:]), row["placeholder"], row["animated"])
        except (OSError, ValueError, KeyError, TypeError, IndexError):
            return None  # not there, or damaged: it is made again

    def _write(self, mark: str, variants: Variants) -> None:
        """Keep a result; files first, so that what the row names is there. A full disk only costs time."""
        files = []
        try:
            for file in variants.files:
                write_atomic(self.folder / file.name, file.data, durable=False)
                files.append({name: value for name, value in asdict(file).items() if name != "data"})
            row = {"files": files, "placeholder": variants.placeholder, "animated": variants.animated}
            write_atomic(self.folder / f"{mark}.json", json.dumps(row).encode(), durable=False)
        except DiskError:
            return


__all__ = ["ImageError", "Shelf"]
