"""Definitions in MongoDB: contents by hash, never changed; the letters their authors wrote; and one document a
procedure with all its versions.

Every act on a procedure's versions is one write of that document, guarded by `rev`; so two people acting at once
cannot both be right, and no day has two versions in force.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import uuid4

from pymongo import ASCENDING
from pymongo.collection import Collection
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from definitions import lifecycle, shipped
from definitions.cache import Lru
from definitions.codec import decode, encode
from definitions.lifecycle import Content, LifecycleError, State, Version
from definitions.loader import Loaded, load, load_canonical
from definitions.model import Definition
from definitions.reading import MAX_BYTES
from rules.calendar import Calendar, local

SYSTEM: Final = "system"
_ATTEMPTS: Final = 8

Document = dict[str, Any]
Change = Callable[[tuple[Version, ...]], Sequence[Version]]


class UnknownDefinitionError(LookupError):
    """No content is stored under this hash."""

    def __init__(self, content: str) -> None:
        super().__init__(f"Không có bản cấu hình mang mã băm {content}.")


class ChangedMeanwhileError(LifecycleError):
    """The draft has another text by now than the change was made for."""

    def __init__(self) -> None:
        super().__init__("Bản nháp này vừa được sửa ở nơi khác; ông/bà tải lại trang rồi sửa tiếp.")


@dataclass(frozen=True, slots=True)
class Saved:
    """A version and what its text comes to."""

    version: Version
    loaded: Loaded


class DefinitionStore:
    """`cache_size`: how many compiled versions to keep."""

    def __init__(self, database: Database[Document], *, cache_size: int = 256) -> None:
        self._contents: Collection[Document] = database["definition_contents"]
        self._texts: Collection[Document] = database["definition_texts"]
        self._procedures: Collection[Document] = database["definition_versions"]
        self._compiled: Lru[Definition] = Lru(cache_size)

    def ensure_indexes(self) -> None:
        self._procedures.create_index([("versions.state", ASCENDING)])
        self._procedures.create_index([("versions.hash", ASCENDING)])
        self._procedures.create_index([("versions.text", ASCENDING)])

    # reading

    def published(self, procedure: str, on: date) -> Definition | None:
        """The version in force on that day; None before the first and after the last."""
        version = lifecycle.in_force(self.versions(procedure), on)
        return None if version is None else self.by_hash(version.hash)

    def histories(self) -> tuple[tuple[Version, ...], ...]:
        """Of every procedure that was published, all versions, by procedure code."""
        found = self._procedures.find({"versions.state": {"$in": _WAS_PUBLISHED}}).sort("_id", ASCENDING)
        return tuple(_versions(document) for document in found)

    def list_published(
        self, on: date, histories: Sequence[Sequence[Version]] | None = None
    ) -> tuple[Definition, ...]:
        """Of every procedure the version in force on that day, by procedure code; `histories`: where they were read just
        now.
        """
        read = self.histories() if histories is None else histories
        found = (lifecycle.in_force(versions, on) for versions in read)
        return tuple(self.by_hash(version.hash) for version in found if version is not None)

    def by_hash(self, content: str) -> Definition:
        """A compiled version; raises UnknownDefinitionError."""
        kept = self._compiled.get(content)
        if kept is not None:
            return kept
        document = self._contents.find_one({"_id": content}, {"canonical": 1})
        if document is None:
            raise UnknownDefinitionError(content)
        loaded = load_canonical(document["canonical"], content)
        if loaded.definition is None or loaded.definition.hash != content:
            raise UnknownDefinitionError(content)
        self._compiled.put(content, loaded.definition)
        return loaded.definition

    def text(self, version: Version) -> str:
        """What the author wrote; raises UnknownDefinitionError."""
        return self.text_by_key(version.text)

    def text_by_key(self, key: str) -> str:
        """A text that was saved once, be it the newest or not; raises UnknownDefinitionError."""
        document = self._texts.find_one({"_id": key})
        if document is None:
            raise UnknownDefinitionError(key)
        return str(document["text"])

    def name_of(self, version: Version) -> str:
        """The procedure's name as this version says it; its code where it cannot be compiled."""
        return self.by_hash(version.hash).name if version.hash else version.procedure

    def canonical(self, content: str) -> str:
        """The data a version consists of, as JSON with all that is shared in place; raises UnknownDefinitionError."""
        document = self._contents.find_one({"_id": content}, {"canonical": 1})
        if document is None:
            raise UnknownDefinitionError(content)
        return str(document["canonical"])

    def updated_at(self, content: str) -> datetime | None:
        """When the version with this content was published last (Đ4.1 «cập nhật lần cuối»)."""
        document = self._procedures.find_one({"versions.hash": content})
        if document is None:
            return None
        times = [
            act.at
            for version in _versions(document)
            if version.hash == content
            for act in version.acts
            if act.kind == "publish"
        ]
        return local(max(times)) if times else None

    def versions(self, procedure: str) -> tuple[Version, ...]:
        """All versions of a procedure, oldest first."""
        document = self._procedures.find_one({"_id": procedure})
        return () if document is None else _versions(document)

    def version(self, procedure: str, version_id: str) -> Version | None:
        return next((version for version in self.versions(procedure) if version.id == version_id), None)

    def procedures(self) -> tuple[str, ...]:
        """Codes of all procedures that have a version of any state."""
        return tuple(
            str(document["_id"]) for document in self._procedures.find({}, {"_id": 1}).sort("_id", ASCENDING)
        )

    def in_state(self, *states: State) -> tuple[Version, ...]:
        """Versions of these states, those whose review is due first, first."""
        wanted = [str(state) for state in states]
        found = [
            version
            for document in self._procedures.find({"versions.state": {"$in": wanted}})
            for version in _versions(document)
            if version.state in states
        ]
        return tuple(sorted(found, key=lambda v: (v.due is None, v.due or v.acts[-1].at, v.procedure)))

    # acts

    def save_draft(
        self,
        procedure: str,
        text: str,
        by: str,
        at: datetime,
        *,
        version_id: str | None = None,
        expected: str | None = None,
        note: str = "",
    ) -> Saved:
        """Keeps the text as it is, right or wrong: nothing typed is lost. Without `version_id`, a new version; `note`
        then tells where it comes from. `expected`: key of the text that this one takes the place of; raises
        ChangedMeanwhileError where it is another.

        Raises LifecycleError where the text is another procedure's or too long, or the version is past editing.
        """
        content, loaded = self.keep(procedure, text, at)

        def save(versions: tuple[Version, ...]) -> Sequence[Version]:
            if version_id is None:
                return (*versions, lifecycle.draft(uuid4().hex, procedure, content, by, at, note=note))
            if expected is not None and lifecycle.find(versions, version_id).text != expected:
                raise ChangedMeanwhileError
            return _replaced(versions, version_id, lambda v: lifecycle.edit(v, content, by, at))

        after = self._change(procedure, save)
        version = after[-1] if version_id is None else lifecycle.find(after, version_id)
        return Saved(version, loaded)

    def register(
        self,
        procedure: str,
        version_id: str,
        by: str,
        at: datetime,
        calendar: Calendar,
        *,
        gate: Callable[[Definition, str], Sequence[str]] | None = None,
    ) -> Version:
        """Checks the text again; `gate` is given the definition with its text, runs the examples and says what is wrong.

        What is registered is what was checked just now: after an upgrade the same letters may mean a new content.
        """

        def act(version: Version) -> Version:
            text = self.text(version)
            loaded = load(text, f"{procedure}.yaml")

            def faults() -> Sequence[str]:
                if loaded.definition is None or loaded.errors:
                    return [str(problem) for problem in loaded.errors]
                return gate(loaded.definition, text) if gate is not None else ()

            checked = replace(version, hash=self._keep(text, loaded, at).hash)
            return lifecycle.register(checked, by, at, calendar, faults)

        return self._act(procedure, version_id, act)

    def send_back(
        self, procedure: str, version_id: str, by: str, at: datetime, reasons: str, *, seen: str | None = None
    ) -> Version:
        """`seen`: hash of what the reviewer had before them; a version changed since is refused."""
        return self._act(procedure, version_id, lambda v: lifecycle.send_back(v, by, at, reasons, seen=seen))

    def approve(
        self,
        procedure: str,
        version_id: str,
        by: str,
        at: datetime,
        note: str = "",
        *,
        seen: str | None = None,
        gate: lifecycle.Gate | None = None,
        mended: Content | None = None,
    ) -> Version:
        """`seen`: as for `send_back`; `gate`, `mended`: as `lifecycle.approve`, the content kept by `keep`."""
        return self._act(
            procedure,
            version_id,
            lambda v: lifecycle.approve(v, by, at, note, seen=seen, gate=gate, mended=mended),
        )

    def keep(self, procedure: str, text: str, at: datetime) -> tuple[Content, Loaded]:
        """A text that no version holds yet: what a reviewer writes instead of what was registered.

        Raises LifecycleError where it is another procedure's or too long.
        """
        loaded = _read(procedure, text)
        return self._keep(text, loaded, at), loaded

    def roll_back(
        self,
        procedure: str,
        earlier_id: str,
        by: str,
        at: datetime,
        *,
        calendar: Calendar,
        reason: str,
        start: date,
        gate: Callable[[Definition, str], Sequence[str]],
    ) -> Version:
        """A new version of an earlier one's text, handed in for review; `gate` as for `register`, on the text as it reads
        today.
        """
        fresh = uuid4().hex

        def change(versions: tuple[Version, ...]) -> Sequence[Version]:
            earlier = lifecycle.find(versions, earlier_id)
            text = self.text(earlier)
            loaded = load(text, f"{procedure}.yaml")

            def faults() -> Sequence[str]:
                if loaded.definition is None or loaded.errors:
                    return [str(problem) for problem in loaded.errors]
                return gate(loaded.definition, text)

            # after an upgrade the same letters may mean a new content
            kept = self._keep(text, loaded, at)
            today = _replaced(versions, earlier_id, lambda v: replace(v, hash=kept.hash))
            *_, again = lifecycle.roll_back(
                today, earlier_id, fresh, by, at, calendar=calendar, reason=reason, start=start, gate=faults
            )
            return (*versions, again)

        return lifecycle.find(self._change(procedure, change), fresh)

    def publish(
        self, procedure: str, version_id: str, by: str, at: datetime, *, start: date, note: str = ""
    ) -> Version:
        def change(versions: tuple[Version, ...]) -> Sequence[Version]:
            version = lifecycle.find(versions, version_id)
            earliest = self.by_hash(version.hash).effective.start if version.hash else None
            return lifecycle.publish(versions, version_id, by, at, start, note=note, earliest=earliest)

        return lifecycle.find(self._change(procedure, change), version_id)

    def abolish(
        self, procedure: str, version_id: str, by: str, at: datetime, *, last_day: date, decision: str
    ) -> Version:
        def change(versions: tuple[Version, ...]) -> Sequence[Version]:
            return lifecycle.abolish(versions, version_id, by, at, last_day=last_day, decision=decision)

        return lifecycle.find(self._change(procedure, change), version_id)

    def seed(self, texts: Iterable[tuple[str, str]], at: datetime) -> tuple[str, ...]:
        """Publishes shipped definitions (file name, text) that are not there yet; codes of those published.

        A procedure that only the system has ever touched follows the product: changed content is published from
        today. What people have worked on is left alone. Raises ValueError on a text with errors.
        """
        published = []
        for filename, text in texts:
            loaded = shipped.loaded(text, filename)
            if loaded.definition is None or loaded.errors:
                raise ValueError(str(loaded.errors[0]))
            if self._seed_one(loaded.definition, self._keep(text, loaded, at), at):
                published.append(loaded.definition.procedure)
        return tuple(published)

    def _seed_one(self, definition: Definition, content: Content, at: datetime) -> bool:
        before = self.versions(definition.procedure)
        if any(v.hash == content.hash for v in before) or any(a.by != SYSTEM for v in before for a in v.acts):
            return False
        start = local(at).date() if before else definition.effective.start
        fresh = lifecycle.draft(uuid4().hex, definition.procedure, content, SYSTEM, at)

        def put(versions: tuple[Version, ...]) -> Sequence[Version]:
            if any(v.hash == content.hash for v in versions):
                return versions
            return lifecycle.put_in_force(versions, fresh, SYSTEM, at, start)

        after = self._change(definition.procedure, put)
        return any(version.id == fresh.id for version in after)

    def forget_texts(self, keys: Iterable[str], before: datetime) -> None:
        """Those of the texts that no version consists of, and that nobody saved since: what drafts were on the way to
        what they are. A text being saved just now is younger than `before` and stays, though no version names it yet.
        """
        for key in keys:
            if self._procedures.find_one({"versions.text": key}, {"_id": 1}) is None:
                self._texts.delete_one({"_id": key, "saved_at": {"$lt": before}})

    # writing

    def _keep(self, text: str, loaded: Loaded, at: datetime) -> Content:
        definition = loaded.definition
        written = text.encode("utf-8", "replace")  # half a character from a browser cannot be stored
        letters = hashlib.sha256(written).hexdigest()
        document = {"text": written.decode(), "saved_at": at}
        self._texts.update_one({"_id": letters}, {"$set": document}, upsert=True)
        if definition is None:
            return Content("", letters)
        kept = {"canonical": loaded.canonical, "procedure": definition.procedure, "saved_at": at}
        self._contents.update_one({"_id": definition.hash}, {"$setOnInsert": kept}, upsert=True)
        return Content(definition.hash, letters)

    def _act(self, procedure: str, version_id: str, act: Callable[[Version], Version]) -> Version:
        return lifecycle.find(
            self._change(procedure, lambda versions: _replaced(versions, version_id, act)), version_id
        )

    def _change(self, procedure: str, change: Change) -> tuple[Version, ...]:
        for _ in range(_ATTEMPTS):
            document = self._procedures.find_one({"_id": procedure})
            after = tuple(change(() if document is None else _versions(document)))
            rev = 0 if document is None else int(document["rev"])
            fresh = {"_id": procedure, "rev": rev + 1, "versions": [encode(version) for version in after]}
            if document is None:
                try:
                    self._procedures.insert_one(fresh)
                except DuplicateKeyError:
                    continue
                return after
            if self._procedures.replace_one({"_id": procedure, "rev": rev}, fresh).matched_count:
                return after
        raise LifecycleError("Nhiều người đang cùng sửa thủ tục này; ông/bà thử lại sau ít phút.")


_WAS_PUBLISHED: Final = [str(state) for state in (State.PUBLISHED, State.SUPERSEDED, State.ABOLISHED)]


def _read(procedure: str, text: str) -> Loaded:
    """Raises LifecycleError where the text is another procedure's or too long."""
    if len(text) > MAX_BYTES:
        raise LifecycleError("Bản cấu hình lớn quá 1 MB; ông/bà kiểm tra xem có chọn nhầm tệp không.")
    loaded = load(text, f"{procedure}.yaml")
    told = None if loaded.definition is None else loaded.definition.procedure
    if told is not None and told != procedure:
        raise LifecycleError(f"Văn bản này là của thủ tục {told}, không phải {procedure}.")
    return loaded


def _versions(document: Mapping[str, Any]) -> tuple[Version, ...]:
    return tuple(decode(part) for part in document["versions"])


def _replaced(
    versions: Sequence[Version], version_id: str, act: Callable[[Version], Version]
) -> Sequence[Version]:
    changed = act(lifecycle.find(versions, version_id))
    return [changed if version.id == version_id else version for version in versions]
