"""What only people know of a data set."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ... import __version__
from ...options import Metadata

# The program that made the data set, as all descriptions name it.
GENERATOR = f"jiaokan {__version__}"


_SPDX = re.compile(r"[A-Za-z\d][A-Za-z\d.+-]*")


@dataclass(frozen=True, slots=True)
class Author:
    """A person (family and given name) or, with `family` alone, a body."""

    family: str
    given: str = ""
    orcid: str = ""

    @property
    def name(self) -> str:
        """The name in one string, the given name first."""
        return f"{self.given} {self.family}".strip()


@dataclass(frozen=True, slots=True)
class About:
    """Title, authors and licence of a data set; what is empty is left out.

    `name` is for machines (`[a-z0-9-]`); `licence` is an SPDX identifier, an address, or a sentence.
    """

    name: str = "corpus"
    title: str = "Journal texts, cleaned and collated"
    description: str = (
        "Articles of Chinese and English journals as clean text, with sections, notes and pages, "
        "and with a complete collation: what became of every character of the raw files."
    )
    version: str = ""
    licence: str = ""
    address: str = ""
    authors: tuple[Author, ...] = ()
    keywords: tuple[str, ...] = ("journals", "Chinese", "TEI", "OCR post-correction", "collation")

    @property
    def is_spdx(self) -> bool:
        """Whether the licence can be an SPDX identifier (`CC-BY-4.0`)."""
        return _SPDX.fullmatch(self.licence) is not None

    @property
    def is_linked(self) -> bool:
        """Whether the licence is an address."""
        return self.licence.startswith(("http://", "https://"))


def about_of(metadata: Metadata) -> About:
    """What the `[metadata]` of a whole corpus says of its data set."""
    plain = About()
    return About(title=metadata.journal or plain.title, licence=metadata.licence)
