"""An end for work that would hold a worker for ever, without a process of its own."""

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class TookTooLong(Exception):
    """The work did not end within its time."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `TookTooLong` inside the block once the time is over.

    For plain Python work only: the exception comes between two of its steps, so a single call into
    a library is not cut short, and a connection would be left in the middle of something. Works in
    any thread, unlike an alarm.
    """
    worker = ctypes.c_ulong(threading.get_ident())
    throw = ctypes.pythonapi.PyThreadState_SetAsyncExc
    inside, thrown, gate = True, False, threading.Lock()

    def stop() -> None:
        nonlocal thrown
        with gate:
            if inside:
                thrown = True
                throw(worker, ctypes.py_object(TookTooLong))

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        with gate:
            inside = False
            if thrown:  # taking none back would leave the interpreter looking for one ever after
                throw(worker, None)  # one that is on its way would come outside
