"""GitHub Pages on this machine: what it does with addresses, as far as a site can notice.

A site lives below a path, or at the root of a domain of its own. `/x` finds `x`, then `x.html`, then
leads to `/x/`; a folder shows its `index.html` and never a listing; what is not there gets the site's
`404.html` with status 404; what is not below the path is not the site's. Without a `.nojekyll`, names
that begin with `_` or `.` are hidden, and so are links.

python -m tests.github_pages FOLDER [--path /mypaper/] [--port 8000]
"""

from __future__ import annotations

import argparse
import contextlib
import mimetypes
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import unquote, urlsplit


class Pages(BaseHTTPRequestHandler):
    """One published site. `asked` keeps each request with its answer's status."""

    folder: ClassVar[Path]
    path_prefix: ClassVar[str]
    asked: ClassVar[list[tuple[str, int]]]

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if not address.path.startswith(self.path_prefix):
            if address.path + "/" == self.path_prefix:
                return self._moved(self.path_prefix)
            return self._answer(404, b"<h1>There isn't a GitHub Pages site here.</h1>", "text/html")
        inside = unquote(address.path.removeprefix(self.path_prefix))
        if inside and not inside.endswith("/") and self._found(inside) is None and self._folder(inside):
            return self._moved(address.path + "/")
        found = self._found(inside)
        if found is None:
            return self._answer(404, (self.folder / "404.html").read_bytes(), "text/html")
        kind = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
        return self._answer(200, found.read_bytes(), kind)

    def _found(self, inside: str) -> Path | None:
        if not inside or inside.endswith("/"):
            return self._file(f"{inside}index.html")
        return self._file(inside) or self._file(f"{inside}.html")

    def _file(self, inside: str) -> Path | None:
        path = self.folder / inside
        return path if self._shown(inside) and path.is_file() and not path.is_symlink() else None

    def _folder(self, inside: str) -> bool:
        return self._shown(inside) and (self.folder / inside).is_dir()

    def _shown(self, inside: str) -> bool:
        parts = inside.strip("/").split("/")
        if ".." in parts or "\0" in inside:
            return False
        return (self.folder / ".nojekyll").exists() or not any(part.startswith(("_", ".")) for part in parts)

    def _moved(self, to: str) -> None:
        self.asked.append((self.path, 301))
        self.send_response(301)
        self.send_header("Location", to)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _answer(self, status: int, body: bytes, kind: str) -> None:
        self.asked.append((self.path, status))
        self.send_response(status)
        text = kind.startswith("text/") or kind in ("application/json", "application/xml")
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def published(folder: Path, path: str = "/", port: int = 0) -> Iterator[tuple[int, list[tuple[str, int]]]]:
    """Serve a published folder below `path`; yield the port and the list of requests with their status."""
    asked: list[tuple[str, int]] = []
    handler = type("Handler", (Pages,), {"folder": folder, "path_prefix": path, "asked": asked})
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield server.server_port, asked
        finally:
            server.shutdown()


def main() -> None:
    parser = argparse.ArgumentParser(description="Show a built site as GitHub Pages would.")
    parser.add_argument("folder", type=Path, help="what ribao build or ribao deploy --to made")
    parser.add_argument("--path", default="/", help="where the site is below its host, as /mypaper/")
    parser.add_argument("--port", type=int, default=8000)
    asked = parser.parse_args()
    if not (asked.folder / "404.html").is_file():
        sys.exit(f"{asked.folder} holds no built site; run: ribao build")
    path = f"/{asked.path.strip('/')}/".replace("//", "/")
    with published(asked.folder, path, asked.port) as (port, _), contextlib.suppress(KeyboardInterrupt):
        sys.stdout.write(f"http://localhost:{port}{path}   (Ctrl-C ends it)\n")
        sys.stdout.flush()
        threading.Event().wait()


if __name__ == "__main__":
    main()
