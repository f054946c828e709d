"""Whether a word can be a Vietnamese syllable as it is spelt.

Text in an old encoding is told from Unicode by this: *Kh«ng* is no syllable, *Không* is one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RHYMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôp uôt uơ up ut
uy uya uych uyên uyêt uynh uyt uyu uyn uyp
ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
y ych ynh yêm yên yêng yêt yêu
"""
_AFTER_Q = tuple("aăâeêiyoôơ")
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_SHARP_OR_HEAVY = {"\u0301", "\u0323"}
_FRONT = tuple("eêiy")


def _fits(onset: str, rhyme: str) -> bool:
    """The spelling rules: c, g, ng and k, gh, ngh before their own vowels, qu before a second vowel."""
    front = rhyme.startswith(_FRONT)
    if onset in ("k", "gh", "ngh"):
        return front
    if onset in ("c", "g", "ng"):
        return not front
    return onset != "qu" or rhyme.startswith(_AFTER_Q)


def _spellings() -> frozenset[str]:
    rhymes = _RHYMES.split()
    whole = {onset + rhyme for onset in _ONSETS.split() for rhyme in rhymes if _fits(onset, rhyme)}
    return frozenset(whole.union(rhymes, ("gi", "gin", "giêng", "gich")))


_SPELLINGS = _spellings()
_ENDS_IN_STOP = re.compile(r"(?:c|ch|p|t)\Z")


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Whether a word is a possible Vietnamese syllable, in lower case, in capitals or with a capital first letter."""
    if not (word.islower() or word.isupper() or (word[:1].isupper() and word[1:].islower())):
        return False
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [c for c in letters if c in _TONES]
    if len(tones) > 1:
        return False
    spelling = unicodedata.normalize("NFC", "".join(c for c in letters if c not in _TONES))
    if _ENDS_IN_STOP.search(spelling) and not (tones and tones[0] in _SHARP_OR_HEAVY):
        return False
    return spelling in _SPELLINGS
