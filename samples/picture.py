"""Draw the picture of the README anew: the first sheets of the sample's summary, as LibreOffice prints them.

    python -m samples.picture

Run from the top of the project, with LibreOffice and poppler installed.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from pcmd_consolidate import consolidate, open_campaign, read_returns

HERE = Path(__file__).parent
PICTURE = HERE / "tong-hop.png"


def draw(picture: Path) -> None:
    """Draw the first page of the sample's summary."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book = consolidate(read_returns(open_campaign(HERE / "dong-nai"))).to_excel(folder / "tong-hop.xlsx")
        profile = f"-env:UserInstallation=file://{folder}/lo"
        convert = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), str(book)]
        subprocess.run(convert, check=True, capture_output=True)
        page = ["pdftoppm", "-png", "-r", "80", "-f", "1", "-l", "1", "-singlefile"]
        subprocess.run([*page, str(folder / "tong-hop.pdf"), str(picture.with_suffix(""))], check=True)


if __name__ == "__main__":
    draw(PICTURE)
