import os
import subprocess
import sys

import pytest

from tthc.supervisor.failures import Exit, StartError
from tthc.supervisor.lock import acquire


def never():
    raise AssertionError("nothing to wait for")


def test_the_folder_is_made_and_names_its_holder(tmp_path):
    held = acquire(tmp_path / "var", never)
    assert (tmp_path / "var" / "run.lock").read_text() == str(os.getpid())
    held.release()


def test_a_released_folder_can_be_locked_again(tmp_path):
    acquire(tmp_path, never).release()
    acquire(tmp_path, never).release()


def test_a_living_holder_is_named(tmp_path):
    held = acquire(tmp_path, never)
    with pytest.raises(StartError, match=f"tiến trình {os.getpid()}") as caught:
        acquire(tmp_path, never)
    assert caught.value.code is Exit.ALREADY_RUNNING
    held.release()


@pytest.fixture
def orphan(tmp_path):
    """A child that keeps the lock of a holder that is gone."""
    held = acquire(tmp_path, never)
    child = subprocess.Popen(
        [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=(held.descriptor,)
    )
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    os.pwrite(held.descriptor, str(gone.pid).ljust(8).strip().encode(), 0)
    os.ftruncate(held.descriptor, len(str(gone.pid)))
    held.release()
    yield child
    child.kill()
    child.wait()
    child.stdin.close()


def test_children_of_a_dead_holder_are_waited_for(tmp_path, orphan):
    def pause():
        orphan.kill()
        orphan.wait()
        return True

    acquire(tmp_path, pause).release()


def test_children_that_do_not_end_are_reported(tmp_path, orphan):
    with pytest.raises(StartError, match="lần chạy trước") as caught:
        acquire(tmp_path, lambda: False)
    assert caught.value.code is Exit.ALREADY_RUNNING
    assert orphan.poll() is None


def test_a_folder_that_cannot_be_made_is_explained(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StartError, match="TTHC_VAR") as caught:
        acquire(tmp_path / "file" / "var", never)
    assert caught.value.code is Exit.STORAGE
