"""Pages set in columns, as what keeps the picture of a page writes them; the texts are invented."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from pipeline.evidence import width
from pipeline.model import Part, Source

ENGLISH = """The ferry at Low Harrow was kept by three sisters, of whom only the eldest could swim. They had
it from an uncle, who had won it from a miller in a game of skittles, and nobody in the village had ever thought of
asking whether the miller had been entitled to lose it. When the new road came the county sent a surveyor to find out
how many people crossed in a year, and he sat for a week beside the landing with a notebook on his knees, counting
carts. On the second day the youngest sister brought him an umbrella. On the fifth he asked her what became of the
fares in winter, when the river could be walked, and she answered that in winter people paid for being told where.
The report he wrote is still kept in the county office; it recommends a bridge, but not with any warmth, and its last
page is taken up by a drawing of a heron. Nothing came of the bridge for another eleven years. By then the surveyor
had married into the ferry, and it was he who was asked to count the carts that used the new crossing, which he did
from the same landing, under what was said to be the same umbrella. What the two reports have in common is the care
with which they avoid saying anything about the persons who are being carried. We learn the weight of the carts, the
number of their wheels, the state of the banks and the price of rope, but the people who wanted to get to the other
side are present only as an interruption. It was left to the sisters to write them down. Their account book names
every passenger of forty years, with the reason for the journey as far as it was given, and where it was not given
the reason that seemed likely. A reader who takes it for a list of payments will be disappointed, since hardly any
sums are entered. It is rather a register of what can be asked of a stranger during the time it takes to cross."""

CHINESE = """渡口从前由三姊妹看管，其中只有大姐会游水。船是舅父留下来的，舅父又是从磨坊主人手里赢来的，村里没有谁想过磨坊
主人究竟有没有资格把它输掉。后来修新路，县里派人来数一年有多少人过河，那人便在码头边坐了整整一个星期，膝上摊着一本簿子，
一辆一辆地记下车来。第二天小妹给他送去一把伞，第五天他问冬天河面结冰的时候船钱怎样收法，她说冬天大家付的是问路的钱。
他写的那份报告如今还收在县里，里面主张造一座桥，但是语气并不热心，最后一页画的是一只苍鹭。桥的事情又搁了十一年才重新提起，
那时候他已经做了渡口的女婿，县里仍旧请他去数从新桥上经过的车，他仍旧坐在原来的码头上，据说撑的还是原来那把伞。两份报告
的共同之处，是对于过河的人一概不提，只说车有多重，轮子有几个，两岸的泥土怎么样，绳子卖多少钱。至于那些想要到对岸去的人，
在报告里不过是一种打扰。把他们记下来的是三姊妹自己，她们的账簿上写着四十年间每一个过河的人，也写着他们为什么要过河，凡是
没有说明缘由的，便写上看起来最像的那一个。谁要是把它当作收钱的账簿来读，一定会失望，因为里面几乎没有数目。"""


def lines_of(text: str, measure: int) -> list[str]:
    """A text in lines of so many half ems; English words are cut with hyphens where they are long."""
    if text.isascii():
        return textwrap.wrap(text, measure)
    text = "".join(text.split())
    return [text[at : at + measure // 2] for at in range(0, len(text), measure // 2)]


def set_columns(columns: Sequence[Sequence[str]], places: Sequence[int], *, in_half_ems: bool = False) -> str:
    """Rows in which the lines of all columns stand beside each other, each column at its place."""
    rows = []
    for number in range(max(map(len, columns))):
        row = ""
        for column, place in zip(columns, places, strict=True):
            if number < len(column) and column[number]:
                row += " " * (place - (width(row) if in_half_ems else len(row))) + column[number]
        rows.append(row + "\n")
    return "".join(rows)


def source_of(text: str) -> Source:
    """A source that is one file."""
    return Source("page", text, (Part("page.txt", "", len(text.encode()), 0, len(text), ((0, "utf-8"),)),))
