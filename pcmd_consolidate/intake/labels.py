"""How alike a label in a sheet and a label of the form are.

Labels are compared as words: without marker and numbering, in lower case, the tone mark in a fixed place, abbreviations
written out. A misspelt word is still the same word; a word of the form in the place of another word of the form is not
(*mua dâm* is not *bán dâm*, however few letters differ).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from pcmd_consolidate.forms import Form
from pcmd_consolidate.vietnamese import has_accents, plain_words, squeeze, words

Matrix = npt.NDArray[np.float64]

SURE = 0.86
"""Likeness from which two labels are taken for the same."""
VERBATIM = 0.97
"""Likeness from which a label is a row's own wording."""
POSSIBLE = 0.66
"""Likeness below which they are not."""
_DIFFERENT_WORD = 0.78
_SAME_MEANING = {("sĩ", "sỹ"), ("kĩ", "kỹ"), ("lí", "lý"), ("qui", "quy")}

_NEGATIONS = {"chưa", "không", "chua", "khong"}
_ABBREVIATIONS = {
    "pcmd": "phòng chống mại dâm",
    "cskddv": "cơ sở kinh doanh dịch vụ",
    "kddv": "kinh doanh dịch vụ",
    "thpt": "trung học phổ thông",
    "csgdđh": "cơ sở giáo dục đại học",
    "csgdnn": "cơ sở giáo dục nghề nghiệp",
    "csgd": "cơ sở giáo dục",
    "gdđh": "giáo dục đại học",
    "gdnn": "giáo dục nghề nghiệp",
    "cbccvc": "cán bộ công chức viên chức",
    "kcn": "khu công nghiệp",
    "lhpn": "liên hiệp phụ nữ",
    "ktxh": "kinh tế xã hội",
    "tttt": "truyền thông tuyên truyền",
    "hssv": "học sinh sinh viên",
    "nsnn": "ngân sách nhà nước",
    "nsđp": "ngân sách của địa phương",
    "nstw": "ngân sách trung ương",
    "tw": "trung ương",
    "kh": "kế hoạch",
    "kt": "kinh tế",
    "xh": "xã hội",
    "cb": "cán bộ",
    "vphc": "vi phạm hành chính",
    "pcmt": "phòng chống ma túy",
    "hđ": "hoạt động",
    "cs": "cơ sở",
    "bcs": "bao cao su",
}
_EXPANSIONS = {words(short)[0]: words(long) for short, long in _ABBREVIATIONS.items()}
_PLAIN_EXPANSIONS = {plain_words(short)[0]: plain_words(long) for short, long in _ABBREVIATIONS.items()}
_NUMBERING = re.compile(
    r"\s*(?:[-+*•–—·●▪○◦➢✓\s]+|\((?:[IVXivx]+|\d+|[a-zđ])\)\s*"
    r"|(?:[IVXivx]+|\d+(?:\.\d+)*|[a-zđ])[.)/:]+\s|\d+(?:\.\d+)*\.?\s+(?=\D))"
)
_WITHIN = {words("trong đó"), plain_words("trong đó")}
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*[.:]?\s*\Z")
_WITHOUT_BRACKETS = 0.97
"""Weight of a label compared without the words in brackets at its end."""
_MISSPELT = 70
"""Letters in common (per cent) from which a word is the same word, misspelt."""
_MOST_KNOWN, _LONGEST_KNOWN = 5_000, 500
"""Labels of which it is remembered what they are like, and the letters that they may have."""


def strip_marker(text: str) -> str:
    """The label without leading bullets and numbering."""
    text = squeeze(unicodedata.normalize("NFKC", text))
    while (found := _NUMBERING.match(text)) and found.end():
        text = text[found.end() :]
    return text


@lru_cache(maxsize=65536)
def label_words(text: str, accents: bool = True) -> tuple[str, ...]:
    """The words of a label as they are compared, without a *Trong đó:* at its end."""
    split, expansions = (words, _EXPANSIONS) if accents else (plain_words, _PLAIN_EXPANSIONS)
    found = split(strip_marker(text))
    if len(found) > 2 and found[-2:] in _WITHIN:
        found = found[:-2]
    return tuple(part for word in found for part in expansions.get(word, (word,)))


def _spellings(label: str) -> tuple[str, ...]:
    short = _BRACKETS.sub("", label)
    return (label,) if short == label else (label, short)


def _telling(label: tuple[str, ...]) -> set[str]:
    """Words of a label without which it says something else: figures and negations."""
    return {word for word in label if word.isdigit() or word in _NEGATIONS}


@lru_cache(maxsize=16)
def label_index(form: Form) -> LabelIndex:
    """The labels of a form, prepared once."""
    return LabelIndex(form)


class LabelIndex:
    """The labels of a form, prepared once for comparison with many sheets."""

    def __init__(self, form: Form) -> None:
        wordings = [(place, text) for place, row in enumerate(form.rows) for text in (row.label, *row.also)]
        spellings = [(place, text) for place, label in wordings for text in _spellings(label)]
        self._places = np.array([place for place, _ in spellings])
        self._words = {a: [label_words(text, a) for _, text in spellings] for a in (True, False)}
        self._keys = {a: [" ".join(w) for w in self._words[a]] for a in (True, False)}
        self._vocabulary = {a: {word for w in self._words[a] for word in w} for a in (True, False)}
        self._indicators = {
            a: [" ".join(label_words(text, a)) for row in form.indicators for text in (row.label, *row.also)]
            for a in (True, False)
        }
        self._known: dict[str, npt.NDArray[np.float64]] = {}
        self.keys = tuple(" ".join(label_words(row.label)) for row in form.rows)

    @lru_cache(maxsize=65536)  # noqa: B019 - one index a form, kept for the life of the process
    def knows(self, text: str) -> bool:
        """Whether the text is surely the label of an indicator."""
        key = " ".join(label_words(text))
        if len(key) < 8:
            return key in self._indicators[True]
        known = self._indicators[has_accents(text)]
        return process.extractOne(key, known, scorer=fuzz.ratio, score_cutoff=90) is not None

    def likeness(self, labels: Sequence[str]) -> Matrix:
        """Likeness of each label (rows) and each row of the form (columns), from 0 to 1.

        Most labels of a sheet were seen in others: what they are like is remembered.
        """
        fresh = [label for label in dict.fromkeys(labels) if label not in self._known]
        found = dict(zip(fresh, self._likeness(fresh), strict=True)) if fresh else {}
        rows = [found[label] if label in found else self._known[label] for label in labels]
        self._remember(found)
        return np.array(rows).reshape(len(labels), len(self.keys))

    def _remember(self, found: Mapping[str, npt.NDArray[np.float64]]) -> None:
        if len(self._known) + len(found) > _MOST_KNOWN:
            self._known.clear()
        self._known.update({label: row.copy() for label, row in found.items() if len(label) <= _LONGEST_KNOWN})

    def _likeness(self, labels: Sequence[str]) -> Matrix:
        result = self._compare(labels)
        short = [_BRACKETS.sub("", text) for text in labels]
        unsure = [i for i, text in enumerate(labels) if short[i] and short[i] != text and result[i].max() < 0.95]
        if unsure:
            result[unsure] = np.maximum(result[unsure], _WITHOUT_BRACKETS * self._compare([short[i] for i in unsure]))
        return result

    def _compare(self, labels: Sequence[str]) -> Matrix:
        result = np.zeros((len(labels), int(self._places.max()) + 1))
        accented = [has_accents(text) for text in labels]
        for accents in (True, False):
            chosen = [i for i, has in enumerate(accented) if has is accents]
            if chosen:
                scores = self._scores([label_words(labels[i], accents) for i in chosen], accents)
                for place, column in zip(self._places, scores.T, strict=True):
                    result[chosen, place] = np.maximum(result[chosen, place], column)
        return result

    def _scores(self, labels: list[tuple[str, ...]], accents: bool) -> Matrix:
        keys = [" ".join(label) for label in labels]
        scores = process.cdist(keys, self._keys[accents], scorer=fuzz.ratio, dtype=np.float64) / 100
        for i, j in zip(*np.nonzero((scores >= POSSIBLE) & (scores < 1)), strict=True):
            if self._says_otherwise(labels[i], self._words[accents][j], accents):
                scores[i, j] = min(scores[i, j], _DIFFERENT_WORD)
        return np.asarray(scores, dtype=np.float64)

    def _says_otherwise(self, label: tuple[str, ...], wanted: tuple[str, ...], accents: bool) -> bool:
        """Whether the difference is one of words rather than of spelling."""
        if _telling(label) != _telling(wanted):
            return True
        added = 0
        for code in Levenshtein.opcodes(wanted, label):
            old, new = wanted[code.src_start : code.src_end], label[code.dest_start : code.dest_end]
            if code.tag == "replace":
                if any(self._other_word(a, b, accents) for a, b in zip(old, new, strict=False)):
                    return True
            elif code.tag == "insert":
                added += len(new)
        return added >= 2

    def _other_word(self, old: str, new: str, accents: bool) -> bool:
        if old.isdigit() or new.isdigit():
            return old != new
        if (old, new) in _SAME_MEANING or (new, old) in _SAME_MEANING:
            return False
        return fuzz.ratio(old, new) < (_MISSPELT if new in self._vocabulary[accents] else 50)
