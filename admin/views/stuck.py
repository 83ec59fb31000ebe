"""Dossiers of any agency with nobody to act, for those who run the system (Đ24.1)."""

from flask_admin import expose

from admin.sheet import Cell, Record, Section
from admin.views.base import Answer
from admin.views.desk import Desk
from renderers.text import instant
from tthc.services import services

COLUMNS = ("Hồ sơ", "Cơ quan", "Vì sao", "Cần làm", "Từ lúc", "Đã báo")


class StuckDossiers(Desk):
    """The same list as the agencies', of all of them."""

    @expose("/")
    def index(self) -> Answer:
        s = services()
        names = {agency.id: agency.name for agency in s.agencies.all()}
        rows = [
            (
                one.number,
                names.get(reason.agency, reason.agency),
                reason.sentence,
                reason.remedy,
                instant(reason.since),
                Cell("Đã báo", tone="ok") if reason.told else Cell("Chưa", tone="warn"),
            )
            for one in s.sticking.listed(None, s.clock.now())
            for reason in one.reasons
        ]
        lead = "Hồ sơ mà lúc này không ai xử lý được. Làm xong việc cần làm thì hồ sơ tự ra khỏi danh sách."
        section = Section("", COLUMNS, rows, "Không có hồ sơ nào kẹt.")
        return self.record(Record(title="Hồ sơ kẹt", lead=lead, sections=(section,)))
