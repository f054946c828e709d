"""Sent back, corrected and dropped in the inbox: findings are gone, reasons are kept."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pcmd_consolidate import Consolidation, write_feedback
from tests.feedback import desk
from tests.libreoffice import convert

REASON = "Có 40 cuộc phát thanh lưu động mỗi ấp, đúng như sổ theo dõi"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = desk.new_round(tmp_path / "dot")
    desk.send(folder / "inbox" / "dak lua.xlsx", "xã Đak Lua", desk.WRONG)
    return folder


def feedback(folder: Path, out: str = "phan-hoi") -> Path:
    """The feedback workbook of the only unit that has one."""
    (path,) = [path for path in write_feedback(desk.run(folder), folder / out) if path.suffix == ".xlsx"]
    return path


def reason_cell(sheet: Worksheet, cell: str) -> str:
    """Where the reason for a finding at a cell is typed: under the heading, in the line that names the cell."""
    rows = list(sheet.iter_rows(max_col=8))
    header = next(row for row in rows if row[0].value == "TT")
    column = next(head.column_letter for head in header if head.value == "Giải trình của đơn vị")
    return f"{column}{next(row[0].row for row in rows if row[2].value == cell)}"


def send_back(
    path: Path, inbox: Path, cells: dict[str, object], reasons: dict[str, str], *, saved: dt.datetime = desk.SAVED_LATER
) -> Path:
    """Correct cells of the form and type reasons, and drop the workbook in the inbox under its own name."""
    book = openpyxl.load_workbook(path)
    for cell, value in cells.items():
        book["Biểu 6T"][cell] = value
    for cell, text in reasons.items():
        first = book["Cần sửa"]
        first[reason_cell(first, cell)] = text
    return desk.save(book, inbox / path.name, saved)


def counts(result: Consolidation, file: str) -> tuple[str, int, int, int]:
    """Status and number of findings of a file."""
    line = result.submissions[result.submissions["file"] == file].iloc[0]
    return line["status"], int(line["errors"]), int(line["explains"]), int(line["warnings"])


def explanations(result: Consolidation) -> list[tuple[object, ...]]:
    frame = result.returns.explanations
    return list(frame[["unit_id", "unit", "form", "rule", "row", "year", "text"]].itertuples(index=False, name=None))


def test_corrected_in_another_program_findings_are_gone_and_the_reason_is_kept(folder: Path) -> None:
    copy = feedback(folder)
    (folder / "lo").mkdir()
    convert([copy], "xlsx", folder / "lo")

    send_back(folder / "lo" / copy.name, folder / "inbox", {"C9": 2, "C11": 1}, {"C5": REASON})
    result = desk.run(folder)

    assert desk.told(result, "X1") == {("T03", "C5")}
    assert explanations(result) == [("X1", "Xã Đak Lua", "6T", "T03", 2, 2023, REASON)]
    (explained,) = result.findings.loc[result.findings["rule"] == "T03", ["severity", "explanation"]].to_numpy()
    assert list(explained) == ["explain", REASON]
    assert counts(result, copy.name) == ("on_time", 0, 0, 1)  # the warning says that the unit sent twice
    assert counts(result, "dak lua.xlsx")[0] == "superseded"
    values = result.values[result.values["unit_id"] == "X1"].set_index("row")
    assert values["value"].to_dict() == {2: 400, 3: 120, 5: 3, 6: 2, 8: 1, 9: 12.5, 10: 1}
    assert set(values["file"]) == {copy.name}


@pytest.mark.parametrize("suffix", ["ods", "xls"])
def test_it_is_read_in_other_formats_too(suffix: str, folder: Path) -> None:
    copy = feedback(folder)
    (folder / "lo").mkdir()
    send_back(copy, folder / "lo", {"C9": 2, "C11": 1}, {"C5": REASON})

    convert([folder / "lo" / copy.name], suffix, folder / "inbox")
    result = desk.run(folder)

    assert desk.told(result, "X1") == {("T03", "C5")}
    assert [line[-1] for line in explanations(result)] == [REASON]


def test_a_copy_that_was_only_opened_is_the_same_return(folder: Path) -> None:
    before = desk.run(folder)
    copy = feedback(folder)
    (folder / "inbox" / copy.name).write_bytes(copy.read_bytes())

    result = desk.run(folder)

    statuses = result.submissions[result.submissions["unit_id"] == "X1"]["status"]
    assert sorted(statuses) == ["duplicate", "on_time"]
    assert desk.told(result, "X1") == desk.told(before, "X1") == {("T01", "C9"), ("E04", "C11"), ("T03", "C5")}


def test_a_reason_alone_is_enough_and_the_figures_stay(folder: Path) -> None:
    send_back(feedback(folder), folder / "inbox", {}, {"C5": REASON})

    result = desk.run(folder)
    used = result.submissions[(result.submissions["unit_id"] == "X1") & (result.submissions["status"] == "on_time")]

    assert [line[-1] for line in explanations(result)] == [REASON]
    assert used[["errors", "explains"]].to_numpy().tolist() == [[2, 0]]


def test_an_error_is_not_settled_by_a_reason(folder: Path) -> None:
    send_back(feedback(folder), folder / "inbox", {"C11": 1}, {"C9": "Đúng như vậy", "C5": REASON})

    result = desk.run(folder)

    (error,) = result.findings.loc[result.findings["rule"] == "T01", ["severity", "explanation"]].to_numpy()
    assert list(error) == ["error", "Đúng như vậy"]
    assert counts(result, feedback(folder).name)[1:3] == (1, 0)


def test_a_reason_outlives_a_newer_return_without_one(folder: Path) -> None:
    send_back(feedback(folder), folder / "inbox", {"C11": 1}, {"C5": REASON})
    book = openpyxl.load_workbook(folder / "inbox" / "dak lua.xlsx")
    book["Biểu 6T"]["C9"] = 3
    desk.save(book, folder / "inbox" / "lan ba.xlsx", dt.datetime(2023, 8, 1))

    result = desk.run(folder)

    assert counts(result, "lan ba.xlsx")[1:3] == (1, 1)  # the newer return lacks a figure that the other had
    assert result.returns.explanations["file"].tolist() == ["X1_Xã Đak Lua_phan-hoi_6T.xlsx"]
    assert result.findings.loc[result.findings["rule"] == "T03", "explanation"].tolist() == [REASON]


def test_the_newer_reason_counts(folder: Path) -> None:
    copy = feedback(folder)
    send_back(copy, folder / "inbox", {"C11": 1}, {"C5": "chưa rõ"})
    (folder / "inbox" / copy.name).rename(folder / "inbox" / "lan 2 Đak Lua.xlsx")
    send_back(copy, folder / "inbox", {"C11": 2}, {"C5": REASON}, saved=dt.datetime(2023, 8, 1))

    assert [line[-1] for line in explanations(desk.run(folder))] == [REASON]


def test_a_second_round_shows_what_is_left_and_nothing_of_the_first(folder: Path) -> None:
    send_back(feedback(folder), folder / "inbox", {"C11": 1}, {"C5": REASON})

    second = openpyxl.load_workbook(feedback(folder, "lan-2"))

    assert second.sheetnames == ["Cần sửa", "Biểu 6T"]
    form, first = second["Biểu 6T"], second["Cần sửa"]
    assert [cell.coordinate for row in form for cell in row if cell.fill.fill_type] == ["C9"]
    assert [cell.coordinate for row in form for cell in row if cell.comment] == ["C9"]
    listed = [row for row in first.iter_rows(max_col=8, values_only=True) if isinstance(row[0], int)]
    assert [(row[1], row[2], row[7]) for row in listed] == [("Lỗi", "C9", None), ("Đã giải trình", "C5", REASON)]


def test_the_first_colours_of_a_cell_come_back(folder: Path) -> None:
    from openpyxl.styles import PatternFill

    path = folder / "inbox" / "dak lua.xlsx"
    book = openpyxl.load_workbook(path)
    book["Biểu 6T"]["C11"].fill = PatternFill("solid", fgColor="FFCCFFCC")
    desk.save(book, path, desk.SAVED)
    copy = feedback(folder)
    (folder / "lo").mkdir()
    convert([copy], "xlsx", folder / "lo")
    send_back(folder / "lo" / copy.name, folder / "inbox", {"C11": 1}, {})

    second = openpyxl.load_workbook(feedback(folder, "lan-2"))["Biểu 6T"]

    assert second["C11"].fill.fgColor.rgb == "FFCCFFCC"
    assert [cell.coordinate for row in second for cell in row if cell.comment] == ["C5", "C9"]


def test_nothing_left_to_settle_nothing_sent(folder: Path) -> None:
    send_back(feedback(folder), folder / "inbox", {"C9": 2, "C11": 1}, {"C5": REASON})

    written = write_feedback(desk.run(folder), folder / "lan-2")

    assert [path.suffix for path in written] == [".csv", ".csv"]


def test_a_return_known_by_its_file_name_is_known_when_renamed(tmp_path: Path) -> None:
    folder = desk.new_round(tmp_path / "dot")
    path = desk.send(folder / "inbox" / "xã Đak Lua.xlsx", "", desk.WRONG)
    copy = feedback(folder)
    path.unlink()
    send_back(copy, folder / "inbox", {}, {}).rename(folder / "inbox" / "ban sua.xlsx")

    result = desk.run(folder)

    assert counts(result, "ban sua.xlsx")[0] == "on_time"


def test_what_the_officer_settled_holds_for_the_corrected_copy(tmp_path: Path) -> None:
    folder = desk.new_round(tmp_path / "dot")
    desk.send(folder / "inbox" / "khong ten.xlsx", "", desk.WRONG)
    (folder / "inbox.csv").write_text("file,sheet,unit_id,form\nkhong ten.xlsx,Biểu 6T,X3,6T\n", encoding="utf-8")
    send_back(feedback(folder), folder / "inbox", {"C9": 2, "C11": 1}, {})

    result = desk.run(folder)

    assert counts(result, "X3_Xã Phú Lý_phan-hoi_6T.xlsx")[:3] == ("on_time", 0, 1)
    assert counts(result, "khong ten.xlsx")[0] == "superseded"


def test_reasons_in_a_workbook_with_another_units_figures_are_left_out(folder: Path) -> None:
    copy = feedback(folder)
    send_back(copy, folder / "inbox", {"A1": "UBND PHƯỜNG TRẤN BIÊN"}, {"C5": REASON})
    (folder / "inbox" / copy.name).rename(folder / "inbox" / "phường Trấn Biên.xlsx")

    result = desk.run(folder)

    assert explanations(result) == []


def test_many_light_findings_of_one_kind_share_a_line_and_a_reason(tmp_path: Path) -> None:
    """Two forms' worth of figures typed as text would fill pages with the same sentence."""
    folder = desk.new_round(tmp_path / "dot")
    labels = "\n".join(
        f'[[rows]]\nnumber = {n}\nsection = "3"\nkind = "indicator"\nmarker = "-"\nlabel = "Số hội nghị lần thứ {n}"\n'
        f'unit = "Cuộc"\nvalue_type = "count"\nover_years = "sum"\nparent = 7\n'
        for n in range(11, 25)
    )
    text = (folder / "form.toml").read_text("utf-8").replace("[[rules]]", f"{labels}\n[[rules]]", 1)
    (folder / "form.toml").write_text(text, encoding="utf-8")
    book = openpyxl.Workbook()
    sheet = book.active
    desk.typed(sheet, "xã Đak Lua", desk.RIGHT)
    for place in range(14, 28):
        sheet.cell(place, 1, f"- Số hội nghị lần thứ {place - 3}")
        sheet.cell(place, 3, f"{place:02d} cuộc")
    desk.save(book, folder / "inbox" / "dak lua.xlsx", desk.SAVED)

    copy = feedback(folder)
    first = openpyxl.load_workbook(copy)["Cần sửa"]
    rows = list(first.iter_rows(max_col=8, values_only=True))
    ((*_, message, _),) = [row for row in rows if isinstance(row[0], int)]
    send_back(copy, folder / "inbox", {}, {"C14 …": "Đều là số cuộc"})
    result = desk.run(folder)

    assert message.startswith("14 ô cùng một nội dung")
    assert result.returns.explanations["row"].tolist() == list(range(11, 25))
    warnings = result.findings[result.findings["rule"] == "F04"]
    assert set(warnings["explanation"]) == {"Đều là số cuộc"}
    assert pd.Series(result.submissions["warnings"]).sum() == 0


def test_without_its_hidden_columns_the_first_sheet_is_still_no_form(folder: Path) -> None:
    path = send_back(feedback(folder), folder / "inbox", {"C9": 2, "C11": 1}, {"C5": REASON})
    book = openpyxl.load_workbook(path)
    book["Cần sửa"].delete_cols(9, 20)
    desk.save(book, path, desk.SAVED_LATER)

    result = desk.run(folder)

    assert counts(result, path.name)[:3] == ("on_time", 0, 1)
    assert explanations(result) == []


def test_a_reason_on_a_renamed_sheet_is_found(folder: Path) -> None:
    path = send_back(feedback(folder), folder / "inbox", {}, {"C5": REASON})
    book = openpyxl.load_workbook(path)
    book["Cần sửa"].title = "Giải trình"
    desk.save(book, path, desk.SAVED_LATER)

    result = desk.run(folder)

    assert result.returns.explanations[["text", "sheet"]].to_numpy().tolist() == [[REASON, "Giải trình"]]
