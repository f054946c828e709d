"""The texts of the command line in English, by their wording in Vietnamese."""

from __future__ import annotations

ENGLISH = {
    # ---- the frame of a help page
    "Cách dùng: ": "Usage: ",
    "Tuỳ chọn": "Options",
    "Các lệnh": "Commands",
    "Ví dụ: ": "Example: ",
    "(bắt buộc)": "(required)",
    "[TUY_CHON]": "[OPTIONS]",
    "LENH [...]": "COMMAND [...]",
    "THU_MUC": "FOLDER",
    "TEN": "NAME",
    "TEP": "FILE",
    "NGAY": "DAY",
    "In hướng dẫn rồi thoát.": "Show this help and exit.",
    "In phiên bản rồi thoát.": "Show the version and exit.",
    "Ngôn ngữ của hướng dẫn: vi hoặc en; mặc định theo PCMD_LANG, rồi theo máy.": (
        "Language of the help: vi or en; by default PCMD_LANG, then the locale."
    ),
    # ---- commands
    "Phát biểu, nhận biểu, kiểm tra và tổng hợp số liệu phòng, chống mại dâm của một tỉnh.": (
        "Hand out forms, read what comes back, check it, and merge it into one provincial workbook."
    ),
    "Tạo thư mục của một đợt báo cáo: campaign.toml, units.csv và inbox.": (
        "Make the folder of a reporting round: campaign.toml, units.csv and inbox."
    ),
    "Ghi cho mỗi đơn vị một biểu trống để phát đi.": "Write a blank workbook for each unit, to be handed out.",
    "Đọc các biểu đã nhận, kiểm tra và tổng hợp.": "Read the returned workbooks, check them and merge them.",
    "Ghi tệp phản hồi cho các đơn vị và thư nhắc nộp.\n\nĐơn vị sửa trong tệp phản hồi, hoặc ghi lý do vào trang "
    "«Cần sửa», rồi gửi lại; bỏ tệp đó vào nơi chứa các biểu đã nhận và chạy lại.": (
        "Write feedback workbooks for the units, and reminders.\n\nA unit corrects its figures in the feedback "
        "workbook, or gives reasons in its sheet «Cần sửa», and sends it back; put it into the inbox and run again."
    ),
    "Ghi dự thảo báo cáo bằng lời (tệp Word) theo đề cương của kế hoạch.\n\nSố liệu được đưa vào câu và bảng; đoạn tô "
    "màu là chỗ cần bổ sung.": (
        "Write the draft of the narrative report (Word), along the outline of the plan.\n\nFigures stand in sentences "
        "and tables; what is highlighted is left to the writer."
    ),
    "Liệt kê các đơn vị chưa nộp.": "List the units that have not answered.",
    # ---- options
    "Nơi chứa các biểu đã nhận; mặc định THU_MUC/inbox.": "Where the returned workbooks are; default FOLDER/inbox.",
    "Số tiến trình đọc song song; mặc định theo số tệp và số bộ xử lý của máy, nhiều nhất 4.": (
        "Number of processes that read; by default as many as pay for the files and processors at hand, at most 4."
    ),
    "Tên một trong 34 tỉnh, thành phố.": "Name of one of the 34 provinces.",
    "Nơi ghi; mặc định THU_MUC/phat-hanh.": "Where to write; default FOLDER/phat-hanh.",
    "Nơi ghi; mặc định THU_MUC/phan-hoi.": "Where to write; default FOLDER/phan-hoi.",
    "Nơi ghi kết quả; mặc định THU_MUC/ket-qua.": "Where to write the results; default FOLDER/ket-qua.",
    "Tệp ghi ra; mặc định THU_MUC/ket-qua/bao-cao-tong-ket.docx.": (
        "The file to write; default FOLDER/ket-qua/bao-cao-tong-ket.docx."
    ),
    "In thành câu văn để dán vào công văn, thư nhắc.": "Say it in sentences, to be pasted into a letter.",
    "Thoát với mã 3 nếu chưa thể trình ký: còn lỗi, hoặc còn đơn vị chưa nộp.": (
        "Exit with 3 where the summary cannot be signed yet: an error is open, or a unit has not answered."
    ),
    "Ngày tính số ngày quá hạn, dạng năm-tháng-ngày; mặc định hôm nay.": (
        "Day from which overdue days are counted, as year-month-day; default today."
    ),
    "Đơn vị gộp từ nhiều xã (cột predecessors của units.csv): mỗi xã cũ một trang, biểu chính tự cộng.": (
        "Units merged from several (column predecessors of units.csv): a sheet for each of old, added up by the form."
    ),
    # ---- mistakes in a call
    "Lỗi: ": "Error: ",
    "Xem hướng dẫn: {command} --help": "See: {command} --help",
    "Không có tuỳ chọn «{name}».": "There is no option {name}.",
    "Thiếu tuỳ chọn --{name}.": "The option --{name} is missing.",
    "Thiếu tham số {name}.": "The argument {name} is missing.",
    "Tuỳ chọn «{name}» dùng chưa đúng (thiếu hoặc thừa giá trị).": "The option {name} has no value, or one too many.",
    "Giá trị «{value}» của {name} không hợp lệ{wanted}.": "The value «{value}» of {name} cannot be used{wanted}.",
    "phải là số nguyên từ {least} đến {most}": "it must be a whole number from {least} to {most}",
    "chọn {choices}": "choose one of {choices}",
    "phải ghi dạng năm-tháng-ngày, ví dụ 2025-08-30": "it must be year-month-day, for example 2025-08-30",
    "tham số": "the argument",
    "Không có lệnh này; các lệnh: {commands}.": "There is no such command; the commands are: {commands}.",
    "Lệnh viết thừa hoặc sai tham số. Đường dẫn có dấu cách phải đặt trong ngoặc kép.": (
        "Too many or wrong arguments. A path with spaces needs quotation marks."
    ),
    "Đã dừng theo yêu cầu.": "Stopped as asked.",
    "Chương trình gặp lỗi ngoài dự kiến ({what}). Tệp gốc không bị ảnh hưởng; "
    "chi tiết để gửi người phát triển: {path}": (
        "The program failed ({what}). No original was touched; details to send to the developers: {path}"
    ),
}
