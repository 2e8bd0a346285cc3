"""The rule of all that is decided by hand, by what becomes of the text."""

from __future__ import annotations

from ..model import Rule

_SENTENCE = "A correction by hand, from the sidecar of the source."
HAND_KEPT = Rule("hand", "kept", 100, _SENTENCE)
HAND_JOINED = Rule("hand", "joined", 100, _SENTENCE)
HAND_EMENDED = Rule("hand", "emended", 100, _SENTENCE)
HAND_DROPPED = Rule("hand", "dropped", 100, _SENTENCE)
