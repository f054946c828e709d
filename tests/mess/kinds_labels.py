"""Labels typed in other words, letters and places."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from .description import Cell, Description, Row
from .registry import kind

_SHORT = (
    ("phòng, chống mại dâm", "PCMD"),
    ("cơ sở kinh doanh dịch vụ", "CSKDDV"),
    ("kinh doanh dịch vụ", "KDDV"),
    ("trung học phổ thông", "THPT"),
    ("cơ sở giáo dục đại học", "CSGDĐH"),
    ("cơ sở giáo dục nghề nghiệp", "CSGDNN"),
    ("khu công nghiệp", "KCN"),
    ("học sinh, sinh viên", "HSSV"),
    ("kinh tế - xã hội", "KT-XH"),
    ("vi phạm hành chính", "VPHC"),
    ("Kế hoạch", "KH"),
    ("truyền thông, tuyên truyền", "TTTT"),
    ("Trung ương", "TW"),
)
_NEIGHBOURS = {
    "a": "s",
    "s": "a",
    "e": "r",
    "r": "t",
    "o": "p",
    "n": "m",
    "m": "n",
    "h": "g",
    "g": "h",
    "t": "r",
    "i": "u",
}
_LOOKALIKE = str.maketrans({"a": "а", "o": "о", "e": "е", "c": "с", "p": "р", "x": "х"})


def labels(d: Description, change: Callable[[str, Row], str], share: float, rng: Random) -> Description:
    """The description with a share of its labels changed."""

    def each(row: Row) -> Row:
        text = row.text("label")
        return row.put("label", change(text, row)) if text and rng.random() < share else row

    return d.each_row(each)


@kind("labels")
def capital_headings(d: Description, rng: Random) -> Description:
    """Section headings in full capitals."""
    headings = {line.number for line in d.lines.values() if not line.is_indicator}
    return labels(d, lambda text, row: text.upper() if row.line in headings else text, 1, rng)


@kind("labels")
def all_capitals(d: Description, rng: Random) -> Description:
    """Every label in full capitals."""
    return labels(d, lambda text, _: text.upper(), rng.choice((0.3, 1)), rng)


@kind("labels")
def abbreviations(d: Description, rng: Random) -> Description:
    """PCMD, KDDV, CSKDDV, THPT and others in place of the words."""

    def shorten(text: str, _: Row) -> str:
        for long, short in _SHORT:
            if rng.random() < 0.7:
                text = text.replace(long, short)
        return text

    return labels(d, shorten, 0.8, rng)


@kind("labels")
def written_out(d: Description, rng: Random) -> Description:
    """The form's own abbreviations written out."""
    pairs = (("PCMD", "phòng, chống mại dâm"), ("KDDV", "kinh doanh dịch vụ"), ("THPT", "trung học phổ thông"))

    def write_out(text: str, _: Row) -> str:
        for short, long in pairs:
            text = text.replace(short, long)
        return text

    return labels(d, write_out, 1, rng)


@kind("labels")
def typing_errors(d: Description, rng: Random) -> Description:
    """One or two letters wrong in a label."""

    def misspell(text: str, _: Row) -> str:
        for _time in range(rng.randint(1, 2)):
            spots = [i for i in range(3, len(text) - 1) if text[i].isalpha() and text[i + 1].isalpha()]
            if len(text) < 15 or not spots:
                return text
            i = rng.choice(spots)
            text = text[:i] + rng.choice((text[i + 1] + text[i], text[i + 1], text[i] * 2 + text[i + 1],
                                          _NEIGHBOURS.get(text[i], "h") + text[i + 1])) + text[i + 2 :]  # fmt: skip
        return text

    return labels(d, misspell, 0.35, rng)


@kind("labels", excludes=("label_over_cells", "unit_inside_label"))
def marker_in_own_column(d: Description, _: Random) -> Description:
    """Markers and numbering in a column of their own, left of the label."""

    def split(row: Row) -> Row:
        found = re.match(r"([-+*•]|[IVX]+\.|\d+\.)\s*(.*)\Z", row.text("label"), re.DOTALL)
        return row.put("marker", found[1]).put("label", found[2]) if found else row

    at = d.columns.index("label")
    return d.each_row(split).with_(columns=(*d.columns[:at], "marker", *d.columns[at:]))


@kind("labels", excludes=("marker_in_own_column",))
def label_over_cells(d: Description, rng: Random) -> Description:
    """Label text over two cells side by side."""

    def split(row: Row) -> Row:
        words = row.text("label").split()
        if len(words) < 6 or rng.random() < 0.3:
            return row
        cut = rng.randint(2, len(words) - 2)
        return row.put("label", " ".join(words[:cut])).put("label2", " ".join(words[cut:]))

    at = d.columns.index("label") + 1
    return d.each_row(split).with_(columns=(*d.columns[:at], "label2", *d.columns[at:]))


@kind("labels")
def line_breaks(d: Description, rng: Random) -> Description:
    """Line breaks inside labels."""

    def broken(text: str, _: Row) -> str:
        words = text.split(" ")
        for i in range(5, len(words), rng.randint(4, 7)):
            words[i] = "\n" + words[i]
        return " ".join(words)

    return labels(d, broken, 0.7, rng)


@kind("labels")
def no_markers(d: Description, rng: Random) -> Description:
    """The markers - + * left out."""
    return labels(d, lambda text, _: re.sub(r"\A[-+*]\s*", "", text), 1, rng)


@kind("labels")
def glued_markers(d: Description, rng: Random) -> Description:
    """Markers and numbers glued to the label: «-Số cuộc», «1.Công tác»."""
    return labels(d, lambda text, _: re.sub(r"\A([-+*]|\d+\.)\s+", r"\1", text), 0.9, rng)


@kind("labels")
def other_markers(d: Description, rng: Random) -> Description:
    """Other bullets in place of - + *."""
    other = {mark: rng.choice(("•", "–", "—", "+", "-", "*", "", "▪", "o", "→", "✓")) for mark in "-+*"}
    return labels(d, lambda t, _: f"{other[t[0]]} {t[2:]}" if t[:1] in other and t[1:2] == " " else t, 1, rng)


@kind("labels")
def own_numbering(d: Description, rng: Random) -> Description:
    """Lines numbered by the unit: 4.1., a), 2.3.1."""
    count = {"n": 0}

    def number(text: str, row: Row) -> str:
        count["n"] += 1
        if row.line is None or not re.match(r"[-+*]", text):
            return text
        rest = text[1:].strip()
        n = count["n"]
        return rng.choice(
            (f"{n % 7 + 1}.{n % 9 + 1}. {rest}", f"{'abcdeghik'[n % 9]}) {rest}", f"{n}. {rest}", f"({n}) {rest}")
        )

    return labels(d, number, 1, rng)


@kind("labels")
def filled_brackets(d: Description, rng: Random) -> Description:
    """«ghi rõ», «nêu rõ mô hình gì?» answered inside the label."""

    def fill(text: str, _: Row) -> str:
        text = re.sub(r"\(ghi rõ:?\s?\.\.\.\)", "(ghi rõ: Kế hoạch xây dựng nông thôn mới)", text)
        text = text.replace("(nêu rõ mô hình gì?)", "(Câu lạc bộ phòng, chống tệ nạn xã hội)")
        return text.replace("(ghi rõ nội dung được hỗ trợ…)", "(quà Tết, gạo)")

    return labels(d, fill, 1, rng)


@kind("labels")
def unit_inside_label(d: Description, rng: Random) -> Description:
    """The unit of measure in brackets behind the label."""

    def behind(text: str, row: Row) -> str:
        measure = row.text("measure")
        return f"{text} ({rng.choice((measure, measure.lower(), 'ĐVT: ' + measure))})" if measure else text

    return labels(d, behind, 0.6, rng)


@kind("labels")
def lookalike_letters(d: Description, rng: Random) -> Description:
    """Cyrillic letters that look like Latin ones, left by another program."""
    return labels(d, lambda text, _: text[:2] + text[2:].translate(_LOOKALIKE), 0.15, rng)


@kind("labels", fits=lambda s: s.form == "IIA", excludes=("repeated_row",))
def changed_label(d: Description, rng: Random) -> Description:
    """A locked label changed by the unit so that it asks something else."""
    changes = (
        (27, "+ Số người bán dâm dưới 16 tuổi"),
        (34, "+ Số người bán dâm dưới 14 tuổi"),
        (7, "Số lượt thông tin về phòng, chống mại dâm được đăng tải trên cơ quan báo chí cấp huyện"),
        (10, "+ Số người lao động ngoài các khu công nghiệp"),
        (40, "Số người bán dâm có nhu cầu và không đủ điều kiện được hỗ trợ"),
        (58, "+ Từ ngân sách cấp tỉnh"),
    )
    line, text = rng.choice(changes)
    changed = d.each_row(lambda row: row.put("label", Cell(text)) if row.line == line else row)
    return changed.doubt(key for key in d.truth if key[0] == line)
