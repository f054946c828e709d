"""Who is reminded, and the list of what is sent."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from pcmd_consolidate import write_feedback
from tests.feedback import desk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = desk.new_round(tmp_path / "dot")
    settings = (folder / "campaign.toml").read_text("utf-8")
    (folder / "campaign.toml").write_text(settings + "\n[deadlines]\ncommune = 2023-07-15\n", encoding="utf-8")
    return folder


def rows(path: Path) -> list[dict[str, str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_each_unit_that_has_not_sent_gets_a_letter(folder: Path) -> None:
    desk.send(folder / "inbox" / "dak lua.xlsx", "xã Đak Lua", desk.RIGHT)

    *_, path = write_feedback(desk.run(folder), today=dt.date(2023, 7, 20))

    assert path.name == "nhac-nop.csv"
    first, second = rows(path)
    assert [first[name] for name in ("unit_id", "Đơn vị", "Biểu", "Hạn nộp", "Số ngày quá hạn")] == [
        "X2", "Phường Trấn Biên", "Biểu 6 tháng", "15/07/2023", "5",
    ]  # fmt: skip
    assert first["Thư nhắc"] == (
        "Kính gửi: Ủy ban nhân dân phường Trấn Biên. Về đợt báo cáo «Đợt thử», đến ngày 20/07/2023, chúng tôi chưa "
        "nhận được Biểu 6 tháng của quý đơn vị (hạn nộp: 15/07/2023, quá hạn 5 ngày). Kính đề nghị quý đơn vị hoàn "
        "thành biểu và gửi trong thời gian sớm nhất. Nếu quý đơn vị đã gửi, xin thông báo lại ngày gửi và cách gửi để "
        "chúng tôi kiểm tra. Trân trọng cảm ơn."
    )
    assert second["unit_id"] == "X3"


def test_before_the_deadline_nobody_is_late(folder: Path) -> None:
    *_, path = write_feedback(desk.run(folder))  # counted from the cut-off, 30/6/2023

    first, *_ = rows(path)
    assert first["Số ngày quá hạn"] == "0"
    assert "(hạn nộp: 15/07/2023)" in first["Thư nhắc"]
    assert "gửi trước hết ngày 15/07/2023." in first["Thư nhắc"]


def test_a_unit_whose_file_could_not_be_read_is_told_so(folder: Path) -> None:
    (folder / "inbox" / "xã Phú Lý.xlsx").write_bytes(b"PK\x03\x04 made up")

    *_, path = write_feedback(desk.run(folder), today=dt.date(2023, 7, 20))

    letter = {row["unit_id"]: row["Thư nhắc"] for row in rows(path)}["X3"]
    assert "chúng tôi đã nhận tệp «xã Phú Lý.xlsx» của quý đơn vị nhưng không đọc được số liệu" in letter
    assert "ghi số liệu vào tệp phản hồi gửi kèm" in letter


def letter_about(folder: Path, name: str, content: bytes) -> str:
    (folder / "inbox" / name).write_bytes(content)
    *_, path = write_feedback(desk.run(folder), today=dt.date(2023, 7, 20))
    return {row["unit_id"]: row["Thư nhắc"] for row in rows(path)}["X3"]


def test_a_letter_about_a_broken_file_does_not_ask_whether_it_was_sent(folder: Path) -> None:
    letter = letter_about(folder, "xã Phú Lý.xlsx", b"PK\x03\x04 made up")

    assert "quá hạn 5 ngày), vì không mở được tệp (" in letter
    assert "Nếu quý đơn vị đã gửi" not in letter
    assert letter.endswith("và gửi lại trong thời gian sớm nhất. Trân trọng cảm ơn.")


def test_a_letter_about_a_file_with_a_password_says_so(folder: Path) -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    letter = letter_about(folder, "xã Phú Lý.xlsx", locked)

    assert letter.endswith(
        "không đọc được số liệu của Biểu 6 tháng (hạn nộp: 15/07/2023, quá hạn 5 ngày), vì tệp đặt mật khẩu. "
        "Kính đề nghị quý đơn vị bỏ mật khẩu của tệp, hoặc ghi số liệu vào tệp phản hồi gửi kèm, và gửi lại "
        "trong thời gian sớm nhất. Trân trọng cảm ơn."
    )


def test_the_list_has_a_line_for_each_workbook(folder: Path) -> None:
    desk.send(folder / "inbox" / "dak lua.xlsx", "xã Đak Lua", desk.WRONG)
    desk.send(folder / "inbox" / "tran bien.xlsx", "phường Trấn Biên", desk.RIGHT | {9: "12,5 triệu"})

    *books, path, _ = write_feedback(desk.run(folder))

    listed = rows(path)
    assert [row["Tệp phản hồi"] for row in listed] == [book.name for book in books]
    assert [list(row.values()) for row in listed] == [
        ["X1", "Xã Đak Lua", "Biểu 6 tháng", "X1_Xã Đak Lua_phan-hoi_6T.xlsx", "dak lua.xlsx", "2", "1", "0"],
        [
            "X2", "Phường Trấn Biên", "Biểu 6 tháng", "X2_Phường Trấn Biên_phan-hoi_6T.xlsx", "tran bien.xlsx", "0",
            "0", "1",
        ],
    ]  # fmt: skip


def test_no_name_is_computed_by_a_spreadsheet(folder: Path) -> None:
    desk.send(folder / "inbox" / "=1+1.xlsx", "xã Đak Lua", desk.WRONG)

    *_, path, _ = write_feedback(desk.run(folder))

    assert rows(path)[0]["Tệp đơn vị gửi"] == "'=1+1.xlsx"
