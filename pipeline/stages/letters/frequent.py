"""How plausible a stretch of text is as Chinese: frequent characters, the ordinary ones, the rest."""

from __future__ import annotations

from functools import cache

# The most frequent characters of modern prose, simplified and traditional, in no order.
FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得"
    "经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义"
    "事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提"
    "直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放"
    "决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美"
    "再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广"
    "石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸"
    "历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照"
    "参红细引听该铁价严首底液官德随病苏失尔死讲配女黄推显谈罪神艺呢席含企望密批营项防举球英氧势告李台落木帮轮破亚师围注远字材排"
    "供河态封另施减树溶怎止案言士均武固叶鱼波视仅费紧爱左章早朝害续轻服试食充兵源判护司足某练差致板田降黑犯负击范继兴似余坚曲"
    "输修故城夫够送笔船占右财吃富春职觉汉画功巴跟虽杂飞检吸助升阳互初创抗考投坏策古径换未跑留钢曾端责站简述钱副尽帝射草冲承独"
    "這為個國時來們於對會發動過說產種後學經進著等電裡現實點從業開還應關與線數內體機當樣義間變條問題長結無軍氣質黨總設員見論運"
    "戰處區強導東務華證單場車轉價聯統識幾術門極報權認觀風類錢話難書記許傳滿師鄉歷職畫爾齊愛聽讀寫號歲歐漢語詞頁編號參龍"
)  # fmt: skip
PUNCTUATION = frozenset("，。、；：？！“”‘’《》〈〉（）「」『』【】—…·　")


@cache
def _ordinary() -> frozenset[str]:
    """The characters of the first levels of GB 2312 and Big5: those of everyday use."""
    simplified = bytes(byte for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF) for byte in (lead, trail))
    traditional = bytes(
        byte for lead in range(0xA4, 0xC7) for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF)) for byte in (lead, trail)
    )  # fmt: skip
    return frozenset(simplified.decode("gb2312", "ignore") + traditional.decode("big5", "ignore"))


def is_ordinary(text: str) -> bool:
    """Whether every character is one of everyday use, a mark of Chinese punctuation or of full width."""
    return all(character in _ordinary() or character in PUNCTUATION or "！" <= character <= "～" for character in text)


def plausibility(text: str) -> int:
    """Mean score of the characters, times 100: frequent 3, punctuation 2, ordinary or ASCII 1, others -3.

    >>> plausibility("你好") > 200 > 0 > plausibility("斕疑犲")
    True
    """
    if not text:
        return 0
    ordinary, score = _ordinary(), 0
    for character in text:
        if character in FREQUENT:
            score += 3
        elif character in PUNCTUATION:
            score += 2
        elif (
            character in ordinary
            or "！" <= character <= "～"
            or "①" <= character <= "⑩"
            or (character.isascii() and character.isprintable())
        ):
            score += 1
        else:
            score -= 3
    return score * 100 // len(text)
