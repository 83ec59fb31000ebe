from pathlib import Path

import pytest
from pymongo import WriteConcern

from tthc.database import embedded


@pytest.mark.database
def test_a_fresh_database_is_empty_and_keeps_what_is_written(mongo_database):
    assert mongo_database.list_collection_names() == []
    durable = mongo_database.things.with_options(write_concern=WriteConcern("majority", j=True))
    durable.insert_one({"_id": 1})
    assert mongo_database.things.count_documents({}) == 1


@pytest.mark.database
def test_the_next_database_knows_nothing_of_the_last_one(mongo_database):
    assert mongo_database.things.count_documents({}) == 0


def test_a_server_that_ended_at_once_is_reported():
    port = embedded.free_port()
    with pytest.raises(embedded.EmbeddedDatabaseError, match="đã dừng ngay khi khởi động"):
        embedded.wait_until_ready(port, lambda: False, 5, lambda: 0.0)


def test_a_server_that_never_answers_is_reported():
    ticks = iter(range(100))
    with pytest.raises(embedded.EmbeddedDatabaseError, match="không trả lời sau 5 giây"):
        embedded.wait_until_ready(embedded.free_port(), lambda: True, 5, lambda: float(next(ticks)))


def test_the_command_line_names_an_empty_configuration_so_that_no_other_is_found(tmp_path):
    line = embedded.command(tmp_path / "db", 12345)
    config = line[line.index("--config") + 1]
    assert Path(config).read_text(encoding="utf-8") == ""
    assert "--sync-on-commit" in line
