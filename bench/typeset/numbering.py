"""Numbers before heads and markers of notes, in the styles of the layouts."""

from __future__ import annotations

from collections.abc import Sequence

from .article import Block

ROMAN_UNITS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
ROMAN_TENS = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC")
CHINESE: tuple[str, ...] = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
CHINESE += ("十一", "十二", "十三", "十四", "十五", "十六", "十七", "十八", "十九", "二十")
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
SIGNS = "*†‡§‖¶"
LETTERS = "abcdefghiklmnop"
DEEPEST = 4  # level of heads
BY_PAGE = "/page"  # said behind a style whose markers begin anew on every page


def roman(number: int) -> str:
    """A number of 1 to 199 in roman figures."""
    hundreds, rest = divmod(number, 100)
    return "C" * hundreds + ROMAN_TENS[rest // 10] + ROMAN_UNITS[rest % 10]


ROMAN: tuple[str, ...] = tuple(roman(number) for number in range(1, 21))


def number_heads(blocks: Sequence[Block], style: str) -> None:
    """Label the heads of an article; `keep` leaves their labels, `none` takes them away."""
    counts = [0] * (DEEPEST + 1)
    for block in blocks:
        if not block.level:
            continue
        block.level = min(DEEPEST, block.level)
        counts[block.level] += 1
        counts[block.level + 1 :] = [0] * (DEEPEST - block.level)
        if style != "keep":
            block.label = _label(style, counts, block.level)


def _label(style: str, counts: Sequence[int], level: int) -> str:
    """The label of a head whose counts by level are given; below its lowest level a style has none."""
    own, first = counts[level], counts[1]
    decimal = ".".join(str(count) for count in counts[1 : level + 1] if count)
    if style == "1.":
        return decimal + (". " if level == 1 else " ")
    if style == "Chapter":
        return f"Chapter {first} " if level == 1 else f"{decimal} "
    at = min(own, len(ROMAN)) - 1
    styles = {
        "I.": (f"{ROMAN[at]}. ", f"{chr(65 + at)}. ", f"{own}) "),
        "一、": (f"{CHINESE[at]}、", f"（{CHINESE[at]}）", f"{own}．"),
        "（一）": (f"（{CHINESE[at]}）", f"{own}."),
        "a)": (f"{own}. ", f"{chr(97 + at)}) "),
        "§": (f"§ {own}. ",),
        "none": (),
    }
    labels = styles[style]
    return labels[level - 1] if level <= len(labels) else ""


def marker_of(style: str, number: int) -> str:
    """The marker of the note with this number, from 1."""
    at = number - 1
    return {
        "1": str(number),
        "[1]": f"[{number}]",
        "①": CIRCLED[at % len(CIRCLED)],
        "*": SIGNS[at % len(SIGNS)] * (at // len(SIGNS) + 1),
        "(a)": f"({LETTERS[at % len(LETTERS)]})",
    }[style.removesuffix(BY_PAGE)]


def front_number(style: str, number: int) -> str:
    """The number of a front page: in the style `i`, `I` or `1`."""
    if style == "1" or number > len(ROMAN):
        return str(number)
    return ROMAN[number - 1] if style == "I" else ROMAN[number - 1].lower()
