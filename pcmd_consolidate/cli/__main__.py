"""``python -m pcmd_consolidate.cli``: the command ``pcmd``."""

from pcmd_consolidate.cli import main

main()
