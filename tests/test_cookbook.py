"""Every answer of the cookbook is run against the sample corpus; what it prints stands on the page.

`make docs` brings what is printed up to date; read the difference.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
from pathlib import Path

import pytest

from pipeline.build import build

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "cookbook.md"
_ANSWER = re.compile(r"^## (?P<question>\d+\. .*?)\n(?P<told>.*?)```python\n(?P<code>.*?)```\n\n```text\n(?P<shown>.*?)```\n", re.M | re.S)  # fmt: skip
ANSWERS = [found.groupdict() for found in _ANSWER.finditer(PAGE.read_text("utf-8"))]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the two builds the page speaks of."""
    folder = tmp_path_factory.mktemp("cookbook")
    shutil.copytree(ROOT / "raw", folder / "raw")
    assert build(folder / "raw", folder / "out", jobs=1).status == 0
    (folder / "jiaokan.toml").write_text('[script]\ntarget = "hans"\n', "utf-8")
    assert build(folder / "raw", folder / "simplified", jobs=1).status == 0
    return folder


def printed(code: str) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, str(PAGE), "exec"), {"__name__": "cookbook"})
    return out.getvalue()


@pytest.fixture
def inside(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In that folder, without a network; what `datasets` keeps is kept nowhere else."""
    import datasets

    monkeypatch.chdir(folder)
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", True)
    datasets.disable_progress_bars()


def test_ten_questions() -> None:
    assert len(ANSWERS) == 10
    assert [answer["question"].split(".")[0] for answer in ANSWERS] == [str(number) for number in range(1, 11)]
    code = "".join(answer["code"] for answer in ANSWERS)
    for used in ("import duckdb", "import polars", "from datasets", ".xpath("):
        assert used in code


@pytest.mark.usefixtures("inside")
@pytest.mark.parametrize("answer", ANSWERS, ids=[answer["question"] for answer in ANSWERS])
def test_an_answer(answer: dict[str, str]) -> None:
    now = printed(answer["code"])
    if os.environ.get("DOCS") == "write":
        page = PAGE.read_text("utf-8")
        before = f"{answer['code']}```\n\n```text\n"
        assert page.count(before) == 1
        PAGE.write_text(page.replace(f"{before}{answer['shown']}```", f"{before}{now}```"), "utf-8", newline="\n")
        return
    assert now.strip()
    assert now == answer["shown"]
