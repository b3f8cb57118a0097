"""A crash, a full disk or a second run leaves nothing half-done."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.errors import BusyError, DiskError
from generator.files import bundled, lock, read_bounded, write_atomic, write_if_changed


def python(code: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def test_a_file_is_replaced_whole_and_no_temporary_stays(tmp_path: Path) -> None:
    target = tmp_path / "a" / "post.md"
    write_atomic(target, b"old")
    write_atomic(target, "新的".encode())
    assert target.read_text(encoding="utf-8") == "新的" and os.listdir(target.parent) == ["post.md"]


def test_what_is_equal_is_not_written_again(tmp_path: Path) -> None:
    target = tmp_path / "x"
    assert write_if_changed(target, b"1") is True
    before = target.stat().st_mtime_ns
    assert write_if_changed(target, b"1") is False and target.stat().st_mtime_ns == before


def test_a_killed_writer_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    target, seed = tmp_path / "post.md", random.randrange(10**6)
    target.write_bytes(b"0" * 200_000)
    code = (
        "import sys; from pathlib import Path; from generator.files import write_atomic\n"
        "while True:\n for d in (b'0', b'1'): write_atomic(Path(sys.argv[1]), d * 200_000)"
    )
    chance = random.Random(seed)
    for _ in range(8):
        process = python(code, str(target))
        time.sleep(0.15 + chance.random() * 0.1)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert target.read_bytes() in (b"0" * 200_000, b"1" * 200_000), seed


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file sizes are POSIX")
def test_a_full_disk_is_named_and_the_old_file_stays(tmp_path: Path) -> None:
    target = tmp_path / "post.md"
    target.write_bytes(b"old")
    code = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from generator.files import write_atomic; from generator.errors import DiskError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: write_atomic(Path(sys.argv[1]), b'n' * 5000)\n"
        "except DiskError as error: print(error)"
    )
    out, _ = python(code, str(target)).communicate()
    assert b"cannot be written: File too large" in out
    assert target.read_bytes() == b"old" and os.listdir(tmp_path) == ["post.md"]


def test_a_second_run_is_told_who_is_at_work(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from generator.files import lock\n"
        "with lock(Path(sys.argv[1]), 'build'): print('held', flush=True); time.sleep(30)"
    )
    process = python(code, str(tmp_path / "lock"))
    assert process.stdout is not None and process.stdout.readline() == b"held\n"
    with pytest.raises(BusyError, match="another build is at work"), lock(tmp_path / "lock", "build"):
        pass
    process.kill()
    process.communicate()
    with lock(tmp_path / "lock", "build"):
        pass  # a killed process holds nothing


def test_reading_is_bounded(tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(b"x" * 11)
    assert read_bounded(tmp_path / "big", 11) == b"x" * 11
    with pytest.raises(DiskError, match="longer than 10 bytes"):
        read_bounded(tmp_path / "big", 10)
    with pytest.raises(DiskError, match="cannot be read"):
        read_bounded(tmp_path / "none", 10)


def test_themes_ship_with_the_package() -> None:
    assert (bundled("themes") / "ribao").is_dir()
