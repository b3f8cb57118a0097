"""A browser driven over WebDriver, which is JSON over HTTP and needs no library of its own."""

from __future__ import annotations

import contextlib
import json
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
]


class Browser:
    """One window of Chromium. Every method waits until what it asked for is done."""

    def __init__(self, session: str) -> None:
        self._session = session

    def open(self, address: str) -> None:
        _post(f"{self._session}/url", {"url": address})

    def run(self, script: str) -> Any:
        """Return what the body of a function written in JavaScript returns."""
        return _post(f"{self._session}/execute/sync", {"script": script, "args": []})

    def until(self, script: str, holds: Callable[[Any], bool]) -> Any:
        """What the page says as soon as it `holds`; what it said last when it never does."""
        found = None
        for _ in range(300):
            if holds(found := self.run(script) or ""):
                break
            time.sleep(0.05)
        return found

    def press(self, *keys: str) -> None:
        strokes = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        _post(f"{self._session}/actions", {"actions": [{"type": "key", "id": "keys", "actions": strokes}]})

    def tell(self, command: str, **parameters: Any) -> Any:
        """Send a command of the DevTools protocol, for what WebDriver has no word for."""
        return _post(f"{self._session}/goog/cdp/execute", {"cmd": command, "params": parameters})


@contextlib.contextmanager
def browsing(
    profile: Path, *, scripts: bool = True, width: int = 1280, flags: tuple[str, ...] = ()
) -> Iterator[Browser]:
    """Start a browser with a new profile and end it."""
    driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, encoding="utf-8")
    assert driver.stdout is not None
    try:
        port = next(
            line.rpartition(" ")[2].rstrip(".\n") for line in driver.stdout if "successfully on port" in line
        )
        chrome: dict[str, Any] = {
            "args": [*FLAGS, *flags, f"--user-data-dir={profile}", f"--window-size={width},900"]
        }
        if not scripts:
            chrome["prefs"] = {"profile.managed_default_content_settings.javascript": 2}
        wanted = {"browserName": "chrome", "goog:chromeOptions": chrome}
        root = f"http://127.0.0.1:{port}/session"
        session = f"{root}/{_post(root, {'capabilities': {'alwaysMatch': wanted}})['sessionId']}"
        try:
            yield Browser(session)
        finally:
            with urllib.request.urlopen(urllib.request.Request(session, method="DELETE"), timeout=30):
                pass
    finally:
        driver.terminate()
        driver.wait(timeout=30)
        driver.stdout.close()


def _post(address: str, body: dict[str, Any]) -> Any:
    request = urllib.request.Request(address, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.loads(answer.read())["value"]
