"""`tthc export`, `keys`, `import --as-draft`, and what `check` and `diff` say of folders and bundles."""

import json
import os
import re
import shlex
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from bundles import SHIPPED, SMALLEST
from hashing import cheap_hasher
from ruamel.yaml import YAML

from definitions.bundle import reading
from definitions.calendars import shipped as shipped_calendar
from definitions.lifecycle import State
from tthc import cli
from tthc.services import build
from tthc.settings import Settings
from tthc.supervisor.failures import Exit
from tthc.trials.gate import gate

PAIR = sorted(SHIPPED, key=lambda code: len(SHIPPED[code]))[:2]


@pytest.fixture(autouse=True)
def alone(monkeypatch, tmp_path):
    """No key, no list of trusted keys and no running system of the machine's own."""
    for name in ("TTHC_SIGNING_KEY", "TTHC_TRUSTED_KEYS", "MONGODB_URI"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("TTHC_VAR", str(tmp_path / "var"))


@pytest.fixture
def run(capsys):
    def do(*arguments):
        code = cli.main([str(each) for each in arguments])
        return code, capsys.readouterr()

    return do


@pytest.fixture
def folder(tmp_path):
    """Definitions as files, as somebody keeps them in git."""
    place = tmp_path / "kho"
    (place / "definitions").mkdir(parents=True)
    for code in PAIR:
        (place / "definitions" / f"{code}.yaml").write_text(SHIPPED[code], encoding="utf-8", newline="")
    return place


@pytest.fixture
def key(run, tmp_path, monkeypatch):
    path = tmp_path / "khoa" / "ky"
    assert run("keys", "make", "--name", "Sở A", "-o", path)[0] == Exit.OK
    monkeypatch.setenv("TTHC_SIGNING_KEY", str(path))
    return path


@pytest.fixture
def trusted(tmp_path, monkeypatch):
    path = tmp_path / "tin.txt"
    path.write_text("", encoding="utf-8")
    monkeypatch.setenv("TTHC_TRUSTED_KEYS", str(path))
    return path


def test_a_key_is_for_its_owner_alone_and_never_in_a_repository(run, tmp_path):
    code, said = run("keys", "make", "--name", "Sở A")
    path = tmp_path / "config" / "tthc" / "signing-key"
    assert code == Exit.OK
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "PRIVATE KEY" in path.read_text(encoding="utf-8")
    public = path.with_name("signing-key.pub").read_text(encoding="utf-8")
    assert public.startswith("ed25519 ")
    assert public.endswith(" Sở A\n")
    assert "PRIVATE" not in said.out + public
    code, said = run("keys", "make", "--name", "Sở A")
    assert (code, "không bị ghi đè" in said.err) == (2, True)
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    code, said = run("keys", "make", "--name", "Sở A", "-o", tmp_path / "repo" / "x" / "ky")
    assert (code, "kho mã" in said.err) == (2, True)
    assert not (tmp_path / "repo" / "x").exists()


def test_a_key_that_others_may_read_does_not_sign(run, key, folder, tmp_path):
    key.chmod(0o640)
    code, said = run("export", "--all", "--from", folder, "-o", tmp_path / "a.zip")
    assert (code, "chmod 600" in said.err) == (2, True)
    assert not (tmp_path / "a.zip").exists()


@pytest.mark.usefixtures("trusted")
def test_trusted_keys_in_a_file(run, key):
    public = key.with_name("ky.pub")
    assert run("keys", "trust", public)[0] == Exit.OK
    assert "Đã tin từ trước" in run("keys", "trust", public)[1].out
    fingerprint, name, state = run("keys", "list")[1].out.strip().split("\t")
    assert (len(fingerprint), name, state) == (64, "Sở A", "được tin")
    assert run("keys", "revoke", "1234567")[0] == 2
    assert run("keys", "revoke", fingerprint[:10])[0] == Exit.OK
    assert run("keys", "list")[1].out.strip().endswith("đã thu hồi")
    code, said = run("keys", "trust", public)
    assert (code, "đã bị thu hồi" in said.err) == (2, True)


@pytest.mark.usefixtures("key")
def test_files_become_a_signed_bundle_and_one_yaml_without_a_system(run, folder, tmp_path):
    out = tmp_path / "a.zip"
    assert run("export", "--all", "--from", folder, "-o", out)[0] == Exit.OK
    bundle = reading.read(out.read_bytes())
    assert [entry.procedure for entry in bundle.manifest.definitions] == sorted(PAIR)
    assert (bundle.manifest.signer.name, bundle.manifest.made_by) == ("Sở A", "Sở A")
    code, said = run("export", "--all", "--from", folder, "-o", out)
    assert (code, "không bị ghi đè" in said.err) == (2, True)
    assert run("export", SMALLEST, "--from", out, "-o", "-")[1].out == SHIPPED[SMALLEST]
    again = tmp_path / "b.yaml"
    assert run("export", SMALLEST, "--from", folder, "-o", again)[0] == Exit.OK
    assert again.read_bytes() == SHIPPED[SMALLEST].encode()


def test_without_a_key_the_bundle_says_so(run, folder, tmp_path):
    code, said = run("export", SMALLEST, "--from", folder, "-o", tmp_path / "a.zip")
    assert (code, "tthc keys make" in said.err) == (Exit.OK, True)
    code, said = run("export", SMALLEST, "--from", folder, "--unsigned", "-o", tmp_path / "b.zip")
    assert (code, said.err) == (Exit.OK, "")


@pytest.mark.parametrize(
    "wrong",
    [
        ["-o", "a.zip"],
        ["9.999999", "--from", ".", "-o", "a.zip"],
        ["--all", "--from", "khong-co", "-o", "a.zip"],
        ["--all", "--version", "x", "-o", "a.zip"],
    ],
    ids=["nothing", "unknown", "lacking", "version"],
)
def test_an_export_that_cannot_be_done_is_a_sentence(run, folder, monkeypatch, wrong):
    monkeypatch.chdir(folder)
    code, said = run("export", *wrong)
    assert code == 2
    assert said.err.count("\n") == 1
    assert not (folder / "a.zip").exists()


def test_without_a_system_import_and_export_say_so(run, folder, tmp_path):
    assert run("export", "--all", "-o", tmp_path / "a.zip")[0] == Exit.DATABASE
    assert run("import", folder, "--as-draft", "--by", "soan")[0] == Exit.DATABASE
    code, said = run("import", folder)
    assert (code, "--as-draft" in said.err) == (2, True)


@pytest.mark.usefixtures("trusted")
def test_a_bundle_and_a_folder_are_checked(run, key, folder, tmp_path):
    assert run("export", SMALLEST, "--from", folder, "-o", tmp_path / "a.zip")[0] == Exit.OK
    code, said = run("check", tmp_path / "a.zip")
    assert code == Exit.OK
    assert "chưa được tin" in said.out
    run("keys", "trust", key.with_name("ky.pub"))
    assert "được tin ở đây" in run("check", tmp_path / "a.zip")[1].out
    spoiled = bytearray((tmp_path / "a.zip").read_bytes())
    spoiled[200] ^= 1
    (tmp_path / "b.zip").write_bytes(spoiled)
    code, said = run("check", tmp_path / "b.zip")
    assert (code, said.err.count("\n")) == (2, 1)
    for code in PAIR[1:]:
        (folder / "definitions" / f"{code}.yaml").unlink()
    place = folder / "definitions" / f"{SMALLEST}.yaml"
    place.write_text(SHIPPED[SMALLEST].replace("workflow: ", "workflow: khong-", 1), encoding="utf-8")
    code, said = run("check", folder)
    assert code == Exit.FAILED
    assert f"{SMALLEST}.yaml" in said.out


@pytest.mark.usefixtures("key")
def test_folders_and_bundles_are_compared_by_procedure(run, folder, tmp_path):
    before = tmp_path / "a.zip"
    run("export", "--all", "--from", folder, "-o", before)
    assert run("diff", before, folder)[0] == Exit.OK
    first, second = PAIR
    (folder / "definitions" / f"{second}.yaml").unlink()
    place = folder / "definitions" / f"{first}.yaml"
    place.write_text(SHIPPED[first].replace("name: ", "name: Thử ", 1), encoding="utf-8")
    code, said = run("diff", before, folder)
    assert code == Exit.FAILED
    assert f"{first}: 1 thay đổi" in said.out
    assert "  - Tên thủ tục" in said.out
    assert f"{second}: bỏ" in said.out
    told = {each["procedure"]: each for each in json.loads(run("diff", before, folder, "--json")[1].out)}
    assert (told[first]["verb"], told[second]["verb"]) == ("changed", "removed")
    assert told[first]["changes"][0]["key"] == "name"
    place.write_text(f'procedure: "{first}"\nname: A\n', encoding="utf-8")
    assert run("diff", before, folder)[0] == 2


# against running systems


@pytest.fixture
def systems(mongo_client, mongo_port, monkeypatch, tmp_path, clock):
    """Two systems, each with its own database: `use(which)` is whose turn it is."""
    from tthc.database import embedded

    made = {}
    for which in ("training", "production"):
        name = f"bundle_{which}"
        mongo_client.drop_database(name)
        uri = embedded.uri(mongo_port, name)
        settings = Settings.load({"MONGODB_URI": uri, "TTHC_VAR": str(tmp_path / which)})
        services = build(settings, mongo_client[name], clock, cheap_hasher())
        services.ensure_indexes()
        made[which] = uri, settings, services

    def use(which):
        uri, settings, _ = made[which]
        monkeypatch.setenv("MONGODB_URI", uri)
        monkeypatch.setenv("TTHC_VAR", str(settings.var))
        services = build(settings, mongo_client[f"bundle_{which}"], clock, cheap_hasher())
        for login in ("soan", "duyet"):
            if services.accounts.by_login(login) is None:
                services.accounts.create_staff(
                    login=login,
                    name=f"Cán bộ {login}",
                    password="thu nghiem 2026 Son La",
                    now=clock.now(),
                    roles=("kiem_soat" if login == "soan" else "tham_dinh_cau_hinh",),
                )
        return services

    yield use
    for which in made:
        mongo_client.drop_database(f"bundle_{which}")


@pytest.mark.database
def test_from_the_training_sandbox_to_production_by_a_bundle(systems, run, key, tmp_path, clock):
    """Written and published in one system, carried over as a signed bundle, registered and published in the other."""
    training = systems("training")
    training.definitions.seed([(f"{SMALLEST}.yaml", SHIPPED[SMALLEST])], clock.now())
    text = SHIPPED[SMALLEST].replace("name: ", "name: Thử ", 1)
    draft = training.definitions.save_draft(SMALLEST, text, "tap_huan", clock.now()).version
    out = tmp_path / "goi.zip"
    code, said = run("export", SMALLEST, "--version", draft.id[:8], "-o", out)
    assert code == Exit.OK, said.err
    code, said = run("export", SMALLEST, "--state", "published", "-o", "-")
    assert (code, said.out) == (Exit.OK, SHIPPED[SMALLEST])
    layout = tmp_path / "git"
    assert run("export", "--all", "-o", layout)[0] == Exit.OK
    assert (layout / "definitions" / f"{SMALLEST}.yaml").read_bytes() == SHIPPED[SMALLEST].encode()
    assert list((layout / "workflows").iterdir())
    assert "0 tệp mới hoặc thay đổi" in run("export", "--all", "-o", layout)[1].out

    production = systems("production")
    author, reviewer = (production.accounts.by_login(login).key for login in ("soan", "duyet"))
    store = production.definitions
    code, said = run("import", out, "--as-draft", "--by", "soan")
    assert code == Exit.FAILED
    assert "tthc keys trust" in said.err
    assert store.versions(SMALLEST) == ()
    assert run("keys", "trust", key.with_name("ky.pub"))[0] == Exit.OK
    code, said = run("import", out, "--dry-run")
    assert code == Exit.OK
    assert f"{SMALLEST}: thủ tục mới" in said.out
    assert store.versions(SMALLEST) == ()
    assert run("import", out, "--as-draft")[0] == 2
    assert run("import", out, "--as-draft", "--by", "duyet")[0] == 2
    code, said = run("import", out, "--as-draft", "--by", "soan", "--json")
    assert code == Exit.OK, said.err
    told = json.loads(said.out)
    (version,) = store.versions(SMALLEST)
    assert told["trust"] == "trusted"
    assert (told["definitions"][0]["outcome"], told["definitions"][0]["version"]) == (
        "new_procedure",
        version.id,
    )
    assert (version.hash, version.author, version.state) == (draft.hash, author, State.DRAFT)
    assert store.text(version) == text
    for word in ("goi.zip", "Sở A", draft.id, draft.hash):
        assert word in version.acts[0].text
    code, said = run("import", out, "--as-draft", "--by", "soan")
    assert (code, "đã có, giống hệt" in said.out) == (Exit.OK, True)
    assert len(store.versions(SMALLEST)) == 1

    calendar = shipped_calendar()
    store.register(SMALLEST, version.id, author, clock.now(), calendar, gate=gate)
    store.approve(SMALLEST, version.id, reviewer, clock.now())
    store.publish(SMALLEST, version.id, reviewer, clock.now(), start=clock.now().date())
    assert store.published(SMALLEST, clock.now().date()).hash == draft.hash


@pytest.mark.database
def test_an_import_from_files_never_overwrites_and_tells_what_it_cannot_take(systems, run, folder, clock):
    production = systems("production")
    store = production.definitions
    store.seed([(f"{SMALLEST}.yaml", SHIPPED[SMALLEST])], clock.now())
    place = folder / "definitions" / f"{SMALLEST}.yaml"
    place.write_text(SHIPPED[SMALLEST].replace("name: ", "name: Thử ", 1), encoding="utf-8", newline="")
    (folder / "definitions" / "la.yaml").write_text("name: x\n", encoding="utf-8")
    code, said = run("import", folder, "--as-draft", "--by", "soan")
    assert code == Exit.FAILED
    assert "la.yaml: không đọc được mã thủ tục" in said.out
    assert f"{SMALLEST}: phiên bản mới" in said.out
    assert "  - Tên thủ tục" in said.out
    assert "Đã nhập 2 bản nháp." in said.out
    old, new = store.versions(SMALLEST)
    assert (old.state, new.state) == (State.PUBLISHED, State.DRAFT)
    assert store.text(old) == SHIPPED[SMALLEST]
    assert new.acts[0].text.startswith("Nhập từ tệp “kho”.")


@pytest.mark.database
def test_an_unsigned_bundle_is_taken_where_somebody_says_so(systems, run, folder, tmp_path):
    out = tmp_path / "a.zip"
    run("export", SMALLEST, "--from", folder, "--unsigned", "-o", out)
    store = systems("production").definitions
    code, said = run("import", out, "--as-draft", "--by", "soan")
    assert (code, "không có chữ ký" in said.err) == (Exit.FAILED, True)
    assert run("import", out, "--as-draft", "--by", "soan", "--allow-unsigned")[0] == Exit.OK
    (version,) = store.versions(SMALLEST)
    assert "Người nhập đã xác nhận vẫn nhập." in version.acts[0].text


# what docs/files.md shows

PAGE = (Path(__file__).parents[3] / "docs" / "files.md").read_text(encoding="utf-8")
SH = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
YAML_SHOWN = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.database
def test_the_flow_of_the_page_from_training_to_production(systems, run, tmp_path, monkeypatch, clock):
    monkeypatch.chdir(tmp_path)
    flow = next(block for block in SH if block.startswith("# tập huấn"))
    code = re.search(r"tthc export (\S+)", flow)[1]
    systems("training").definitions.seed([(f"{code}.yaml", SHIPPED[code])], clock.now())
    sent = systems("training").definitions.versions(code)[0]
    production = systems("production")
    production.accounts.create_staff(
        login="kiemsoat", name="A", password="thu nghiem 2026 Son La", now=clock.now(), roles=("kiem_soat",)
    )
    for line in flow.splitlines():
        if line.startswith("#"):
            systems({"# tập huấn": "training", "# chính thức": "production"}[line])
            continue
        done, said = run(*shlex.split(line)[1:])
        assert done == Exit.OK, (line, said.err)
    (version,) = production.definitions.versions(code)
    assert (version.state, version.hash) == (State.DRAFT, sent.hash)


def test_the_scripts_of_the_page_run_in_a_repository(folder, run, key):
    scripts = {
        name: next(block for block in SH if mark in block)
        for name, mark in (("kiem-tra", "git archive"), ("dong-goi", "--from ."))
    }
    (folder / "ci").mkdir()
    for name, text in scripts.items():
        (folder / "ci" / f"{name}.sh").write_text(text, encoding="utf-8")
    (folder / "definitions" / f"{PAIR[1]}.yaml").unlink()
    place = folder / "definitions" / f"{SMALLEST}.yaml"
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "GOC": "main",
        "HOME": str(folder.parent),
        "TTHC_SIGNING_KEY": str(key),
        **{f"GIT_{who}_{what}": "a@b.vn" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }

    def shell(*words):
        done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    assert run("fmt", place)[0] == Exit.OK
    for words in (
        ("git", "init", "-q", "-b", "main"),
        ("git", "add", "."),
        ("git", "commit", "-qm", "Bản đầu"),
    ):
        assert shell(*words)[0] == 0
    before = place.read_text(encoding="utf-8")
    place.write_text(before.replace("name: ", "name: Thử ", 1), encoding="utf-8")
    code, said = shell("sh", "ci/kiem-tra.sh")
    assert code == 0, said
    assert "1 thay đổi" in said
    assert "Tên thủ tục" in (folder / "ra" / "thay-doi.txt").read_text(encoding="utf-8")
    code, said = shell("sh", "ci/dong-goi.sh")
    assert code == 0, said
    assert reading.read((folder / "ra" / "ban-cau-hinh.zip").read_bytes()).manifest.signer.name == "Sở A"
    place.write_text(before.replace("workflow: ", "workflow: khong-", 1), encoding="utf-8")
    assert shell("sh", "ci/kiem-tra.sh")[0] == 1


def test_the_pipelines_of_the_page_call_its_scripts():
    assert len(YAML_SHOWN) == 2
    for text in YAML_SHOWN:
        assert YAML(typ="safe").load(text)
        assert "sh ci/kiem-tra.sh" in text
        assert "sh ci/dong-goi.sh" in text
