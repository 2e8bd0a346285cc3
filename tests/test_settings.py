"""Settings and sidecars: what is said is done or refused, with the line and the nearest known word."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.model import Source
from pipeline.options import Metadata, Options
from pipeline.readers.text import read
from pipeline.settings import Settings, digest, find, load
from pipeline.sidecar import read as read_sidecar
from pipeline.sidecar import resolve


def settings_of(folder: Path, text: str) -> Settings:
    path = folder / "jiaokan.toml"
    path.write_text(text, "utf-8")
    return load(path)


def source_of(text: str) -> Source:
    return read("x", [("x.txt", text.encode())])[0]


def verdicts_of(toml: str, witness: str) -> list[tuple[str, str]]:
    source = source_of(witness)
    sidecar = read_sidecar(toml.encode(), "x.toml", Settings())
    return [(one.action, source.text[one.start : one.end]) for one in resolve(sidecar.corrections, source)]


def test_defaults_without_a_file() -> None:
    assert load(None).options == Options()


def test_every_key_is_read(tmp_path: Path) -> None:
    options = settings_of(
        tmp_path,
        """encoding = "big5"
        script = { target = "hant-tw-phrases", protect = ["翟崑"] }
        [characters]
        punctuation = "keep"
        mojibake = "flag"
        [line_ends]
        hyphens = "join"
        [tei]
        forme_work = true
        choice = true
        [metadata]
        journal = "River Studies"
        date = 2024-03-01
        """,
    ).options
    assert options.script.protect == ("翟崑",)
    assert (options.encoding, options.script.target, options.line_ends.hyphens) == ("big5", "hant-tw-phrases", "join")
    assert (options.characters.punctuation, options.characters.mojibake) == ("keep", "flag")
    assert options.tei.forme_work
    assert options.tei.choice
    assert options.metadata == Metadata(journal="River Studies", date="2024-03-01")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[scrpt]\ntarget = 'hans'", r"jiaokan\.toml:1: unknown key `scrpt`; did you mean `script`\?"),
        ("\n[script]\ntraget = 'hans'", r":3: unknown key `script\.traget`; did you mean `target`\?"),
        ("[script]\ntarget = 'hants'", r":2: unknown value 'hants' of `script\.target`; did you mean `hant`\?"),
        ("[tei]\nchoice = 'yes'", r":2: the value 'yes' of `tei\.choice` will not do: .*bool"),
        ("[script]\nprotect = 'one'", r":2: the value 'one' of `script\.protect` will not do"),
        ("tei = 3", r":1: `tei` is a table: write \[tei\]"),
        ("encoding = 'gb18300'", r":1: unknown value 'gb18300' of `encoding`; did you mean `gb18030`\?"),
        ("verdicts = []", r":1: unknown key `verdicts`"),
        ("[line_ends]\nwords_sha256 = 'x'", r":2: unknown key `line_ends\.words_sha256`"),
        (
            "[line_ends]\nwords = 'gone.parquet'",
            r"word list 'gone\.parquet' is not there \(make it with `jiaokan words",
        ),
        ("[tei\n", r":1: is not TOML"),
        ("[xyzzy]\n[tei]\nfoo = 1", r":1: unknown key `xyzzy`; known: .*; line 3: unknown key `tei\.foo`"),
    ],
)
def test_mistakes_are_told_with_their_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        settings_of(tmp_path, text)


def test_settings_that_are_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "jiaokan.toml"
    path.write_bytes(b"[tei]\n# \xff\n")
    with pytest.raises(SettingsError, match=r":2: is not UTF-8"):
        load(path)


def test_the_file_is_found_in_the_folder_or_beside_it(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    assert find(raw) is None
    (tmp_path / "jiaokan.toml").touch()
    assert find(raw) == tmp_path / "jiaokan.toml"
    (raw / "jiaokan.toml").touch()
    assert find(raw) == raw / "jiaokan.toml"


def test_digest_depends_on_what_matters_only(tmp_path: Path) -> None:
    plain = load(None).digest
    assert settings_of(tmp_path, "# a comment\n[script]\ntarget = 'auto'\n").digest == plain
    assert settings_of(tmp_path, "[script]\ntarget = 'keep'\n").digest != plain
    digests = []
    for place in ("one", "two"):
        folder = tmp_path / place
        folder.mkdir()
        (folder / "words.parquet").write_bytes(b"the same bytes")
        digests.append(settings_of(folder, "[line_ends]\nwords = 'words.parquet'\n").digest)
    assert digests[0] == digests[1] != plain
    (tmp_path / "two" / "words.parquet").write_bytes(b"other bytes")
    assert load(tmp_path / "two" / "jiaokan.toml").digest != digests[0]


def test_sidecar_overrides_key_by_key(tmp_path: Path) -> None:
    corpus = settings_of(tmp_path, "[script]\ntarget = 'hans'\nprotect = ['甲']\n[metadata]\njournal = 'J'\n")
    sidecar = read_sidecar(b"encoding = 'gbk'\n[script]\ntarget = 'keep'\n[metadata]\nissue = '3'\n", "x.toml", corpus)
    assert (sidecar.options.encoding, sidecar.options.script.target) == ("gbk", "keep")
    assert sidecar.options.script.protect == ("甲",)
    assert (sidecar.options.metadata.journal, sidecar.options.metadata.issue) == ("J", "3")
    assert digest(sidecar.options) != corpus.digest


WITNESS = "On the vaccine hand-\nover ceremony,\r\nthey met.\n王  毅 说：会面\n结束了。\nthey met again.\n"


@pytest.mark.parametrize(
    ("entry", "span"),
    [
        ("quote = 'vaccine handover'", "vaccine hand-\nover"),
        ("quote = 'hand-over  ceremony, they'", "hand-\nover ceremony,\r\nthey"),
        ("quote = '王毅说'", "王  毅 说"),
        ("quote = '会面结束'", "会面\n结束"),
        ("lines = [2, 3]", "over ceremony,\r\nthey met.\n"),
        ("lines = [6, 6]", "they met again.\n"),
    ],
)
def test_corrections_find_their_place(entry: str, span: str) -> None:
    assert verdicts_of(f"[[correction]]\n{entry}\naction = 'keep'\n", WITNESS) == [("keep", span)]


def test_a_correction_says_everything() -> None:
    toml = "[[correction]]\nquote = 'they met again'\naction = 'replace'\nwith = 'they parted'\nwhy = 'misread'\n"
    sidecar = read_sidecar(toml.encode(), "x.toml", Settings())
    (verdict,) = resolve(sidecar.corrections, source_of(WITNESS))
    assert (verdict.action, verdict.with_, verdict.why) == ("replace", "they parted", "misread")


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("quote = 'not there'\naction = 'keep'", r"x\.toml:2: the quotation 'not there' is not in x"),
        ("quote = 'they met'\naction = 'keep'", r"x\.toml:2: .*is not unique: lines 3 and 6 \(quote more words\)"),
        ("quote = 'they'\nlines = [1, 1]\naction = 'keep'", "either `quote` or `lines`"),
        ("action = 'keep'", "either `quote` or `lines`"),
        ("lines = [5, 99]\naction = 'keep'", "there are 6 lines, not 99"),
        ("lines = [3, 2]\naction = 'keep'", r"`lines` is \[first, last\]"),
        ("lines = [1, 2.5]\naction = 'keep'", r"`lines` is \[first, last\]"),
        ("quote = 'x'\naction = 'joyn'", r"unknown action 'joyn'; did you mean `join`\?"),
        ("qoute = 'x'\naction = 'join'", r"unknown key `qoute` of a correction; did you mean `quote`\?"),
        ("quote = 'x'\naction = 'replace'", "`replace` needs it"),
        ("quote = 'x'\naction = 'join'\nwith = 'y'", "`with` belongs to `replace`"),
        ("quote = ' - '\naction = 'join'", "the quotation is empty"),
        ("quote = 3\naction = 'join'", "the value 3 of `quote` will not do"),
    ],
)
def test_bad_corrections_are_told(entry: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        verdicts_of(f"\n[[correction]]\n{entry}\n", WITNESS)


@pytest.mark.parametrize(("one", "other"), [("join", "keep-hyphen"), ("drop", "keep"), ("heading", "not-heading")])
def test_contradictions_are_told(one: str, other: str) -> None:
    toml = f"[[correction]]\nlines = [1, 2]\naction = '{one}'\n[[correction]]\nquote = 'handover'\naction = '{other}'\n"
    with pytest.raises(SettingsError, match=r"x\.toml:4: contradicts the correction in line 1"):
        verdicts_of(toml, WITNESS)


def test_agreeing_corrections_may_overlap() -> None:
    toml = "[[correction]]\nlines = [1, 2]\naction = 'paragraph'\n[[correction]]\nquote = 'handover'\naction = 'join'\n"
    with pytest.raises(SettingsError):
        verdicts_of(toml, WITNESS)
    toml = toml.replace("'paragraph'", "'heading'")
    assert [action for action, _ in verdicts_of(toml, WITNESS)] == ["heading", "join"]
