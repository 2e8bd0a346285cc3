"""What is known of hyphens whatever the language: tables only."""

from __future__ import annotations

import re

from .english import ENGLISH
from .french import FRENCH
from .german import GERMAN
from .tongue import Tongue

TONGUES = {one.lang: one for one in (ENGLISH, GERMAN, FRENCH)}
UNKNOWN = Tongue()

# Words inside chains: people-to-people, state-of-the-art, arc-en-ciel, c'est-à-dire.
SMALL_WORDS = frozenset("a à al and at by d da de del der des di du el en ès et for in l la le les of on pour sous sur the to und y".split())  # fmt: skip
# Words before which a hyphen at a line end is suspended: nineteenth- and twentieth-century.
SUSPENDING = frozenset(
    """and or to nor versus vs through und oder bis sowie bzw beziehungsweise respektive resp als wie noch et ou ni puis""".split()
)
# Those of them that a cut word may end with: pho-to, mi-nor, po-et, break-through.
ALSO_ENDINGS = frozenset("to or nor through bis als et ou ni".split())
# A syllable of a romanized Chinese name, in pinyin or after Wade and Giles: chao, hsiang, tzu.
SYLLABLE = re.compile(
    "(?:ch|sh|zh|hs|ts|tz|ss|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:a|ai|ao|an|ang|o|ou|ong|e|eh|ei|en|eng|er|erh|i|ia|iao|ie|ieh|ien|iu|ian|iang|in|ing|iong|iung|ih"
    "|u|ua|uo|uai|ui|uei|uan|un|uang|ue|ueh|ung|\u00fc|\u00fce|\u00fceh|\u00fcan|\u00fcn)"
)
