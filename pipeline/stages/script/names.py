"""Names that no conversion touches: those of authors, those beside them, those in the settings."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...model import Document
from ...rewrite import read

_HAN_WORD = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")
# The frequent surnames, in both scripts.
_SURNAMES = (
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林郑鄭谢謝罗羅梁宋唐许許韩韓冯馮邓鄧曹彭曾肖蕭田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚"
    "陆陸汪范範金石廖贾賈夏韦韋付傅方白邹鄒孟熊秦邱江尹薛闫閻段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯温溫康施牛樊葛邢安齐齊易乔喬伍庞龐颜顏倪庄莊聂聶"
    "章鲁魯岳翟殷詹申欧歐耿关關兰蘭焦俞左柳甘祝包宁寧尚符舒阮柯纪紀梅童凌毕畢单單季裴霍涂塗苗谷盛曲翁冉骆駱蓝藍路游辛靳管柴蒙鲍鮑华華喻祁蒲房滕屈饶饒解牟艾尤阳陽穆司卓"
)
_COMPOUND = "欧阳|歐陽|司马|司馬|上官|诸葛|諸葛|东方|東方|皇甫|尉迟|公孙|公孫|令狐|夏侯|慕容|司徒|长孙|長孫|宇文"
_REST = "[\u3400-\u9fff\U00020000-\U0003ffff]"
# A name by itself in a byline, by its surname: `城市大学` there is none, and is converted like any word.
_NAME = re.compile(
    f"(?<!{_REST})(?:(?:{_COMPOUND}){_REST}{{1,2}}|[{_SURNAMES}]{_REST}{{1,2}})(?<![院系所室社部校处處科会會])(?!{_REST})"
)
_BYLINES = ("byline", "editor")
_LONGEST = 8  # characters of a name


def find_names(document: Document, protect: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern for every protected name and term, the longest first; `None` where there are none."""
    names = {term for term in protect if term}
    for article in document.articles:
        for author in article.authors:
            for name in (author.name, author.alt_name):
                word = "".join(name.split())
                if 1 < len(word) <= _LONGEST and _HAN_WORD.fullmatch(word):
                    names |= {word, name}
    for block in document.blocks.values():
        if block.kind in _BYLINES:
            names.update(_NAME.findall(read(document, block.spans).text))
    if not names:
        return None
    return re.compile("|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name))))
