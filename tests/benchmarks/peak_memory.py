"""The most memory that a run and its workers hold together, over an inbox of hostile files.

``python -m tests.benchmarks.peak_memory --jobs 2``. The inbox holds every case of ``tests/hostile`` and, several times,
the files that ask for the most memory. Linux only: a page that processes share is counted in parts (PSS).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

from pcmd_consolidate import new_campaign
from tests.hostile import book
from tests.hostile.case import CASES, good

GREEDY = 2
"""How often each of the files that ask for much memory stands in the inbox."""


def amplified(letters: int, cells: int) -> bytes:
    """A good return in which many cells below the form point to one long text."""
    lines = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1000, 1000 + cells))
    strings = f'<sst xmlns="{book.MAIN}"><si><t>{"z" * letters}</t></si></sst>'
    sheet = good()[book.SHEET].replace(b"</sheetData>", f"{lines}</sheetData>".encode())
    return book.packed(good() | {book.SHEET: sheet, "xl/sharedStrings.xml": strings.encode()})


def many_cells(cells: int) -> bytes:
    """A good return with a second sheet of numbers, as large as real workbooks get."""
    lines = "".join(
        f'<row r="{row}">' + "".join(book.number(f"{letter}{row}", row + 0.25) for letter in "ABCDEFGHIJ") + "</row>"
        for row in range(1, cells // 10 + 1)
    )
    sheets = {"rId1": ("worksheet", "worksheets/sheet1.xml"), "rId2": ("worksheet", "worksheets/sheet2.xml")}
    second = f'<worksheet xmlns="{book.MAIN}"><sheetData>{lines}</sheetData></worksheet>'
    further = {
        "xl/workbook.xml": book.workbook({"Phụ lục IIA": "rId1", "Trang khác": "rId2"}),
        "xl/_rels/workbook.xml.rels": book.relations(sheets | {"rId3": ("styles", "styles.xml")}),
        "xl/worksheets/sheet2.xml": second.encode(),
    }
    return book.packed(good() | further)


def greedy() -> dict[str, bytes]:
    """Files that ask for much memory, by name."""
    return {
        "chu-rat-nhieu.xlsx": amplified(30_000, 15_000),
        "chu-nhieu.xlsx": amplified(30_000, 3_000),
        "so-nhieu.xlsx": many_cells(210_000),
    }


def put_inbox(inbox: Path) -> None:
    """Put every hostile case, and the greedy files, into an inbox."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        from tests.hostile import containers, others, sheets

        assert all((containers, others, sheets))
    for case in CASES.values():
        case.put(inbox / case.name)
    put_greedy(inbox)


def put_greedy(inbox: Path) -> None:
    """Put the greedy files into an inbox, several times."""
    for name, content in greedy().items():
        for copy in range(GREEDY):
            (inbox / f"{copy}-{name}").write_bytes(content)


def peak_of_run(campaign: Path, jobs: int) -> tuple[int, float]:
    """The most bytes that a run and its workers hold together, and the seconds that it takes."""
    command = [sys.executable, "-m", "pcmd_consolidate.cli", "consolidate", str(campaign), "--jobs", str(jobs)]
    began, peak = time.monotonic(), 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as run:
        while run.poll() is None:
            peak = max(peak, sum(map(held, (run.pid, *children(run.pid)))))
            time.sleep(0.03)
    assert run.returncode == 0, run.returncode
    return peak, time.monotonic() - began


def children(pid: int) -> list[int]:
    """The processes that a process started."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []


def held(pid: int) -> int:
    """Bytes that a process holds."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def main() -> None:
    """Measure one run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        campaign = new_campaign(Path(name) / "dong-nai", "Đồng Nai")
        put_inbox(campaign.inbox)
        peak, seconds = peak_of_run(campaign.folder, arguments.jobs)
        files = len(list(campaign.inbox.iterdir()))
        print(f"{files} files, {arguments.jobs} jobs: {peak / 1e6:.0f} MB, {seconds:.0f} s")


if __name__ == "__main__":
    main()
