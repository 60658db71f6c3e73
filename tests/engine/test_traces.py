from __future__ import annotations

from pathlib import Path

from engine.traces import trace

SECRET = "the merger with Acme"


def raised(action) -> BaseException:
    try:
        action()
    except (LookupError, ValueError, AttributeError, OSError, RecursionError) as error:
        return error
    raise AssertionError("nothing was raised")


def lookup() -> str:
    return {}[SECRET]


def chained() -> None:
    try:
        lookup()
    except KeyError as error:
        raise ValueError(f"no entry for {SECRET}") from error


def test_a_trace_says_where_and_never_what() -> None:
    text = trace(raised(chained))
    assert SECRET not in text
    assert text.index("KeyError") < text.index("ValueError")
    assert "tests/engine/test_traces.py" in text
    assert " lookup: return {}[SECRET]" in text


def test_a_missing_attribute_is_named() -> None:
    assert trace(raised(lambda: SECRET.lines)).endswith("AttributeError: lines of str")
    assert trace(raised(lambda: getattr(3, SECRET))).endswith("AttributeError")


def test_an_error_of_the_system_keeps_its_number() -> None:
    assert trace(raised(lambda: Path(f"/{SECRET}/no/such").stat())).endswith(
        "FileNotFoundError: errno 2"
    )


def test_endless_recursion_is_cut() -> None:
    def deeper(n: int) -> int:
        return deeper(n + 1)

    lines = trace(raised(lambda: deeper(0))).splitlines()
    assert len(lines) < 50
    assert lines[-1] == "RecursionError"


def test_a_circle_of_causes_ends() -> None:
    one, two = ValueError("1"), KeyError("2")
    one.__cause__, two.__cause__ = two, one
    assert trace(one) == "KeyError\nValueError"
