"""What only people know of a data set."""

from __future__ import annotations

from dataclasses import dataclass

from ... import __version__

# The program that made the data set, as all descriptions name it.
GENERATOR = f"jiaokan {__version__}"


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

    `name` is for machines (`[a-z0-9-]`); `licence` is an SPDX identifier.
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
