import io
import logging

import pytest

from tthc.logging import LineFormatter, configure


@pytest.fixture
def record():
    return logging.LogRecord(
        "tthc.web", logging.WARNING, "x.py", 1, "Tên: %s", ("a\n2026 INFO forged",), None
    )


def test_a_line_tells_the_time_of_viet_nam(record):
    record.created = 1795395600
    assert LineFormatter().format(record).startswith("2026-11-23T08:00:00+07:00 WARNING tthc.web: Tên: a")


def test_what_a_visitor_sent_cannot_forge_a_line(record):
    assert "\n" not in LineFormatter().format(record)


@pytest.fixture
def _logging_restored():
    root = logging.getLogger()
    before, level, own = list(root.handlers), root.level, logging.getLogger("tthc").level
    yield
    root.handlers[:] = before
    root.setLevel(level)
    logging.getLogger("tthc").setLevel(own)


@pytest.mark.usefixtures("_logging_restored")
def test_configuring_twice_writes_once(monkeypatch):
    shown = io.StringIO()
    monkeypatch.setattr("sys.stderr", shown)
    configure()
    configure()
    logging.getLogger("tthc.something").info("xin chào")
    logging.getLogger("somebody.else").info("không quan tâm")
    assert shown.getvalue().count("xin chào") == 1
    assert "không quan tâm" not in shown.getvalue()
