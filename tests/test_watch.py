from __future__ import annotations

import threading
import time

from pcmd_consolidate.watch import Watch


def test_what_is_over_in_time_is_left_alone() -> None:
    watch, called = Watch(), threading.Event()
    with watch.limited(0.05, called.set):
        pass
    assert not called.wait(0.15)


def test_what_takes_too_long_is_called_back_once_while_it_runs() -> None:
    watch, times = Watch(), []
    with watch.limited(0.05, lambda: times.append("late")):
        time.sleep(0.3)
    assert times == ["late"]


def test_a_shorter_time_given_later_ends_first() -> None:
    watch, order = Watch(), []
    short = threading.Event()
    with watch.limited(0.4, lambda: order.append("long")):
        time.sleep(0.05)

        def ended() -> None:
            order.append("short")
            short.set()

        with watch.limited(0.05, ended):
            assert short.wait(0.3)
        time.sleep(0.5)
    assert order == ["short", "long"]


def test_calls_of_several_threads_are_watched_side_by_side() -> None:
    watch, late = Watch(), []

    def call(name: str, takes: float) -> None:
        with watch.limited(0.2, lambda: late.append(name)):
            time.sleep(takes)

    threads = [threading.Thread(target=call, args=(name, takes)) for name, takes in (("a", 0), ("b", 0.5), ("c", 0.5))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(late) == ["b", "c"]
