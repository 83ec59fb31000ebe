"""The supervisor as a process: what an operator sees, and what is left when things die."""

import os
import signal
import socket

import pytest

from tests.tthc.supervisor.systems import alive, descendants, eventually
from tthc.database import embedded
from tthc.supervisor.failures import Exit

pytestmark = [pytest.mark.fault, pytest.mark.database]

NAMES = {"database", "web", "worker", "beat"}


def all_children(system):
    return eventually(system.children, accept=lambda found: set(found) == NAMES)


def test_it_says_where_it_runs_and_stops_leaving_nobody(launch):
    system = launch().ready()
    assert f"http://127.0.0.1:{system.port}" in system.lines[0]
    children = all_children(system)
    everybody = descendants(system.process.pid)
    assert len({os.getpgid(pid) for pid in children.values()} | {os.getpgid(system.process.pid)}) == 5
    assert system.stop() == Exit.OK
    assert "Tài khoản thử: a" in system.lines
    assert system.errors == ""
    assert not [pid for pid in everybody if alive(pid)]


def test_interrupting_stops_it_in_order_too(launch):
    system = launch().ready()
    everybody = descendants(system.process.pid)
    assert system.stop(signal.SIGINT) == Exit.OK
    assert not [pid for pid in everybody if alive(pid)]


def test_what_was_written_is_there_at_the_next_start(launch):
    first = launch().ready()
    first.get("/note?one", "POST")
    assert first.stop() == Exit.OK
    second = launch(port=first.port).ready()
    assert second.get("/")["notes"] == ["one"]
    second.stop()


def test_a_killed_child_is_started_again_and_the_others_stay(launch):
    system = launch().ready()
    before = all_children(system)
    for name in ("worker", "beat", "web"):
        os.kill(before[name], signal.SIGKILL)
        assert "chạy lại sau 0.5 giây" in system.wait_for("đã dừng")
        after = eventually(
            system.children, accept=lambda now, n=name: set(now) == NAMES and now[n] != before[n]
        )
        assert {key for key in NAMES if after[key] != before[key]} == {name}
        before = after
    assert system.get_again("/")["master"] == before["web"]
    assert system.stop() == Exit.OK


def test_a_killed_database_comes_back_with_its_data_and_the_others_find_it(launch):
    system = launch().ready()
    before = all_children(system)
    system.get("/note?kept", "POST")
    os.kill(before["database"], signal.SIGKILL)
    system.wait_for("Máy chủ dữ liệu đã dừng")
    assert eventually(
        lambda: system.get("/")["notes"], (OSError, ValueError, KeyError), lambda notes: notes == ["kept"]
    )
    after = all_children(system)
    assert after["database"] != before["database"]
    assert after["web"] == before["web"]
    assert system.stop() == Exit.OK


def test_a_killed_web_worker_is_gunicorns_business(launch):
    system = launch().ready()
    os.kill(system.get("/")["pid"], signal.SIGKILL)
    assert system.get_again("/")["master"] == all_children(system)["web"]
    assert system.stop() == Exit.OK


def test_when_the_supervisor_is_killed_its_children_go_and_the_next_start_works(launch):
    first = launch().ready()
    first.get("/note?kept", "POST")
    all_children(first)
    everybody = descendants(first.process.pid)
    first.process.kill()
    first.process.wait()
    second = launch(port=first.port).ready()
    assert not [pid for pid in everybody if alive(pid)]
    assert second.get("/")["notes"] == ["kept"]
    assert second.stop() == Exit.OK


def test_a_second_instance_is_refused_by_name(launch):
    first = launch().ready()
    second = launch()
    assert second.finish() == Exit.ALREADY_RUNNING
    assert f"tiến trình {first.process.pid}" in second.errors
    assert second.errors.count("\n") == 1
    assert first.get("/")["notes"] == []
    assert first.stop() == Exit.OK


def test_a_busy_port_is_refused_before_anything_starts(launch, var):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        system = launch(port=taken.getsockname()[1])
        assert system.finish() == Exit.PORT
    assert f"Cổng {system.port} đang có chương trình khác dùng" in system.errors
    assert not (var / "db").exists()


def test_an_unreachable_database_is_refused(launch):
    uri = f"mongodb://user:pass-word@127.0.0.1:{embedded.free_port()}/x"
    system = launch(MONGODB_URI=uri)
    assert system.finish() == Exit.DATABASE
    assert "Không kết nối được máy chủ dữ liệu 127.0.0.1" in system.errors
    assert "pass-word" not in system.errors
    assert system.errors.count("\n") == 1


def test_somebody_elses_database_is_used_when_named(launch, mongo_uri, mongo_database, var):
    system = launch(MONGODB_URI=mongo_uri).ready()
    system.get("/note?there", "POST")
    assert mongo_database.notes.count_documents({"text": "there"}) == 1
    eventually(system.children, accept=lambda found: set(found) == NAMES - {"database"})
    assert system.stop() == Exit.OK
    assert not (var / "db").exists()


def test_production_without_a_secret_is_refused(launch):
    system = launch(TTHC_ENV="production")
    assert system.finish() == Exit.SETTINGS
    assert system.errors.startswith("Thiếu TTHC_SECRET_KEY")


def test_a_folder_that_cannot_be_written_is_refused(launch, tmp_path):
    (tmp_path / "file").write_text("")
    system = launch(folder=tmp_path / "file", TTHC_SECRET_KEY="k" * 32)
    assert system.finish() == Exit.STORAGE
    assert "TTHC_VAR" in system.errors


def test_a_preparation_that_fails_shows_why_and_leaves_nobody(launch):
    system = launch(SITE_PREPARE="raise SystemExit('thiếu dữ liệu nền')")
    assert system.finish() == Exit.FAILED
    assert "Chuẩn bị dữ liệu không thành công" in system.errors
    assert "thiếu dữ liệu nền" in system.errors


def test_a_site_that_cannot_start_shows_why(launch):
    system = launch(SITE_APPLICATION="nothing_here:application")
    assert system.finish() == Exit.FAILED
    assert "Trang web không khởi động được" in system.errors
    assert "nothing_here" in system.errors


def test_stopping_during_the_start_leaves_nobody(launch, var):
    system = launch(SITE_PREPARE="import signal; signal.pause()")
    eventually((var / "log" / "prepare.log").exists, accept=bool)
    everybody = eventually(lambda: descendants(system.process.pid), accept=lambda found: len(found) == 2)
    assert system.stop() == Exit.OK
    assert not [pid for pid in everybody if alive(pid)]
