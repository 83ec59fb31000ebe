"""A cursor over the tokens, with the reading of names and types that the grammar is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NoReturn

from rules.feel import types as T  # noqa: N812
from rules.feel.errors import FeelError
from rules.feel.lexer import Token, tokens
from rules.feel.names import PROPERTIES, RESERVED, Lexicon, lexicon
from rules.feel.tree import Span
from rules.feel.types import FeelType

_TYPE_STARTS = ("date and time", "days and time duration", "years and months duration")


class Stream:
    """The tokens of one text; `functions` are the built-in names, which count only before a bracket."""

    def __init__(self, text: str, names: Mapping[str, FeelType], functions: Iterable[str]) -> None:
        self.text = text
        self.tokens = tokens(text)
        self.at = 0
        self.known = Lexicon()
        self.known.add_all(PROPERTIES)
        for name, type_ in names.items():
            self.known.add(name)
            self.known.add_type(type_)
        self.functions = lexicon(tuple(functions))

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def peek(self, ahead: int = 1) -> Token:
        return self.tokens[min(self.at + ahead, len(self.tokens) - 1)]

    def advance(self) -> Token:
        token = self.tokens[self.at]
        if token.kind != "end":
            self.at += 1
        return token

    def sees(self, *texts: str) -> bool:
        token = self.tokens[self.at]
        return token.text in texts and token.kind in {"op", "name"}

    def takes(self, text: str) -> bool:
        if self.sees(text):
            self.at += 1
            return True
        return False

    def expect(self, text: str, why: str) -> None:
        if not self.takes(text):
            self.fail(f"Thiếu “{text}” {why}")

    def fail(self, message: str) -> NoReturn:
        """Raise FeelError at the current token, saying what stands there."""
        token = self.token
        here = "biểu thức kết thúc ở đây" if token.kind == "end" else f"gặp “{token.text[:40]}”"
        raise FeelError(f"{message} ({here}).", text=self.text, offset=token.start)

    def span(self, start: int) -> Span:
        return Span(start, self.tokens[self.at - 1].end if self.at else start)

    # -- names ----------------------------------------------------------------------------------------------

    def name(self, what: str) -> str:
        """A name at the cursor, of one word or of several known ones."""
        token = self.token
        found = self.known.match(self.tokens, self.at)
        if found is not None:
            self.at += found[1]
            return found[0]
        builtin = self.functions.match(self.tokens, self.at)
        if builtin is not None and self.peek(builtin[1]).text in {"(", ",", ")"}:
            self.at += builtin[1]
            return builtin[0]
        if token.kind != "name" or token.text in RESERVED:
            self.fail(f"Cần {what}")
        self.at += 1
        return token.text

    def field_name(self) -> str:
        """What follows a dot: any word, reserved or not."""
        found = self.known.match(self.tokens, self.at)
        if found is not None:
            self.at += found[1]
            return found[0]
        if self.token.kind != "name":
            self.fail("Cần tên trường sau dấu “.”")
        return self.advance().text

    def new_name(self, ends: tuple[str, ...], what: str) -> str | None:
        """A name being declared: all words up to one of `ends`; None (and no move) where there is none."""
        if self.token.kind == "string" and self.peek().text in ends:
            name = str(self.advance().value)
        else:
            at = self.at
            while self.tokens[at].kind in {"name", "number"} or (
                at > self.at and self.tokens[at].text in {*"+-*/.'"}
            ):
                if self.tokens[at].text in ends and at > self.at:
                    break
                at += 1
            if at == self.at or self.token.kind == "number" or self.tokens[at].text not in ends:
                return None
            name = self._words(self.at, at)
            self.at = at
        self.known.add(name)
        return name

    def _words(self, start: int, end: int) -> str:
        """The words as written, one space wherever there was any."""
        parts = [self.tokens[start].text]
        for before, token in zip(self.tokens[start:end], self.tokens[start + 1 : end], strict=False):
            parts.append((" " if token.start > before.end else "") + token.text)
        return "".join(parts)

    # -- types ----------------------------------------------------------------------------------------------

    def type(self) -> tuple[FeelType | None, str]:
        """A type at the cursor, None when nobody knows it, and its name as written."""
        start = self.token.start
        found = self._type()
        return found, self.text[start : self.span(start).end]

    def _type(self) -> FeelType | None:
        for name in _TYPE_STARTS:
            words = name.split()
            if [t.text for t in self.tokens[self.at : self.at + len(words)]] == words:
                self.at += len(words)
                return T.BY_NAME[name]
        if self.token.kind != "name":
            self.fail("Cần tên kiểu dữ liệu")
        word = self.advance().text
        while self.sees(".") and self.peek().kind == "name":
            self.at += 1
            word += "." + self.advance().text
        if word in {"list", "range"} and self.takes("<"):
            inner = self._type()
            self.expect(">", "sau kiểu của phần tử")
            return None if inner is None else FeelType(word, inner)
        if word == "context" and self.takes("<"):
            return self._context_type()
        if word == "function" and self.takes("<"):
            return self._function_type()
        return T.BY_NAME.get(word)

    def _context_type(self) -> FeelType | None:
        fields: dict[str, FeelType] = {}
        complete = True
        while not self.takes(">"):
            name = self.new_name((":",), "trường")
            if name is None:
                self.fail("Cần tên trường của kiểu context")
            self.expect(":", "sau tên trường")
            inner = self._type()
            complete = complete and inner is not None
            fields[name] = inner or T.ANY
            if not self.takes(",") and not self.sees(">"):
                self.fail("Thiếu “>” sau các trường của kiểu context")
        return T.context(fields) if complete else None

    def _function_type(self) -> FeelType | None:
        params: list[FeelType] = []
        while not self.takes(">"):
            params.append(self._type() or T.ANY)
            if not self.takes(",") and not self.sees(">"):
                self.fail("Thiếu “>” sau các tham số của kiểu function")
        self.expect("->", "trước kiểu kết quả của hàm")
        return T.function(tuple(params), self._type() or T.ANY)
