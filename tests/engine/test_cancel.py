"""The token that stops jobs."""

from __future__ import annotations

import threading
import time

import pytest

from engine.cancel import CancelToken
from engine.errors import Cancelled


def test_a_cancelled_token_raises_at_the_next_poll() -> None:
    token = CancelToken()
    token.raise_if_cancelled()
    token.cancel()
    with pytest.raises(Cancelled):
        token.raise_if_cancelled()


def test_waiting_ends_as_soon_as_another_thread_cancels() -> None:
    token = CancelToken()
    timer = threading.Timer(0.05, token.cancel)
    timer.start()
    began = time.monotonic()
    assert token.wait(30.0)
    assert time.monotonic() - began < 10.0
    timer.join()


def test_waiting_without_a_cancel_says_so() -> None:
    assert not CancelToken().wait(0.001)


def test_giving_way_waits_until_the_urgent_work_is_done() -> None:
    token = CancelToken()
    token.give_way()
    assert token.paused_s == 0.0, "nothing is urgent unless somebody says so"
    until = time.monotonic() + 0.2
    token.gives_way_to(lambda: time.monotonic() < until)
    token.give_way()
    assert time.monotonic() >= until
    assert 0.1 < token.paused_s < 10.0
    before = token.paused_s
    token.give_way()
    assert token.paused_s == before


def test_giving_way_ends_with_a_cancel() -> None:
    token = CancelToken()
    token.gives_way_to(lambda: True)
    timer = threading.Timer(0.05, token.cancel)
    timer.start()
    with pytest.raises(Cancelled):
        token.give_way()
    timer.join()
    with pytest.raises(Cancelled):
        token.give_way()
