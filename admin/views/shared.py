"""/quan-tri/dung-chung: blocks, workflows, lists of choices and documents that definitions share; who uses each."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from flask import abort, request, url_for
from flask_admin import expose

from admin.builder.blocks import block
from admin.builder.lookups import vocabulary
from admin.builder.tuning import said
from admin.listing import rows
from admin.sheet import Box, Cell, Record, Section
from admin.views.base import REVIEWERS, WRITERS, Answer, Page
from definitions.cache import Lru
from definitions.editing.controls import word
from definitions.lifecycle import State, Version
from definitions.uses import Kind, Use, shared, used, used_by_block
from tthc.services import services

KINDS: Final[Mapping[str, tuple[Kind, str]]] = MappingProxyType(
    {
        "khoi": ("block", "Khối trường"),
        "quy-trinh": ("workflow", "Quy trình"),
        "danh-muc": ("vocabulary", "Danh mục"),
        "van-ban": ("document", "Văn bản in ra"),
    }
)
_FOLDERS: Final[Mapping[Kind, str]] = MappingProxyType(
    {"block": "blocks", "workflow": "workflows", "vocabulary": "vocabularies", "document": "documents"}
)
_ALIVE: Final = (State.PUBLISHED, State.DRAFT, State.RETURNED, State.REGISTERED, State.APPROVED)
_USED: Final[Lru[Mapping[Use, frozenset[str]]]] = Lru(2_000)
HERE: Final = "Dùng chung"


class SharedThings(Page):
    """Read here, changed with the software: a published version has taken its copy and stays as it is."""

    rules = (WRITERS, REVIEWERS)

    @expose("/")
    def index(self) -> Answer:
        uses = [found for _, found in _all_uses()]
        sections = [
            Section(
                title,
                ("Tên", "Mã", "Gồm", "Số bản dùng"),
                [
                    (
                        Cell(_name(raw), url_for(".item", kind=slug, thing=name)),
                        name,
                        _holds(kind, raw),
                        str(sum((kind, name) in found for found in uses)),
                    )
                    for name, raw in shared(kind).items()
                ],
            )
            for slug, (kind, title) in KINDS.items()
        ]
        return self._sheet(
            Record(
                title="Những gì các thủ tục dùng chung",
                lead="Bản đã công bố giữ nguyên nội dung lúc công bố, dù mục dùng chung đổi về sau.",
                sections=sections,
            )
        )

    @expose("/<kind>/<thing>/")
    def item(self, kind: str, thing: str) -> Answer:
        which = KINDS.get(kind)
        raw = shared(which[0]).get(thing) if which else None
        if which is None or raw is None:
            abort(404)
        what, title = which
        query = request.args.get("q", "")[:200].strip()
        return self._sheet(
            Record(
                title=_name(raw),
                badges=(Cell(title, tone=""),),
                facts=(("Mã", thing), ("Gồm", _holds(what, raw)), ("Nguồn", _source(what, thing, raw))),
                filters=(Box("q", "Tìm mục", value=query, required=False),) if what == "vocabulary" else (),
                sections=(*_content(what, thing, raw, query), _users(what, thing)),
                breadcrumbs=[(HERE, url_for(".index")), (_name(raw), "")],
            )
        )

    def _sheet(self, sheet: Record) -> str:
        context: dict[str, Any] = {"opened": "", "wrong": {}, "typed": {}}
        return self.show("admin/record.html", sheet=sheet, breadcrumbs=list(sheet.breadcrumbs), **context)


def _content(kind: Kind, name: str, raw: Mapping[str, Any], query: str) -> tuple[Section, ...]:
    match kind:
        case "block":
            parts = [(part.label, part.id, part.kind, part.asked) for part in block(name).parts]
            brought = [
                Cell(_name(shared(of)[each]), url_for(".item", kind=_slug(of), thing=each))
                for of, each in sorted(used_by_block(name))
            ]
            return (
                Section("Các trường", ("Nhãn", "Mã", "Kiểu", "Cách hỏi"), parts),
                Section("Kéo theo", ("Tên",), [(each,) for each in brought], "Không kéo theo gì."),
            )
        case "workflow":
            roles = raw.get("roles", {})
            actors = {role: f"{each['label']} ({word(each['function'])})" for role, each in roles.items()}
            steps = [
                (
                    step["name"],
                    step["id"],
                    actors.get(step.get("actor", ""), word(step.get("actor", ""))),
                    said(step.get("duration", {})),
                    "; ".join(action["label"] for action in step["actions"]),
                )
                for step in raw["steps"]
            ]
            return (Section("Các bước", ("Bước", "Mã", "Ai làm", "Thời gian", "Thao tác"), steps),)
        case "vocabulary":
            found = vocabulary({}, name, query)
            entries = [(item.title, item.code or item.title, item.told) for item in found.items]
            more = (
                f"Đang hiện {len(entries)} trong {found.of} mục; gõ thêm chữ để thu hẹp." if found.of else ""
            )
            empty = "Không có mục nào khớp."
            listed = Section("Các mục", ("Chữ hiện ra", "Giá trị lưu", "Chi tiết"), entries, empty, more)
            return (listed,)
        case "document":
            lines = "\n\n".join(
                each if isinstance(each, str) else str(each.get("text", "")) for each in raw["body"]
            )
            return (
                Section("Nội dung", text=f"{raw.get('title', '')}\n{raw.get('subtitle', '')}\n\n{lines}"),
            )


def _users(kind: Kind, name: str) -> Section:
    """Where it is used: in each procedure what is in force or on its way."""
    found = {version.id: use[kind, name] for version, use in _all_uses() if (kind, name) in use}
    versions = [version for version, _ in _all_uses() if version.id in found]
    listed = [
        (
            Cell(
                row.name, url_for("versions.overview", code=row.version.procedure, version_id=row.version.id)
            ),
            row.version.procedure,
            Cell(row.label, tone=row.tone),  # type: ignore[arg-type]  # one of the tones
            _by(found[row.version.id]),
        )
        for row in sorted(rows(services(), versions), key=lambda row: (row.version.procedure, row.at))
    ]
    columns = ("Thủ tục", "Mã", "Tình trạng", "Dùng")
    return Section("Thủ tục đang dùng", columns, listed, "Chưa thủ tục nào dùng.")


def _all_uses() -> list[tuple[Version, Mapping[Use, frozenset[str]]]]:
    """What each version that is in force or on its way uses; worked out once for each text."""
    store, found = services().definitions, []
    today = services().clock.now().date()
    for version in store.in_state(*_ALIVE):
        if version.end is not None and version.end < today:
            continue
        uses = _USED.get(version.text)
        if uses is None:
            uses = used(store.text(version))
            _USED.put(version.text, uses)
        found.append((version, uses))
    return found


def _by(blocks: frozenset[str]) -> str:
    return (
        "trực tiếp"
        if not blocks
        else "qua khối " + ", ".join(_name(shared("block")[each]) for each in sorted(blocks))
    )


def _holds(kind: Kind, raw: Mapping[str, Any]) -> str:
    match kind:
        case "block":
            return f"{len(raw['parts'])} trường"
        case "workflow":
            return f"{len(raw['steps'])} bước"
        case "vocabulary":
            return f"{len(raw['entries'])} mục"
        case "document":
            return f"{len(raw['body'])} đoạn"


def _source(kind: Kind, name: str, raw: Mapping[str, Any]) -> str:
    told = raw.get("source")
    file = f"tệp definitions/{_FOLDERS[kind]}/{name}.yaml, đi cùng phần mềm"
    if not isinstance(told, Mapping):
        return file[:1].upper() + file[1:]
    unsure = " (chưa đối chiếu)" if told.get("verified") is False else ""
    return f"{told.get('text') or told.get('number', '')}{unsure}; {file}"


def _name(raw: Mapping[str, Any]) -> str:
    return str(raw.get("label") or raw.get("name"))


def _slug(kind: Kind) -> str:
    return next(slug for slug, (each, _) in KINDS.items() if each == kind)
