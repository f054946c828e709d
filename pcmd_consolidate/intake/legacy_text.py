"""Text typed for the old fonts: TCVN3 (.VnTime, ABC) and VNI (VNI-Times).

Such text holds Western letters that only a font of its own shows as Vietnamese: *Kh«ng* (TCVN3) and *Khoâng* (VNI) are
*Không*. It is recognised by its words: they are no Vietnamese syllables as they stand, and are when converted. Sheets
mix old and new text, so each cell is judged by itself; a cell whose words make sense both ways (*Cã*) follows the rest
of its sheet. Digits are never touched.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pcmd_consolidate.findings import found
from pcmd_consolidate.intake.grid import Grid
from pcmd_consolidate.intake.syllables import is_syllable

_FEWEST = 3
"""Words in an old encoding that a sheet must have, unless one of them is a plain answer."""
_SENSIBLE = 0.5
"""Share of the words with special letters that must make sense when a cell is converted."""
_VIETNAMESE = frozenset("àáâãèéêìíòóôõùúý")
_ANSWERS = frozenset({"không", "có", "chưa"})
_LONG = 60
"""Letters from which a text is a poor example."""

_TCVN3_FROM = "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ"
_TCVN3_TO = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
_TCVN3 = dict(zip(_TCVN3_FROM, _TCVN3_TO, strict=True))

_VNI_SINGLE = dict(zip("ñæóòöôî", "đỉĩịươỵ", strict=True))
_VNI_TONES = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VNI_HATS = {
    mark: hat + tone
    for hat, marks in (("\u0302", "âáàåãä"), ("\u0306", "êéèúüë"))
    for mark, tone in zip(marks, ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"), strict=True)
}


def _vni() -> dict[str, str]:
    """Every letter of VNI: a vowel with one mark after it, or one of the few that stand alone."""
    letters = dict(_VNI_SINGLE)
    letters |= {base + mark: base + tone for base in "aeouyi" for mark, tone in _VNI_TONES.items()}
    letters |= {base + mark: _VNI_SINGLE[base] + tone for base in "ôö" for mark, tone in _VNI_TONES.items()}
    letters |= {"a" + mark: "a" + marks for mark, marks in _VNI_HATS.items()}
    letters |= {base + mark: base + marks for base in "eo" for mark, marks in _VNI_HATS.items() if marks[0] == "\u0302"}
    letters = {old: unicodedata.normalize("NFC", new) for old, new in letters.items()}
    capitals = {old.upper(): new.upper() for old, new in letters.items()}
    return letters | capitals | {old[0].upper() + old[1:]: new.upper() for old, new in letters.items()}


@dataclass(frozen=True, eq=False)
class Encoding:
    """An old encoding.

    Attributes:
        name: As people know it.
        letters: What stands in the text → the Vietnamese letter.
        marks: Special characters that occur in it.
    """

    name: str
    letters: Mapping[str, str]
    marks: frozenset[str]

    @cached_property
    def words(self) -> re.Pattern[str]:
        """A word as it stands."""
        return re.compile(f"[A-Za-z{re.escape(''.join(sorted(self.marks)))}]+")

    @cached_property
    def _letter(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, sorted(self.letters, key=len, reverse=True))))

    def convert(self, text: str) -> str:
        """The text in Unicode; a sign that only stands beside a digit (*12¹*) stays."""
        return self.words.sub(self._converted, text)

    def _converted(self, word: re.Match[str]) -> str:
        beside = word.string[word.start() - 1 : word.start()] + word.string[word.end() : word.end() + 1]
        if any(c.isdigit() for c in beside) and not any(c.isascii() for c in word[0]):
            return word[0]
        new = self._letter.sub(lambda letter: self.letters[letter[0]], word[0])
        capitals = [c.isupper() for c in word[0] if c.isascii()]  # TCVN3 has few of its own: NH¢N, but QU¶N
        return new.upper() if len(capitals) > 1 and all(capitals) else new


def _encoding(name: str, letters: Mapping[str, str], as_they_look: str = "") -> Encoding:
    return Encoding(name, letters, frozenset(c for old in letters for c in old if not c.isascii()) | set(as_they_look))


ENCODINGS = (_encoding("TCVN3 (ABC)", _TCVN3), _encoding("VNI", _vni(), "íìÍÌ"))


@dataclass(frozen=True, slots=True)
class _Judgement:
    """What a text can be.

    Attributes:
        sure: Its words that make sense in the old encoding alone, converted, in lower case.
        special: All its words with special letters, as they stand and converted, in lower case.
        strange: Whether a letter stands in them that Vietnamese does not have.
    """

    sure: frozenset[str] = frozenset()
    special: tuple[tuple[str, str], ...] = ()
    strange: bool = False

    @property
    def answers(self) -> bool | None:
        """Whether the words are plain answers when converted; False where they are as they stand, None where neither.

        *Cã* in TCVN3 is *Có*; *Có* stays.
        """
        if all(old in _ANSWERS for old, _ in self.special):
            return False
        return True if all(new in _ANSWERS for _, new in self.special) else None


@lru_cache(maxsize=65536)
def _judge(text: str, encoding: Encoding) -> _Judgement:
    """Judge a text; nothing is found in one that cannot be of the encoding."""
    if text.isascii() or any(c.isalpha() and not c.isascii() and c not in encoding.marks for c in text):
        return _Judgement()
    words = [word for word in encoding.words.findall(text) if not word.isascii() and any(map(str.isalpha, word))]
    pairs = [(word, encoding.convert(word).lower()) for word in words]
    sensible = [(old, new) for old, new in pairs if is_syllable(new)]
    strange = any(not c.isascii() and c.lower() not in _VIETNAMESE for word in words if len(word) > 1 for c in word)
    if not pairs or len(sensible) < _SENSIBLE * len(pairs):
        return _Judgement(strange=strange)
    sure = frozenset(new for old, new in sensible if not is_syllable(old) and any(c.isascii() for c in old))
    return _Judgement(sure, tuple((old.lower(), new) for old, new in pairs), strange)


def _chosen(texts: Collection[str]) -> Encoding | None:
    """The old encoding in which some of the texts surely are; None where there is none."""
    sure = {e: {word for text in texts for word in _judge(text, e).sure} for e in ENCODINGS}
    best = max(ENCODINGS, key=lambda encoding: len(sure[encoding]))
    return best if len(sure[best]) >= _FEWEST or sure[best] & _ANSWERS else None


def converted(text: str) -> str | None:
    """A whole text that was read as Western European, converted; None where nothing in it is of the old fonts."""
    encoding = _chosen(re.split(r"[\t\r\n;,<>]", text))
    return None if encoding is None else encoding.convert(text)


def to_unicode(grid: Grid) -> Grid:
    """The sheet with its old text converted, and a finding that shows how; the same sheet where there is none."""
    texts = {c: unicodedata.normalize("NFC", c) for c in grid.texts if not c.isascii()}
    encoding = _chosen(texts.values())
    if encoding is None:
        return grid
    changes = _changes(texts, encoding)
    example = min(changes, key=lambda old: (len(_judge(texts[old], encoding).sure) < 2, len(old) > _LONG))
    finding = found(
        "H13", raw=example, encoding=encoding.name, count=len(changes), before=example, after=changes[example]
    )
    return dataclasses.replace(
        grid,
        title=tuple(changes.get(text, text) for text in grid.title),
        rows=tuple(tuple(changes.get(c, c) if isinstance(c, str) else c for c in row) for row in grid.rows),
        findings=(*grid.findings, finding),
    )


def _changes(texts: Mapping[str, str], encoding: Encoding) -> dict[str, str]:
    """What each text that is converted becomes."""
    judged = {old: _judge(text, encoding) for old, text in texts.items()}
    new_ones = sum(any(ord(c) > 0xFF and c.isalpha() for c in text) for text in texts.values())
    mostly = sum(bool(judgement.sure) for judgement in judged.values()) > new_ones
    changes = {}
    for old, judgement in judged.items():
        either = judgement.special and (mostly if judgement.answers is None else judgement.answers)
        if judgement.sure or judgement.strange or either:
            changes[old] = encoding.convert(texts[old])
    return {old: new for old, new in changes.items() if new != old}
