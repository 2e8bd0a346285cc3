"""The folder `dataset/`: what others need to find, load and cite the tables.

    write_dataset(folder, figures, about) -> names of the files written

writes `README.md` (a dataset card), `croissant.json`, `datapackage.json` and `CITATION.cff`.  All four say
the same, from `About` (what only people know), `schemas/dataset.json` (the columns) and the tables
themselves (the figures).  Paths in them count from the folder that holds `parquet/`: to publish the data
set, put the four files beside it.  No clock and no path of a machine is in them.
"""

from __future__ import annotations

import json
from pathlib import Path

from .about import About, Author, about_of
from .card import card
from .citation import citation
from .croissant import croissant
from .datapackage import datapackage
from .figures import Figures, count, count_files

__all__ = ["About", "Author", "Figures", "about_of", "count", "count_files", "write_dataset"]


def write_dataset(folder: Path, figures: Figures, about: About | None = None) -> tuple[str, ...]:
    """Write the four files into `folder`; `figures` are those of the tables (`count`)."""
    about = about or About()
    texts = {
        "CITATION.cff": citation(about),
        "README.md": card(about, figures),
        "croissant.json": _json(croissant(about, figures)),
        "datapackage.json": _json(datapackage(about, figures)),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode("utf-8"))
    return tuple(texts)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
