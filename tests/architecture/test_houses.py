"""House rules that a linter does not know."""

import re
import tomllib

from definitions.shipped import shipped
from tests.architecture.sources import ROOT, scripts, sources, tracked
from tthc.supervisor import programs
from tthc.tasks import queues

MOST_LINES = 500
PROCEDURE_CODE = re.compile(r"\b[1-9]\.\d{6}\b")
INDEX = re.compile(r"https?://|--(extra-)?index-url|--find-links|@ file:|@ git\+", re.IGNORECASE)


def shown(path):
    return path.relative_to(ROOT).as_posix()


def test_no_file_needs_a_table_of_contents():
    long = {
        shown(path): count
        for path in tracked(".py", ".html", ".css", ".js")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    }
    assert long == {}


def test_python_knows_no_procedure():
    wrong = [
        f"{source.name}: {found.group()}"
        for source in (*sources(), *scripts())
        for found in PROCEDURE_CODE.finditer(source.text)
    ]
    assert wrong == []


def test_python_knows_no_procedure_by_its_name():
    names = [
        re.search(r"^name: *(.+)$", text, re.MULTILINE)[1].strip("\"'").casefold() for _, text in shipped()
    ]
    assert len(names) == len(shipped()) > 0
    wrong = [
        f"{source.name}: {name}"
        for source in (*sources(), *scripts())
        for name in names
        if name in source.text.casefold()
    ]
    assert wrong == []


def test_the_scripts_are_seen():
    assert "scripts/bench/road.py" in {source.name for source in scripts()}


def test_locks_name_no_index_and_hash_everything():
    locks = sorted((ROOT / "requirements").glob("*.txt"))
    assert {lock.name for lock in locks} == {"run.txt", "dev.txt", "event-rules.txt", "bench.txt"}
    for lock in locks:
        text = lock.read_text(encoding="utf-8")
        assert not INDEX.search(text), lock.name
        for block in re.split(r"\n(?=\S)", re.sub(r"^\s*#.*\n?", "", text, flags=re.MULTILINE).strip()):
            assert "--hash=sha256:" in block, f"{lock.name}: {block.splitlines()[0]}"


def test_the_locks_have_every_dependency():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {normal(line) for line in project["project"]["dependencies"]}
    groups = dict(project["dependency-groups"])
    peers = {normal(line) for line in groups.pop("bench")}
    tools = {normal(line) for group in groups.values() for line in group}
    run = names_in("run.txt")
    assert wanted <= run
    assert run | tools <= names_in("dev.txt")
    assert peers <= names_in("bench.txt")


def test_the_peers_of_the_measurements_change_no_version_of_the_tests():
    pins = [
        dict(re.findall(r"^([A-Za-z0-9._-]+)==([^ ;]+)", text, re.MULTILINE))
        for text in (
            (ROOT / "requirements" / lock).read_text(encoding="utf-8") for lock in ("dev.txt", "bench.txt")
        )
    ]
    tests, peers = pins
    both = tests.keys() & peers.keys()
    assert both
    assert {name: peers[name] for name in both} == {name: tests[name] for name in both}


def names_in(lock):
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    return {normal(found) for found in re.findall(r"^([A-Za-z0-9._-]+)==", text, re.MULTILINE)}


def normal(requirement):
    """The name at the head of a requirement, as package indexes compare names (PEP 503)."""
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~ \[;]", requirement)[0]).lower()


def test_every_ignored_lint_rule_says_why():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lint = text[text.index("[tool.ruff.lint]") : text.index("[tool.ruff.lint.pydocstyle]")]
    rules = [line for line in lint.splitlines() if re.match(r'\s+"[A-Z]+\d*",', line)]
    assert rules
    assert [line.strip() for line in rules if not re.search(r"#\s*\S.{5,}", line)] == []


def test_no_check_is_silenced_without_naming_it():
    silent = re.compile(r"#\s*(noqa(?!: ?[A-Z])|type:\s*ignore(?!\[))")
    wrong = [
        f"{source.name}: {found.group()}" for source in sources() for found in silent.finditer(source.text)
    ]
    assert wrong == []


def test_every_queue_has_a_worker_and_every_task_a_queue():
    listening = next(word for word in programs.worker().command if word.startswith("--queues="))
    assert set(listening.removeprefix("--queues=").split(",")) == set(queues.QUEUES)
    assert set(queues.ROUTES.values()) == set(queues.QUEUES)
    assert {sweep.task for sweep in queues.BEAT} <= set(queues.ROUTES)


def test_queues_are_named_in_one_place():
    wrong = [
        source.name
        for source in sources()
        for queue in queues.QUEUES
        if f'"{queue}"' in source.text and source.name != "tthc/tasks/queues.py"
    ]
    assert wrong == []


def test_no_swallowed_errors():
    wrong = [
        source.name
        for source in sources()
        if re.search(r"except( Exception)?:\s*(#.*)?\n\s*pass", source.text)
    ]
    assert wrong == []


def test_no_machines_own_paths():
    own = re.compile(r"(?<![\w.])/(home|root|work|Users)/\w")
    wrong = [
        f"{shown(path)}: {found.group()}"
        for path in tracked(".py", ".md", ".yaml", ".html", ".js", ".css", ".json")
        for found in own.finditer(path.read_text(encoding="utf-8"))
        if path.name != "test_houses.py"
    ]
    assert wrong == []
