"""The texts that the weights of hyphens are trained on, a paragraph a line: OUT/LANG/NAME.txt.

    python -m bench.train.prose --shared ../shared --novels de=DIR --novels fr=DIR --manuals de=DIR … OUT

Articles of the development sets and lines of the real papers in English, parts of novels in TEI
(ELTeC-eng, ELTeC-deu and ELTeC-fra, level 1), paragraphs of manuals in HTML (Debian's reference and developers'
reference).  None of them belongs to the project; what is made of them is the table of weights.
"""

from __future__ import annotations

import html
import json
import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from .truth import SHARED

NOVELS, NOVEL = 24, 90_000  # how many of a language; characters taken of each, from its second quarter on
MANUAL = 120_000  # characters of one text made of manuals
LEAST = 60  # characters of a paragraph of a manual
ARTICLE, PAPER, JOINED = 8_000, 60, 12  # characters of an article; lines of a paper; lines that make a paragraph
_UNWANTED = re.compile(r"<(?:note|pb|fw)\b[^>]*/?>")
_CODE = re.compile(r"<(code|tt|pre)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_TEI = re.compile(r"<(?:p|l)\b[^>]*>(.*?)</(?:p|l)>", re.DOTALL)
_HTML = re.compile(r"<(?:p|div class=\"para\")\b[^>]*>(.*?)</(?:p|div)>", re.DOTALL)
_HYPHEN = re.compile(r"[-\u00ad\u2010]\Z")

Named = tuple[str, list[str]]  # a text's name and its paragraphs


def novels(folder: Path) -> Iterator[Named]:
    """A part of every novel of some of the folder's."""
    paths = sorted(folder.glob("**/*.xml"))
    for path in paths[:: max(1, len(paths) // NOVELS)][:NOVELS]:
        text = path.read_text(encoding="utf-8")
        found = [_plain(_UNWANTED.sub("", one)) for one in _TEI.findall(text[text.find("<body") :])]
        paragraphs = [one for one in found if one]
        yield path.stem, next(_portions(paragraphs[len(paragraphs) // 4 :], NOVEL), [])


def manuals(folder: Path) -> Iterator[Named]:
    """Texts made of the paragraphs of all pages."""
    pages = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.glob("**/*.html"))]
    found = dict.fromkeys(_plain(_CODE.sub("X", one)) for page in pages for one in _HTML.findall(page))
    for number, portion in enumerate(_portions([one for one in found if len(one) > LEAST], MANUAL)):
        yield f"tech-{folder.name}-{number}", portion


def articles(shared: Path) -> Iterator[Named]:
    """The English articles of the typeset issues, each once."""
    seen: set[str] = set()
    for path in sorted((shared / "bench" / "typeset" / "dev" / "truth").glob("*.json")):
        for article in json.loads(path.read_text(encoding="utf-8"))["articles"]:
            name = re.sub(r"\W+", "-", article["title"])[:50]
            texts = [
                block.get("text", "") for block in article["blocks"] if block["type"] in ("paragraph", "quote", "item")
            ]
            if article.get("lang", "en") == "en" and name not in seen and sum(map(len, texts)) > ARTICLE:
                seen.add(name)
                yield f"paper-{name}", [" ".join(text.split()) for text in texts if text]


def papers(shared: Path) -> Iterator[Named]:
    """The long lines of running text of the real papers, without those that a hyphen ties to another line."""
    for path in sorted((shared / "bench" / "real" / "grobid_seg").glob("*.raw.txt")):
        lines = [line.strip() for line in re.split(r"[\n\f]+", path.read_text(encoding="utf-8"))]
        kept = [
            line
            for before, line in zip(["", *lines], lines, strict=False)
            if not _HYPHEN.search(line) and not _HYPHEN.search(before) and _is_prose(line)
        ]
        if len(kept) > PAPER:
            yield f"real-{path.stem[:36]}", [" ".join(kept[at : at + JOINED]) for at in range(0, len(kept), JOINED)]


def _is_prose(line: str) -> bool:
    return len(line) > 40 and sum(one.isalpha() or one == " " for one in line) * 100 > len(line) * 85


def _plain(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", text)).split())


def _portions(paragraphs: Iterable[str], size: int) -> Iterator[list[str]]:
    """Paragraphs together as long as `size`, the last ones if they are a sixth of it."""
    portion: list[str] = []
    for paragraph in paragraphs:
        portion.append(paragraph)
        if sum(map(len, portion)) > size:
            yield portion
            portion = []
    if sum(map(len, portion)) * 6 > size:
        yield portion


def main(arguments: Sequence[str]) -> int:
    parser = ArgumentParser(description="Gather prose to set in lines.")
    parser.add_argument("out", type=Path, help="folder to write to")
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder of the development sets")
    parser.add_argument("--novels", action="append", default=[], metavar="LANG=DIR", help="novels in TEI")
    parser.add_argument("--manuals", action="append", default=[], metavar="LANG=DIR", help="manuals in HTML")
    options = parser.parse_args(arguments)
    found = [("en", articles(options.shared)), ("en", papers(options.shared))]
    for given, read in ((options.novels, novels), (options.manuals, manuals)):
        found += [(lang, read(Path(folder))) for lang, _, folder in (one.partition("=") for one in given)]
    for lang, texts in found:
        (options.out / lang).mkdir(parents=True, exist_ok=True)
        for name, paragraphs in texts:
            (options.out / lang / f"{name}.txt").write_text("\n".join(paragraphs) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
