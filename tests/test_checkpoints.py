"""What is kept of single stages: another setting asks only the stages it matters to, and changes no byte else."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline import checkpoints, runner
from pipeline import manifest as manifests
from pipeline import settings as corpus_settings
from pipeline.build import Summary, build
from pipeline.cache import Cache
from pipeline.cleaning import Cleaned, finish, read
from pipeline.corpus import single
from pipeline.keys import Keys, keys_of
from pipeline.options import Options, only
from pipeline.stages import STAGES

TEXTS = {
    "en": "The Salt Quay\n\nBy Ada Lin\n\nThe clerks of the quay wrote down every boat that passed, and their\nbooks are the best witness of the long-\nterm trade.1\n\n1 See the toll-book of 1874.\n",
    "hans": "渡口旧事\n\n林岸\n\n渡口的书吏逐日登记过往的船只,这些簿册是我们了解两岸贸\n易的最好见证。\n\f河港学刊　二〇二四年\n\n后来税卡移到北门，另立新簿。\n\n12\n",
    "hant": "渡口舊事\n\n林岸\n\n渡口的書吏逐日登記過往的船隻，這些簿冊是我們了解兩岸貿\n易的最好見證，国人多不知。\n",
    "empty": "",
    "blank": " \n\f\n",
}
LAST = [name for name, _ in STAGES[checkpoints.SPLIT :]]
ALL = [name for name, _ in STAGES]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the stages that were asked, in order."""
    names: list[str] = []

    def listening(name: str, find: Callable[..., Any]) -> Callable[..., Any]:
        def ask(*arguments: Any) -> Any:
            names.append(name)
            return find(*arguments)

        return ask

    monkeypatch.setattr(runner, "STAGES", [(name, listening(name, find)) for name, find in STAGES])
    return names


def corpus_of(folder: Path, *names: str) -> Path:
    (folder / "raw").mkdir(parents=True)
    for name in names or TEXTS:
        (folder / "raw" / f"{name}.txt").write_text(TEXTS[name], "utf-8")
    return folder / "raw"


def tree_of(out: Path) -> dict[str, str]:
    found = sorted(path for path in out.rglob("*") if path.is_file())
    return {path.relative_to(out).as_posix(): sha256(path.read_bytes()).hexdigest() for path in found}


def rebuild(raw: Path, **wishes: Any) -> Summary:
    return build(raw, raw.parent / "out", jobs=1, cache=raw.parent / "cache", **wishes)


def assert_as_clean(raw: Path) -> None:
    build(raw, raw.parent / "clean", jobs=1)
    assert tree_of(raw.parent / "out") == tree_of(raw.parent / "clean")


NEXT: dict[str, tuple[str, list[str]]] = {
    "another script": ('[script]\ntarget = "hant"\n', LAST),
    "a protected name": ('[script]\nprotect = ["渡口"]\n', LAST),
    "choice": ("[tei]\nchoice = true\n", []),
    "forme work": ("[tei]\nforme_work = true\n", []),
    "script and choice": ('[script]\ntarget = "hant"\n[tei]\nchoice = true\n', LAST),
    "punctuation": ('[characters]\npunctuation = "keep"\n', ALL),
    "mojibake": ('[characters]\nmojibake = "flag"\n', ALL),
    "hyphens": ('[line_ends]\nhyphens = "join"\n', ALL),
    "encoding": ('encoding = "utf-8"\n', ALL),
}


@pytest.mark.parametrize("name", NEXT)
def test_only_stages_it_matters_to_are_asked(name: str, tmp_path: Path, asked: list[str]) -> None:
    raw = corpus_of(tmp_path, "hans")
    rebuild(raw)
    assert asked == ALL
    asked.clear()
    text, expected = NEXT[name]
    (tmp_path / "jiaokan.toml").write_text(text, "utf-8")
    assert rebuild(raw).cached == 0
    assert asked == expected
    asked.clear()
    (tmp_path / "jiaokan.toml").unlink()
    assert rebuild(raw).cached == 1
    assert asked == []
    rebuild(raw, force=True)
    assert asked == ALL


def test_a_sidecar_may_say_anything(tmp_path: Path, asked: list[str]) -> None:
    """What a sidecar says is not looked into: another one sends its source, and no other, through all stages."""
    raw = corpus_of(tmp_path, "hans", "en")
    rebuild(raw)
    asked.clear()
    (raw / "en.toml").write_text(
        '[metadata]\nlanguage = "en-GB"\n[[correction]]\nquote = "boat that"\naction = "keep"\n'
    )
    rebuild(raw)
    assert asked == ALL
    asked.clear()
    (tmp_path / "jiaokan.toml").write_text('[script]\ntarget = "hant"\n')
    rebuild(raw)
    assert asked == LAST * 2
    assert_as_clean(raw)


OPTIONS = {
    "": ["", 'encoding = "utf-8"'],
    "[script]": ["", 'target = "hant"', 'target = "hans-phrases"', 'target = "keep"', 'protect = ["渡口"]'],
    "[characters]": ["", 'punctuation = "keep"'],
    "[line_ends]": ["", 'hyphens = "join"', 'hyphens = "keep"'],
    "[tei]": ["", "choice = true", "forme_work = true", "choice = true\nforme_work = true"],
    "[metadata]": ["", 'language = "zh-TW"', 'journal = "Quay Papers"'],
}
TOML = st.tuples(*(st.sampled_from([f"{head}\n{line}\n" for line in lines]) for head, lines in OPTIONS.items())).map("".join)  # fmt: skip


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(TOML, min_size=2, max_size=4))
def test_any_way_through_the_settings_ends_as_a_clean_build(
    steps: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    raw = corpus_of(tmp_path_factory.mktemp("walk"))
    for text in steps:
        (raw.parent / "jiaokan.toml").write_text(text, "utf-8")
        rebuild(raw)
    assert_as_clean(raw)


@pytest.mark.parametrize("which", Keys._fields)
def test_a_damaged_entry_is_found_again(which: str, tmp_path: Path, asked: list[str]) -> None:
    raw = corpus_of(tmp_path, "hans")
    rebuild(raw)
    asked.clear()
    cache = Cache(tmp_path / "cache")
    origin = single(raw / "hans.txt")
    cleaned = Cleaned()
    read(origin, corpus_settings.load(None), cleaned)
    keys = keys_of(origin, cleaned.files, corpus_settings.load(None))
    assert keys
    path = cache._path(getattr(keys, which))
    assert isinstance(path, Path)
    path.write_bytes(path.read_bytes()[:-1])
    assert cache.get(getattr(keys, which)) is None
    (tmp_path / "jiaokan.toml").write_text("[tei]\nchoice = true\n" if which != "output" else "")
    build(raw, tmp_path / "other", jobs=1, cache=tmp_path / "cache")
    assert asked == {"text": ALL, "document": LAST, "output": []}[which]
    build(raw, tmp_path / "clean", jobs=1)
    assert tree_of(tmp_path / "other") == tree_of(tmp_path / "clean")
    assert cache.get(getattr(keys, which)) is not None


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("known", [0, 1, checkpoints.SPLIT, len(STAGES)])
def test_what_is_replayed_gives_the_same_document(known: int, name: str, tmp_path: Path) -> None:
    raw = corpus_of(tmp_path, name)
    cleaned = Cleaned()
    source, remarks = read(single(raw / f"{name}.txt"), corpus_settings.load(None), cleaned)
    _, first = finish(source, remarks, cleaned)
    _, again = finish(source, remarks, cleaned, first.changes[:known])
    assert (again.document, again.unconverted) == (first.document, first.unconverted)
    assert again.changes == first.changes


def test_stages_see_no_more_than_they_may() -> None:
    options = corpus_settings.build(
        {"tei": {"choice": True}, "script": {"target": "hant"}, "encoding": "big5"}, {}, "", ""
    )
    seen = only(options, runner.TEXT)
    assert (seen.tei, seen.script, seen.encoding) == (Options().tei, Options().script, "big5")
    assert only(options, runner.SCRIPT).script.target == "hant"
    assert set(runner.TEXT) < set(runner.SCRIPT)


def test_the_manifest_has_no_trace_of_the_cache(tmp_path: Path) -> None:
    raw = corpus_of(tmp_path, "en")
    rebuild(raw)
    rebuild(raw)
    assert list(manifests.differences(tmp_path / "out")) == []
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["dataset", "manifest.json", "parquet", "tei"]
