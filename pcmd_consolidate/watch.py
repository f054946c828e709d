"""Who takes too long: one thread looks after any number of calls."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Watch:
    """Calls back for whatever is not over in its time."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._watched: dict[object, tuple[float, Callable[[], object]]] = {}
        self._looks_again = math.inf
        self._thread: threading.Thread | None = None

    @contextmanager
    def limited(self, seconds: float, late: Callable[[], object]) -> Iterator[None]:
        """Have ``late`` called, once and by another thread, if what is done here takes longer."""
        call, end = object(), time.monotonic() + seconds
        with self._changed:
            self._watched[call] = (end, late)
            if self._thread is None:
                self._thread = threading.Thread(target=self._look, daemon=True)
                self._thread.start()
            if end < self._looks_again:
                self._changed.notify()
        try:
            yield
        finally:
            with self._changed:
                self._watched.pop(call, None)

    def _look(self) -> None:
        while True:
            with self._changed:
                now = time.monotonic()
                late = [call for call, (end, _) in self._watched.items() if end <= now]
                callbacks = [self._watched.pop(call)[1] for call in late]
                if not callbacks:
                    self._looks_again = min((end for end, _ in self._watched.values()), default=math.inf)
                    self._changed.wait(None if self._looks_again == math.inf else self._looks_again - now)
            for callback in callbacks:
                callback()
