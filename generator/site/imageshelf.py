"""Processed images kept on the disk by content, so that each is encoded once. Losing it costs time only."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Container
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
        if (known := self._read(mark, data)) is not None:
            return known
        variants = process(data, settings, name)
        self._write(mark, variants, data)
        return variants

    def prune(self, wanted: Container[str]) -> None:
        """Forget the pictures none of whose encoded files is `wanted`."""
        try:
            rows = list(self.folder.glob("*.json"))
        except OSError:
            return
        for path in rows:
            try:
                names = [file["name"] for file in json.loads(path.read_text(encoding="utf-8"))["files"]]
            except (OSError, ValueError, KeyError, TypeError):
                names = []
            if any(name in wanted for name in names):
                continue
            for name in (path.name, *names):
                with contextlib.suppress(OSError):
                    os.unlink(self.folder / name)

    def _read(self, mark: str, data: bytes) -> Variants | None:
        try:
            row = json.loads((self.folder / f"{mark}.json").read_text(encoding="utf-8"))
            files = [
                ImageFile(data=self._bytes(file.pop("own", False), file["name"], data), **file)
                for file in row["files"]
            ]
            return Variants(files[0], tuple(files[1:]), row["placeholder"], row["animated"])
        except (OSError, ValueError, KeyError, TypeError, IndexError):
            return None  # not there, or damaged: it is made again

    def _bytes(self, own: bool, name: str, data: bytes) -> bytes:
        return data if own else (self.folder / name).read_bytes()

    def _write(self, mark: str, variants: Variants, data: bytes) -> None:
        """Keep a result; files first, so that what the row names is there. A full disk only costs time."""
        files = []
        try:
            for file in variants.files:
                own = file.data is data  # the person's file is there already
                if not own:
                    write_atomic(self.folder / file.name, file.data, durable=False)
                row = {name: value for name, value in asdict(file).items() if name != "data"}
                files.append(row | ({"own": True} if own else {}))
            result = {"files": files, "placeholder": variants.placeholder, "animated": variants.animated}
            write_atomic(self.folder / f"{mark}.json", json.dumps(result).encode(), durable=False)
        except DiskError:
            return


__all__ = ["ImageError", "Shelf"]
