"""A server that cannot prove who it is gets no request."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from pathlib import Path

import pytest

from tests.feeds.conftest import Run, rss
from tests.feeds.hostile import Hostile

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl to make a certificate")


def certificate(folder: Path, name: str) -> ssl.SSLContext:
    """Make a certificate of its own authority for `name`, and let the environment trust it."""
    request = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=test"
    request += f" -keyout key.pem -out cert.pem -addext subjectAltName={name}"
    subprocess.run(["openssl", *request.split()], cwd=folder, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context


@pytest.mark.parametrize(
    ("name", "trusted", "word"),
    [("IP:127.0.0.1", True, ""), ("IP:127.0.0.1", False, "tls"), ("DNS:elsewhere.example", True, "tls")],
    ids=["trusted and rightly named", "of an unknown authority", "of another name"],
)
def test_the_name_and_the_authority_are_checked(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, name: str, trusted: bool, word: str
) -> None:
    context = certificate(tmp_path, name)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    with Hostile({"/feed": lambda request: request.answer(200, rss("甲"))}, tls=context) as secure:
        address = secure.url("/feed", "https")
        fetched = run(address, allow=(secure.authority,))[address]
        assert fetched.word == word
        assert len(secure.seen) == (0 if word else 1)


def test_https_does_not_lead_down_to_http(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    context = certificate(tmp_path, "IP:127.0.0.1")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    down = {"/feed": lambda request: request.answer(302, Location="http://a.example/feed")}
    with Hostile(down, tls=context) as secure:
        address = secure.url("/feed", "https")
        fetched = run(address, allow=(secure.authority,))[address]
        assert fetched.word == "bad-redirect"
        assert "from https down to http://a.example/feed" in fetched.error
