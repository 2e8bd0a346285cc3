"""A real file system that is full: needs root, to mount one."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_rebuilds import corpus_of, text_of, tree_of

from pipeline.audit.check import check
from pipeline.build import build
from pipeline.errors import OutputError


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 4 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a file system can only be mounted by root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_file_system(small_disk: Path, tmp_path: Path) -> None:
    """Filled up to so many bytes, every build fails until there is room again, and what was there stands."""
    raw, out, ballast = corpus_of(tmp_path, 3), small_disk / "out", small_disk / "ballast"
    build(raw, out, jobs=1, cache=small_disk / "cache")
    before = tree_of(out)
    (raw / "s00.txt").write_text(text_of(50), "utf-8")
    for free in (0, 8_000, 60_000, 150_000):
        usage = os.statvfs(small_disk)
        ballast.write_bytes(bytes(max(0, usage.f_bavail * usage.f_frsize - free)))
        with pytest.raises(OutputError, match="make room"):
            build(raw, out, jobs=1, cache=small_disk / "cache")
        assert tree_of(out) == before
        ballast.unlink()
    assert list(check(out)) == []
    assert sorted(path.name for path in small_disk.iterdir()) == ["cache", "out"]
    build(raw, out, jobs=1, cache=small_disk / "cache")
    build(raw, tmp_path / "clean", jobs=1)
    assert tree_of(out) == tree_of(tmp_path / "clean")
