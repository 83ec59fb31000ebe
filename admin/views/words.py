"""The words of notices: seen as each channel sends them, changed from a day on, put back to the shipped ones."""

from collections.abc import Mapping
from datetime import date

from flask import abort, request, url_for
from flask_admin import expose

from admin import posted
from admin.sheet import Act, Box, Cell, Form, Record, Section
from admin.views.base import ADMINS, Answer
from admin.views.desk import Desk, reason
from renderers.messages import SMS_LENGTH, MessageError, custom
from renderers.messages.events import FIELDS, LABELS, SAMPLE
from renderers.messages.rendering import filters, shipped_parts
from renderers.text import instant
from rules.calendar import TZ
from tthc.accounts.session import current_account
from tthc.services import services
from tthc.web.access import access

CHANNELS: Mapping[str, str] = {
    "subject": "Tiêu đề",
    "portal": "Trên cổng",
    "email": "Thư điện tử",
    "sms": "Tin nhắn",
}


class NoticeWords(Desk):
    """One page an occasion."""

    @expose("/")
    def index(self) -> Answer:
        words, today = services().outbox_worker.words, _today()
        rows = [
            (
                Cell(label, url_for(".edit", template=template)),
                Cell("Đã sửa", tone="info") if words.parts(template, today) else Cell("Mẫu gốc", tone=""),
                custom.render(template, "portal", SAMPLE, _now(template)).subject,
            )
            for template, label in LABELS.items()
        ]
        return self.record(
            Record(
                title="Mẫu thông báo",
                lead="Chữ của mỗi thông báo trên cổng, thư điện tử và tin nhắn.",
                sections=(Section("", ("Khi", "Đang dùng", "Tiêu đề (ví dụ)"), rows),),
            )
        )

    @expose("/<template>/", methods=("GET", "POST"))
    @access(ADMINS)
    def edit(self, template: str) -> Answer:
        if template not in LABELS:
            abort(404)
        if request.method == "GET":
            return self._form(template, {}, _now(template))
        return self.tried(
            lambda: self._save(template), lambda wrong: self._form(template, wrong, _now(template))
        )

    @expose("/<template>/goc", methods=("POST",))
    @access(ADMINS)
    def back(self, template: str) -> Answer:
        """The shipped words again, from today on."""
        if template not in LABELS:
            abort(404)

        def put_back() -> Answer:
            self._keep(template, None, _today(), reason())
            return self.done("Từ nay dùng lại mẫu gốc.", url_for(".edit", template=template))

        return self.tried(put_back, lambda wrong: self._form(template, wrong, _now(template)))

    def _form(
        self, template: str, wrong: Mapping[str, str], shown: Mapping[str, str], *, seen: bool = False
    ) -> Answer:
        now = _now(template)
        known = [(f"{{{{ {name} }}}}", FIELDS.get(name, name)) for name in sorted(custom.fields(template))]
        versions = [
            (f"{v.start:%d/%m/%Y}", "Mẫu gốc" if v.parts is None else "Đã sửa", v.reason, v.by, instant(v.at))
            for v in services().outbox_worker.words.versions(template)
        ]
        boxes = [
            Box("subject", "Tiêu đề", value=now["subject"]),
            *(Box(part, CHANNELS[part], "textarea", now[part]) for part in ("portal", "email", "sms")),
            Box("start", "Áp dụng từ ngày", "date", _today().isoformat()),
            Box("reason", "Lý do", "textarea", value="" if not seen else None),
        ]
        if seen:
            boxes.append(Box("seen", type="hidden", value="1"))
        acts = (Act("Dùng lại mẫu gốc", url_for(".back", template=template), (Box("reason", "Lý do", "textarea"),), "danger", name="back"),)  # fmt: skip
        return self.form(
            Form(
                title=LABELS[template],
                lead=f"Viết {{{{ trường }}}} ở chỗ cần điền; bộ lọc đứng sau dấu |: {', '.join(sorted(filters()))}.",
                boxes=boxes,
                sections=(
                    *self._preview(template, shown),
                    Section("Trường dùng được", ("Trường", "Là"), known),
                    Section("Các lần sửa", ("Từ ngày", "Chữ", "Lý do", "Người", "Lúc"), versions, "Chưa sửa lần nào.", acts=acts if versions else ()),
                ),
                button="Lưu mẫu này" if seen else "Xem trước",
                back=url_for(".index"),
                typed={k: v for k, v in posted.typed("start").items() if k != "seen"} if request.method == "POST" else {},
                wrong=wrong,
                breadcrumbs=[("Mẫu thông báo", url_for(".index")), (LABELS[template], "")],
            )
        )  # fmt: skip

    def _preview(self, template: str, parts: Mapping[str, str]) -> list[Section]:
        """What each channel sends with the sample data; a text message with its length."""
        found = []
        for channel in ("portal", "email", "sms"):
            message = custom.render(template, channel, SAMPLE, parts)
            title = f"Xem trước: {CHANNELS[channel]}"
            if channel == "sms":
                title += (
                    f" ({custom.sms_length(template, parts['sms'], SAMPLE)}/{SMS_LENGTH} ký tự không dấu)"
                )
            text = f"{message.subject}\n\n{message.body}" if message.subject else message.body
            found.append(Section(title, text=text))
        return found

    def _save(self, template: str) -> Answer:
        parts = {part: posted.text(part, most=custom.MOST) for part in custom.PARTS}
        for part, text in parts.items():
            if (problem := custom.problem(template, part, text)) is not None:
                raise posted.PostedError(f"{CHANNELS[part]}: {problem}", part)
        for part in ("portal", "email", "sms"):
            try:
                custom.render(template, part, SAMPLE, parts)
            except MessageError as error:
                raise posted.PostedError(f"{CHANNELS[part]}: chưa điền được ({error}).", part) from error
        if (length := custom.sms_length(template, parts["sms"], SAMPLE)) > SMS_LENGTH:
            raise posted.PostedError(
                f"Tin nhắn với dữ liệu ví dụ dài {length} ký tự không dấu; rút còn nhiều nhất {SMS_LENGTH}.",
                "sms",
            )
        start = posted.day("start", "Áp dụng từ ngày")
        if start < _today():
            raise posted.PostedError("Áp dụng từ hôm nay trở đi: thông báo đã gửi giữ nguyên.", "start")
        why = reason()
        if request.form.get("seen") != "1":
            return self._form(template, {}, parts, seen=True)
        self._keep(template, parts, start, why)
        return self.done(
            f"Đã lưu. Chữ mới áp dụng từ ngày {start:%d/%m/%Y}.", url_for(".edit", template=template)
        )

    def _keep(self, template: str, parts: Mapping[str, str] | None, start: date, why: str) -> None:
        s = services()
        before = _now(template)
        s.outbox_worker.words.add(
            template, parts, start, by=current_account().name, at=s.clock.now(), reason=why
        )
        self.written(
            "template.changed",
            kind="template",
            target=template,
            label=f"Mẫu thông báo: {LABELS[template]}",
            reason=why,
            before=before,
            after={**(parts or shipped_parts(template)), "start": start},
        )


def _now(template: str) -> Mapping[str, str]:
    return services().outbox_worker.words.parts(template, _today()) or shipped_parts(template)


def _today() -> date:
    return services().clock.now().astimezone(TZ).date()
