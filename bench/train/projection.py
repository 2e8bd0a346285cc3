"""The truth of a typeset issue projected onto the lines of its raw text: a label a line.

The truth knows articles, blocks and notes, not lines.  Lines are therefore followed through the articles by
their letters alone: each is looked for near the place that the line before it reached, then among the notes,
the front matter (title, authors, affiliations) and the printed forme work.  What is found nowhere is UNKNOWN.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.stages.mail import is_mail_line

FORME, UNKNOWN = "fw", "?"
# What a line of front matter is.
TITLE, BYLINE, AFFILIATION, AUTHOR_NOTE, ABSTRACT, RUBRIC = "T", "B", "A", "N", "X", "I"
BACK, BEYOND = 30, 2500  # letters before and behind the place reached where a line is looked for
BEYOND_NEXT = 3500  # the same from the beginning of the next article
NEAR, NEAR_IF_SHORT, NEAR_IF_LOST = 350, 12, 3500  # letters a line may stand away from the place reached
SLACK = 3  # letters that an abstract may be longer than it is
AHEAD = 8  # lines in which a title comes again that a running head above it repeats
_NEAR_END = 0.8  # share of an article's letters from which on it can end
_LEAST_APART = 6  # letters of a line of a caption or of references
LOST = 10  # lines that were found nowhere, after which the place reached counts for little

_MARKER = re.compile(r"[*†‡§¶]+|[①-⑳]|[\[(]?\d{1,3}[\]).]?")
_NUMBER = re.compile(r"\d+")
_GOING_ON = {"P": "p", "p": "p", "N": "n", "n": "n", "R": "r", "r": "r", "X": "X", "C": "C"}
_NOTES_HEAD = re.compile(r"注释|註釋|注釋|Notes|參考文獻|参考文献|References|NOTES|Endnotes|作者简介.*")
_CONTENTS_HEAD = re.compile(r"目录|目錄|Contents")


def letters(text: str) -> str:
    """The letters of a text, case folded: what survives hyphens, spacing and punctuation."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalpha()).casefold()


def squeeze(text: str) -> str:
    """A text without its blanks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


class Article:
    """One article of the truth: its blocks as one run of letters, its notes, the lines of its front matter."""

    def __init__(self, truth: dict[str, Any]) -> None:
        self.text = ""
        self.starts: list[int] = []
        self.is_head: list[bool] = []
        for block in truth["blocks"]:
            self.starts.append(len(self.text))
            head = block["type"] == "heading"
            self.is_head.append(head and not block.get("runin"))
            printed = (block["runin_printed"] if block.get("runin") else block["printed"]) if head else block["text"]
            self.text += letters(printed)
        notes = truth["notes"]
        self.notes = [letters(note["text"]) for note in notes]
        self.markers = [squeeze(str(note["marker"])) for note in notes]
        self.has_endnotes = bool(notes) and notes[0]["place"] == "end"
        self.front = [(TITLE, letters(truth[key])) for key in ("title", "subtitle") if truth.get(key)]
        for author in truth["authors"]:
            self.front.append((BYLINE, letters(author["name"])))
            for key in ("affiliation", "mail"):
                if author.get(key):
                    self.front.append((AFFILIATION, letters(author[key])))
            if author.get("note"):
                self.front.append((AUTHOR_NOTE, letters(author["note"])))
        for head, key in (("abstract_head", "abstract"), ("keywords_head", "keywords"), ("", "date")):
            if truth.get(key):
                self.front.append((ABSTRACT, letters(truth.get(head, "") + truth[key])))
        if truth.get("rubric"):
            self.front.append((RUBRIC, letters(truth["rubric"])))
        self.apart = [("F", letters(text)) for text in truth.get("captions", ())]
        self.apart += [("R", letters(text)) for text in truth.get("references", ())]
        self.references_head = letters(truth.get("references_head", ""))
        self.notes_head = letters(truth.get("notes_head") or "")
        self.names = [text for label, text in self.front if label == BYLINE]
        self.byline = "".join(self.names)
        affiliations = sum(len(text) for label, text in self.front if label == AFFILIATION)
        self.most_of_byline = len(self.byline) + 10 * len(self.names) + affiliations  # letters, with what stands in it
        self.seen: set[tuple[int, str]] = set()  # lines of titles met: (index in front, letters)
        self.covered: Counter[int] = Counter()  # letters of each row of it met

    def heads_at(self, place: int) -> bool:
        """Whether the first block that begins at this letter is a head."""
        return place in self.starts and self.is_head[self.starts.index(place)]


class Forme:
    """The printed forme work of all pages, and their numbers in order."""

    def __init__(self, pages: Sequence[dict[str, Any]]) -> None:
        self._lines: set[str] = set()
        self._numbers = [label for page in pages if (label := str(page["label"] or "")).isdigit()]
        self.numbers = set(self._numbers)
        self._next = 0
        for page in pages:
            printed = [squeeze(text) for text in page["printed"]]
            self._lines.update(printed)
            self._lines.update(one + other for one in printed for other in printed if one != other)
            if len(printed) > 2:
                self._lines.update(("".join(printed), "".join(reversed(printed))))

    def is_number(self, squeezed: str) -> bool:
        """Whether this is the number of one of the pages that come next."""
        number = re.sub(r"\D", "", squeezed)
        before = max(0, self._next - 1)
        if squeezed not in self._lines or not number or number not in self._numbers[before : self._next + 3]:
            return False
        self._next = self._numbers.index(number, before) + 1
        return True

    def is_printed(self, squeezed: str) -> bool:
        """Whether this stands by itself on one of the pages."""
        return squeezed in self._lines

    def holds(self, text: str, squeezed: str) -> bool:
        """Whether a line is forme work: as printed, shortened, or with a number that varies."""
        if squeezed in self._lines or squeeze(text.replace("…", "")) in self._lines:
            return True
        numbered = re.sub(r"\d", "", squeezed) != squeezed
        return numbered and any(
            len(line) > 3 and line in squeezed and len(squeezed) <= len(line) + 6 for line in self._lines
        )


@dataclass(frozen=True, slots=True)
class _Written:
    """A raw line: as it stands, without blanks, its letters alone."""

    text: str
    squeezed: str
    letters: str


@dataclass(frozen=True, slots=True)
class _InText:
    """A line found in the text of an article, so many letters from the place reached."""

    article: int
    place: int
    distance: int


@dataclass(frozen=True, slots=True)
class _InNote:
    article: int
    note: int
    place: int


@dataclass(frozen=True, slots=True)
class _InFront:
    """A line of front matter; `row` is its index there, -1 where it names several authors."""

    article: int
    row: int
    label: str


class _Projection:
    """Where the lines have got to: the article, the letter reached in it, the note begun last."""

    def __init__(self, truth: dict[str, Any]) -> None:
        self.articles = [Article(article) for article in truth["articles"]]
        self.forme = Forme(truth["pages"])
        front = truth.get("front_lines", [])
        self.contents = {squeeze(line) for line in front}
        self.contents_letters = [letters(line) for line in front]
        self.contents_seen: set[str] = set()
        self.contents_left = [len(entry) for entry in self.contents_letters]  # letters of each that are still to come
        self.contents_size = len(front)
        self.current = self.place = self.failures = 0
        self.begun = 0  # labels before the article reached
        self.note: _InNote | None = None
        self.labels: list[str] = []
        self.before = ""  # the line above, as it stands

    @property
    def article(self) -> Article:
        return self.articles[self.current]

    def follow(self, text: str, behind: Sequence[str]) -> None:
        """Label the next line; `behind` are letters of those that follow it."""
        line = _Written(text, squeeze(text), letters(text))
        if self._is_contents(line):
            self._take_contents(line)
            label = "C"
        elif not line.letters:
            label = self._label_number(line, behind)
        elif self._is_initial_of_head(line):
            self.place += 1
            self.labels.append("H")
            self.before = text
            return
        else:
            label = self._label_words(line, behind)
        self._close(line, label)

    def _close(self, line: _Written, label: str) -> None:
        self.failures = (
            self.failures + 1 if label == UNKNOWN and line.letters else 0 if label in "PpHh" else self.failures
        )
        if label == UNKNOWN and line.text.startswith("*") and len(line.text) > 20:
            label = "N"
        below_head = {"L", "R"}.intersection(self.labels[max(self.begun, len(self.labels) - 60) :])
        if label in "Nn" and self.article.has_endnotes and below_head:
            label = "R" if label == "N" else "r"
        self.labels.append(label)
        self.before = line.text

    def _is_last(self, labels: str) -> bool:
        return bool(self.labels) and self.labels[-1] in labels

    def _is_contents(self, line: _Written) -> bool:
        """Whether a line belongs to the contents that stand before the first article."""
        if self.place or self.current:
            return False
        listed = line.squeezed in self.contents and line.squeezed not in self.contents_seen
        if listed and not self.article.seen:
            return True
        near = len(line.letters) > 8 and len(self.labels) < self.contents_size + 4
        return near and bool(self._entries_with(line))

    def _entries_with(self, line: _Written) -> list[int]:
        """Entries of the contents that hold a line, or the line them, and of which as much is still to come.

        What comes again behind them is the title of the first article.
        """
        own = line.letters
        return [
            at
            for at, (entry, left) in enumerate(zip(self.contents_letters, self.contents_left, strict=True))
            if (len(entry) > 8 or entry == own) and (own in entry or entry in own) and left >= min(len(own), len(entry))
        ]

    def _take_contents(self, line: _Written) -> None:
        self.contents_seen.add(line.squeezed)
        for at in self._entries_with(line):
            self.contents_left[at] -= min(len(line.letters), len(self.contents_letters[at]))

    def _label_number(self, line: _Written, behind: Sequence[str]) -> str:
        """A line without letters: a page number, a note's marker, or what goes on with the line above."""
        marker = line.squeezed
        readings = {marker, marker.strip("[]().")}
        if self._begins_note(readings, behind[0] if behind else ""):
            return "N"
        marks_note = not readings.isdisjoint(self.article.markers)
        if self.forme.is_number(marker):
            return UNKNOWN if marks_note else FORME  # either; the truth does not tell where a line stands
        if self.forme.is_printed(marker):
            return UNKNOWN
        if marks_note or _MARKER.fullmatch(marker):
            below = next(filter(None, behind), "")  # markers can stand above each other
            is_label = self._is_last("NnRr") or self._begins_note(None, below) or self._begins_author_note(below)
            return "N" if is_label else UNKNOWN  # a marker, or a number of the text
        return _GOING_ON.get(self.labels[-1], UNKNOWN) if self.labels else UNKNOWN

    def _begins_note(self, markers: set[str] | None, below: str) -> bool:
        """Whether the letters of the line below begin a note with one of these markers, or any note."""
        return any(
            (markers is None or marker in markers)
            and bool(below)
            and (text.startswith(below) or below.startswith(text))
            for at in self._candidates()
            for marker, text in zip(self.articles[at].markers, self.articles[at].notes, strict=True)
        )

    def _begins_author_note(self, below: str) -> bool:
        """Whether the letters of the line below, in the text, are of a note about an author."""
        rows = self.article.front if self.place else ()
        about = [text for label, text in rows if label in (AFFILIATION, AUTHOR_NOTE)]
        return bool(below) and any(text.startswith(below) or below.startswith(text) for text in about)

    def _is_initial_of_head(self, line: _Written) -> bool:
        """Whether a single letter begins a head here."""
        one = len(line.letters) == 1 and self.article.text.startswith(line.letters, self.place)
        return one and self.place < len(self.article.text) and self.article.heads_at(self.place)

    def _label_words(self, line: _Written, behind: Sequence[str]) -> str:
        body, note, front = self._find_in_text(line.letters), self._find_note(line.letters), self._find_front(line)
        is_forme = self.forme.holds(line.text, line.squeezed)
        if self._heads_notes(line) and not (body and body.distance < 3):
            return "L"
        is_byline = front and front.label == BYLINE and self._is_last("T")
        if (
            front
            and is_forme
            and front.label in (TITLE, BYLINE)
            and not is_byline
            and self._is_running_head(line, behind)
        ):
            return FORME
        if front and self._begins_article(front, body):
            label = self._enter(front, line.letters)
            return AFFILIATION if label == BYLINE and is_mail_line(line.text) else label
        if is_forme and not (body and body.distance < 2 and len(line.letters) > 12):
            is_signature = front and front.label == BYLINE and self.place >= len(self.article.text) - 5
            return UNKNOWN if is_signature else FORME
        if body and (not note or body.distance <= 3):
            return self._advance(body, line.letters)
        if note:
            return self._label_note(note, line.letters)
        apart = self._label_apart(line.letters)
        if apart:
            return apart
        if front:
            if front.label == AFFILIATION and self.place and not self._is_last("BA" + UNKNOWN):  # not below a signature
                return "n" if self._is_last("Nn") else "N"
            if front.label == AUTHOR_NOTE and self._is_last("Nn") and not self._begins_author_note(line.letters):
                return "n"
            return front.label
        if _CONTENTS_HEAD.fullmatch(line.squeezed):
            return "C"
        if _NOTES_HEAD.fullmatch(line.squeezed) or line.letters == self.article.notes_head:
            return "L"
        return "C" if self.contents and self.current == 0 and self.place == 0 and not self.article.seen else UNKNOWN

    def _label_apart(self, line: str) -> str:
        """The label of a line of a caption, or of references behind the text; nothing if it is of neither."""
        is_behind = self.place > _NEAR_END * len(self.article.text)
        if is_behind and line and line == self.article.references_head:
            return "L"
        for label, text in self.article.apart:
            at = text.find(line) if len(line) >= _LEAST_APART else -1
            if at >= 0 and (is_behind or label != "R"):
                return label if at == 0 or label != "R" else "r"
        return ""

    def _heads_notes(self, line: _Written) -> bool:
        """Whether this is the head of the article's end notes, be its word in one of them or not."""
        is_head = _NOTES_HEAD.fullmatch(line.squeezed) or line.letters == self.article.notes_head
        return bool(is_head) and self.article.has_endnotes and self.place > _NEAR_END * len(self.article.text)

    def _is_running_head(self, line: _Written, behind: Sequence[str]) -> bool:
        """Whether printed forme work with the words of a title or byline is no such: it stands beside a number, or above
        the line that it repeats."""
        return line.letters in behind or bool(self.forme.numbers.intersection(_NUMBER.findall(line.squeezed)))

    def _candidates(self) -> Sequence[int]:
        """The article reached and the one behind it."""
        return range(self.current, min(self.current + 2, len(self.articles)))

    def _find_in_text(self, line: str) -> _InText | None:
        size = len(line)
        if size < 2:
            return None
        limit = NEAR_IF_SHORT if size < 6 else NEAR_IF_LOST if self.failures > LOST and size >= 12 else NEAR
        for at in self._candidates():
            here = self.place if at == self.current else 0
            reach = here + size + BEYOND if at == self.current else size + BEYOND_NEXT
            found = self.articles[at].text.find(line, max(0, here - BACK), reach)
            if found >= 0 and abs(found - here) <= limit:
                return _InText(at, found, abs(found - here))
        return None

    def _find_note(self, line: str) -> _InNote | None:
        """The first note that holds a line; a very short one only where it goes on with the note begun last."""
        last = self.note
        for at in self._candidates():
            for index, text in enumerate(self.articles[at].notes):
                if len(line) >= 4:
                    found = text.find(line)
                elif line and last and (last.article, last.note) == (at, index):
                    found = text.find(line, last.place)
                else:
                    continue
                if found >= 0:
                    return _InNote(at, index, found)
        return None

    def _find_front(self, line: _Written) -> _InFront | None:
        own = line.letters
        for at in self._candidates():
            article = self.articles[at]
            found = _find_row(article, at, line)
            if found is not None and not (found.label == RUBRIC and at == self.current and self.place):
                return found
            inside = len(own) > 3 and bool(article.byline) and own in article.byline
            least = 2 if own[:1] >= "\u2e80" else 5
            around = len(own) > least and any(name and name in own for name in article.names)
            is_note = line.text.startswith("*")
            if inside or (around and len(own) < article.most_of_byline and not is_note):
                return _InFront(at, -1, BYLINE)
        return None

    def _begins_article(self, front: _InFront, body: _InText | None) -> bool:
        """Whether front matter can stand here: before the text of its article, behind that of the one before."""
        size = len(self.article.text)
        if self.place and front.article == self.current:
            return False
        begins = self.place == 0 and front.article == self.current
        at_start = begins or self.place >= size - 5 or (body is None and self.place > _NEAR_END * size)
        goes_on = body is not None and body.distance < 3 and body.article == front.article and self.place > 0
        return at_start and not goes_on

    def _enter(self, front: _InFront, line: str) -> str:
        article = self.articles[front.article]
        if front.label == TITLE:
            article.seen.add((front.row, line))
        if front.row >= 0:
            article.covered[front.row] += len(line)
        if front.article != self.current:
            self.current, self.place, self.begun = front.article, 0, len(self.labels)
        return front.label

    def _advance(self, body: _InText, line: str) -> str:
        self.current, self.place = body.article, body.place + len(line)
        block = bisect_right(self.article.starts, body.place + 1) - 1
        begins = abs(body.place - self.article.starts[block]) <= 1
        label = "H" if self.article.is_head[block] else "P"
        return label if begins else label.lower()

    def _label_note(self, note: _InNote, line: str) -> str:
        self.note = _InNote(note.article, note.note, note.place + len(line))
        behind_marker = self._is_last("N" + UNKNOWN) and _MARKER.fullmatch(squeeze(self.before)) is not None
        return "N" if note.place <= 1 and not behind_marker else "n"


def _find_row(article: Article, at: int, line: _Written) -> _InFront | None:
    """The first row of an article's front matter that a line is part of, or that is most of the line."""
    own = line.letters
    for row, (label, text) in enumerate(article.front):
        most = len(text) > 3 and text in own and len(own) < len(text) + 14
        if not (own in text or most) or (len(own) < 3 and own != text):
            continue
        if label == TITLE:
            enough = len(own) >= 8 or 3 * len(own) >= len(text)
            if not enough or article.covered[row] >= 0.9 * len(text) or (row, own) in article.seen:
                continue
        elif label == ABSTRACT and article.covered[row] and article.covered[row] + len(own) > len(text) + SLACK:
            continue  # a sentence of the text
        elif label in (AFFILIATION, AUTHOR_NOTE) and any(name and name in own for name in article.names):
            label = AUTHOR_NOTE if line.text.startswith("*") else BYLINE
        return _InFront(at, row, label)
    return None


def project(truth: dict[str, Any], lines: Sequence[str]) -> list[str]:
    """A label of the layout for every line (blank ones left out), FORME or UNKNOWN."""
    projection = _Projection(truth)
    of_letters = [letters(line) for line in lines]
    for at, line in enumerate(lines, 1):
        projection.follow(line, of_letters[at : at + AHEAD])
    return projection.labels
