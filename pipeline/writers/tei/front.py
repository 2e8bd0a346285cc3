"""What the header says of the text itself: titles, authors, abstracts, keywords, class codes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...edition import Byline, Inline, Passage, Pointer
from .markup import element, escape, inline, pointer, says_something
from .scope import Scope, language

# Addresses of the schemes that class codes belong to: the Chinese Library Classification, and the letters
# by which Chinese journals say of what sort an article is.
SCHEMES = {
    "clc": "https://zh.wikipedia.org/wiki/%E4%B8%AD%E5%9B%BD%E5%9B%BE%E4%B9%A6%E9%A6%86%E5%88%86%E7%B1%BB%E6%B3%95",
    "doc-code": "urn:x-caj-cd:b-t-1-1998:document-code",
}
TITLES = (("title", "main"), ("subtitle", "sub"), ("alt-title", "alt"))

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LETTER = re.compile("[A-Za-z]")
_ROLE = re.compile(r"\s*([A-Za-z\u3400-\u9fff]{1,12}(?: [A-Za-z]{1,12})?)\s*[/／:：]\s*(?=\S)")
_ROLE_NAME = re.compile(r"[A-Za-z\u3400-\u9fff][A-Za-z\u3400-\u9fff_-]*")
_BRACKETED = re.compile(r"\s*[（(〔【\[](.*)[）)〕】\]]\s*")
# How terms are divided: the first of these that occurs; single blanks divide where all is Chinese.
_DIVIDERS = (re.compile("[;；]"), re.compile("[,，、|｜]"), re.compile("[\u3000\t]+| {2,}"))
_BLANK = re.compile(" ")
_HAN_TERMS = re.compile(rf"{_HAN.pattern[:-1]}《》“”·—]+(?: {_HAN.pattern[:-1]}《》“”·—]+)+")


def guess_language(text: str, usual: str) -> str:
    """The language of a short text from its script alone; `usual` is the article's."""
    if _HAN.search(text):
        return usual if usual.startswith(("zh", "ja", "ko")) else "zh"
    return "en" if usual.startswith(("zh", "ja", "ko")) and _LETTER.search(text) else usual


def split_terms(text: str) -> list[str]:
    """Keywords as single terms: divided at semicolons, else at commas, else at wide blanks, else at those of Chinese."""
    for divider in _DIVIDERS:
        if divider.search(text):
            break
    else:
        divider = _BLANK if _HAN_TERMS.fullmatch(text) else divider
    terms = (term.strip() for term in divider.split(text))
    return [term.rstrip(".。").strip() for term in terms if term.rstrip(".。").strip()]


def titles(scope: Scope, by_hand: str) -> list[str]:
    """`title` elements; an article without a title is called by its id."""
    out = [element("title", escape(by_hand), type="main")] if by_hand else []
    for kind, name in TITLES:
        for passage in scope.article.front.get(kind, ()) if not (by_hand and kind == "title") else ():
            lang = language_of(scope, passage)
            lang_attribute = scope.foreign(lang) if kind == "alt-title" or lang != scope.lang else ""
            text = _without_pointers(scope, passage)
            if text and passage.text.strip():
                out.append(f'<title type="{name}"{_id(scope, passage)}{lang_attribute}>{text}</title>')
    if not any('type="main"' in title for title in out):
        out.insert(0, element("title", escape(scope.article.id), type="main"))
    return out


def authors(scope: Scope) -> list[str]:
    """`author` elements: the name, its markers, the name in the other language, affiliations, electronic addresses.

    A byline in which no author was found stands as it is; so do affiliations that are nobody's.
    """
    front, bylines = scope.article.front, scope.article.bylines
    out = [_author(scope, byline) for byline in bylines]
    if not bylines:
        out = [_unread_byline(scope, passage) for passage in front.get("byline", ())]
    if not any(byline.author.affiliations for byline in bylines):
        given = [email for byline in bylines for email in byline.author.emails]
        texts = [_without(passage.text, given) for passage in front.get("affiliation", ())]
        strays = (element("affiliation", escape(text)) for text in texts if text)
        out.append(element("author", "".join(strays)))
    return [line for line in out if line]


def editors(scope: Scope) -> list[str]:
    """`editor` elements: what stands before a stroke or colon (`责编/…`, `（责任编辑：…）`) is the role."""
    out = []
    for passage in scope.article.front.get("editor", ()):
        bracketed = _BRACKETED.fullmatch(passage.text)
        text = bracketed[1] if bracketed else passage.text
        found = _ROLE.match(text)
        role = (passage.block.type or (found[1] if found else "")).replace(" ", "_")
        name = text[found.end() :] if found else text
        out.append(element("editor", escape(name.strip()), role=role if _ROLE_NAME.fullmatch(role) else "editor"))
    return [line for line in out if line]


def front_notes(scope: Scope) -> list[str]:
    """`note` elements of the header: funding sentences, and markers that stand in no author's name."""
    front = scope.article.front
    out = [
        f'<note type="funding"{_id(scope, passage)}>{inline(scope, passage.content)}</note>'
        for passage in front.get("funding", ())
        if passage.block.type != "funder" and says_something(passage.content)
    ]
    placed = {id(piece) for byline in scope.article.bylines if byline.author.name.strip() for piece in byline.pointers}
    written = ("abstract", "funding") if scope.article.bylines else ("abstract", "funding", "byline")
    strays = [
        pointer(scope, piece)
        for kind, passages in front.items()
        if kind not in written
        for passage in passages
        for piece in passage.content
        if isinstance(piece, Pointer) and id(piece) not in placed
    ]
    return out + [f'<note type="marker">{stray}</note>' for stray in strays]


def abstracts(scope: Scope) -> list[str]:
    """One `abstract` a language, with a `p` for each passage."""
    by_language: dict[str, list[str]] = {}
    for passage in scope.article.front.get("abstract", ()):
        if says_something(passage.content):
            paragraph = f"<p{_id(scope, passage)}>{inline(scope, passage.content)}</p>"
            by_language.setdefault(language_of(scope, passage), []).append(paragraph)
    return [f"<abstract{scope.foreign(lang)}>{''.join(parts)}</abstract>" for lang, parts in by_language.items()]


def text_class(scope: Scope) -> list[str]:
    """`keywords` a language and `classCode`s."""
    by_language: dict[str, list[str]] = {}
    for passage in scope.article.front.get("keywords", ()):
        terms = [element("term", escape(term)) for term in split_terms(passage.text)]
        if terms:
            by_language.setdefault(language_of(scope, passage), []).extend(terms)
    out = [f"<keywords{scope.foreign(lang)}>{''.join(terms)}</keywords>" for lang, terms in by_language.items()]
    for kind, scheme in SCHEMES.items():
        for passage in scope.article.front.get(kind, ()):
            out += [element("classCode", escape(code), scheme=scheme) for code in split_terms(passage.text)]
    return out


def language_of(scope: Scope, passage: Passage) -> str:
    """The language of a passage of the front: as the stages say, else from its script."""
    return language(passage.block.lang) if passage.block.lang else guess_language(passage.text, scope.lang)


def _author(scope: Scope, byline: Byline) -> str:
    author = byline.author
    out = [element("persName", escape(author.name))]
    out += [pointer(scope, piece) for piece in byline.pointers if out[0]]
    if author.alt_name.strip() and out[0]:
        lang = guess_language(author.alt_name, scope.lang)
        out.append(f"<persName{scope.foreign(lang)}>{escape(author.alt_name)}</persName>")
    out += [element("affiliation", escape(affiliation)) for affiliation in author.affiliations]
    out += [element("email", escape(email)) for email in author.emails]
    return element("author", "".join(out))


def _without(text: str, emails: Iterable[str]) -> str:
    """A text without the addresses that its authors have."""
    for email in emails:
        text = text.replace(email, "")
    return text.strip(" ,;")


def _unread_byline(scope: Scope, passage: Passage) -> str:
    name = element("persName", escape(passage.text.strip()))
    pointers = "".join(pointer(scope, piece) for piece in passage.content if isinstance(piece, Pointer))
    return element("author", name + pointers)


def _without_pointers(scope: Scope, passage: Passage) -> str:
    content: Iterable[Inline] = (piece for piece in passage.content if not isinstance(piece, Pointer))
    return inline(scope, content).strip()


def _id(scope: Scope, passage: Passage) -> str:
    return f' xml:id="{scope.id(passage.id)}"'
