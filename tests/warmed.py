"""Imported where test processes are forked from: all that a first build loads is there already."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.build import build

with TemporaryDirectory() as folder:
    raw = Path(folder) / "raw"
    raw.mkdir()
    (raw / "en.txt").write_text(
        "The Quay\n\nBy Ada Lin\n\nThe clerks wrote down every boat of the long-\nterm trade.\n"
    )
    (raw / "zh.txt").write_text(
        "渡口旧事\n\n林岸\n\n渡口的書吏逐日登記过往的船只，这些簿册是我们了解两岸贸\n易的最好见证。\n", "utf-8"
    )
    build(raw, Path(folder) / "out", jobs=1)
