"""A matcher that cannot be made slow: backtracking that never enters the same state at the same place twice.

So its work is at most the size of the pattern times the length of the text, whatever the pattern. Patterns with
back-references cannot forget how they came to a state; they are bounded by the evaluation's budget alone.
"""

from __future__ import annotations

from collections.abc import Callable

from rules.feel.limits import Run
from rules.feel.patterns import syntax
from rules.feel.patterns.charsets import predicate, variants

SIZE = 5000
CHARS, SPLIT, JUMP, SAVE, BACK, START, END, DONE = range(8)
Instruction = tuple[int, int, int, Callable[[str], bool] | None]
Slots = tuple[int, ...]


class Program:
    """Instructions of one pattern: (what, argument, argument, test)."""

    def __init__(self, node: syntax.Node, groups: int, flags: str) -> None:
        self.code: list[Instruction] = []
        self.ignore_case = "i" in flags
        self.lines = "m" in flags
        self.groups = groups
        self.remembers = False
        self._emit(node)
        self._add(DONE)

    def _add(
        self, what: int, first: int = 0, second: int = 0, test: Callable[[str], bool] | None = None
    ) -> int:
        if len(self.code) >= SIZE:
            raise syntax.PatternError
        self.code.append((what, first, second, test))
        return len(self.code) - 1

    def _emit(self, node: syntax.Node) -> None:
        if isinstance(node, syntax.Chars):
            self._add(CHARS, test=predicate(node.chars, ignore_case=self.ignore_case))
        elif isinstance(node, syntax.Sequence):
            for item in node.items:
                self._emit(item)
        elif isinstance(node, syntax.Choice):
            self._choice(node)
        elif isinstance(node, syntax.Repeat):
            self._repeat(node)
        elif isinstance(node, syntax.Group):
            if node.number is None:
                self._emit(node.item)
                return
            self._add(SAVE, 2 * node.number)
            self._emit(node.item)
            self._add(SAVE, 2 * node.number + 1)
        elif isinstance(node, syntax.Back):
            self.remembers = True
            self._add(BACK, node.number)
        else:
            self._add(START if node.start else END)

    def _choice(self, node: syntax.Choice) -> None:
        exits: list[int] = []
        for item in node.items[:-1]:
            split = self._add(SPLIT)
            self._emit(item)
            exits.append(self._add(JUMP))
            self.code[split] = (SPLIT, split + 1, len(self.code), None)
        self._emit(node.items[-1])
        for at in exits:
            self.code[at] = (JUMP, len(self.code), 0, None)

    def _repeat(self, node: syntax.Repeat) -> None:
        for _ in range(node.least):
            self._emit(node.item)
        if node.most is None:
            split = self._add(SPLIT)
            self._emit(node.item)
            self._add(JUMP, split)
            self._branch(split, lazy=node.lazy)
            return
        splits: list[int] = []
        for _ in range(node.most - node.least):
            splits.append(self._add(SPLIT))
            self._emit(node.item)
        for split in splits:
            self._branch(split, lazy=node.lazy)

    def _branch(self, split: int, *, lazy: bool) -> None:
        """Let the split at `split` go on with the next instruction, or out to the end of the code so far."""
        inside, outside = split + 1, len(self.code)
        self.code[split] = (SPLIT, outside, inside, None) if lazy else (SPLIT, inside, outside, None)

    # -- running --------------------------------------------------------------------------------------------

    def search(self, run: Run, text: str, start: int = 0) -> Slots | None:
        """The first match at or after `start`: begin and end of it and of each group, -1 where unmatched."""
        seen: set[int] = set()
        for begin in range(start, len(text) + 1):
            found = self._match(run, text, begin, seen)
            if found is not None:
                return found
        return None

    def _match(self, run: Run, text: str, begin: int, seen: set[int]) -> Slots | None:
        width = len(text) + 1
        nothing = (begin, -1, *(-1,) * (2 * self.groups))
        waiting: list[tuple[int, int, Slots]] = [(0, begin, nothing)]
        steps = 0
        while waiting:
            pc, at, slots = waiting.pop()
            while True:
                steps += 1
                if steps > 1000:
                    run.spend(steps)
                    steps = 0
                if not self.remembers:
                    state = pc * width + at
                    if state in seen:
                        break
                    seen.add(state)
                what, first, second, test = self.code[pc]
                if what == CHARS:
                    assert test is not None
                    if at >= len(text) or not test(text[at]):
                        break
                    at += 1
                    pc += 1
                elif what == SPLIT:
                    waiting.append((second, at, slots))
                    pc = first
                elif what == JUMP:
                    pc = first
                elif what == SAVE:
                    slots = (*slots[:first], at, *slots[first + 1 :])
                    pc += 1
                elif what == BACK:
                    moved = self._back(text, at, slots[2 * first], slots[2 * first + 1])
                    if moved is None:
                        break
                    at = moved
                    pc += 1
                elif what == DONE:
                    run.spend(steps)
                    return (slots[0], at, *slots[2:])
                elif self._at_edge(text, at, start=what == START):
                    pc += 1
                else:
                    break
        run.spend(steps)
        return None

    def _back(self, text: str, at: int, start: int, end: int) -> int | None:
        if start < 0 or end < 0:
            return at
        wanted, found = text[start:end], text[at : at + end - start]
        if len(found) < len(wanted):
            return None
        if found == wanted:
            return at + len(wanted)
        same = self.ignore_case and all(b in variants(a) for a, b in zip(wanted, found, strict=True))
        return at + len(wanted) if same else None

    def _at_edge(self, text: str, at: int, *, start: bool) -> bool:
        if start:
            return at == 0 or (self.lines and at < len(text) and text[at - 1] == "\n")
        return at == len(text) or (self.lines and text[at] == "\n")
