from tthc.supervisor import logs


def test_a_small_log_stays(tmp_path):
    log = tmp_path / "web.log"
    assert not logs.trim(log)
    log.write_text("short")
    assert not logs.trim(log)
    assert log.read_text() == "short"


def test_a_log_that_grew_moves_aside_under_its_open_writer(tmp_path):
    log = tmp_path / "web.log"
    with log.open("a") as writer:
        writer.write("x" * 50)
        writer.flush()
        assert logs.trim(log, limit=40)
        writer.write("after")
    assert log.read_text() == "after"
    assert (tmp_path / "web.log.1").read_text() == "x" * 50


def test_the_last_lines_are_shown(tmp_path):
    log = tmp_path / "web.log"
    assert logs.tail(log) == ""
    log.write_text("".join(f"dòng {number}\n" for number in range(20_000)))
    assert logs.tail(log, 2) == "dòng 19998\ndòng 19999"


def test_a_failure_is_shown_up_to_its_error_and_not_to_how_it_was_passed_on(tmp_path):
    log = tmp_path / "web.log"
    log.write_text("a\nImportError: no module\nTraceback\ngunicorn.errors.HaltServer: <HaltServer 'x' 3>\n")
    assert logs.tail(log) == "a\nImportError: no module"
