"""Imports run one way: rules <- forms <- definitions <- renderers <- tthc <- admin."""

import ast

import pytest

from tests.architecture.sources import ORDER, imports, sources

COMPOSITION = {"tthc/app.py", "tthc/cli.py"}
SHELL_MODULES = {
    "celery",
    "flask",
    "flask_admin",
    "gridfs",
    "gunicorn",
    "http",
    "kombu",
    "mongoengine",
    "pymongo",
    "requests",
    "smtplib",
    "socket",
    "subprocess",
    "urllib.request",
}
DECIDING = (
    "tthc/dossiers/decide",
    "tthc/dossiers/deciding",
    "tthc/dossiers/apply",
    "tthc/dossiers/asking",
    "tthc/dossiers/chain",
    "tthc/dossiers/state",
    "tthc/dossiers/commands",
    "tthc/dossiers/events",
    "tthc/dossiers/needs",
    "tthc/dossiers/permissions",
    "tthc/dossiers/submission",
    "tthc/dossiers/solving",
    "tthc/dossiers/view",
    "tthc/dossiers/facts",
    "tthc/dossiers/looking",
    "tthc/measures/",
    "tthc/trials/",
)
# the store of the definitions keeps them in MongoDB, by design
STORE = "definitions/store"


def is_pure(source):
    if source.package in {"rules", "forms", "definitions"}:
        return not source.name.startswith(STORE)
    return source.name.startswith(DECIDING)


def test_no_package_imports_one_above_it():
    wrong = []
    for source in sources():
        if source.name in COMPOSITION:
            continue
        for line, module in imports(source):
            top = module.split(".")[0]
            if top in ORDER and ORDER.index(top) > ORDER.index(source.package):
                wrong.append(f"{source.name}:{line} imports {module}")
    assert wrong == []


def test_what_decides_knows_no_web_no_database_and_no_network():
    wrong = [
        f"{source.name}:{line} imports {module}"
        for source in sources()
        if is_pure(source)
        for line, module in imports(source)
        if module in SHELL_MODULES or module.split(".")[0] in SHELL_MODULES
    ]
    assert wrong == []


def calls_of(source):
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.lineno, ast.unparse(node.func)


CLOCKS = {
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "date.today",
    "time.time",
    "datetime.datetime.now",
}


def test_what_decides_reads_no_clock():
    wrong = [
        f"{source.name}:{line} calls {name}"
        for source in sources()
        if is_pure(source)
        for line, name in calls_of(source)
        if name in CLOCKS
    ]
    assert wrong == []


def test_the_time_of_day_is_read_in_one_place():
    readers = {source.name for source in sources() for _, name in calls_of(source) if name in CLOCKS}
    assert readers <= {"tthc/clock.py"}


def test_the_walk_sees_every_package():
    assert {source.package for source in sources()} == set(ORDER)


@pytest.mark.parametrize("name", sorted(COMPOSITION))
def test_the_exceptions_exist(name):
    assert name in {source.name for source in sources()}


def test_nothing_hides_pythons_own_platform_module():
    import platform

    assert platform.python_version()
    assert "site-packages" not in (platform.__file__ or "")
    assert not (sources() and any(source.name.startswith("platform/") for source in sources()))


def test_only_the_workers_ask_event_rules_by_the_engine():
    """Whoever asks in a web process or a trial asks the twin; a simulated month plays the workers."""
    asking = {
        source.name for source in sources() if source.package != "rules" and "EventRules(" in source.text
    }
    assert asking == {"tthc/dossiers/watching.py", "tthc/trials/walk.py"}
    trial = next(source for source in sources() if source.name == "tthc/trials/walk.py")
    assert "EventRules(use_extension=False)" in trial.text
    sweeping = {source.name for source in sources() if ".watching" in source.text and "sweep(" in source.text}
    assert sweeping == {"tthc/tasks/jobs.py", "tthc/simulation/machinery.py"}
