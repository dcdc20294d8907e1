"""The end of work that takes too long; other work is left alone."""

import threading

import pytest

from claims.services.time_limit import TookTooLong, time_limit


def for_ever() -> None:
    while True:
        pass


def test_work_that_does_not_end_is_ended() -> None:
    with pytest.raises(TookTooLong), time_limit(0.01):
        for_ever()


def test_only_the_thread_that_asked_is_ended() -> None:
    free, ended = threading.Event(), []

    def other() -> None:
        with time_limit(60):
            ended.append(free.wait(30))

    thread = threading.Thread(target=other)
    thread.start()
    with pytest.raises(TookTooLong), time_limit(0.01):
        for_ever()
    free.set()
    thread.join()
    assert ended == [True]


def test_an_error_of_the_work_goes_on_and_the_time_stops() -> None:
    before = threading.active_count()
    with pytest.raises(ZeroDivisionError), time_limit(60):
        _ = 1 / 0
    for timer in [one for one in threading.enumerate() if isinstance(one, threading.Timer)]:
        timer.join()
    assert threading.active_count() <= before
