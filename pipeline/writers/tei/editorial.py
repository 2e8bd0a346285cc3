"""The editorial declaration: what was done to the text, as the settings really were and as it came out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from ...options import Options
from .facts import Facts
from .markup import attributes, element, escape

# By setting: the sentence about it, and where TEI has a code for it, that code.
HYPHENS = {
    "evidence": ("hard", "Hyphens at line ends were kept or closed up on the evidence of the source, word by word."),
    "keep": ("all", "All hyphens at line ends were kept."),
    "join": ("none", "All hyphens at line ends were closed up."),
}
WORDS = "A list of the words of the whole corpus helped to decide (SHA-256 {digest})."
LETTERS = (
    "Ligatures, decomposed characters and compatibility forms became ordinary characters, several blanks one; "
    "control characters were taken out."
)
READ = {True: "The source was found to be in {names}.", False: "The source was read as {names}, as was set."}
MOJIBAKE = {
    "repair": "Text once read in a wrong encoding was repaired where the result is clearly better.",
    "flag": "Text once read in a wrong encoding was remarked and left as it is.",
    "keep": "Text once read in a wrong encoding was left as it is.",
}
PUNCTUATION = {
    "language": "Punctuation and the width of characters follow the language around them.",
    "keep": "Punctuation and the width of characters are those of the source.",
}
QUOTATION = {
    "language": "Quotation marks stand in the text; pairs of straight ones in Chinese sentences became curved.",
    "keep": "Quotation marks stand in the text as in the source.",
}
QUOTED = "What the source sets off as a quotation is a block of its own."
SCRIPT = {
    "auto": "Chinese stays in the script of its article; only characters of the other script alone were brought over.",
    "keep": "Chinese characters are those of the source.",
}
CONVERTED = (
    "Chinese text was converted to the script {target}; protected names and terms, and titles of works, were not."
)
PROTECTED = "Protected by the settings: {terms}."
OPENCC = "OpenCC {version}, configuration {name}.json, changed {places} places"
DOUBTFUL = ", {doubtful} of them on characters that may stand for several others"
EMENDED = {True: "Emended places are marked with choice.", False: "Emendations are recorded in the collation."}
MISPRINTS = "Misprints of the source stand as they are"
BY_HAND = {
    True: "but for {number} by hand, recorded in the collation and marked with sic and corr where they change words.",
    False: "but for {number} by hand, recorded in the collation.",
}
NOTHING_BY_HAND = "nothing was corrected by hand."
SEGMENTS = (
    "Paragraphs, heads and lists were found by the layout of the source; "
    "lines are not kept, save in tables and formulas that stand as text."
)
FORME_WORK = {
    True: "Running heads and page numbers are given as forme work beside the page breaks.",
    False: "Running heads and page numbers were left out; page breaks stand at their places.",
}


def declaration(options: Options, facts: Facts) -> list[str]:
    """`editorialDecl`, with the remarks under `interpretation`."""
    noted = [
        f"<p{attributes(n=remark.rule)}>{escape(remark.message)}</p>"
        for remark in facts.remarks
        if remark.message.strip()
    ]
    return [
        "<editorialDecl>",
        *_done(options, replace(facts, remarks=())),
        *(["<interpretation>", *noted, "</interpretation>"] if noted else []),
        "</editorialDecl>",
    ]


@lru_cache(maxsize=256)  # nearly all articles of a corpus share it
def _done(options: Options, facts: Facts) -> tuple[str, ...]:
    """What was done; `facts` without remarks."""
    eol, _ = HYPHENS[options.line_ends.hyphens]
    method = "markup" if options.tei.choice else "silent"
    punctuation = options.characters.punctuation
    return (
        element("correction", _paragraph(_corrections(options, facts)), method=method),
        element("hyphenation", "".join(map(_paragraph, _hyphens(options))), eol=eol),
        element("normalization", "".join(map(_paragraph, _normalizations(options, facts))), method=method),
        element("punctuation", _paragraph(PUNCTUATION[punctuation]), marks="all"),
        element("quotation", _paragraph(f"{QUOTATION[punctuation]} {QUOTED}"), marks="all"),
        element("segmentation", _paragraph(SEGMENTS) + _paragraph(FORME_WORK[options.tei.forme_work])),
    )


def _paragraph(sentences: str) -> str:
    return element("p", escape(sentences))


def _corrections(options: Options, facts: Facts) -> str:
    if not facts.corrections:
        return f"{MISPRINTS}; {NOTHING_BY_HAND}"
    number = f"{facts.corrections} correction{'s' if facts.corrections > 1 else ''}"
    return f"{MISPRINTS}, {BY_HAND[options.tei.choice].format(number=number)}"


def _hyphens(options: Options) -> Iterator[str]:
    yield HYPHENS[options.line_ends.hyphens][1]
    if options.line_ends.hyphens == "evidence" and options.line_ends.words_sha256:
        yield WORDS.format(digest=options.line_ends.words_sha256)


def _normalizations(options: Options, facts: Facts) -> Iterator[str]:
    """Encoding, letters, script and how emended places can be told."""
    if facts.encodings:
        yield READ[options.encoding == "detect"].format(names=" and ".join(facts.encodings))
    yield f"{LETTERS} {MOJIBAKE[options.characters.mojibake]}"
    target = options.script.target
    yield SCRIPT.get(target) or CONVERTED.format(target=target)
    if options.script.protect and target != "keep":
        yield PROTECTED.format(terms="; ".join(options.script.protect))
    for conversion in facts.conversions:
        doubtful = DOUBTFUL.format(doubtful=conversion.doubtful) if conversion.doubtful else ""
        told = OPENCC.format(version=conversion.version, name=conversion.name, places=conversion.places)
        yield f"{told}{doubtful}."
    yield EMENDED[options.tei.choice]
