from __future__ import annotations

import unicodedata

import pytest

from pcmd_consolidate.forms import load_form
from pcmd_consolidate.intake.labels import POSSIBLE, SURE, LabelIndex, label_words, strip_marker

INDEX = {form_id: LabelIndex(load_form(form_id)) for form_id in ("IA", "IIA")}


def alike(text: str, form: str = "IIA") -> set[int]:
    """Numbers of the rows that a label is surely like."""
    (likeness,) = INDEX[form].likeness([text])
    return {int(place) + 1 for place in (likeness >= SURE).nonzero()[0]}


def likeness(text: str, number: int, form: str = "IIA") -> float:
    return float(INDEX[form].likeness([text])[0, number - 1])


@pytest.mark.parametrize(
    "text",
    [
        "Số vụ",
        "- Số vụ",
        "+ Số vụ",
        "* Số vụ",
        "– Số vụ",
        "-Số vụ",
        "• Số vụ",
        "- + Số vụ",
        "1. Số vụ",
        "1) Số vụ",
        "1/ Số vụ",
        "1.2. Số vụ",
        "1.2 Số vụ",
        "12 Số vụ",
        "- 1. Số vụ",
        "a) Số vụ",
        "đ) Số vụ",
        "IV. Số vụ",
        "  Số \n vụ ",
    ],
)
def test_markers_and_numbering_are_no_part_of_a_label(text: str) -> None:
    assert strip_marker(text) == "Số vụ"


@pytest.mark.parametrize(
    "text",
    [
        "Số vụ. Trong đó:",
        "Số vụ, trong đó",
        "Số vụ．Trong đó：",
        "Số vụ. Tr\u043eng đó",
        "(3) Số v\u200bụ",
        "(a) Số vụ",
    ],
)
def test_what_leads_to_the_parts_is_no_part_of_a_label(text: str) -> None:
    assert label_words(text) == label_words("Số vụ")


@pytest.mark.parametrize("text", ["Viện kiểm sát", "Xã", "Vụ", "Ý kiến", "I", "Trong đó:", ""])
def test_a_label_without_a_marker_is_kept(text: str) -> None:
    assert text == strip_marker(text)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("PCMD", "phòng, chống mại dâm"),
        ("cơ sở KDDV", "cơ sở kinh doanh dịch vụ"),
        ("THPT", "trung học phổ thông"),
        ("KCN", "khu công nghiệp"),
        ("Kế hoạch KTXH", "kế hoạch kinh tế - xã hội"),
        ("NS TW", "NS Trung ương"),
        ("VPHC", "vi phạm hành chính"),
        ("HSSV", "học sinh, sinh viên"),
    ],
)
def test_abbreviations_are_written_out(short: str, long: str) -> None:
    assert label_words(long) == label_words(short)


@pytest.mark.parametrize(
    ("text", "form", "rows"),
    [
        # as printed
        ("- Số cuộc truy quét tại địa điểm công cộng", "IIA", {21}),
        ("Số người mua dâm", "IIA", {25, 33}),
        ("Số người bán dâm", "IIA", {26, 32}),
        ("Số bị cáo", "IA", {50, 55, 57}),
        ("Trong đó:", "IIA", {24, 31, 41, 56}),
        # as typed
        ("SỐ NGƯỜI MUA DÂM", "IIA", {25, 33}),
        ("so nguoi mua dam", "IIA", {25, 33}),
        ("SO NGUOI BAN DAM", "IIA", {26, 32}),
        ("+ Số đối tượng được hỗ trợ về y tế, chăm sóc sức khoẻ", "IIA", {46}),
        ("Số cán bộ làm công tác PCMD ở địa phương", "IIA", {52}),
        ("Số cuộc triệt phá tại các cơ sở kinh doanh dịch vụ", "IIA", {22}),
        ("Số cuộc truy quyét tại địa điểm công cộng", "IIA", {21}),
        ("Số ngừoi mua dâm", "IIA", {25, 33}),
        ("Từ ngân sách TW", "IIA", {58}),
        # with other words in the brackets at the end, or none
        ("+ Các Kế hoạch khác", "IIA", {19}),
        ("+ Các kế hoạch khác (ghi rõ: KH phòng, chống mua bán người)", "IIA", {19}),
        ("- Tổng số mô hình được xây dựng, duy trì", "IIA", {49}),
        # the misprint of the form put right
        ("+ Số bị cáo phạm tội mua dâm người chưa thành viên", "IA", {63}),
        ("+ Số bị cáo phạm tội mua dâm người chưa thành niên", "IA", {63}),
        # another row of the form, or none
        ("Số người bán dâm dưới 18 tuổi", "IIA", {27, 34}),
        ("Số người bán dâm dưới 16 tuổi", "IIA", set()),
        ("Số người bán dâm trên 18 tuổi", "IIA", set()),
        ("+ Số bị cáo bị phạt tù dưới 3 năm", "IA", set()),
        ("Số đối tượng mua dâm", "IIA", set()),
        ("Tổng số vụ vi phạm", "IIA", set()),
        ("Từ ngân sách khác", "IIA", set()),
        ("Người lập biểu", "IIA", set()),
        ("", "IIA", set()),
    ],
)
def test_rows_that_a_label_is_surely_like(text: str, form: str, rows: set[int]) -> None:
    assert rows == alike(text, form)
    assert rows == alike(unicodedata.normalize("NFD", text), form)


def test_mua_dam_is_not_ban_dam() -> None:
    assert likeness("Số người mua dâm", 25) == 1
    assert likeness("Số người mua dâm", 26) < SURE
    assert likeness("Số người bán dâm", 26) == 1
    assert likeness("Số người bán dâm", 25) < SURE
    assert likeness("so nguoi mua dam", 26) < SURE


@pytest.mark.parametrize("form_id", INDEX)
def test_every_row_is_wholly_like_itself(form_id: str) -> None:
    rows = load_form(form_id).rows
    matrix = INDEX[form_id].likeness([row.full_label for row in rows])

    assert matrix.shape == (len(rows), len(rows))
    assert [row.number for row in rows if matrix[row.number - 1, row.number - 1] != 1] == []
    assert matrix.min() >= 0
    assert matrix.max() == 1


@pytest.mark.parametrize("form_id", INDEX)
def test_rows_wholly_alike_have_the_same_words(form_id: str) -> None:
    """Only repeated labels are wholly like several rows."""
    rows = load_form(form_id).rows
    matrix = INDEX[form_id].likeness([row.label for row in rows])
    wrong = [
        (one.number, other.number)
        for one in rows
        for other in rows
        if matrix[one.number - 1, other.number - 1] == 1 and label_words(one.label) != label_words(other.label)
    ]

    assert wrong == []


def test_a_label_is_compared_with_the_rows_of_its_own_form() -> None:
    assert alike("Từ nguồn khác", "IIA") == {59}
    assert alike("Từ nguồn khác", "IA") == set()


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Số người mua dâm", True),
        ("- SỐ NGƯỜI MUA DÂM", True),
        ("so nguoi mua dam", True),
        ("+ Từ nguồn khác", True),
        ("Số cuộc truy quyét tại địa điểm công cộng", True),
        ("Nội dung", False),
        ("UBND XÃ LỘC THÀNH", False),
        ("Triệu đồng", False),
        ("Năm 2021", False),
        ("", False),
    ],
)
def test_labels_of_indicators_are_known(text: str, known: bool) -> None:
    assert known == INDEX["IIA"].knows(text)


def test_what_is_sure_is_possible() -> None:
    assert 0 < POSSIBLE < SURE < 1
