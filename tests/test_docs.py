"""README and manual are in step with the code: commands, settings, rules, files, and what is shown of the output.

`make docs` brings tables and examples up to date; read the difference.
"""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

import duckdb
import pytest
from typer.main import get_command

from pipeline import __version__, cli, manual, sidecar
from pipeline.build import build
from pipeline.settings import Settings, parse
from pipeline.settings import build as settings_of
from pipeline.stages import STAGES

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAGES = [README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
LATER = {"report"}  # commands that only say that they come later
_SHOWN = re.compile(
    r"<!-- shown: (?P<what>[^\n]*?) -->\n(?:```sql\n(?P<query>.*?)```\n)?```(?P<kind>\w*)\n(?P<shown>.*?)```\n",
    re.DOTALL,
)


def read(path: Path) -> str:
    return path.read_text("utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    assert build(ROOT / "raw", folder / "out", jobs=1).status == 0
    return folder


def now(found: re.Match[str], folder: Path) -> str:
    """What a marked example shows with the output as it is now."""
    if found["query"]:
        here = Path.cwd()
        os.chdir(folder)
        try:
            return str(duckdb.sql(found["query"])).strip() + "\n"
        finally:
            os.chdir(here)
    name, _, words = found["what"].partition(": ")
    return next(line for line in read(folder / "out" / name).split("\n") if words in line) + "\n"


def without_numbers(text: str) -> str:
    """Without the numbers of ids: they move with every change of what stands above."""
    return re.sub(r"(?<=a\d\d-[psn])\d+", "", text)


def test_what_is_shown_is_what_comes_out(folder: Path) -> None:
    text = read(README)
    assert len(_SHOWN.findall(text)) == text.count("<!-- shown:") == 3
    fresh = _SHOWN.sub(
        lambda found: found[0][: found.start("shown") - found.start()] + now(found, folder) + "```\n", text
    )
    if os.environ.get("DOCS") == "write":
        README.write_text(fresh, "utf-8", newline="\n")
    assert without_numbers(fresh) == without_numbers(read(README))


def test_the_outputs_that_are_named_are_there(folder: Path) -> None:
    tables = re.search(r"out/parquet/<table>/ +(.*)\n", read(README))
    assert tables
    assert set(tables[1].split()) == {path.name for path in (folder / "out/parquet").iterdir()}
    assert {path.name for path in (folder / "out").iterdir()} == {"tei", "parquet", "dataset", "manifest.json"}


def test_every_command_is_in_the_readme() -> None:
    command = get_command(cli.app)
    shown = {line.split()[2] for line in read(README).split("\n") if line.startswith("| `jiaokan ")}
    assert shown == set(command.commands) - LATER  # type: ignore[attr-defined]
    for line in read(README).split("\n"):
        if found := re.match(r"\| `jiaokan (\w+)(.*?)` ", line):
            own = command.commands[found[1]]  # type: ignore[attr-defined]
            known = {name for parameter in own.params for name in (*parameter.opts, *parameter.secondary_opts)}
            assert set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", found[2])) <= known, line


def test_make_knows_the_commands() -> None:
    makefile = read(ROOT / "Makefile")
    for name in re.findall(r"^    make (\w+)", read(README), re.M):
        assert f"\n{name}:" in makefile


@pytest.mark.parametrize("page", ["settings.md", "rules.md"])
def test_tables_from_the_code(page: str) -> None:
    text = read(ROOT / "docs" / page)
    assert "<!-- from the code: " in text
    assert manual.fill(text) == text


def test_every_setting_has_a_sentence() -> None:
    keys = re.findall(r"^\| `([\w.]+)` \| [^|]+ \| ([^|]+) \|$", manual.settings_table(), re.M)
    assert ("tei.choice", "Emended places as `choice` with `orig` and `reg`.") in keys
    assert all(sentence.strip() for _, sentence in keys)
    assert not {key for key, _ in keys if "sha256" in key or "verdicts" in key}


def test_examples_of_settings_are_read() -> None:
    for page in (README, ROOT / "docs/settings.md"):
        for example in re.findall(r"```toml\n(.*?)```", read(page), re.S):
            if "[[correction]]" in example:
                assert sidecar.read(example.encode(), "x.toml", Settings()).corrections
            else:
                table = parse(example.encode(), "jiaokan.toml")
                assert settings_of(table, table, "jiaokan.toml", example)


def test_every_action_is_explained() -> None:
    shown = re.findall(r"^\| `([\w-]+)` \| ", read(ROOT / "docs/settings.md").split("## Corrections by hand")[1], re.M)
    assert sorted(shown) == sorted(sidecar.ACTIONS)


def test_every_stage_and_every_file_is_on_the_map() -> None:
    text = read(ROOT / "docs/architecture.md")
    assert re.findall(r"^\| `(\w+)` \| [^|]+ \| [^|]+ \|$", text, re.M) == [name for name, _ in STAGES]
    docstring = read(ROOT / "pipeline/__init__.py")
    for path in (ROOT / "pipeline").iterdir():
        if path.name.startswith(("__", "py.typed")):
            continue
        name = f"{path.name}/" if path.is_dir() else path.name
        assert re.search(rf"[`\s(]{re.escape(name)}", docstring), f"{name} is not in the docstring of pipeline"
        assert f"`{name}`" in text or f"/{name}`" in text or name == "stages/", f"{name} is not in architecture.md"


@pytest.mark.parametrize("page", PAGES, ids=[path.name for path in PAGES])
def test_links_lead_somewhere(page: Path) -> None:
    text = read(page)
    heads = {
        re.sub(r"[^\w\- ]", "", head).strip().lower().replace(" ", "-") for head in re.findall(r"^#+ (.*)$", text, re.M)
    }
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith("#"):
            assert target[1:] in heads, target
        elif "://" not in target:
            assert (page.parent / target.partition("#")[0]).exists(), target


def test_the_version_has_its_changes() -> None:
    assert f"\n## {__version__}\n" in read(ROOT / "CHANGELOG.md")
    assert tomllib.loads(read(ROOT / "pyproject.toml"))["project"]["name"] == "jiaokan"
