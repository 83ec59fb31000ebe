from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from bson import ObjectId
from dossier_stories import MONDAY

from tthc.dossiers.files import FileDamagedError, FileMissingError, Files

pytestmark = pytest.mark.database

DATA = b"%PDF-1.7 " + bytes(range(256)) * 3000


@pytest.fixture
def files(mongo_database):
    store = Files(mongo_database)
    store.ensure_indexes()
    return store


def put(files, data=DATA, name="a.pdf"):
    return files.put(data, name=name, kind="pdf", now=MONDAY, by="hoa")


def test_what_is_put_is_read(files):
    reference = put(files)
    assert (reference.name, reference.size, reference.kind, reference.uploaded_by) == (
        "a.pdf",
        len(DATA),
        "pdf",
        "hoa",
    )
    assert files.read(reference.sha256) == DATA
    assert files.has(reference.sha256)


def test_the_same_content_is_stored_once_under_any_name(files, mongo_database):
    first, second = put(files), put(files, name="b.pdf")
    assert (first.sha256, second.name) == (second.sha256, "b.pdf")
    assert mongo_database["papers.files"].count_documents({}) == 1


def test_uploads_of_the_same_content_at_once_leave_one_file_and_no_pieces(files, mongo_database):
    with ThreadPoolExecutor(8) as pool:
        references = list(pool.map(lambda _: put(files), range(8)))
    assert len({r.sha256 for r in references}) == 1
    (document,) = mongo_database["papers.files"].find()
    assert mongo_database["papers.chunks"].distinct("files_id") == [document["_id"]]
    assert files.read(references[0].sha256) == DATA


def test_an_empty_file_is_a_file(files):
    assert files.read(put(files, b"").sha256) == b""


@pytest.mark.parametrize("harm", ["changed", "shortened", "lost"])
def test_d9_1e_a_damaged_file_is_found_when_read(files, mongo_database, harm):
    sha256 = put(files).sha256
    chunks = mongo_database["papers.chunks"]
    if harm == "changed":
        chunks.update_one({"n": 1}, {"$set": {"data": b"x" * 261120}})
    elif harm == "shortened":
        chunks.update_one({"n": 2}, {"$set": {"data": b"x"}})
    else:
        chunks.delete_one({"n": 0})
    with pytest.raises(FileDamagedError, match="không còn nguyên vẹn"):
        files.read(sha256)
    assert list(files.check()) == [sha256]


def test_sound_files_pass_the_check(files):
    put(files)
    assert list(files.check()) == []


def test_content_never_stored_is_missing(files):
    with pytest.raises(FileMissingError, match="Không tìm thấy tệp"):
        files.read("0" * 64)
    assert not files.has("0" * 64)


def test_pieces_of_a_dead_upload_are_swept_after_a_day(files, mongo_database):
    chunks = mongo_database["papers.chunks"]
    now = datetime.now(UTC)
    reference = put(files)
    dead = ObjectId.from_datetime(now - timedelta(days=2))
    chunks.insert_one({"files_id": dead, "n": 0, "data": b"x"})
    fresh = ObjectId.from_datetime(now)
    chunks.insert_one({"files_id": fresh, "n": 0, "data": b"x"})
    assert files.sweep(now) == 1
    assert chunks.count_documents({"files_id": dead}) == 0
    assert chunks.count_documents({"files_id": fresh}) == 1
    assert files.sweep(now + timedelta(days=3)) == 1
    assert files.read(reference.sha256) == DATA
