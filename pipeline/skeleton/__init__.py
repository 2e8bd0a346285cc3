"""A new corpus: folders, settings with comments, and what continuous integration runs.

write(folder) -> the paths written
settings.py     jiaokan.toml, from the options of the program
files/          everything else, as it is written
"""

from __future__ import annotations

from pathlib import Path

from .. import __version__
from ..errors import OutputError, UsageError
from ..settings import NAME
from .settings import settings_file

_FILES = Path(__file__).parent / "files"
# Where each file of `files/` goes.  Their names there have no dot, so that no tool takes them for its own.
PLACES = {
    "README.md": "readme.md",
    "requirements.txt": "requirements.txt",
    ".gitignore": "gitignore",
    ".pre-commit-config.yaml": "pre-commit.yaml",
    ".github/workflows/corpus.yml": "github.yml",
    ".gitlab-ci.yml": "gitlab.yml",
    "scripts/archive.sh": "archive.sh",
    "raw/.gitkeep": "gitkeep",
    "out/.gitignore": "out-gitignore",
}
_VERSION = "{version}"


def contents() -> dict[str, str]:
    """Every file of a new corpus by its path."""
    found = {place: (_FILES / name).read_text("utf-8") for place, name in PLACES.items()}
    found["requirements.txt"] = found["requirements.txt"].replace(_VERSION, __version__)
    return {**found, NAME: settings_file()}


def write(folder: Path, *, force: bool = False) -> list[Path]:
    """Write what is not there yet; the paths that were written.

    Raises `UsageError`, and writes nothing, where files with other content are in the way (unless `force`), and
    `OutputError` for what cannot be written.
    """
    wanted = {path: text for path, text in sorted(contents().items()) if not _is_there(folder / path, text)}
    taken = [path for path in wanted if (folder / path).exists() or (folder / path).is_symlink()]
    if taken and not force:
        mend = "move them away, or give --force to replace them"
        raise UsageError(f"has files of these names already: {', '.join(taken)}", path=str(folder), mend=mend)
    for path, text in wanted.items():
        try:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, "utf-8", newline="\n")
        except OSError as error:
            told = f"cannot be written: {error.strerror}"
            raise OutputError(
                told, path=str(folder / path), mend="move away what is in the way, or choose another folder"
            ) from None
    return [folder / path for path in wanted]


def _is_there(path: Path, text: str) -> bool:
    try:
        return path.read_bytes() == text.encode()
    except OSError:
        return False
