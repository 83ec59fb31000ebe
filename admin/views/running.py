"""Whether the parts of the system work, and what they left undone (Đ4.3, Đ24.1)."""

from collections.abc import Mapping

from flask import request, url_for
from flask_admin import expose

from admin import posted
from admin.sheet import Act, Box, Cell, Record, Section
from admin.views.base import ADMINS, Answer
from admin.views.desk import Desk, reason
from renderers.messages.events import LABELS
from renderers.text import instant
from tthc import health
from tthc.dossiers.undelivered import Undone as Entry
from tthc.health_trail import PULSE, Seen
from tthc.notices.masking import masked_address
from tthc.notices.masking import masked_text as masked
from tthc.services import services
from tthc.web.access import access

NAMES: Mapping[str, str] = {
    "database": "Máy chủ dữ liệu",
    "storage": "Ổ đĩa, kho tệp",
    "queue": "Hàng đợi",
    "notices": "Các kênh thông báo",
    "signing": "Ký số",
    "antivirus": "Quét mã độc (ClamAV)",
    PULSE: "Bộ xử lý công việc nền",
    "portal": "Hộp thư trên cổng",
    "email": "Thư điện tử",
    "sms": "Tin nhắn",
    "system": "Việc nội bộ",
}


class Running(Desk):
    """The same checks as `/readyz`, with when each part last worked and last failed."""

    @expose("/")
    def index(self) -> Answer:
        s = services()
        now = s.clock.now()
        found = health.checks(s.database, s.settings, s.outbox_worker.channels, now)
        for check in found:
            # the pulse is noted by the worker alone, that is what it is for
            if check.name != PULSE:
                s.trail.note(check.name, now, ok=check.ok, detail=check.detail)
        trail = s.trail.of()
        parts = [
            (
                NAMES.get(check.name, check.name),
                Cell("Tốt", tone="ok") if check.ok else Cell("Hỏng", tone="bad" if check.needed else "warn"),
                check.detail,
                *_times(trail.get(check.name)),
            )
            for check in found
        ]
        channels = [
            (
                NAMES.get(one.channel, one.channel),
                Cell("Chỉ lưu tại chỗ" if one.local else "Sẵn sàng", tone="warn" if one.local else "ok")
                if one.ok
                else Cell("Chưa đúng", tone="bad"),
                one.message,
                *_times(trail.get(one.channel)),
            )
            for one in s.outbox_worker.channels.check_config()
        ]
        dead, waiting = s.undelivered.counts()
        columns = ("Phần", "Tình trạng", "Chi tiết", "Tốt lần cuối", "Hỏng lần cuối")
        ready = all(check.ok for check in found if check.needed)
        return self.record(
            Record(
                title="Tình trạng hệ thống",
                lead=f"Xem lúc {instant(now)}",
                badges=(
                    Cell("Phục vụ được", tone="ok") if ready else Cell("Không phục vụ được", tone="bad"),
                ),
                facts=(
                    ("Bộ máy quy tắc sự kiện", str(health.report(found)["event_rules"])),
                    ("Hồ sơ có việc hỏng", str(dead)),
                    ("Hồ sơ có việc đang chờ", str(waiting)),
                ),
                acts=(Act("Việc nền, thông báo hỏng", url_for("undone_admin.index")),),
                sections=(
                    Section("Các phần", columns, parts),
                    Section("Kênh thông báo", ("Kênh", *columns[1:]), channels),
                ),
            )
        )


class Undone(Desk):
    """What was given up, to be tried again with a reason; what still waits."""

    @expose("/")
    def index(self) -> Answer:
        return self.record(self._sheet())

    @expose("/thu-lai", methods=("POST",))
    @access(ADMINS)
    def again(self) -> Answer:
        """One entry, or all: what is no longer given up is left alone, so pressing twice does nothing twice."""
        return self.tried(
            self._again,
            lambda wrong: self.record(self._sheet(), opened="all", wrong=wrong, typed=posted.typed()),
        )

    def _again(self) -> Answer:
        s = services()
        why = reason()
        dossier, entry = posted.text("dossier"), posted.text("entry")
        now = s.clock.now()
        if entry:
            tried = [entry] if s.outbox.revive(dossier, entry, now) else []
        else:
            every = tuple(s.undelivered.every_dead())
            tried = [u.entry.id for u in every if s.outbox.revive(u.dossier, u.entry.id, now)]
        self.written(
            "outbox.retried",
            kind="outbox",
            target=dossier or "tat-ca",
            label=f"{len(tried)} việc",
            reason=why,
            after={"entries": tried[:200]},
        )
        return self.done(f"Đã xếp lại {len(tried)} việc để thử lần nữa.", url_for(".index"))

    def _sheet(self) -> Record:
        s = services()
        dead, after = s.undelivered.dead(request.args.get("sau", "")[:80])
        waiting = s.undelivered.waiting()
        counts = s.undelivered.counts()
        columns = ("Hồ sơ", "Việc", "Tới", "Số lần thử", "Lỗi lần cuối")
        again = url_for(".again")
        why = Box("reason", "Lý do", "textarea", help="Ví dụ: máy chủ thư đã chạy lại.")
        acts = [Act("Thử lại tất cả", again, (why,), name="all")] if dead else []
        sections = [
            Section(
                f"Đã thôi thử ({counts[0]} hồ sơ)",
                columns,
                [_row(one) for one in dead],
                "Không có việc nào hỏng.",
                following=url_for(".index", sau=after) if after else "",
            )
        ]
        sections += [
            Section(
                "",
                acts=(
                    Act(
                        f"Thử lại {one.code}: {_what(one)}",
                        again,
                        (Box("dossier", type="hidden", value=one.dossier), Box("entry", type="hidden", value=one.entry.id), why),
                        name=f"again{number}",
                    ),
                ),
            )
            for number, one in enumerate(dead[:10])
        ]  # fmt: skip
        rows = [(*_row(one), instant(one.entry.next_at)) for one in waiting]
        sections.append(
            Section(f"Đang chờ ({counts[1]} hồ sơ)", (*columns, "Thử lúc"), rows, "Không có việc nào chờ.")
        )
        return Record(title="Việc nền, thông báo hỏng", acts=acts, sections=sections)


def _row(one: Entry) -> tuple[str, ...]:
    return (one.code, _what(one), _to(one), str(one.entry.attempts), masked(one.entry.error) or "–")


def _what(one: Entry) -> str:
    channel = NAMES.get(one.entry.channel, one.entry.channel)
    return f"{LABELS.get(one.entry.template, one.entry.template or one.entry.kind)} – {channel.lower()}"


def _to(one: Entry) -> str:
    """Covered; an account's key or a function's address is no personal data, but says nothing either."""
    if one.entry.channel in {"email", "sms"}:
        return masked_address(one.entry.to)
    return one.entry.to if "@" in one.entry.to else "người nộp"


def _times(seen: Seen | None) -> tuple[str, str]:
    if seen is None:
        return "Chưa thấy", "Chưa thấy"
    failed = f"{instant(seen.failed_at)}: {masked(seen.detail)}" if seen.failed_at else "Chưa thấy"
    return instant(seen.ok_at) if seen.ok_at else "Chưa thấy", failed
