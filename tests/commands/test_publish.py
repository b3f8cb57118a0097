"""`ribao publish` against a person's edits, kills, full days and empty ones: the battery's rows "Write post"."""

from __future__ import annotations

import fcntl
import json
import os
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from generator.editions import FORMATS
from tests.commands.paper import (
    DAY,
    STORIES,
    articles,
    collect,
    command,
    environment,
    found,
    post,
    publish,
    record,
    ribao,
)

LATER = ("谷歌发布新一代人工智能芯片", "谷歌发布了新一代人工智能芯片。", "https://news.example.com/9")


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("collected")
    found(folder)
    collect(folder, STORIES)
    return folder


@pytest.fixture(scope="module")
def published(collected: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = shutil.copytree(collected, tmp_path_factory.mktemp("published") / "site")
    done = publish(folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def unpublished(collected: Path, tmp_path: Path) -> Path:
    return shutil.copytree(collected, tmp_path / "site")


@pytest.fixture
def site(published: Path, tmp_path: Path) -> Path:
    return shutil.copytree(published, tmp_path / "site")


def test_publishing_again_changes_not_one_byte(site: Path) -> None:
    before = {path: path.read_bytes() for path in (site / "content").rglob("*") if path.is_file()}
    done = publish(site)
    assert done.returncode == 0
    assert "unchanged" in done.stderr
    assert {path: path.read_bytes() for path in (site / "content").rglob("*") if path.is_file()} == before


def test_what_a_person_wrote_stays_and_new_stories_come_in_beside_it(site: Path) -> None:
    text = post(site).read_text(encoding="utf-8")
    mine = text.replace("It has about 7 billion parameters.", "参数规模约70亿，编辑已经核实。")
    assert mine != text
    post(site).write_text(mine, encoding="utf-8")
    collect(site, [LATER], at=f"{DAY}T10:00")
    done = publish(site)
    assert done.returncode == 0, done.stderr
    after = post(site).read_text(encoding="utf-8")
    assert "参数规模约70亿，编辑已经核实。" in after
    assert LATER[0] in after
    assert "kept: " in done.stderr


def test_an_edition_deleted_by_hand_stays_deleted_until_asked_for(site: Path) -> None:
    shutil.rmtree(post(site).parent)
    done = publish(site)
    assert done.returncode == 1
    assert "was deleted by hand and stays deleted" in done.stderr
    assert "ribao publish --again" in done.stderr
    assert not post(site).exists()
    assert publish(site, "--again").returncode == 0
    assert post(site).is_file()


def test_a_kill_while_writing_leaves_the_old_post_or_the_new_one(site: Path) -> None:
    """A killed run leaves whole files; the next run completes what it left."""
    files = (post(site), post(site).with_name("edition.json"))
    old = [path.read_bytes() for path in files]
    collect(site, [LATER], at=f"{DAY}T10:00")
    finished = shutil.copytree(site, site.parent / "finished")
    started = time.monotonic()
    assert publish(finished).returncode == 0
    whole = time.monotonic() - started
    new = [(finished / path.relative_to(site)).read_bytes() for path in files]
    assert old[0] != new[0]
    seed = 20260107
    moments = random.Random(seed)
    for _ in range(3):
        run = subprocess.Popen(
            command("publish", "--date", DAY, "--at", f"{DAY}T18:00"),
            cwd=site,
            env=environment(),
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(moments.uniform(0.6, 1.0) * whole)
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        for path, before, after in zip(files, old, new, strict=True):
            assert path.read_bytes() in (before, after), f"seed {seed}"
    assert publish(site).returncode == 0
    assert [path.read_bytes() for path in files] == new


def test_a_content_folder_that_cannot_be_written_is_named(unpublished: Path) -> None:
    (unpublished / "content").write_text("a file where the folder should be", encoding="utf-8")
    done = publish(unpublished)
    assert done.returncode == 1
    assert str(unpublished / "content") in done.stderr
    assert "Traceback" not in done.stderr


def as_nobody(site: Path) -> subprocess.CompletedProcess[str]:
    """Publish as a user who may read the site and write its state, and no more."""
    state = site / ".ribao"
    for path in (state, *state.rglob("*")):
        path.chmod(0o777)
    for parent in (site, *site.parents[:-2]):
        parent.chmod(parent.stat().st_mode | 0o055)
    who = ["setpriv", "--reuid=65534", "--clear-groups"]
    return subprocess.run(
        [*who, *command("publish", "--date", DAY, "--at", f"{DAY}T18:00")],
        cwd=site,
        env=environment(PYTHONDONTWRITEBYTECODE="1"),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


needs_another_user = pytest.mark.skipif(
    os.name == "nt" or os.geteuid() != 0 or not shutil.which("setpriv"),
    reason="needs root and setpriv: root may write anywhere",
)


@needs_another_user
def test_a_read_only_content_folder_is_named_and_nothing_is_half_written(unpublished: Path) -> None:
    posts = unpublished / "content" / "posts"
    posts.mkdir(parents=True)
    posts.chmod(0o555)
    done = as_nobody(unpublished)
    assert done.returncode == 1, done.stderr
    assert str(posts / DAY) in done.stderr
    assert "Permission denied" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(posts.iterdir())


@needs_another_user
def test_a_sheet_in_a_folder_that_is_closed_is_named(unpublished: Path) -> None:
    sheet = unpublished / "desk" / f"{DAY}.md"
    sheet.parent.mkdir(mode=0o700)
    sheet.write_text("", encoding="utf-8")
    done = as_nobody(unpublished)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert f"{sheet}: cannot be read: Permission denied" in done.stderr


def test_a_content_folder_that_is_missing_is_made(unpublished: Path) -> None:
    assert not (unpublished / "content").exists()
    assert publish(unpublished).returncode == 0
    assert post(unpublished).is_file()


def test_a_day_without_items_makes_no_post_and_says_what_to_do(unpublished: Path) -> None:
    done = ribao(unpublished, "publish", "--date", "2026-02-01", "--json")
    assert done.returncode == 1
    assert "collect first: ribao collect" in done.stderr
    assert json.loads(done.stdout)["error"]["kind"] == "nothing"
    assert not (unpublished / "content").exists()


def test_a_day_whose_stories_are_not_worth_a_line_says_so_and_makes_no_post(tmp_path: Path) -> None:
    found(tmp_path)
    collect(tmp_path, [("someone/agent-kit", "", "https://github.com/someone/agent-kit")])
    done = publish(tmp_path)
    assert done.returncode == 1 and "1 items between" in done.stderr and "none of them" in done.stderr
    assert not post(tmp_path).exists()


def test_one_story_is_a_short_edition_that_says_so(tmp_path: Path) -> None:
    found(tmp_path)
    collect(tmp_path, [STORIES[1]])
    assert publish(tmp_path).returncode == 0
    assert record(tmp_path)["mode"] == "quiet"
    assert "今天值得一说的新闻不多" in post(tmp_path).read_text(encoding="utf-8")


def test_a_second_run_at_once_is_told_that_one_is_at_work(site: Path) -> None:
    before = post(site).read_bytes()
    with (site / ".ribao" / "publish.lock").open("a+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = publish(site, "--json")
    assert done.returncode == 1
    assert "another publish is at work here" in done.stderr
    assert json.loads(done.stdout)["error"]["kind"] == "busy"
    assert post(site).read_bytes() == before


@pytest.mark.parametrize("machine", ["America/Los_Angeles", "Pacific/Kiritimati"])
@pytest.mark.parametrize(
    ("moment", "edition"),
    [("2026-01-07T15:59:59+00:00", "2026-01-07"), ("2026-01-07T16:00:01+00:00", "2026-01-08")],
)
def test_the_day_is_the_sites_just_before_and_after_its_midnight(
    unpublished: Path, machine: str, moment: str, edition: str
) -> None:
    done = ribao(unpublished, "publish", "--at", moment, TZ=machine)
    assert done.returncode == 0, done.stderr
    assert [path.name for path in (unpublished / "content" / "posts").iterdir()] == [edition]
    assert record(unpublished, edition)["date"] == edition
    assert ribao(unpublished, "verify").returncode == 0


TITLES = [
    '微软人工智能公司说："我们: 不会停" --- 至少今年',
    "英伟达人工智能芯片 [发布] (上) # 1：{{ 性能 }} 与 *价格*",
    "谷歌大模型 🤖 上线：'单引号' | 竖线 \\ 反斜杠 <b>粗</b> &amp; 符号",
    "--- OpenAI 投资的人工智能创业公司融资: true",
    "苹果发布人工智能助手 `代码` _下划线_ ~波浪~ @提及",
]
ADDRESSES = [
    "https://news.example.com/a_(b)",
    "https://news.example.com/c[d]",
    "https://news.example.com/e f",
    "https://news.example.com/g?x=1&y=2",
    "https://news.example.com/中文",
]


@pytest.mark.parametrize("form", ["bulletin", "themed"])
def test_odd_titles_and_addresses_read_back_as_they_were(tmp_path: Path, form: str) -> None:
    found(tmp_path, f'format = "{form}"\n')
    rows = [
        (title, f"{title}。这是一条人工智能新闻，编号为{n}。", url)
        for n, (title, url) in enumerate(zip(TITLES, ADDRESSES, strict=True))
    ]
    collect(tmp_path, rows)
    done = publish(tmp_path)
    assert done.returncode == 0, done.stderr
    stored = articles(tmp_path)
    parsed = FORMATS[form].parse(post(tmp_path).read_text(encoding="utf-8"))
    read = {article.headline: article.url for article in parsed.edition.articles}
    assert read == {headline: article["sources"][0]["url"] for headline, article in stored.items()}
    assert len(read) == len(TITLES)
    if form == "themed":
        assert parsed.edition.title == record(tmp_path)["title"]


def test_bold_labels_in_chinese_are_bold_on_the_page(tmp_path: Path) -> None:
    found(tmp_path)
    page = tmp_path / "content" / "posts" / "a.md"
    page.parent.mkdir(parents=True)
    page.write_text(
        "---\ntitle: 试\ndate: 2026-01-07\n---\n**影响：**\n- 一\n\n**影响：** 对行业\n\n**影响：**对行业\n",
        encoding="utf-8",
    )
    assert ribao(tmp_path, "build").returncode == 0
    html = next((tmp_path / "public").rglob("a/index.html")).read_text(encoding="utf-8")
    assert "**" not in html
    assert html.count("影响：</") >= 3


def test_a_page_of_an_account_is_told_as_its_and_verifies_clean(tmp_path: Path) -> None:
    found(tmp_path)
    rows = [
        {
            "title": title,
            "url": f"https://mp.weixin.qq.com/s/{number}",
            "source": source,
            "author": author,
            "published": f"{DAY}T0{number}:10:00+08:00",
            "summary": text,
        }
        for number, ((title, text, _), source, author) in enumerate(
            zip(STORIES[:3], ("夜航笔记", "公众号合集", "公众号合集"), ("张三", "晨读摘要", ""), strict=True),
            1,
        )
    ]
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (tmp_path / "items.jsonl").write_text(lines, encoding="utf-8")
    assert ribao(tmp_path, "collect", "--from", "items.jsonl", "--at", f"{DAY}T09:00").returncode == 0
    done = publish(tmp_path, "--format", "report")
    assert done.returncode == 0, done.stderr
    publishers = {one["sources"][0]["publisher"] for one in articles(tmp_path).values()}
    assert publishers == {"夜航笔记", "晨读摘要", "微信公众号"}
    text = post(tmp_path).read_text(encoding="utf-8")
    assert "夜航笔记报道" in text and "晨读摘要报道" in text
    done = ribao(tmp_path, "verify", DAY, "--json")
    assert not [one for one in json.loads(done.stdout)["findings"] if one["kind"] == "publisher"]
