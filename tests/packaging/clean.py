"""Install wheel and sdist in fresh environments, run the sample there, and say how long each step took.

    python -m tests.packaging.clean

Needs a network (or a local index) for the requirements, and hatchling.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

from tests.packaging.environments import PROJECT, build, fresh_environment, run


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for package in build(folder / "dist"):
            kind = package.name.rpartition(".")[2]
            print(f"{package.name}: {package.stat().st_size / 1000:.0f} kB")
            started = time.monotonic()
            python = fresh_environment(folder / kind)
            run(python, "-m", "pip", "install", "--quiet", package)
            print(f"  installed after {time.monotonic() - started:.0f} s")
            sample = shutil.copytree(PROJECT / "samples" / "dong-nai", folder / f"{kind}-dong-nai")
            started = time.monotonic()
            run(python, "-m", "pcmd_consolidate", "consolidate", sample)
            size = (sample / "ket-qua" / "tong-hop-pcmd.xlsx").stat().st_size
            print(f"  sample consolidated after {time.monotonic() - started:.0f} s: {size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
