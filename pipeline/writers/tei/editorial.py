"""The editorial declaration: what was done to the text, as the settings really were."""

from __future__ import annotations

from collections.abc import Iterable

from ...model import Remark
from ...options import Options
from .markup import attributes, element, escape

# By setting: the sentence about it, and where TEI has a code for it, that code.
HYPHENS = {
    "evidence": ("hard", "Hyphens at line ends were kept or closed up on the evidence of the source, word by word."),
    "keep": ("all", "All hyphens at line ends were kept."),
    "join": ("none", "All hyphens at line ends were closed up."),
}
MOJIBAKE = {
    "repair": "Text once read in a wrong encoding was repaired where the result is clearly better.",
    "flag": "Text once read in a wrong encoding was remarked and left as it is.",
    "keep": "Text once read in a wrong encoding was left as it is.",
}
PUNCTUATION = {
    "language": "Punctuation and the width of characters follow the language around them.",
    "keep": "Punctuation and the width of characters are those of the source.",
}
SCRIPT = {
    "auto": "Chinese stays in the script of its article; only characters of the other script alone were brought over.",
    "keep": "Chinese characters are those of the source.",
}
CONVERTED = (
    "Chinese text was converted to the script {target}; protected names and terms, and titles of works, were not."
)
CORRECTION = (
    "Misprints of the source stand as they are; places corrected by hand are "
    "marked with sic and corr where choice is in use, and recorded in the collation."
)
FORME_WORK = {
    True: "Running heads and page numbers are given as forme work beside the page breaks.",
    False: "Running heads and page numbers were left out; page breaks stand at their places.",
}


def declaration(options: Options, remarks: Iterable[Remark]) -> list[str]:
    """`editorialDecl`, with the remarks under `interpretation`."""
    eol, hyphens = HYPHENS[options.line_ends.hyphens]
    target = options.script.target
    normalization = [
        MOJIBAKE[options.characters.mojibake],
        SCRIPT.get(target) or CONVERTED.format(target=target),
        "Emended places are marked with choice."
        if options.tei.choice
        else "Emendations are recorded in the collation.",
    ]
    noted = [
        f"<p{attributes(n=remark.rule)}>{escape(remark.message)}</p>" for remark in remarks if remark.message.strip()
    ]
    return [
        "<editorialDecl>",
        element("correction", element("p", CORRECTION)),
        element("hyphenation", element("p", hyphens), eol=eol),
        element(
            "normalization",
            element("p", escape(" ".join(normalization))),
            method="markup" if options.tei.choice else "silent",
        ),
        element("punctuation", element("p", PUNCTUATION[options.characters.punctuation])),
        element("segmentation", element("p", FORME_WORK[options.tei.forme_work])),
        *(["<interpretation>", *noted, "</interpretation>"] if noted else []),
        "</editorialDecl>",
    ]
