"""The parts of the manual that follow from the code: every setting and every rule, as Markdown tables.

`python -m pipeline.manual DOCS` writes them into `settings.md` and `rules.md` of a folder, between the lines
that mark them; a test keeps the manual and the code in step.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

import pipeline

from . import options, stages
from .model import Rule
from .settings import OURS

# Modules of `stages/` that are part of a stage of another name.
PARTS = {
    "forme": "pages", "breaks": "pages", "numbers": "pages", "patterns": "layout", "stretches": "script",
    "misread_labels": "notes", "colophons": "articles", "signatures": "articles", "title_blocks": "articles", "title_lines": "articles", "title_votes": "articles",
}  # fmt: skip
# Where rules that belong to no stage come from.
OTHERS = {
    "readers": "reading",
    "columns": "columns side by side",
    "collation": "the collation",
    "verdicts": "corrections by hand",
}
_MARKED = re.compile(r"(<!-- from the code: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


class Setting(NamedTuple):
    """A key of `jiaokan.toml`; `choices` is empty where any value of its kind will do, `owner` names its class."""

    key: str
    kind: Any
    default: Any
    choices: tuple[str, ...]
    sentence: str
    owner: str


def all_settings() -> list[Setting]:
    """Every setting, in the order of the manual."""
    sentences = _sentences()
    return [
        Setting(
            key, kind, default, get_args(kind) if get_origin(kind) is Literal else (), sentences[owner, name], owner
        )
        for key, kind, default, owner, name in _keys(options.Options, "")
    ]


def sentence_of(owner: str) -> str:
    """The sentence under a class of `options.py`."""
    return str(getattr(options, owner).__doc__)


def settings_table() -> str:
    """A table of all keys of `jiaokan.toml`: key, values (default first), sentence."""
    rows = [f"| `{one.key}` | {_values(one.kind, one.default)} | {one.sentence} |" for one in all_settings()]
    return "\n".join(["| key | values, default first | |", "| --- | --- | --- |", *rows])


def rules_table() -> str:
    """A table of all rules for each stage, in the order of the row: id, fate, certainty, sentence."""
    found: dict[str, dict[tuple[str, str], Rule]] = {}
    for module in _modules():
        for rule in _rules_of(vars(module).values()):
            found.setdefault(_stage_of(module.__name__), {})[rule.id, rule.fate] = rule
    order = [
        OTHERS["readers"],
        OTHERS["columns"],
        *(name for name, _ in stages.STAGES),
        OTHERS["verdicts"],
        OTHERS["collation"],
    ]
    own = set(found[OTHERS["verdicts"]])  # other modules have them from there
    parts = []
    for name in order:
        rules = {key: rule for key, rule in found.pop(name, {}).items() if key not in own or name == OTHERS["verdicts"]}
        own |= set(rules)
        if not rules:
            continue
        rows = [
            f"| `{r.id}` | {r.fate} | {r.certainty / 100:.2f} | {_cell(r.sentence)} |" for _, r in sorted(rules.items())
        ]
        head = f"## `{name}`" if name in dict(stages.STAGES) else f"## {name[0].upper()}{name[1:]}"
        parts.append(
            "\n".join([head, "", "| rule | fate | usually | what was found |", "| --- | --- | ---: | --- |", *rows])
        )
    homeless = {key for rules in found.values() for key in rules} - own
    assert not homeless, f"rules of no known stage: {sorted(homeless)}"
    return "\n\n".join(parts)


TABLES = {"settings": settings_table, "rules": rules_table}


def fill(text: str) -> str:
    """A page of the manual with its marked tables as the code has them now."""
    return _MARKED.sub(lambda found: f"{found[1]}\n{TABLES[found[2]]()}\n\n{found[3]}", text)


def _keys(kind: type, above: str) -> Iterator[tuple[str, Any, Any, str, str]]:
    hints = get_type_hints(kind)
    for one in fields(kind):
        if one.name in OURS:
            continue
        known = hints[one.name]
        if is_dataclass(known):
            assert isinstance(known, type)
            yield from _keys(known, f"{above}{one.name}.")
        else:
            yield f"{above}{one.name}", known, one.default, kind.__name__, one.name


def _values(kind: Any, default: Any) -> str:
    if get_origin(kind) is Literal:
        return ", ".join(f"`{value}`" for value in [default, *(v for v in get_args(kind) if v != default)])
    if kind is bool:
        return "`false`, `true`"
    if kind is str:
        return f"`{default}`, or another text" if default else "text; none"
    if kind in (float, float | None, int | None):
        return f"`{default}`, or another number" if default else "number; none"
    return "list of texts; empty"


def _sentences() -> dict[tuple[str, str], str]:
    """The sentence under every field of the classes in `options.py`."""
    tree = ast.parse(Path(options.__file__).read_text("utf-8"))
    found = {}
    for kind in tree.body:
        if isinstance(kind, ast.ClassDef):
            for one, behind in zip(kind.body, kind.body[1:], strict=False):
                if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name) and isinstance(behind, ast.Expr):
                    found[kind.name, one.target.id] = str(ast.literal_eval(behind.value))
    return found


def _modules() -> Iterator[Any]:
    for info in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
        if not info.name.endswith(("__main__", "manual")):
            yield importlib.import_module(info.name)


def _rules_of(values: Any) -> Iterator[Rule]:
    """Rules among values, also inside tuples and tables."""
    for value in values:
        if isinstance(value, Rule):
            yield value
        elif isinstance(value, Mapping):
            yield from _rules_of(value.values())
        elif isinstance(value, tuple | list):
            yield from _rules_of(value)


def _stage_of(module: str) -> str:
    _, first, *rest = (*module.split("."), "")
    if first != "stages" or not rest[0]:
        return OTHERS.get(first, first)
    return PARTS.get(rest[0], rest[0])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main(folder: Path) -> None:
    """Write the tables into the pages of a folder."""
    for path in sorted(folder.glob("*.md")):
        text = path.read_text("utf-8")
        if fill(text) != text:
            path.write_text(fill(text), "utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
