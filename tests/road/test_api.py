"""Another system answers the step that waits for it: with its key, within its scope, once."""

import io
from datetime import timedelta

import pytest
from asking_walk import accepted
from people import COMMUNE, OTHER, Province

from rules.workflow.model import EXTERNAL
from tthc import cli
from tthc.api.functions import ANSWERING, FUNCTIONS
from tthc.dossiers.commands import RecordPayment

pytestmark = pytest.mark.database

WAITING = """workflow:
  name: Hỏi cơ sở dữ liệu cư trú
  start: cho_cu_tru
  steps:
    - id: cho_cu_tru
      name: Chờ xác nhận cư trú
      actor: he_thong_khac
      duration: {amount: 1, unit: working_day}
      actions:
        - {id: dung, label: Thông tin đúng, to: tra, primary: true}
        - {id: sai, label: Thông tin sai, to: tra_lai, needs: [reason]}
    - id: tra
      name: Trả thẻ
      actor: tiep_nhan
      phase: result_ready
      actions: [{id: tra_the, label: Trả thẻ, to: end, outcome: returned, needs: [payment, recipient], primary: true}]
    - id: tra_lai
      name: Trả lại hồ sơ
      actor: tiep_nhan
      actions: [{id: tra_ho_so, label: Trả lại, to: end, outcome: declined, needs: [reason], primary: true}]
"""


class System:
    """Another system with its key."""

    def __init__(self, province: Province, key: str) -> None:
        self.client = province.app.test_client()
        self.headers = {"Authorization": f"Bearer {key}"} if key else {}

    def tasks(self, query: str = ""):
        return self.client.get(f"/api/v1/tasks{query}", headers=self.headers)

    def take(self, dossier: str, task: str, action: str, key: str | None = "viec-so-1", **json):
        headers = {**self.headers, **({"Idempotency-Key": key} if key else {})}
        return self.client.post(
            f"/api/v1/dossiers/{dossier}/tasks/{task}/actions/{action}", headers=headers, json=json
        )


def made(province: Province, **scope) -> tuple[System, object]:
    told = {"agencies": [COMMUNE], "functions": [EXTERNAL], **scope}
    client, key = province.services.clients.add(
        "Cơ sở dữ liệu cư trú", told.pop("agencies"), told.pop("functions"), province.clock.now(), **told
    )
    return System(province, key), client


@pytest.fixture
def waiting(province: Province):
    """The code of a dossier that waits for another system."""
    return province.services.repository.by_code(accepted(province, WAITING))


def test_functions_of_clients_are_functions_of_steps():
    assert ANSWERING == EXTERNAL
    assert "phe_duyet" not in FUNCTIONS


def test_a_system_sees_what_waits_for_it_and_answers_once(province: Province, waiting):
    system, client = made(province)
    answer = system.tasks()
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    (task,) = answer.json["tasks"]
    assert (task["dossier"], task["step"], task["agency"]) == (waiting.id, "cho_cu_tru", COMMUNE)
    assert task["actions"][1] == {"id": "sai", "label": "Thông tin sai", "needs": ["reason"]}
    assert "Xuân" not in answer.get_data(as_text=True), "who applied is not told"

    done = system.take(waiting.id, task["task"], "dung", note="Khớp")
    assert done.status_code == 200 and done.json["status"] == "result_ready", done.json
    again = system.take(waiting.id, task["task"], "dung", note="Khớp")
    assert again.json == done.json
    after = province.services.repository.get(waiting.id)
    last = after.history[-1]
    assert (last.actor.kind, last.actor.name, last.actor.agency) == ("client", client.name, COMMUNE)
    assert sum(entry.actor.kind == "client" for entry in after.history) == 1
    assert system.tasks().json == {"tasks": [], "after": None}
    calls = province.services.clients.calls(client.id)
    assert [(call["method"], call["status"]) for call in calls] == [
        ("GET", 200), ("POST", 200), ("POST", 200), ("GET", 200),
    ]  # fmt: skip


def problem(answer, status: int, code: str) -> dict:
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json"), answer.data
    told = answer.json
    assert (told["status"], told["code"], told["type"]) == (status, code, f"urn:tthc:problem:{code}")
    assert told["title"] and told["detail"]
    return told


@pytest.mark.parametrize("key", ["", "tthc_khong-phai-khoa"])
def test_without_a_key_nothing_opens(province: Province, waiting, key):
    system = System(province, key)
    assert "Bearer" in system.tasks().headers["WWW-Authenticate"]
    problem(system.tasks(), 401, "no_key")
    problem(system.take(waiting.id, waiting.tasks[0].id, "dung"), 401, "no_key")


def test_a_signed_in_browser_is_no_client(province: Province):
    clerk = province.staff("motcua")
    assert clerk.get("/api/v1/tasks").status == 401


def test_a_revoked_key_opens_nothing_from_then_on(province: Province):
    system, client = made(province)
    assert system.tasks().status_code == 200
    assert province.services.clients.revoke(client.id, province.clock.now())
    assert not province.services.clients.revoke(client.id, province.clock.now())
    problem(system.tasks(), 401, "no_key")


@pytest.mark.parametrize(
    "scope",
    [
        {"agencies": [OTHER]},
        {"functions": ["tham_dinh"]},
        {"procedures": ["1.001193"]},
        {"steps": ["buoc_khac"]},
    ],
    ids=["agency", "function", "procedure", "step"],
)
def test_beyond_its_scope_a_client_finds_nothing(province: Province, waiting, scope):
    system, _ = made(province, **scope)
    assert system.tasks().json["tasks"] == []
    problem(system.take(waiting.id, waiting.tasks[0].id, "dung"), 404, "no_task")
    assert province.services.repository.get(waiting.id).version == waiting.version


def test_what_is_wrong_is_told_as_problem_details(province: Province, waiting):
    system, _ = made(province)
    task = waiting.tasks[0].id
    problem(system.take(waiting.id, task, "dung", key=None), 400, "no_idempotency_key")
    assert problem(system.take(waiting.id, task, "sai", key="viec-so-2"), 422, "reason")["rule"] == "Đ14.1a"
    problem(system.take(waiting.id, task, "khong_co", key="viec-so-3"), 404, "no_action")
    problem(system.take("ho-so-khac", task, "dung", key="viec-so-4"), 404, "no_task")
    problem(system.take(waiting.id, task, "dung", key="viec-so-5", files="x"), 422, "body")
    problem(system.take(waiting.id, task, "dung", key="viec-so-6", note=5), 422, "body")
    problem(system.take(waiting.id, task, "dung", key="viec-so-7", note="x" * 70_000), 413, "too_large")
    problem(system.tasks("?after=abc"), 400, "after")
    plain = system.client.post(
        f"/api/v1/dossiers/{waiting.id}/tasks/{task}/actions/dung",
        headers={**system.headers, "Idempotency-Key": "viec-so-8"},
        input_stream=io.BytesIO(b"reason=x"),
        content_length=8,
        content_type="text/plain",
    )
    problem(plain, 415, "not_json")
    nowhere = system.client.get("/api/v1/ho-so", headers=system.headers)
    assert (nowhere.status_code, nowhere.mimetype) == (404, "application/problem+json")
    wrong = system.client.delete("/api/v1/tasks", headers=system.headers)
    assert (wrong.status_code, wrong.mimetype) == (405, "application/problem+json")
    assert province.services.repository.get(waiting.id).version == waiting.version


def test_one_key_of_idempotency_is_one_request(province: Province, waiting):
    system, _ = made(province)
    task = waiting.tasks[0].id
    problem(system.take(waiting.id, task, "sai", note="a"), 422, "reason")
    problem(system.take(waiting.id, task, "dung"), 422, "idempotency_key_reused")
    assert system.take(waiting.id, task, "sai", key="viec-so-2", reason="Không khớp").status_code == 200


def test_a_step_that_was_answered_by_somebody_else_is_no_more(province: Province, waiting):
    first, _ = made(province)
    second, _ = made(province)
    task = waiting.tasks[0].id
    assert first.take(waiting.id, task, "dung").status_code == 200
    problem(second.take(waiting.id, task, "dung"), 404, "no_task")


def test_too_many_calls_are_slowed(province: Province):
    system, _ = made(province)
    answers = [system.tasks().status_code for _ in range(121)]
    assert answers[:120] == [200] * 120
    assert answers[120] == 429
    assert system.tasks().mimetype == "application/problem+json"
    other, _ = made(province)
    assert other.tasks().status_code == 200


def test_keys_are_made_listed_and_revoked_at_the_command_line(
    province: Province, mongo_uri, mongo_database, monkeypatch, capsys, tmp_path
):
    monkeypatch.setenv("MONGODB_URI", mongo_uri)
    monkeypatch.setenv("TTHC_VAR", str(tmp_path))
    monkeypatch.setattr("tthc.services.build", lambda _settings: province.services)
    assert cli.main(["client", "add", "--name", "Thuế", "--agency", COMMUNE, "--step", "cho_thue"]) == 0
    said = capsys.readouterr().out
    key = said.rsplit(" ", 1)[1].strip()
    client = province.services.clients.by_key(key)
    assert (client.name, client.functions, client.steps) == ("Thuế", (EXTERNAL,), ("cho_thue",))
    kept = mongo_database["api_clients"].find_one({"_id": client.id})
    assert key not in str(kept)
    assert cli.main(["client", "list"]) == 0
    assert f"{client.id}\tThuế\t{COMMUNE}\t{EXTERNAL}\tmọi thủ tục\tcho_thue" in capsys.readouterr().out
    assert cli.main(["client", "revoke", client.id]) == 0
    assert province.services.clients.by_key(key) is None
    assert cli.main(["client", "revoke", client.id]) == 1
    assert cli.main(["client", "add", "--name", "X", "--agency", "khong-co"]) == 1
    assert "Không có cơ quan “khong-co”" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        cli.main(["client", "add", "--name", "X", "--agency", COMMUNE, "--function", "phe_duyet"])


def test_d15_1d_an_overdue_dossier_is_not_ended_by_another_system(province: Province, waiting):
    def close(key: str, scope: dict, **told):
        system, _ = made(province, **{"functions": ["tiep_nhan"], **scope})
        headers = {**system.headers, "Idempotency-Key": key}
        return system.client.post(f"/api/v1/dossiers/{waiting.id}/close", headers=headers, json=told)

    early = problem(close("ket-thuc-1", {}, recipient="Lò Thị Xuân"), 409, "not_ready")
    assert "Chờ xác nhận cư trú" in early["detail"]
    province.clock.set(waiting.deadline.due + timedelta(days=2))
    told = problem(close("ket-thuc-2", {}, recipient="Lò Thị Xuân"), 409, "overdue")
    assert told["rule"] == "Đ15.1d"
    assert (
        told["detail"]
        == "Hồ sơ quá hạn và chưa có kết quả: phải dùng chức năng “Xin lỗi”, không được kết thúc."
    )
    problem(close("ket-thuc-3", {"functions": ["van_thu"]}), 403, "no_function")
    problem(close("ket-thuc-4", {"agencies": [OTHER]}), 404, "unknown")
    problem(close("ket-thuc-5", {"procedures": ["1.001193"]}), 404, "unknown")
    problem(close("ket-thuc-6", {}, note="x"), 422, "body")
    assert province.services.repository.get(waiting.id).version == waiting.version


def test_d15_1d_a_solved_dossier_is_ended_by_another_system_once(province: Province, waiting):
    answering, _ = made(province)
    answering.take(waiting.id, waiting.tasks[0].id, "dung")
    desk, client = made(province, functions=["tiep_nhan"])
    owed = problem(
        desk.client.post(
            f"/api/v1/dossiers/{waiting.id}/close",
            headers={**desk.headers, "Idempotency-Key": "tra-ket-qua-0"},
            json={"recipient": "Lò Thị Xuân"},
        ),
        422,
        "payment",
    )
    assert owed["rule"] == "Đ15.1a"
    province.services.dossiers.execute(waiting.id, RecordPayment(), client.actor(COMMUNE), "thu-phi")
    address = f"/api/v1/dossiers/{waiting.id}/close"
    first = {**desk.headers, "Idempotency-Key": "tra-ket-qua-1"}
    done = desk.client.post(address, headers=first, json={"recipient": "Lò Thị Xuân"})
    assert done.status_code == 200 and done.json["status"] == "returned", done.json
    assert desk.client.post(address, headers=first, json={"recipient": "Lò Thị Xuân"}).json == done.json
    problem(desk.client.post(address, headers=first, json={}), 422, "idempotency_key_reused")
    found = province.services.repository.get(waiting.id)
    assert (found.recipient, found.history[-1].actor.kind) == ("Lò Thị Xuân", "client")
