"""Findings: what a person must look at, and the catalogue of those that intake gives.

The in-year rules (A*, B*) stand in the form files; every other kind of finding is a line of :data:`CATALOGUE`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs, heaviest first."""

    ERROR = "error"
    EXPLAIN = "explain"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        """The word an official reads."""
        return _LABELS[self]


_LABELS = {
    Severity.ERROR: "Lỗi",
    Severity.EXPLAIN: "Cần giải trình",
    Severity.WARNING: "Cảnh báo",
    Severity.INFO: "Thông tin",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person must look at.

    Attributes:
        severity: How much it weighs.
        rule: Id in the rule catalogue or in :data:`CATALOGUE`.
        message: What is wrong and what to do (Vietnamese).
        unit_id, unit: The unit; empty where it is not known.
        form: Id of the form; empty where it is not known.
        row, year: Row number and year; None where it is not about one.
        file, sheet, cell: Where it was read; the file is relative to the inbox.
        raw: What the unit wrote, untouched.
        explanation: The reason that the unit gave for it.
    """

    severity: Severity
    rule: str
    message: str
    unit_id: str = ""
    unit: str = ""
    form: str = ""
    row: int | None = None
    year: int | None = None
    file: str = ""
    sheet: str = ""
    cell: str = ""
    raw: str = ""
    explanation: str = ""

    def as_record(self) -> dict[str, object]:
        """The finding as a line of the findings table, columns in their order."""
        record = asdict(self)
        return {column: record[column] for column in FINDING_COLUMNS}


FINDING_COLUMNS = (
    "severity", "rule", "unit_id", "unit", "form", "row", "year", "file", "sheet", "cell", "raw", "message",
    "explanation",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of finding that is not an in-year rule: its severity and its sentence with places to fill."""

    rule: str
    severity: Severity
    message: str


def _catalogue(*kinds: Kind) -> dict[str, Kind]:
    return {kind.rule: kind for kind in kinds}


_E, _X, _W, _I = Severity.ERROR, Severity.EXPLAIN, Severity.WARNING, Severity.INFO

CATALOGUE: dict[str, Kind] = _catalogue(
    # Files
    Kind("H01", _W, "Tệp không đọc được số liệu ({what}); {ask}."),
    Kind("H02", _E, "Không mở được tệp ({what}); đề nghị đơn vị mở lại bằng Excel, lưu và gửi lại."),
    Kind("H03", _E, "Tệp đặt mật khẩu; đề nghị đơn vị bỏ mật khẩu rồi gửi lại."),
    Kind("H04", _E, "Tệp quá lớn ({what}) so với một biểu số liệu; đề nghị đơn vị gửi lại tệp chỉ có biểu."),
    Kind("H05", _E, "Không tìm thấy biểu nào của đợt báo cáo trong tệp; đề nghị kiểm tra tệp này."),
    Kind("H06", _E, "Không phân biệt được đây là biểu nào: {what}. Số liệu chưa được cộng."),
    Kind(
        "H09", _W,
        "Trang tính ẩn này có biểu số liệu, không được đọc. Nếu đây là biểu chính thức, đề nghị bỏ ẩn rồi gửi lại.",
    ),
    Kind("H08", _E, "Trang tính có các dòng của {form} nhưng không có cột năm nào của đợt báo cáo ({asked}); "
         "tiêu đề cột ghi {years}. Chưa đọc; đề nghị đơn vị ghi số liệu của đúng các năm này rồi gửi lại."),
    Kind("H11", _W, "Tệp là văn bản Word (.docx), nhưng máy này chưa cài phần đọc Word. Người tổng hợp cài bằng lệnh "
         "pip install 'pcmd-consolidate[word]' rồi chạy lại, hoặc đề nghị đơn vị gửi tệp Excel."),
    Kind("H12", _I, "Đuôi tệp là «{suffix}» nhưng nội dung là {real}; đã đọc theo nội dung. "
         "Lần sau đề nghị lưu bằng Excel, loại «Excel Workbook (.xlsx)»."),
    Kind("H13", _W, "{count} ô gõ bằng phông chữ cũ {encoding}, đã đổi sang Unicode, ví dụ «{before}» thành «{after}»; "
         "đề nghị xem lại các dòng chữ."),
    Kind(
        "H14", _W,
        "Tệp nén nằm trong tệp nén khác, không được mở; đề nghị giải nén rồi cho các biểu bên trong vào thư mục nhận.",
    ),
    Kind("H15", _E, "Không mở tệp nén ({what}); đề nghị giải nén rồi cho các biểu bên trong vào thư mục nhận."),
    Kind("H16", _W, "Bảng Word còn theo dõi sửa đổi (Track Changes) chưa chấp nhận; đã đọc theo nội dung sau khi sửa. "
         "Đề nghị xem lại số liệu."),
    Kind("H17", _E, "Số ô của dòng văn bản này không khớp số cột của bảng nên không rõ số nào của năm nào; chưa đọc. "
         "Đề nghị đơn vị gửi tệp Excel."),
    Kind("H18", _E, "Tệp có cấu trúc bất thường ({what}), không mở để bảo đảm an toàn; đề nghị đơn vị mở bằng Excel, "
         "lưu thành tệp mới rồi gửi lại."),
    Kind("H19", _E, "Trong tệp có hai phần trùng tên ({what}), mỗi chương trình có thể đọc ra số khác nhau; chưa đọc. "
         "Đề nghị đơn vị mở bằng Excel, kiểm tra số liệu, lưu thành tệp mới rồi gửi lại."),
    Kind("H20", _E, "Tệp nén quá mức ({what}), có thể làm treo máy; không mở. Đề nghị hỏi lại đơn vị và xin tệp khác."),
    Kind("H21", _E, "Tệp có phần khai báo DTD mà Excel không bao giờ ghi ({what}), có thể là tệp gây hại; không mở. "
         "Đề nghị đơn vị gửi lại tệp lưu từ Excel."),
    Kind("H22", _E, "Nội dung tệp lồng nhau quá sâu ({what}), có thể là tệp gây hại; không mở. "
         "Đề nghị đơn vị gửi lại tệp lưu từ Excel."),
    Kind("H23", _W, "Tệp có macro; macro không được chạy, chỉ đọc số liệu. "
         "Đề nghị đơn vị gửi tệp không có macro (.xlsx)."),
    Kind("H24", _W, "Tệp có nội dung tự hoạt động ({what}); không chạy, chỉ đọc số liệu đã lưu. "
         "Đề nghị đơn vị ghi số trực tiếp vào ô."),
    Kind("H25", _W, "Tệp có liên kết tới nơi khác; không mở liên kết, chỉ đọc số liệu đã lưu trong tệp. "
         "Đề nghị xem lại các ô lấy số từ tệp khác."),
    Kind("H26", _W, "Tên tệp có ký tự không nhìn thấy hoặc không đọc được ({raw}); vẫn đọc. Đề nghị đặt lại tên tệp."),
    Kind("H27", _E, "Trang tính {what} được ghi tên trong tệp nhưng không có nội dung; "
         "đề nghị đơn vị mở lại bằng Excel, lưu và gửi lại."),
    Kind("H28", _E, "Tệp có hai trang tính cùng tên ({what}); chưa rõ đọc trang nào nên chưa đọc. "
         "Đề nghị đơn vị đặt tên khác nhau rồi gửi lại."),
    Kind("H29", _E, "Địa chỉ ô trong trang tính bị sai ({what}), không rõ số nào ở ô nào; chưa đọc trang này. "
         "Đề nghị đơn vị mở bằng Excel, lưu thành tệp mới rồi gửi lại."),
    Kind("H30", _E, "Tệp làm chương trình đọc dừng đột ngột nên chưa đọc được; các tệp khác không bị ảnh hưởng. "
         "Đề nghị đơn vị mở bằng Excel, lưu thành tệp mới loại «Excel Workbook (.xlsx)» rồi gửi lại ({what})."),
    Kind("H31", _E, "Đọc tệp mất quá nhiều thời gian ({what}) nên đã dừng; các tệp khác không bị ảnh hưởng. "
         "Đề nghị đơn vị gửi lại tệp chỉ có biểu."),
    Kind("H32", _E, "Đọc tệp cần quá nhiều bộ nhớ nên đã dừng; các tệp khác không bị ảnh hưởng. "
         "Đề nghị đơn vị gửi lại tệp chỉ có biểu."),
    Kind("H33", _E, "Có ô nằm ở quá xa ({what}) nên chưa đọc; "
         "đề nghị đơn vị xoá các dòng, cột thừa quanh biểu rồi gửi lại."),
    Kind("H34", _E, "Các ô gộp trong trang tính không hợp lệ ({what}); chưa đọc trang này. "
         "Đề nghị đơn vị bỏ gộp ô rồi gửi lại."),
    Kind("H35", _W, "Còn {count} ô có nội dung trong vùng biểu chưa được đọc: {raw}. "
         "Đề nghị xem lại các ô này trong tệp."),
    Kind("H36", _W, "Có {count} ô nằm rất xa biểu ({raw}); đã đọc biểu mà không đọc các ô này. "
         "Đề nghị đơn vị xem lại rồi xoá các ô đó."),
    Kind("H37", _W, "Số liệu của địa phương mới có {answered}/{expected} đơn vị; đề nghị gửi lại khi đã đủ."),
    Kind("H38", _I, "Có {count} ô kèm chú thích; chú thích không được đọc ({raw}). Đề nghị xem lại trong tệp."),
    # Structure
    Kind("F08", _E, "Thiếu dòng {row} «{label}» trong biểu; đề nghị bổ sung đúng mẫu."),
    Kind("F08b", _W, "Dòng {row} «{label}» nằm sai thứ tự so với mẫu; đã đọc theo tên dòng."),
    Kind(
        "F08c", _E,
        "Chưa rõ dòng «{label}» là dòng {first} hay dòng {second} của mẫu; số liệu chưa được cộng. "
        "Đề nghị ghi đúng tên dòng như mẫu.",
    ),
    Kind(
        "F08d", _E,
        "Dòng {row} «{label}» có nhiều lần trong biểu; chưa rõ lấy dòng nào nên chưa cộng. Đề nghị giữ một dòng.",
    ),
    Kind("F09", _W, "Dòng do đơn vị tự thêm, không có trong mẫu: «{label}»; số liệu không được cộng."),
    Kind("F09b", _W, "Có số liệu ở dòng tiêu đề «{label}»; số liệu không được cộng."),
    Kind("F10", _E, "Thiếu cột {what} trong biểu; đề nghị bổ sung đúng mẫu."),
    Kind("F10b", _W, "Cột «{label}» không có trong mẫu; số liệu ở cột này không được cộng."),
    Kind(
        "F10d", _E,
        "Cột {what} có ghi thêm «{raw}»; chưa rõ có phải số liệu của năm theo mẫu hay không nên chưa cộng. "
        "Đề nghị chỉ giữ cột số liệu của năm, tiêu đề như mẫu.",
    ),
    Kind("F10e", _W, "Trang tính tên «{raw}», có thể không phải số liệu thực hiện của năm; đề nghị xác nhận."),
    Kind("F10c", _E, "Có nhiều cột cùng ghi {what}; chưa rõ lấy cột nào nên chưa cộng. Đề nghị giữ một cột."),
    Kind("F11", _E, "Tổng cộng ghi {stated}, nhưng cộng các năm được {computed}; đề nghị kiểm tra lại."),
    Kind("F11b", _W, "Chỉ có Tổng cộng ({raw}), các năm để trống; không tính vào số liệu. Đề nghị ghi từng năm."),
    Kind("F12", _W, "Đây là số có mặt tại một thời điểm, không cộng qua các năm (đơn vị ghi tổng cộng {stated}); "
         "số tổng hợp lấy năm cuối."),
    # Which unit, which return
    Kind("F14", _E, "Không xác định được đơn vị gửi biểu này{what}. Số liệu chưa được cộng."),
    Kind("F14b", _E, "Thông tin về đơn vị trong tệp mâu thuẫn nhau: {what}. Số liệu chưa được cộng; đề nghị xác minh."),
    Kind("F14c", _W, "Có nơi trong tệp ghi một đơn vị khác: {what}. Đã tính cho {unit}; đề nghị xem lại."),
    Kind("F14d", _W, "Đơn vị gửi biểu này nhiều lần; đã dùng {used} ({reason}), không dùng {others}."),
    Kind(
        "F14e", _E,
        "Đơn vị gửi biểu này nhiều lần với số liệu khác nhau và không rõ bản nào mới hơn ({files}); "
        "chưa cộng bản nào. Đề nghị giữ lại một bản.",
    ),
    Kind(
        "F14g", _X,
        "Bản được dùng ({used}) thiếu {count} số liệu mà bản bị thay ({others}) có. Nếu bản sau chỉ bổ sung bản trước, "
        "đề nghị đơn vị gửi lại một bản đủ; hoặc chọn bản được dùng trong inbox.csv.",
    ),
    Kind("F14f", _I, "Bản này giống hệt {used}; chỉ tính một lần."),
    Kind("F14h", _I, "Tệp này không đọc được; theo inbox.csv là của đơn vị này, đã có {used} được dùng. Lý do: {why}"),
    Kind("F15", _W, "Mọi số liệu khác 0 giống hệt {others}; có thể đã dùng tệp của nhau. Đề nghị kiểm tra lại."),
    Kind(
        "B59", _X,
        "Số liệu nằm trong khối {section} của {owner}, không phải khối của đơn vị; không được cộng.",
    ),
    Kind("B59b", _I, "Đơn vị ghi 0 trong khối {section} của {owner}; không tính vào số liệu."),
    Kind("B61", _E, "{form}: chưa có đơn vị phụ trách khối {sections} trong units.csv; các khối này để trống. "
         "Đề nghị bổ sung đơn vị vào units.csv, hoặc chấp nhận trong sổ quyết định, ghi rõ lý do."),
    Kind("B60", _E, "Khối {section} có nhiều đơn vị phụ trách: {owners}; số liệu được cộng lại."),
    # Former communes
    Kind("F19", _W, "Mới cộng số liệu của {count} xã, phường cũ; còn thiếu: {missing}. Đề nghị bổ sung rồi gửi lại."),
    Kind("F19b", _W, "{count} số liệu mới cộng được một phần, vì có xã, phường cũ ghi «…» hoặc để trống ({what}). "
         "Đề nghị bổ sung ở trang của xã, phường cũ đó."),
    Kind("F19c", _E, "Biểu chính {stated}, nhưng cộng các trang xã, phường cũ {computed}; chưa lấy số nào. "
         "Đề nghị sửa cho khớp rồi gửi lại."),
    Kind("F19d", _W, "{count} số liệu ghi thẳng vào biểu chính, không có ở trang xã, phường cũ nào; đã lấy số ở biểu "
         "chính ({raw}). Đề nghị xem lại."),
    Kind("F19e", _W, "Trang này chép lại trang «{first}» của cùng một xã, phường cũ; không được cộng. Đề nghị xóa đi."),
    # Cells
    Kind("E01", _E, "Ô báo lỗi Excel {raw}; đề nghị ghi lại số."),
    Kind("E02", _E, "Ô có công thức chưa được tính; đề nghị mở tệp bằng Excel, lưu lại rồi gửi."),
    Kind("E03", _E, "Ô gộp qua nhiều năm; chưa rõ số liệu của từng năm. Đề nghị ghi riêng từng năm."),
    Kind("E05", _E, "Ô ghi tỷ lệ phần trăm ({raw}); đề nghị ghi số tuyệt đối."),
    Kind("E06", _W, "Số {value} lấy từ một tệp khác qua công thức; đề nghị ghi số vào ô."),
    Kind("E07", _W, "Định dạng của ô che hoặc thu gọn con số; đã đọc {value}. Đề nghị xem lại."),
    Kind("E08", _W, "Dòng này bị ẩn trong tệp; vẫn được đọc. Đề nghị bỏ ẩn và xem lại."),
    Kind("E09", _W, "Cột {what} bị ẩn trong tệp; vẫn được đọc. Đề nghị bỏ ẩn và xem lại."),
    Kind("E10", _E, "Hai cách đọc tệp cho hai kết quả khác nhau ({raw}); chưa lấy số này. Đề nghị ghi lại số vào ô."),
    Kind("E11", _W, "Ô này nằm dưới một ô gộp nên không nhìn thấy, nhưng vẫn chứa «{raw}»; "
         "đề nghị bỏ gộp ô và xem lại."),
    Kind("E12", _W, "Ô có đoạn chữ quá dài ({count} ký tự); chỉ giữ phần đầu. Đề nghị xem đủ nội dung trong tệp."),
    Kind("E13", _W, "Ô có ký tự điều khiển không nhìn thấy: {shown}. Đề nghị gõ lại nội dung ô."),
    Kind("E14", _W, "Ô chứa chữ giống công thức: «{raw}»; chỉ đọc như chữ, không tính. Đề nghị ghi số."),
    Kind("E04", _E, "Không đọc được số từ «{raw}»; đề nghị chỉ ghi số."),
    Kind("F01", _E, "Ô đếm phải là số nguyên không âm, đơn vị ghi «{raw}»; đề nghị ghi lại số nguyên, ví dụ 12."),
    Kind("F02", _E, "Kinh phí không được âm, đơn vị ghi «{raw}»."),
    Kind("F02b", _W, "Kinh phí có quá 3 chữ số thập phân (đơn vị triệu đồng): {raw}."),
    Kind("F03", _E, "Dòng này chỉ nhận Có hoặc Không, đơn vị ghi «{raw}»."),
    Kind("F04", _W, "Đã đọc {value} từ chữ «{raw}»; đề nghị xem lại."),
    Kind("F04b", _W, "«{raw}» là số ước chừng; đã đọc {value}. Đề nghị ghi số chính xác."),
    Kind("F04d", _W, "Ô chứa {raw}; đã đọc {value}. Đề nghị ghi số nguyên."),
    Kind("F04c", _W, "«{raw}»: đã đổi ra {value} triệu đồng; đề nghị xem lại."),
    Kind(
        "F05", _E,
        "Chưa rõ dấu chấm/phẩy trong «{raw}» là hàng nghìn hay thập phân; chưa đọc số này. "
        "Đề nghị ghi rõ, ví dụ 1234 hoặc 1,2.",
    ),
    Kind("F05b", _W, "Đã đọc «{raw}» là {value} theo các năm khác của dòng này; đề nghị xem lại."),
    Kind("F06", _E, "Excel đã đổi nội dung ô thành ngày tháng ({raw}); đề nghị ghi lại số."),
    Kind(
        "F07", _W,
        "Còn {count} ô để trống: chưa rõ là 0 hay chưa có số liệu. "
        "Ghi 0 nếu không phát sinh, «…» nếu chưa có.",
    ),
    Kind(
        "F18b", _E,
        "Đơn vị tính ghi «{measure}», mẫu yêu cầu «{wanted}»; chưa đọc {raw}. Đề nghị ghi theo đơn vị tính của mẫu.",
    ),
    Kind(
        "F18c", _X,
        "Kinh phí {value} triệu đồng gấp hơn 300 lần mức thường thấy ({usual} triệu đồng); "
        "có thể đã ghi bằng nghìn đồng. Đề nghị kiểm tra đơn vị tính, sửa lại hoặc giải trình.",
    ),
    Kind(
        "F18", _E,
        "Kinh phí ghi «{raw}» trong ô tính bằng triệu đồng là từ {limit} tỷ đồng trở lên; có thể đã ghi bằng đồng, "
        "nên chưa đọc. Đề nghị ghi theo triệu đồng.",
    ),
)  # fmt: skip


def found(rule: str, *, raw: str = "", **details: object) -> Finding:
    """A finding of a kind in the catalogue, its sentence filled in from ``raw`` and ``details``.

    Where it was found is added later by the stage that knows it.
    """
    kind = CATALOGUE[rule]
    return Finding(kind.severity, rule, kind.message.format(raw=raw, **details), raw=raw)
