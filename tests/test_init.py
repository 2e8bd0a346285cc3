"""A new corpus: its files, and its jobs carried out here, step by step, as they stand in the YAML."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tarfile
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml
from served import serving, tool

from pipeline import __version__, cli, skeleton
from pipeline.errors import UsageError
from pipeline.options import Options
from pipeline.settings import load
from pipeline.skeleton.settings import EXAMPLES, settings_file

ROOT = Path(__file__).parent.parent
TEXT = """The Ledgers of {town}

By Ada Lin

The clerks of {town} wrote down every boat that passed, and
their books are the best witness of the long-
term trade between the two banks and of its regu-
lation.
"""
FILES = {
    ".github/workflows/corpus.yml", ".gitignore", ".gitlab-ci.yml", ".pre-commit-config.yaml", "README.md",
    "jiaokan.toml", "out/.gitignore", "raw/.gitkeep", "requirements.txt", "scripts/archive.sh",
}  # fmt: skip


# The files.


def files_of(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_all_files_are_written_once(tmp_path: Path) -> None:
    assert {path.relative_to(tmp_path / "c").as_posix() for path in skeleton.write(tmp_path / "c")} == FILES
    assert files_of(tmp_path / "c") == FILES
    assert skeleton.write(tmp_path / "c") == []
    (tmp_path / "c" / "README.md").unlink()
    assert skeleton.write(tmp_path / "c") == [tmp_path / "c" / "README.md"]


def test_what_is_there_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")
    (tmp_path / ".gitignore").write_text("mine")
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(UsageError, match=r"has files of these names already: \.gitignore, README\.md \(move them away"):
        skeleton.write(tmp_path)
    assert files_of(tmp_path) == {"README.md", ".gitignore", "notes.txt"}
    assert len(skeleton.write(tmp_path, force=True)) == len(FILES)
    assert (tmp_path / "README.md").read_text() != "mine"
    assert (tmp_path / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("prepare", "told"),
    [
        (lambda folder: (folder / "raw").write_text("a file"), "cannot be written"),
        (lambda folder: (folder / "README.md").write_text("mine"), "has files of these names already: README.md"),
    ],
)
def test_mistakes_give_two(
    prepare: Callable[[Path], object],
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    prepare(tmp_path)
    monkeypatch.setattr(sys, "argv", ["jiaokan", "init", str(tmp_path)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert (ended.value.code, told in capsys.readouterr().err) == (2, True)


def test_the_settings_set_nothing_and_show_everything(tmp_path: Path) -> None:
    path = tmp_path / "jiaokan.toml"
    path.write_text(settings_file(), "utf-8")
    assert load(path).options == Options()
    set_all = re.sub(r"^# (?=\w+ = )", "", settings_file(), flags=re.M)
    table = tomllib.loads(set_all)
    shown = {f"{name}.{key}" for name, inner in table.items() if isinstance(inner, dict) for key in inner}
    assert {f"{name}.{key}" for name, inner in load(None).values.items() for key in [""] if "." not in name} == {
        "encoding."
    }
    known = {name for name in load(None).values if "." in name and "sha256" not in name}
    gates = {f"gates.{name}" for name in Options().gates.__dataclass_fields__}
    assert shown == known | gates | {"line_ends.words"}
    path.write_text(set_all.replace('words = "words.parquet"', 'words = ""'), "utf-8")
    options = load(path).options
    assert options.gates.certainty == EXAMPLES["gates.certainty"]
    assert options.script.target == Options().script.target


def test_no_file_names_a_host() -> None:
    for name, text in skeleton.contents().items():
        assert not re.search(r"://|\bwww\.|\.(?:org|com|io|net)\b", text), name
    assert f"jiaokan == {__version__}\n" in skeleton.contents()["requirements.txt"]


# The jobs.


@dataclass
class Job:
    """What carrying out a job left: exit status, all that was written, and the summary of its last step."""

    status: int = 0
    output: str = ""
    steps: dict[str, int] = field(default_factory=dict)


class Runner:
    """A machine: the command on its PATH, a `python` whose pip finds all installed, a `gh` that notes what it was asked."""

    def __init__(self, folder: Path, command: str) -> None:
        self.folder = folder
        self.bin = folder / "bin"
        self.bin.mkdir()
        self.summary = folder / "summary.md"
        self.summary.touch()
        own = shlex.quote(sys.executable)
        pip = (
            'case "$*" in "-m pip install -r requirements.txt") exec grep -qx "jiaokan == {}" requirements.txt ;; esac'
        )
        self._tool("jiaokan", command)
        self._tool("python", f'{pip.format(__version__)}\nexec {own} "$@"')
        self._tool("gh", f'printf "%s\\n" "$@" > {shlex.quote(str(folder / "gh.txt"))}')

    def _tool(self, name: str, line: str) -> None:
        (self.bin / name).write_text(line if line.startswith("#!") else f"#!/bin/sh\n{line}\n")
        (self.bin / name).chmod(0o755)

    def run(self, script: str, where: Path, **env: str) -> tuple[int, str]:
        """A script in bash as both services call it."""
        own = {"PATH": f"{self.bin}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "HOME": str(self.folder),
               "GITHUB_STEP_SUMMARY": str(self.summary), "CI": "true", **GIT}  # fmt: skip
        words = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
        ran = subprocess.run(
            words, cwd=where, env=own | env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        assert "Traceback" not in ran.stdout, ran.stdout
        return ran.returncode, ran.stdout

    def github(self, name: str, where: Path, between: dict[str, Callable[[], object]] | None = None, **env: str) -> Job:
        """A job of the workflow: `uses` is passed over, a step behind a failure only done if it says so."""
        workflow = yaml.safe_load((where / ".github/workflows/corpus.yml").read_text("utf-8"))
        assert workflow["defaults"] == {"run": {"shell": "bash"}}
        job = Job()
        for step in workflow["jobs"][name]["steps"]:
            assert set(step) <= {"name", "run", "if", "env", "uses", "with"}
            if "run" not in step or (job.status and "cancelled()" not in step.get("if", "")):
                continue
            (between or {}).get(step["name"], lambda: None)()
            own = {key: str(value) for key, value in {**workflow["env"], **step.get("env", {})}.items()}
            assert "${{" not in step["run"]
            status, output = self.run(step["run"], where, **own, **{"GITHUB_ACTIONS": "true", **env})
            job.status, job.output, job.steps[step["name"]] = job.status or status, job.output + output, status
        return job

    def gitlab(self, name: str, where: Path, **env: str) -> Job:
        """A job of the pipeline: one shell for all its lines."""
        pipeline = yaml.safe_load((where / ".gitlab-ci.yml").read_text("utf-8"))
        job = pipeline[name]
        script = "\n".join([*pipeline["default"]["before_script"], *job["script"]])
        status, output = self.run(script, where, **{**pipeline["variables"], **env})
        for path in job["artifacts"]["paths"]:
            assert status or path == "diff.md" or (where / path).exists(), path
        return Job(status, output)


GIT = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER")
       for what, value in (("NAME", "A"), ("EMAIL", "a@example"), ("DATE", "2024-03-01T12:00:00+0000"))}  # fmt: skip
GIT |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


def git(where: Path, *wished: str) -> str:
    ran = subprocess.run(["git", *wished], cwd=where, env=os.environ | GIT, capture_output=True, text=True, check=True)
    return ran.stdout.strip()


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with two sources on `main`, and a branch that changes one and adds a damaged one."""
    folder = tmp_path_factory.mktemp("origin") / "corpus"
    skeleton.write(folder)
    for name, town in (("mill", "Mill Bridge"), ("salt", "Salt Quay")):
        (folder / "raw" / f"{name}.txt").write_text(TEXT.format(town=town), "utf-8")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "Sources")
    assert "out/.gitignore" in git(folder, "ls-files").split("\n")
    git(folder, "tag", "v1.0")
    git(folder, "checkout", "-qb", "change")
    (folder / "raw" / "mill.txt").write_text(
        TEXT.format(town="Mill Bridge").replace("every boat", "every barge"), "utf-8"
    )
    (folder / "raw" / "bad.txt").write_bytes(b"\0\1" * 300)
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "Change")
    git(folder, "checkout", "-q", "main")
    return folder


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("server") / "socket") as path:
        yield path


@pytest.fixture
def runner(tmp_path: Path, server: str) -> Runner:
    return Runner(tmp_path, tool(server))


def checkout(origin: Path, runner: Runner, branch: str, name: str = "work") -> Path:
    where = runner.folder / name
    git(runner.folder, "clone", "-q", "-b", branch, str(origin), name)
    return where


def test_the_workflow_is_one(origin: Path) -> None:
    workflow = yaml.safe_load((origin / ".github/workflows/corpus.yml").read_text("utf-8"))
    triggers = workflow[True]  # what YAML 1.1 makes of `on`
    assert set(triggers) == {"pull_request", "schedule", "push", "workflow_dispatch"}
    assert re.fullmatch(r"\d+ \d+ \* \* \*", triggers["schedule"][0]["cron"])
    assert triggers["push"] == {"tags": ["v*"]}
    assert set(workflow["jobs"]) == {"nightly", "pull-request", "release"}
    assert all("if" in job and "runs-on" in job for job in workflow["jobs"].values())
    pipeline = yaml.safe_load((origin / ".gitlab-ci.yml").read_text("utf-8"))
    assert {"nightly", "merge-request", "release"} < set(pipeline)


def test_nightly(origin: Path, runner: Runner) -> None:
    where = checkout(origin, runner, "main")
    first = runner.github("nightly", where)
    assert (first.status, runner.summary.read_text()) == (0, ""), first.output
    assert git(where, "status", "--porcelain") == ""
    (where / "jiaokan.toml").write_text('[line_ends]\nhyphens = "keep"\n[gates]\ncertainty = 1\n')
    spoil = lambda: next((where / "out/tei/salt").glob("a01.xml")).write_text("<TEI/>")  # noqa: E731
    second = runner.github("nightly", where, between={"Validate": spoil})
    assert second.steps == {"Install": 0, "Build": 1, "Validate": 1, "What changed since the last time": 0}
    assert "::error title=gate certainty::" in second.output
    assert "::error file=tei/salt/a01.xml,line=1,title=manifest::" in second.output
    told = runner.summary.read_text()
    assert "**Documents:** 2 changed" in told
    assert "of its <del>regulation</del><ins>regu-lation</ins>." in told
    assert "| `line-end-hyphen` | 2 | 0 |" in told
    assert "`line_ends.hyphens`: evidence → keep" in told


def test_pull_request(origin: Path, runner: Runner) -> None:
    where = checkout(origin, runner, "change")
    job = runner.github("pull-request", where, GITHUB_BASE_REF="main")
    assert job.steps["Build"] == 1
    assert {name: status for name, status in job.steps.items() if name != "Build"} == {
        "Install": 0, "Build as it is without the changes": 0, "Validate": 0, "What changes": 0,
    }  # fmt: skip
    assert "::error file=raw/bad.txt,line=1,title=source failed::does not look like text" in job.output
    assert re.search(r"\b1  sources taken from the cache", job.output)
    told = runner.summary.read_text()
    assert "every <del>boat</del><ins>barge</ins>" in told
    assert "### bad" in told
    assert "**Documents:** 1 same, 1 changed, 1 added" in told
    env = {"FAIL_ON": "changed-paragraphs", "GITHUB_BASE_REF": "main"}
    steps = yaml.safe_load((where / ".github/workflows/corpus.yml").read_text())["jobs"]["pull-request"]["steps"]
    status, output = runner.run(next(step["run"] for step in steps if step.get("name") == "What changes"), where, **env)
    assert (status, "--fail-on: 1 changed paragraphs" in output) == (1, True)


def packed(where: Path, out: Path) -> Path:
    """The archive of a release, unpacked; all its checksums hold."""
    (archive,) = (where / "dist").glob("*.tar.gz")
    digest, name = (where / "dist" / f"{archive.name}.sha256").read_text().split()
    assert (digest, name) == (sha256(archive.read_bytes()).hexdigest(), archive.name)
    with tarfile.open(archive) as tar:
        # Python before 3.11.4 knows no filters.
        tar.extraction_filter = getattr(tarfile, "data_filter", lambda member, path: member)
        tar.extractall(out)
    (bag,) = out.iterdir()
    for listing in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        entries = dict(reversed(line.split("  ", 1)) for line in (bag / listing).read_text().splitlines())  # type: ignore[arg-type]
        assert entries == {path: sha256((bag / path).read_bytes()).hexdigest() for path in entries}
        if listing == "manifest-sha256.txt":
            assert {path for path in files_of(bag) if path.startswith("data/")} == set(entries)
            size = sum((bag / path).stat().st_size for path in entries)
            assert f"Payload-Oxum: {size}.{len(entries)}\n" in (bag / "bag-info.txt").read_text()
    assert (bag / "bagit.txt").read_text() == "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    return bag


def test_release(origin: Path, runner: Runner) -> None:
    where = checkout(origin, runner, "v1.0")
    job = runner.github("release", where, GITHUB_REF_NAME="v1.0")
    assert job.status == 0, job.output
    assert (runner.folder / "gh.txt").read_text().split("\n")[:5] == [
        "release", "create", "v1.0", "dist/corpus-v1.0.tar.gz", "dist/corpus-v1.0.tar.gz.sha256",
    ]  # fmt: skip
    bag = packed(where, runner.folder / "bag")
    assert {"data/raw/mill.txt", "data/jiaokan.toml", "data/out/manifest.json"} <= files_of(bag)
    status, output = runner.run("jiaokan restore data/out mill && jiaokan validate data/out", bag)
    assert (status, output) == (0, TEXT.format(town="Mill Bridge") + "all well\n")
    elsewhere = checkout(origin, runner, "v1.0", "elsewhere")
    (elsewhere / "out").rename(elsewhere / "gone")
    os.rename(where / "out", elsewhere / "out")
    os.utime(elsewhere / "raw" / "mill.txt", (0, 0))
    assert runner.run("umask 077; sh scripts/archive.sh v1.0", elsewhere)[0] == 0
    one, other = (folder / "dist" / "corpus-v1.0.tar.gz" for folder in (where, elsewhere))
    assert one.read_bytes() == other.read_bytes()


def test_a_release_that_fails_packs_nothing(origin: Path, runner: Runner) -> None:
    where = checkout(origin, runner, "change")
    job = runner.github("release", where, GITHUB_REF_NAME="v1.1")
    assert (job.steps, (where / "dist").exists()) == ({"Install": 0, "Build": 1}, False)
    status, output = runner.run("sh scripts/archive.sh v1.1", where)
    assert (status, "out/ holds no build" in output) == (1, True)


def test_gitlab(origin: Path, runner: Runner) -> None:
    where = checkout(origin, runner, "change")
    job = runner.gitlab("merge-request", where, CI_MERGE_REQUEST_DIFF_BASE_SHA=git(where, "rev-parse", "HEAD^"))
    assert (job.status, "failed: bad.txt: does not look like text" in job.output) == (1, True)
    assert "every <del>boat</del><ins>barge</ins>" in (where / "diff.md").read_text()
    assert "<testsuite " in (where / "junit.xml").read_text()
    (where / "raw" / "bad.txt").unlink()
    assert runner.gitlab("nightly", where).status == 0
    assert (where / ".jiaokan/last/manifest.json").is_file()
    (where / "diff.md").unlink()
    (where / "raw" / "salt.txt").unlink()
    assert runner.gitlab("nightly", where).status == 0
    assert "### salt" in (where / "diff.md").read_text()
    git(where, "checkout", "-q", "--force", "v1.0")
    assert runner.gitlab("release", where, CI_COMMIT_TAG="v1.0").status == 0
    packed(where, runner.folder / "bag")


def hooks(where: Path) -> Iterator[dict[str, Any]]:
    for repository in yaml.safe_load((where / ".pre-commit-config.yaml").read_text())["repos"]:
        assert repository["repo"] == "local"
        yield from repository["hooks"]


def test_the_hook(origin: Path, runner: Runner) -> None:
    where = checkout(origin, runner, "change")
    (hook,) = hooks(where)
    assert (hook["language"], hook["pass_filenames"]) == ("system", False)
    touched = ["raw/mill.txt", "raw/x.pages/1.txt", "jiaokan.toml", "README.md", "rawer.txt"]
    assert [name for name in touched if re.search(hook["files"], name)] == touched[:3]
    status, output = runner.run(hook["entry"], where)
    assert (status, "failed: bad.txt" in output) == (1, True)
    (where / "raw" / "bad.txt").unlink()
    assert runner.run(hook["entry"], where)[0] == 0
    assert git(where, "status", "--porcelain") == "D raw/bad.txt"
