"""Settings: `jiaokan.toml` and the tables of sidecars, checked and made into `options.Options`.

`jiaokan.toml` is looked for in the folder of raw files and then in its parent, the corpus root.  Every
key has a default.  A key or value that is not known is a `SettingsError` naming the line and the nearest
one that is; all errors of a file are told at once.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, is_dataclass, replace
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast, get_type_hints

from .errors import SettingsError
from .options import MOST, Options
from .places import Place
from .readers.encodings import NAMES, UNORDERED, codec_of

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

NAME = "jiaokan.toml"
# Fields of `Options` that no file sets.
OURS = frozenset({"verdicts", "words_sha256"})

Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a corpus: options with defaults, and the table as written (for sidecars to override)."""

    options: Options = field(default_factory=Options)
    table: Table = field(default_factory=dict)
    path: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 over all that matters, defaults and digests of named files included; no path is in it."""
        return digest(self.options)

    @property
    def values(self) -> dict[str, Any]:
        """All that is in the digest by its key, as `script.target`; for people to see what changed."""
        values = _that_matter(self.options)
        values.pop("verdicts")
        return dict(_flat(values, ""))


def digest(options: Options) -> str:
    """SHA-256 of options in canonical JSON."""
    return sha256(json.dumps(_that_matter(options), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _that_matter(options: Options) -> dict[str, Any]:
    """Options that reach the output: no path, and no gate, which only says whether the output will do."""
    values = asdict(options)
    values["line_ends"].pop("words")
    values.pop("gates")
    return values


def _flat(values: Table, above: str) -> Iterator[tuple[str, Any]]:
    for name, value in sorted(values.items()):
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield above + name, value


def find(folder: Place) -> Place | None:
    """The settings file of a folder of raw files: in it, or beside it."""
    return next((path for path in (folder / NAME, folder.resolve().parent / NAME) if path.is_file()), None)


def find_above(file: Path) -> Path | None:
    """The settings file of a single raw file: the nearest one in the folders above it."""
    return next((folder / NAME for folder in file.resolve().parents if (folder / NAME).is_file()), None)


def load(path: Place | None, name: str = NAME, *, words: bool = True) -> Settings:
    """Settings from a file; `None` gives the defaults.  `name` is how errors call the file.

    Without `words`, the word list the file names is neither looked for nor used.
    """
    if path is None:
        return Settings()
    data = read_bytes(path, name)
    table = parse(data, name)
    options = build(table, table, name, data.decode("utf-8-sig"))
    options = _with_words(options, path.parent, name) if words else _set_words(options, "", "")
    return Settings(options, table, name)


def override(settings: Settings, table: Table, name: str, text: str) -> Options:
    """The options of one source: a sidecar's table over the corpus's."""
    if "words" in table.get("line_ends", {}):
        raise SettingsError("a word list belongs to the whole corpus", path=name, mend=f"move it to {NAME}")
    if "gates" in table:
        mend = f"move them to {NAME}"
        raise SettingsError("gates belong to the whole corpus", path=name, line=line_of(text, ("gates",)), mend=mend)
    merged = _merge(settings.table, table)
    options = build(merged, table, name, text)
    return _set_words(options, settings.options.line_ends.words, settings.options.line_ends.words_sha256)


def parse(data: bytes, name: str) -> dict[str, Any]:
    """A TOML table; raises `SettingsError` with the line."""
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise SettingsError("is not UTF-8", path=name, line=line, mend="save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        raise SettingsError(f"is not TOML: {error}", path=name, line=int(found[1]) if found else 0) from None


def build(table: Table, own: Table, name: str, text: str) -> Options:
    """Options of a table; `own` is the part that stands in the file `name`, whose `text` gives the lines."""
    if not table:
        return Options()
    complaints = [*_unknown(own, Options, ())]
    if not complaints:
        from pydantic import TypeAdapter, ValidationError  # as slow to import as all the rest: only where needed

        try:
            options = TypeAdapter(Options).validate_json(json.dumps(table, default=str), strict=True)
        except ValidationError as error:
            complaints = [_complaint(detail) for detail in error.errors()]
        else:
            complaints = [*_out_of_range(options)]
            if not complaints:
                return options
    raise error_of(complaints, name, text)


def error_of(complaints: Sequence[tuple[tuple[str, ...], str]], name: str, text: str) -> SettingsError:
    """One error for all complaints (place in the table, what is wrong), the first one's line in front."""
    places = [line_of(text, place) for place, _ in complaints]
    messages = [complaints[0][1], *(f"line {line}: {told}" for line, (_, told) in zip(places, complaints, strict=True))]
    del messages[1]
    return SettingsError("; ".join(messages), path=name, line=places[0])


def line_of(text: str, place: Sequence[str]) -> int:
    """The line (from 1) a key of a TOML text stands in; 0 where it is not found."""
    section: list[str] = []
    *above, key = place
    for number, line in enumerate(text.split("\n"), 1):
        if head := re.match(r"\s*\[\[?\s*([\w.-]+)", line):
            section = head[1].split(".")
            if section == list(place):
                return number
        elif (found := re.match(r'\s*"?([\w.-]+)"?\s*=', line)) and [*section, *found[1].split(".")] == [*above, key]:
            return number
    return 0


def nearest(word: str, known: Iterable[str]) -> str:
    """`, did you mean …?`, or all that is known."""
    choices = sorted(known)
    close = get_close_matches(word, choices, 1, 0.5)
    return f"did you mean `{close[0]}`?" if close else "known: " + ", ".join(choices)


def read_bytes(path: Place, name: str) -> bytes:
    """The bytes of a settings file; raises `SettingsError`."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise SettingsError(
            f"cannot be read: {error.strerror or error}", path=name, mend="check its permissions"
        ) from None


def _unknown(table: Table, kind: type, above: tuple[str, ...]) -> Iterable[tuple[tuple[str, ...], str]]:
    known = {item.name: get_type_hints(kind)[item.name] for item in fields(kind) if item.name not in OURS}
    for key, value in table.items():
        place = (*above, key)
        if key not in known:
            yield place, f"unknown key `{'.'.join(place)}`; {nearest(key, known)}"
        elif is_dataclass(known[key]):
            if isinstance(value, dict):
                yield from _unknown(value, cast(type, known[key]), place)
            else:
                yield place, f"`{key}` is a table: write [{key}]"


def _complaint(detail: ErrorDetails) -> tuple[tuple[str, ...], str]:
    place = tuple(str(part) for part in detail["loc"])
    key = ".".join(place)
    value = detail["input"]
    if detail["type"] == "literal_error":
        known = re.findall(r"'([^']*)'", detail["ctx"]["expected"])
        return place, f"unknown value {value!r} of `{key}`; {nearest(str(value), known)}"
    return place, f"the value {value!r} of `{key}` will not do: {detail['msg'].lower()}"


def _out_of_range(options: Options) -> Iterator[tuple[tuple[str, ...], str]]:
    """Values of the right kind that will not do all the same."""
    if options.encoding != "detect" and not codec_of(options.encoding):
        yield ("encoding",), _wrong_encoding(options.encoding)
    for one in fields(options.gates):
        value, most = getattr(options.gates, one.name), MOST.get(one.name)
        if value is not None and (not value >= 0 or (most is not None and value > most)):
            limits = f"between 0 and {most}" if most else "0 or more"
            yield ("gates", one.name), f"the value {value} of `gates.{one.name}` will not do: it is {limits}"


def _wrong_encoding(name: str) -> str:
    known = ["detect", *NAMES, *UNORDERED, *(other for others in NAMES.values() for other in others)]
    return f"unknown value {name!r} of `encoding`; {nearest(name, known)}"


def _merge(below: Table, above: Table) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        merged[key] = _merge(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged


def _set_words(options: Options, words: str, words_sha256: str) -> Options:
    return replace(options, line_ends=replace(options.line_ends, words=words, words_sha256=words_sha256))


def _with_words(options: Options, root: Place, name: str) -> Options:
    """The word list as a path that can be opened, with its digest."""
    if not options.line_ends.words:
        return options
    path = root / options.line_ends.words
    if not path.is_file():
        message = f"the word list {options.line_ends.words!r} is not there"
        raise SettingsError(message, path=name, mend="make it with `jiaokan words RAW`")
    return _set_words(options, str(path), sha256(path.read_bytes()).hexdigest())
