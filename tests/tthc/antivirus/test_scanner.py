"""Đ9.1e: hỏi bộ quét mã độc bằng lời của nó."""

import socket

import pytest
from clamd import INFECTED, MOST, clamd

from tthc.antivirus.scanner import PART, Clamd, ScannerError, Verdict, known_address


def nobody() -> str:
    """An address where nobody listens."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{line.getsockname()[1]}"


def test_d9_1e_the_daemon_is_shown_the_whole_file_and_its_word_is_taken():
    with clamd() as (address, seen):
        scanner = Clamd(address)
        assert scanner.ready()
        long = b"a" * (PART * 2 + 5)
        assert scanner.scan(long) == Verdict() and seen == [long]
        found = scanner.scan(INFECTED)
        assert (found.clean, found.malware) == (False, "Eicar-Test-Signature")
        with pytest.raises(ScannerError, match="size limit"):
            scanner.scan(b"a" * (MOST + 1))


def test_a_daemon_that_is_away_says_nothing_of_the_file():
    scanner = Clamd(nobody())
    assert not scanner.ready()
    with pytest.raises(ScannerError, match="không trả lời"):
        scanner.scan(b"a")
    assert not Clamd("/khong/co/clamd.sock").ready()


@pytest.mark.parametrize(
    ("address", "known"),
    [
        ("127.0.0.1:3310", True),
        ("[::1]:3310", True),
        ("clamav.son-la.vn:3310", True),
        ("/run/clamav/clamd.ctl", True),
        ("clamav", False),
        ("127.0.0.1:0", False),
        ("127.0.0.1:99999", False),
        ("tcp://127.0.0.1:3310", False),
    ],
)
def test_where_a_daemon_may_be(address, known):
    assert known_address(address) is known
