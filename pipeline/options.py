"""Every setting as one frozen value, handed down; there are no globals.

`settings.py` reads them from `jiaokan.toml` and sidecars; the sentence under an option is its manual.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, fields, replace
from typing import Literal

Target = Literal[
    "auto", "keep", "hans", "hant", "hant-tw", "hant-hk",
    "hans-phrases", "hant-phrases", "hant-tw-phrases", "hant-hk-phrases",
]  # fmt: skip
Action = Literal[
    "join", "keep-hyphen", "paragraph", "no-paragraph", "heading", "not-heading", "drop", "keep", "replace", "article"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Script:
    """Chinese script."""

    target: Target = "auto"
    """The script of the clean text: `auto` leaves each article in its own; `-phrases` swaps regional words too.  Titles of works in 《》 stay as set."""
    protect: tuple[str, ...] = ()
    """Names and terms that are never converted; authors, and persons the text shows to be some, need not be listed."""


@dataclass(frozen=True, slots=True)
class Characters:
    """Characters and punctuation."""

    punctuation: Literal["language", "keep"] = "language"
    """`language` writes punctuation and widths as the language around them does."""
    mojibake: Literal["repair", "flag", "keep"] = "repair"
    """What to do with text that was once read in a wrong encoding; `flag` only remarks it."""


@dataclass(frozen=True, slots=True)
class LineEnds:
    """Line ends."""

    hyphens: Literal["evidence", "keep", "join"] = "evidence"
    """A hyphen at a line's end: decided by evidence, always kept, or always closed up."""
    words: str = ""
    """A word list made by `jiaokan words RAW`, as a path that can be opened; outputs name its digest only."""
    words_sha256: str = ""
    """Digest of that list, empty without one; set by the program."""


@dataclass(frozen=True, slots=True)
class Tei:
    """How TEI is written."""

    forme_work: bool = False
    """Running heads and page numbers as `fw` beside their `pb`."""
    choice: bool = False
    """Emended places as `choice` with `orig` and `reg`."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a sidecar says of its source; it wins over what is found in the text.  Empty: not said."""

    title: str = ""
    """Title of the source's only article."""
    journal: str = ""
    """Title of the journal."""
    volume: str = ""
    """Volume, as it is to be printed."""
    issue: str = ""
    """Issue, as it is to be printed."""
    date: str = ""
    """Date of publication; ISO 8601 (`2024-03`) is also given to machines."""
    publisher: str = ""
    """Publisher."""
    licence: str = ""
    """Licence of the text: a sentence or an absolute address."""
    language: str = ""
    """Main language as a BCP 47 tag; `zh-Hant`, `zh-TW` or `zh-CN` settle the script too."""
    doi: str = ""
    """DOI of the source's only article, without a resolver."""


@dataclass(frozen=True, slots=True)
class Gates:
    """What a build must keep to; one that does not gives exit status 1.  Without a value there is no gate."""

    remarks: float | None = None
    """Most remarks for every 1,000 characters of the raw text, over the whole corpus."""
    remarks_of_document: float | None = None
    """Most remarks for every 1,000 characters of one document; a shorter one counts as 1,000."""
    certainty: float | None = None
    """Least median of the certainties of all raw characters of a document, from 0 to 1."""
    doubtful: float | None = None
    """Largest share, from 0 to 1, of the raw characters of the corpus whose certainty is below `doubtful_below`."""
    doubtful_below: float = 0.6
    """Certainty below which a character counts for `doubtful`."""
    unbalanced_notes: int | None = None
    """Most notes without a marker and markers without a note."""
    articles_without_title: int | None = None
    """Most articles without a title."""
    documents_without_article: int | None = None
    """Most documents that hold text, but no article."""
    failed_documents: int | None = None
    """Most documents that may fail; one that fails gives exit status 1 also where this gate holds."""


# The largest value of those that have one.
MOST = {"certainty": 1, "doubtful": 1, "doubtful_below": 1}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A correction by hand, resolved: `action` holds for the witness span [start, end).

    `with_` is the new text of a `replace`; `why` the reason given.  `line` is the line of the raw file that an error
    names; 0 where it follows from `start`.
    """

    action: Action
    start: int
    end: int
    with_: str = ""
    why: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Options:
    """All settings of a corpus, or of one source where a sidecar overrides them."""

    encoding: str = "detect"
    """Encoding of the raw files: `detect`, or a name such as `gb18030`."""
    script: Script = field(default_factory=Script)
    characters: Characters = field(default_factory=Characters)
    line_ends: LineEnds = field(default_factory=LineEnds)
    tei: Tei = field(default_factory=Tei)
    metadata: Metadata = field(default_factory=Metadata)
    gates: Gates = field(default_factory=Gates)
    verdicts: tuple[Verdict, ...] = ()
    """Corrections by hand of this source, in the order of the witness; empty for a corpus."""


# What the stages before `script` may depend on, and what that one and those behind it may: they are shown no more.
TEXT = ("encoding", "characters", "line_ends", "verdicts")
SCRIPT = (*TEXT, "script", "metadata")


def only(options: Options, names: Collection[str]) -> Options:
    """The options with all but these fields at their defaults: what sees no more can depend on no more."""
    defaults = Options()
    return replace(
        options, **{one.name: getattr(defaults, one.name) for one in fields(Options) if one.name not in names}
    )
