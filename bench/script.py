"""Chinese script, and the speed of the three stages for characters.  `python bench/script.py [--opencc JSONL] [TEXT ...]`

Prints how many cases of OpenCC's own tables (lines with `config`, `in`, `out`) come out as they say, through our
edits and back out of the collation; how many names stay whole that a plain conversion breaks; and how fast
`letters`, `spacing` and `script` are on clean text, beside plain ftfy and plain OpenCC.  The clean text is made
of the words of the given texts, or of a few words of our own.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from time import process_time

import ftfy
import opencc

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pipeline import runner
from pipeline.collation import collate
from pipeline.model import Article, Author, Block, Changes, Document, Rule, Source
from pipeline.options import Metadata, Options, Script, Target
from pipeline.rewrite import apply, read
from pipeline.stages.script import find
from pipeline.stages.script.conversion import find_conversions
from pipeline.stages.stretches import place_changes

CONFIGURATIONS: dict[str, tuple[Target, str]] = {  # what we offer: the target, and the language a sidecar says
    "s2t": ("hant", "zh-Hans"), "s2tw": ("hant-tw", "zh-Hans"), "s2hk": ("hant-hk", "zh-Hans"),
    "s2twp": ("hant-tw-phrases", "zh-Hans"), "s2hkp": ("hant-hk-phrases", "zh-Hans"),
    "t2s": ("hans", "zh-Hant"),  # taken where a text has OpenCC's own forms (爲, 羣); else it is Taiwan's, `tw2s`
    "tw2s": ("hans", "zh-TW"), "hk2s": ("hans", "zh-HK"),
    "tw2sp": ("hans-phrases", "zh-TW"), "hk2sp": ("hans-phrases", "zh-HK"),
    "t2tw": ("hant-tw", "zh-Hant"), "t2hk": ("hant-hk", "zh-Hant"),
}  # fmt: skip
NAMES = Path(__file__).resolve().parents[1] / "tests" / "cases" / "names.tsv"
SIZE = 1_000_000
RULE = Rule("bench", "kept", 100, "Made for the benchmark.")
ENGLISH = "the old ferry bell rang before dawn and people on both banks began their work while boats left for town"
CHINESE = (
    "渡口的钟声 船夫收起旧帆 等着雨停 两岸人家 开门生火做饭 河水慢慢涨了 石桥下面 孩子们跑过 集市已经开始 大家都认识他"
)
STAGES = ("letters", "spacing", "script")

runner.perf_counter = process_time  # type: ignore[attr-defined]  # what else runs here must not count


def document_of(text: str, kind: str = "p", lang: str = "zh", authors: tuple[Author, ...] = ()) -> Document:
    """A document of one article of one block."""
    blocks = {"b": Block("b", kind, ((0, len(text)),), RULE, 100)}
    return Document(
        Source("x", text, ()), blocks=blocks, articles=(Article(1, "article", ("b",), RULE, 100, lang, authors),)
    )


def collated(document: Document) -> str:
    """The text out of the rows of the collation; raises where these do not give the witness back."""
    rows = collate(document).rows()
    witness = document.source.text
    if "".join(witness[row.start : row.end] for row in rows) != witness:
        raise AssertionError("the rows do not partition the witness")
    return "".join(witness[row.start : row.end] if row.reading is None else row.reading for row in rows)


def by_configuration(text: str, config: str) -> str:
    """A text after the edits that one configuration of OpenCC asks for."""
    document = document_of(text)
    reading = read(document, document.blocks["b"].spans)
    return collated(apply(document, Changes(edits=tuple(place_changes(reading, find_conversions(text, config))))))


def by_stage(text: str, target: Target, language: str, lang: str = "zh", authors: tuple[Author, ...] = ()) -> str:
    """A text after the whole stage."""
    document = document_of(text, lang=lang, authors=authors)
    options = Options(script=Script(target=target), metadata=Metadata(language=language))
    return collated(apply(document, find(document, None, options)))


def measure_conformance(path: Path) -> int:
    """Print the cases that come out right, by configuration; returns how many do not."""
    tried, right, staged, left = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for line in path.read_text(encoding="utf-8").split("\n"):
        case = json.loads(line) if line else {"config": ""}
        config = case["config"]
        if config not in CONFIGURATIONS:
            left[config] += bool(config)
            continue
        tried[config] += 1
        right[config] += by_configuration(case["in"], config) == case["out"]
        staged[config] += by_stage(case["in"], *CONFIGURATIONS[config]) == case["out"]
    for config in tried:
        print(
            f"{config:8} {tried[config]:4} cases {right[config]:4} as OpenCC's table {staged[config]:4} through the whole stage"
        )
    print(
        f"{'all':8} {tried.total():4} cases {right.total():4} as OpenCC's table {staged.total():4} by the whole stage"
    )
    print("not offered: " + ", ".join(f"{config} {count}" for config, count in sorted(left.items()) if count))
    return tried.total() - right.total()


def measure_names() -> int:
    """Print how many names stay whole that plain conversion breaks; returns how many do not."""
    rows = [line.split("\t") for line in NAMES.read_text(encoding="utf-8").split("\n")[1:] if line]
    broken = 0
    plain = {"hant": opencc.OpenCC("s2t"), "hans": opencc.OpenCC("tw2s")}
    for name, target in rows:
        if plain[target].convert(name) == name:
            print(f"{name}: plain conversion leaves it whole")
        text = f"大家都说{name}来过这里。" if target == "hant" else f"大家都說{name}來過這裡。"
        broken += name not in by_stage(text, "hant" if target == "hant" else "hans", "", authors=(Author(name),))
    print(f"names: {len(rows)} that plain conversion breaks, {broken} broken by us")
    return broken


def best(call: Callable[[], object], runs: int = 3) -> float:
    """The least processor time of a call, in milliseconds."""
    times = []
    for _ in range(runs):
        gc.collect()
        began = process_time()
        call()
        times.append(process_time() - began)
    return min(times) * 1000


def clean_english(texts: list[str]) -> str:
    """A megabyte of English sentences made of words of the texts."""
    return _made([re.findall(r"[A-Za-z][a-z]+(?:[’'-][a-z]+)*", text) for text in texts], ENGLISH.split(), " ", ". ")


def clean_chinese(texts: list[str]) -> str:
    """A megabyte of simplified Chinese sentences made of phrases of the texts."""
    convert = opencc.OpenCC("t2s").convert
    return _made([re.findall("[\u4e00-\u9fff]{3,16}", convert(text)) for text in texts], CHINESE.split(), "，", "。")


def _made(found: list[list[str]], own: list[str], inside: str, end: str) -> str:
    words = [word for some in found for word in some] or own
    numbers = random.Random(7)
    lines: list[str] = []
    size = 0
    while size < SIZE:
        sentences = []
        for _ in range(numbers.randint(3, 7)):
            count = numbers.randint(8, 30) if inside == " " else numbers.randint(2, 5)
            at = numbers.randrange(max(1, len(words) - count))
            sentences.append(inside.join(words[at : at + count]).capitalize())
        lines.append(end.join(sentences) + end.strip())
        size += len(lines[-1].encode()) + 1
    return "\n".join(lines)


def measure_speed(what: str, text: str) -> None:
    """Print MB a second of the three stages together and of the plain libraries on the same text."""
    size = len(text.encode()) / SIZE
    timings: list[dict[str, float]] = []
    for _ in range(3):
        timings.append({})
        gc.collect()
        gc.disable()
        runner.run(Source("x", text, ()), Options(), (), timings[-1])
        gc.enable()
    spent = {stage: min(run[stage] for run in timings) * 1000 for stage in STAGES}
    ours = sum(spent.values())
    fixed = best(lambda: [ftfy.fix_text(line) for line in text.split("\n")])
    convert = opencc.OpenCC("t2s").convert
    converted = best(lambda: convert(text))
    each = ", ".join(f"{stage} {spent[stage] / size:.0f}" for stage in STAGES)
    print(
        f"{what}: {size * 1000 / ours:.1f} MB/s ({each} ms/MB); "
        f"plain ftfy {size * 1000 / fixed:.1f} MB/s, plain OpenCC {size * 1000 / converted:.1f} MB/s"
    )


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--opencc", type=Path, help="cases of OpenCC, one JSON object a line")
    parser.add_argument("texts", nargs="*", type=Path, help="texts whose words the clean text is made of")
    given = parser.parse_args(arguments)
    texts = [path.read_text(encoding="utf-8", errors="ignore") for path in given.texts]
    wrong = measure_conformance(given.opencc) if given.opencc else 0
    wrong += measure_names()
    measure_speed("clean English", clean_english(texts))
    measure_speed("clean simplified Chinese", clean_chinese(texts))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
