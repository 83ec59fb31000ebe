"""What `tthc check` says of a file: what is wrong with it, and how its examples come out."""

from dataclasses import dataclass

from definitions.calendars import shipped
from definitions.loader import load
from tthc.trials.run import run_all


@dataclass(frozen=True, slots=True)
class Checked:
    """`ok`: it could be registered. `lines`: sentences to print, one a line."""

    ok: bool
    lines: tuple[str, ...]


def check_text(text: str, filename: str) -> Checked:
    loaded = load(text, filename)
    lines = [str(problem) for problem in loaded.problems]
    if loaded.definition is None or loaded.errors:
        return Checked(ok=False, lines=(*lines, f"{filename}: {len(loaded.errors)} lỗi, chưa dùng được."))
    results = run_all(loaded.definition, shipped())
    failing = [sentence for result in results for sentence in result.sentences]
    passed = sum(result.ok for result in results)
    lines.extend(f"{filename}: {sentence}" for sentence in failing)
    lines.append(f"{filename}: {loaded.definition.name}: {passed}/{len(results)} ví dụ đạt.")
    return Checked(ok=not failing, lines=tuple(lines))
