"""The register of decisions: filled in as an officer does it, with openpyxl, and read again."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pcmd_consolidate import Campaign, Consolidation, consolidate, new_campaign, open_campaign, read_returns
from pcmd_consolidate.cli import main
from pcmd_consolidate.errors import CampaignError
from pcmd_consolidate.feedback import write_feedback
from pcmd_consolidate.forms import ValueType, load_form
from pcmd_consolidate.register import write_register
from tests.summary.books import figure
from tests.summary.inbox import plain_cells, write_annex

FORM = load_form("IIA")
UNIT, UNIT_ID = "Xã Lộc Ninh", "X25270"
BROKEN = {(4, 2022): "5-7", (9, 2023): 900, (55, 2021): "khoảng 50", (14, 2024): "có thể"}
"""An unreadable count, parts above their whole, an approximate sum, an answer that is none."""
HEAD = 5
"""Row of the headings."""


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    campaign = new_campaign(tmp_path / "dong-nai", "Đồng Nai")
    send(campaign, BROKEN)
    return campaign


def send(campaign: Campaign, cells: dict[tuple[int, int], object]) -> None:
    write_annex(campaign.inbox / "bieu.xlsx", FORM, UNIT, plain_cells(FORM, 1) | cells)


def run(campaign: Campaign) -> Consolidation:
    """A run: the campaign opened anew, everything consolidated, the register written again."""
    result = consolidate(read_returns(open_campaign(campaign.folder)))
    write_register(result)
    return result


def register(campaign: Campaign, sheet: str = "Quyết định") -> Worksheet:
    return openpyxl.load_workbook(campaign.folder / "so-quyet-dinh.xlsx")[sheet]


def line_of(page: Worksheet, rule: str, row: int, year: int) -> int:
    return next(
        n
        for n in range(HEAD + 1, page.max_row + 1)
        if [page.cell(n, c).value for c in (12, 9, 11)] == [rule, row, year]
    )


def decide(campaign: Campaign, rule: str, row: int, year: int, *typed: object) -> None:
    page = register(campaign)
    line = line_of(page, rule, row, year)
    for column, value in enumerate(typed, start=1):
        page.cell(line, column).value = value
    page.parent.save(campaign.folder / "so-quyet-dinh.xlsx")


def value(result: Consolidation, row: int, year: int) -> tuple[float, str, str, str]:
    values = result.values
    (line,) = values[values["row"].eq(row) & values["year"].eq(year) & values["unit_id"].eq(UNIT_ID)].itertuples()
    return line.value, str(line.state), line.raw, line.decision


def total(result: Consolidation, row: int, year: int) -> float:
    totals = result.totals
    return float(totals.loc[totals["form"].eq("IIA") & totals["row"].eq(row) & totals["year"].eq(year), "value"].item())


def open_rules(result: Consolidation) -> set[tuple[str, object, object]]:
    left = result.findings[result.findings["decision"].eq("")].astype({"row": object, "year": object})
    return set(left[["rule", "row", "year"]].itertuples(index=False, name=None))


def test_the_register_lists_what_is_open_with_a_place_to_decide(campaign: Campaign) -> None:
    result = run(campaign)
    page = register(campaign)

    assert [cell.value for cell in page[HEAD]][:6] == [
        "Quyết định", "Số liệu thay", "Lý do", "Người quyết định", "Mức độ", "Mã đơn vị",
    ]  # fmt: skip
    line = line_of(page, "E04", 4, 2022)
    assert [page.cell(line, column).value for column in (5, 6, 7, 8, 14)] == ["Lỗi", UNIT_ID, UNIT, "IIA", "5-7"]
    listed = [page.cell(n, 12).value for n in range(HEAD + 1, page.max_row + 1)]
    of_unit_or_province = result.findings["unit_id"].ne("") | result.findings["file"].eq("")
    asked = result.findings[result.findings["severity"].ne("info") & of_unit_or_province]
    assert listed == list(asked["rule"])


def test_a_value_is_replaced_and_marked_and_what_the_unit_wrote_is_kept(campaign: Campaign) -> None:
    before = run(campaign)
    decide(campaign, "E04", 4, 2022, "Thay số liệu", 6, "Đã gọi điện cho xã", "Nguyễn Văn A")

    result = run(campaign)

    assert value(before, 4, 2022)[1:] == ("unreadable", "5-7", "")
    assert value(result, 4, 2022) == (6, "reported", "5-7", "Thay số liệu: Đã gọi điện cho xã (Nguyễn Văn A)")
    assert total(result, 4, 2022) == 6
    assert result.errors == before.errors - 1
    assert {d.rule for d in result.decisions} == {"E04"}


def test_an_answer_is_replaced_by_an_answer(campaign: Campaign) -> None:
    run(campaign)
    decide(campaign, "F03", 14, 2024, "Thay số liệu", "Có", "Có kế hoạch số 5", "A")

    assert value(run(campaign), 14, 2024)[:3] == (1, "reported", "có thể")


def test_a_finding_is_accepted_and_no_longer_counts(campaign: Campaign) -> None:
    before = run(campaign)
    decide(campaign, "A01", 9, 2023, "Chấp nhận", None, "Xã đã giải trình", "A")

    result = run(campaign)

    assert open_rules(before) - open_rules(result) == {("A01", 9, 2023)}
    assert result.errors == before.errors - 1
    assert value(result, 9, 2023)[0] == 900


def test_decisions_survive_further_runs(campaign: Campaign) -> None:
    run(campaign)
    decide(campaign, "E04", 4, 2022, "Thay số liệu", 6, "Đã gọi điện", "A")
    decide(campaign, "A01", 9, 2023, "Chấp nhận", None, "Đã giải trình", "A")
    first, second = run(campaign), run(campaign)

    assert {d.rule for d in second.decisions} == {"E04", "A01"}
    assert first.values.equals(second.values)
    page = register(campaign)
    assert [page.cell(line_of(page, "E04", 4, 2022), column).value for column in (1, 2, 3, 4)] == [
        "Thay số liệu", 6, "Đã gọi điện", "A",
    ]  # fmt: skip


def test_decisions_fall_away_when_the_unit_sends_another_figure(campaign: Campaign) -> None:
    run(campaign)
    decide(campaign, "E04", 4, 2022, "Thay số liệu", 6, "Đã gọi điện", "A")
    decide(campaign, "A01", 9, 2023, "Chấp nhận", None, "Đã giải trình", "A")
    run(campaign)
    send(campaign, BROKEN | {(4, 2022): "8-9", (9, 2023): 950})

    result = run(campaign)

    assert value(result, 4, 2022)[1:] == ("unreadable", "8-9", "")
    assert {("E04", 4, 2022), ("A01", 9, 2023)} <= open_rules(result)
    assert result.decisions == ()
    page = register(campaign, "Hết hiệu lực")
    gone = {page.cell(n, 12).value: page.cell(n, 15).value for n in range(4, page.max_row + 1)}
    assert gone == {"E04": "Số liệu của đơn vị đã thay đổi: nay ghi «8-9»", "A01": "Số liệu của đơn vị đã thay đổi"}


def test_a_figure_that_the_unit_mends_needs_no_decision_any_more(campaign: Campaign) -> None:
    run(campaign)
    decide(campaign, "A01", 9, 2023, "Chấp nhận", None, "Đã giải trình", "A")
    send(campaign, BROKEN | {(9, 2023): 1})

    result = run(campaign)

    assert [fallen.why for fallen in result.fallen] == ["Không còn vấn đề này"]


def test_what_is_typed_without_a_choice_stays(campaign: Campaign) -> None:
    run(campaign)
    decide(campaign, "E04", 4, 2022, None, None, "đang hỏi lại xã")
    run(campaign)

    page = register(campaign)
    assert page.cell(line_of(page, "E04", 4, 2022), 3).value == "đang hỏi lại xã"


def test_what_is_typed_without_a_choice_comes_back_with_its_finding(
    campaign: Campaign, capsys: pytest.CaptureFixture[str]
) -> None:
    away = campaign.folder / "bieu.xlsx"
    run(campaign)
    decide(campaign, "E04", 4, 2022, None, 6, "đang hỏi lại xã")
    pcmd("consolidate", campaign.folder)
    said = capsys.readouterr().out
    (campaign.inbox / "bieu.xlsx").rename(away)
    run(campaign)
    away.rename(campaign.inbox / "bieu.xlsx")
    run(campaign)

    page = register(campaign)
    assert "1 dòng của sổ có ghi nhưng chưa chọn quyết định ở cột đầu, nên chưa được áp dụng." in said
    line = line_of(page, "E04", 4, 2022)
    assert [page.cell(line, column).value for column in (1, 2, 3)] == [None, 6, "đang hỏi lại xã"]
    assert register(campaign, "Hết hiệu lực").max_row < 4


def test_without_a_register_nothing_is_decided(campaign: Campaign) -> None:
    result = consolidate(read_returns(campaign))

    assert (result.decisions, result.fallen, set(result.values["decision"])) == ((), (), {""})


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("Bỏ qua", None, "x", "A"), "«Bỏ qua» không dùng được"),
        (("Chấp nhận", None, None, "A"), "phải có lý do"),
        (("Chấp nhận", None, "x", None), "phải có lý do"),
        (("Thay số liệu", None, "x", "A"), "chưa ghi số liệu thay"),
        (("Thay số liệu", "5-7", "x", "A"), "số nguyên không âm"),
        (("Thay số liệu", 6.5, "x", "A"), "số nguyên không âm"),
        (("Thay số liệu", -1, "x", "A"), "số nguyên không âm"),
        (("Thay số liệu", -3.0, "x", "A"), "đang ghi «-3»; dòng 4 phải ghi số nguyên không âm"),
        (("Thay số liệu", 1.5, "x", "A"), "đang ghi «1,5»; dòng 4 phải ghi số nguyên không âm"),
        (
            ("Thay số liệu", "1.234", "x", "A"),
            "đang ghi «1.234»; dòng 4 phải ghi số nguyên không âm, không",
        ),
        (("Thay số liệu", "12 người", "x", "A"), "đang ghi «12 người»; dòng 4 phải ghi số nguyên không âm"),
        (("Thay số liệu", "12,0", "x", "A"), "đang ghi «12,0»; dòng 4 phải ghi số nguyên không âm"),
        (("Thay số liệu", "Không", "x", "A"), "đang ghi «Không»; dòng 4 phải ghi số nguyên không âm"),
        (("Thay số liệu", True, "x", "A"), "dòng 4 phải ghi số nguyên không âm"),
        (("Chấp nhận", 5, "x", "A"), "đang ghi «5», nhưng «Chấp nhận» là giữ số đơn vị ghi"),
    ],
)
def test_mistakes_name_the_line(campaign: Campaign, typed: tuple[object, ...], said: str) -> None:
    run(campaign)
    line = line_of(register(campaign), "E04", 4, 2022)
    decide(campaign, "E04", 4, 2022, *typed)
    before = (campaign.folder / "so-quyet-dinh.xlsx").read_bytes()

    with pytest.raises(CampaignError) as caught:
        run(campaign)

    assert said in str(caught.value)
    assert (f"so-quyet-dinh.xlsx, dòng {line}" in str(caught.value), caught.value.line) == (True, line)
    assert (campaign.folder / "so-quyet-dinh.xlsx").read_bytes() == before


def test_a_mistake_in_a_figure_names_its_cell(campaign: Campaign) -> None:
    run(campaign)
    line = line_of(register(campaign), "E04", 4, 2022)
    decide(campaign, "E04", 4, 2022, "Thay số liệu", "1.234", "x", "A")

    with pytest.raises(CampaignError) as caught:
        open_campaign(campaign.folder)

    assert f"so-quyet-dinh.xlsx, dòng {line}, mục «Số liệu thay»: ô B{line} đang ghi «1.234»" in str(caught.value)


def test_all_mistakes_are_named_at_once(campaign: Campaign) -> None:
    run(campaign)
    decide(campaign, "E04", 4, 2022, "Thay số liệu", "12 người", None, "A")
    decide(campaign, "A01", 9, 2023, "Chấp nhận", 5, "x", "A")
    decide(campaign, "F03", 14, 2024, "Thay số liệu", "chưa", "x", "A")
    page = register(campaign)
    places = [line_of(page, *about) for about in (("E04", 4, 2022), ("A01", 9, 2023), ("F03", 14, 2024))]

    with pytest.raises(CampaignError) as caught:
        open_campaign(campaign.folder)

    head, *told = str(caught.value).splitlines()
    assert head.endswith("so-quyet-dinh.xlsx: có 4 chỗ phải sửa:")
    assert sorted(line.partition(":")[0] for line in told) == sorted([
        f"  - dòng {places[0]}, mục «Lý do»", f"  - dòng {places[0]}, mục «Số liệu thay»",
        f"  - dòng {places[1]}, mục «Số liệu thay»", f"  - dòng {places[2]}, mục «Số liệu thay»",
    ])  # fmt: skip
    assert caught.value.line == min(places)


def test_a_sum_of_money_is_typed_as_a_number_or_with_a_comma(campaign: Campaign) -> None:
    run(campaign)
    page = register(campaign)
    line = line_of(page, "E04", 4, 2022)
    money = next(row for row in FORM.indicators if row.value_type is ValueType.MONEY)
    read: dict[object, object] = {}
    for sum_typed in (1.5, "1,5", "1234", "1.234", "1,234", "1.5", "12 triệu"):
        for column, typed in ((1, "Thay số liệu"), (2, sum_typed), (3, "x"), (4, "A"), (9, money.number)):
            page.cell(line, column).value = typed
        page.parent.save(campaign.folder / "so-quyet-dinh.xlsx")
        try:
            read[sum_typed] = open_campaign(campaign.folder).decisions[0].value
        except CampaignError as error:
            read[sum_typed] = "phải ghi số tiền (triệu đồng), không có dấu chấm hay chữ, ví dụ 1234 hoặc 1,5" in str(
                error
            )

    assert [read[typed] for typed in (1.5, "1,5", "1234")] == [1.5, "1,5", "1234"]
    assert [read[typed] for typed in ("1.234", "1,234", "1.5", "12 triệu")] == [True, True, True, True]


def test_the_same_run_writes_the_same_register(campaign: Campaign) -> None:
    result = run(campaign)
    first = (campaign.folder / "so-quyet-dinh.xlsx").read_bytes()
    write_register(result)

    assert (campaign.folder / "so-quyet-dinh.xlsx").read_bytes() == first


def test_a_file_that_is_no_workbook_is_named(campaign: Campaign) -> None:
    (campaign.folder / "so-quyet-dinh.xlsx").write_bytes(b"PK nothing")

    with pytest.raises(CampaignError, match="không đọc được sổ quyết định"):
        open_campaign(campaign.folder)


def test_a_unit_is_not_asked_about_what_the_officer_has_accepted(campaign: Campaign) -> None:
    before = run(campaign)
    decide(campaign, "A01", 9, 2023, "Chấp nhận", None, "Đã giải trình", "A")
    after = run(campaign)

    assert (asked(before) - asked(after), asked(after) - asked(before)) == ({"Năm 2023"}, set())


def asked(result: Consolidation) -> set[str]:
    """Years in which the feedback to the unit speaks of more workers than people in all."""
    workbook, *_ = write_feedback(result, result.campaign.folder / "phan-hoi")
    page = openpyxl.load_workbook(workbook).worksheets[0]
    words = "Số lao động tại cơ sở kinh doanh dịch vụ vượt"
    lines = [[str(cell.value) for cell in row] for row in page.iter_rows()]
    return {text for line in lines if any(words in t for t in line) for text in line if text.startswith("Năm 20")}


def test_what_fell_away_stays_noted_in_later_runs(campaign: Campaign) -> None:
    run(campaign)
    decide(campaign, "E04", 4, 2022, "Thay số liệu", 6, "Đã gọi điện", "A")
    run(campaign)
    send(campaign, BROKEN | {(4, 2022): 7})
    run(campaign)
    run(campaign)

    page = register(campaign, "Hết hiệu lực")
    noted = [[page.cell(n, c).value for c in (1, 2, 3, 4, 12)] for n in range(4, page.max_row + 1)]
    assert [[str(cell) for cell in line] for line in noted] == [["Thay số liệu", "6", "Đã gọi điện", "A", "E04"]]


def test_the_order_of_the_sheets_does_not_matter(campaign: Campaign) -> None:
    run(campaign)
    decide(campaign, "E04", 4, 2022, "Thay số liệu", 6, "Đã gọi điện", "A")
    book = openpyxl.load_workbook(campaign.folder / "so-quyet-dinh.xlsx")
    book.move_sheet("Quyết định", 1)
    book.save(campaign.folder / "so-quyet-dinh.xlsx")

    assert value(run(campaign), 4, 2022)[:2] == (6, "reported")


def test_two_figures_for_one_cell_are_refused(campaign: Campaign) -> None:
    run(campaign)
    decide(campaign, "A01", 9, 2023, "Thay số liệu", 50, "x", "A")
    decide(campaign, "A04", 9, 2023, "Thay số liệu", 60, "x", "B")

    with pytest.raises(CampaignError, match="đã được thay bằng một số khác ở dòng"):
        run(campaign)


def test_a_figure_needs_a_row_and_a_year(campaign: Campaign) -> None:
    run(campaign)
    page = register(campaign)
    line = line_of(page, "E04", 4, 2022)
    for column, typed in ((1, "Thay số liệu"), (2, 6), (3, "x"), (4, "A"), (11, None)):
        page.cell(line, column).value = typed
    page.parent.save(campaign.folder / "so-quyet-dinh.xlsx")

    with pytest.raises(CampaignError, match="phải ghi rõ dòng và năm"):
        run(campaign)


def test_a_replaced_figure_is_marked_where_nothing_else_is_wrong_with_it(campaign: Campaign) -> None:
    run(campaign)
    decide(campaign, "A01", 9, 2023, "Thay số liệu", 20, "Đã gọi điện", "A")
    result = run(campaign)
    path = result.to_excel(campaign.folder / "tong-hop.xlsx")

    cell = figure(openpyxl.load_workbook(path), "IIA", UNIT, 9, 2023)
    assert (cell.value, cell.fill.start_color.rgb) == (20, "FFC6E0B4")


def test_a_decision_applies_again_once_the_same_file_is_back(campaign: Campaign) -> None:
    run(campaign)
    decide(campaign, "E04", 4, 2022, "Thay số liệu", 6, "Đã gọi điện", "A")
    decide(campaign, "A01", 9, 2023, "Chấp nhận", None, "Đã giải trình", "A")
    run(campaign)
    away = campaign.folder / "bieu.xlsx"
    (campaign.inbox / "bieu.xlsx").rename(away)

    without = run(campaign)
    still_without = run(campaign)
    away.rename(campaign.inbox / "bieu.xlsx")
    again = run(campaign)

    assert ({f.decision.rule: f.why for f in without.fallen}, without.decisions) == (
        {
            "E04": "Đơn vị không có số liệu này (chưa nộp, hoặc không phải điền dòng này)",
            "A01": "Không có biểu nào của đơn vị được dùng",
        },
        (),
    )
    assert (still_without.fallen, still_without.restored) == ((), ())
    assert {d.rule for d in again.restored} == {d.rule for d in again.decisions} == {"E04", "A01"}
    assert value(again, 4, 2022)[:3] == (6, "reported", "5-7")
    assert ("A01", 9, 2023) not in open_rules(again)
    assert register(campaign, "Hết hiệu lực").max_row < 4
    assert run(campaign).restored == ()


def test_a_decision_that_fell_away_for_another_figure_applies_again_with_the_first(campaign: Campaign) -> None:
    run(campaign)
    decide(campaign, "E04", 4, 2022, "Thay số liệu", 6, "Đã gọi điện", "A")
    send(campaign, BROKEN | {(4, 2022): "8-9"})
    run(campaign)
    decide(campaign, "E04", 4, 2022, "Thay số liệu", 8, "Gọi lần hai", "B")
    second = run(campaign)
    send(campaign, BROKEN)
    first = run(campaign)

    assert (value(second, 4, 2022)[0], value(first, 4, 2022)[0]) == (8, 6)
    assert [f.decision.person for f in first.fallen] == ["B"]
    assert [value(run(campaign), 4, 2022)[0] for _ in range(2)] == [6, 6]


def test_what_is_decided_anew_outweighs_what_was_decided_before(campaign: Campaign) -> None:
    run(campaign)
    decide(campaign, "E04", 4, 2022, "Thay số liệu", 6, "Đã gọi điện", "A")
    (campaign.inbox / "bieu.xlsx").unlink()
    run(campaign)
    page = register(campaign, "Hết hiệu lực")
    gone = [cell.value for cell in page[4]][:14]
    first = page.parent["Quyết định"]
    for column, typed in enumerate(gone, start=1):
        first.cell(HEAD + 1, column).value = typed
    first.cell(HEAD + 1, 2).value = 7
    page.parent.save(campaign.folder / "so-quyet-dinh.xlsx")
    send(campaign, BROKEN)

    assert value(run(campaign), 4, 2022)[0] == 7
    assert value(run(campaign), 4, 2022)[0] == 7


def test_a_line_taken_out_of_the_lapsed_ones_does_not_apply_again(campaign: Campaign) -> None:
    run(campaign)
    decide(campaign, "E04", 4, 2022, "Thay số liệu", 6, "Đã gọi điện", "A")
    (campaign.inbox / "bieu.xlsx").unlink()
    run(campaign)
    page = register(campaign, "Hết hiệu lực")
    page.delete_rows(4)
    page.parent.save(campaign.folder / "so-quyet-dinh.xlsx")
    send(campaign, BROKEN)

    assert run(campaign).decisions == ()


def test_the_command_says_which_decisions_lapsed_and_which_came_back(
    campaign: Campaign, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, away = campaign.folder, campaign.folder / "bieu.xlsx"
    pcmd("consolidate", folder)
    decide(campaign, "E04", 4, 2022, "Thay số liệu", 6, "Đã gọi điện", "A")
    pcmd("consolidate", folder)
    capsys.readouterr()

    (campaign.inbox / "bieu.xlsx").rename(away)
    pcmd("consolidate", folder)
    gone = capsys.readouterr().out
    away.rename(campaign.inbox / "bieu.xlsx")
    pcmd("consolidate", folder)
    back = capsys.readouterr().out

    assert "0 quyết định đang áp dụng" in gone
    assert "1 quyết định hết hiệu lực trong lần chạy này" in gone
    assert "- Xã Lộc Ninh, IIA dòng 4, năm 2022 (E04, số thay 6): Thay số liệu: Đã gọi điện (A): Đơn vị" in gone
    assert "1 quyết định đang áp dụng" in back
    assert "1 quyết định được áp dụng lại" in back
    assert "- Xã Lộc Ninh, IIA dòng 4, năm 2022 (E04, số thay 6): Thay số liệu: Đã gọi điện (A)" in back


def test_a_trial_run_leaves_the_register_as_it_is(
    campaign: Campaign, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, book, empty = campaign.folder, campaign.folder / "so-quyet-dinh.xlsx", tmp_path / "trong"
    empty.mkdir()
    pcmd("consolidate", folder)
    decide(campaign, "E04", 4, 2022, "Thay số liệu", 6, "Đã gọi điện", "A")
    before = book.read_bytes()
    capsys.readouterr()

    pcmd("consolidate", folder, "--inbox", empty, "--out", tmp_path / "thu")
    trial = capsys.readouterr().out
    pcmd("consolidate", folder, "--out", tmp_path / "thu")

    assert book.read_bytes() == before
    assert "sổ quyết định và inbox.csv được giữ nguyên; 0 quyết định áp dụng được ở đây" in trial
    assert "1 quyết định của sổ không áp dụng được với các biểu này" in trial
    pcmd("consolidate", folder, "--inbox", campaign.inbox, "--out", folder / "ket-qua")
    assert book.read_bytes() != before
    assert "1 quyết định đang áp dụng" in capsys.readouterr().out


def pcmd(*args: str | Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([str(arg) for arg in args])
    assert stopped.value.code == 0
