"""``python -m pcmd_consolidate``: the command ``pcmd``."""

from pcmd_consolidate.cli import main

if __name__ == "__main__":
    main()
