"""The programs whose time is taken, each in a process of its own."""

from __future__ import annotations

READ = """
import sys
from pathlib import Path
from python_calamine import CalamineWorkbook
for path in sorted(Path(sys.argv[1]).rglob("*.xlsx")):
    book = CalamineWorkbook.from_path(str(path))
    for place in range(len(book.sheet_names)):
        book.get_sheet_by_index(place).to_python()
"""
FLOOR = (
    "import pandas, pandera.pandas, xlsxwriter, python_calamine\n"
    + READ
    + """
texts, numbers, length = map(int, sys.argv[2:5])
sentence = "Số người bán dâm bị xử lý vi phạm hành chính, chia theo giới tính và độ tuổi, " * 20
words = [sentence[number % 80 :][:length] for number in range(1000)]
with xlsxwriter.Workbook(sys.argv[5], {"constant_memory": True}) as book:
    sheet, row, look = book.add_worksheet(), 0, book.add_format({"border": 1})
    while texts or numbers:
        for column in range(20):
            if texts and (column % 20 < 13 or not numbers):
                sheet.write_string(row, column, words[texts % 1000], look)
                texts -= 1
            elif numbers:
                sheet.write_number(row, column, numbers, look)
                numbers -= 1
        row += 1
        if row == 1_048_576:
            sheet, row = book.add_worksheet(), 0
"""
)
NAIVE = """
import sys
from pathlib import Path
import pandas
for path in sorted(Path(sys.argv[1]).rglob("*.xlsx")):
    pandas.read_excel(path, engine="openpyxl")
"""
OURS_READING = """
import sys, time
import pcmd_consolidate as pcmd
from pcmd_consolidate.read_inbox import look_into
campaign = pcmd.open_campaign(sys.argv[1])
began = time.perf_counter()
look_into(campaign).read(jobs=int(sys.argv[2]))
print(time.perf_counter() - began)
"""
CACHED_READING = """
import sys, time
import pcmd_consolidate as pcmd
from pcmd_consolidate.read_inbox import look_into
from pcmd_consolidate.readings_cache import open_cache
campaign = pcmd.open_campaign(sys.argv[1])
began = time.perf_counter()
look_into(campaign, cache=open_cache(campaign)).read()
print(time.perf_counter() - began)
"""
READING_OF_A_RUN = """
import contextlib, io, sys, time
from pcmd_consolidate import read_inbox as module
from pcmd_consolidate.cli.commands import app
took = 0.0
def timed(function):
    def call(*args, **kwargs):
        global took
        began = time.perf_counter()
        try:
            return function(*args, **kwargs)
        finally:
            took += time.perf_counter() - began
    return call
module.look_into = timed(module.look_into)
module.Inbox.start_workers, module.Inbox.read = timed(module.Inbox.start_workers), timed(module.Inbox.read)
with contextlib.redirect_stdout(io.StringIO()):
    app(["consolidate", sys.argv[1]], standalone_mode=False)
print(took)
"""
