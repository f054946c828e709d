"""Files that the office edits by hand: read with patience, and with errors that name file, line and field."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from pcmd_consolidate.errors import CampaignError


def read_text(path: Path) -> str:
    """The text of a file of the campaign.

    Raises:
        CampaignError: It is missing, cannot be read, or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise CampaignError(path, "thiếu tệp này") from error
    except UnicodeDecodeError as error:
        how = "trong Excel: «CSV UTF-8»" if path.suffix == ".csv" else "trong Notepad: Save As, Encoding «UTF-8»"
        raise CampaignError(path, f"tệp không phải mã UTF-8; hãy lưu lại với mã UTF-8 ({how})") from error
    except PermissionError as error:
        message = "không được quyền đọc tệp này; nếu tệp đang mở ở chương trình khác, hãy đóng lại rồi chạy lại"
        raise CampaignError(path, message) from error
    except OSError as error:
        raise CampaignError(path, f"không đọc được tệp ({error.strerror})") from error


def read_table(path: Path, columns: Sequence[str], required: int) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines of a CSV file: comma, semicolon or tab between the columns, UTF-8 with or without BOM.

    Args:
        path: The file.
        columns: Names of all columns.
        required: How many of them, from the first, must be there.

    Yields:
        Number of the line and its cells without surrounding spaces; empty lines are passed over.

    Raises:
        CampaignError: The file is missing, lacks a column, or a line is not CSV or too long.
    """
    text = read_text(path)
    header = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=header.count), strict=True)
    try:
        _check_header(path, list(reader.fieldnames or ()), columns, required)
        for record in reader:
            if not any(isinstance(v, str) and v.strip() for v in record.values()):
                continue
            if None in record:
                message = "dòng có nhiều ô hơn số cột; tên có dấu phẩy phải đặt trong ngoặc kép"
                raise CampaignError(path, message, line=reader.line_num)
            yield reader.line_num, {column: (record.get(column) or "").strip() for column in columns}
    except csv.Error as error:
        raise CampaignError(path, f"dòng không đúng dạng CSV ({error})", line=reader.reader.line_num) from error


def _check_header(path: Path, header: Sequence[str], columns: Sequence[str], required: int) -> None:
    expected = f"dòng đầu phải là: {','.join(columns)}"
    for column in columns[:required]:
        if column not in header:
            raise CampaignError(path, f"thiếu cột; {expected}", line=1, field=column)
    for place, column in enumerate(header):
        if column and column not in columns:
            raise CampaignError(path, f"không có cột này; {expected}", line=1, field=column)
        if column and column in header[:place]:
            raise CampaignError(path, f"cột này có hai lần; {expected}", line=1, field=column)
