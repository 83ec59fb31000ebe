"""An officer at the builder: mouse and keyboard only, every act counted."""

import re
from collections.abc import Callable, Mapping

from playwright.sync_api import Locator, Page, expect
from screens import Person


class Officer:
    """`acts`: how often something was typed, chosen or pressed so far."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.page: Page = person.page
        self.acts = 0

    @property
    def work(self) -> Locator:
        return self.page.locator("#b-work")

    def type(self, box: Locator, text: str) -> None:
        self.acts += 1
        box.focus()
        if box.evaluate("box => box.localName") == "select":
            box.select_option(text)
        else:
            box.fill(text)
            self.page.keyboard.press("Tab")
        expect(self.page.locator(".unsaved")).to_have_count(0)

    def press(self, button: Locator) -> None:
        self.acts += 1
        button.click()

    def begin(self, **typed: str) -> str:
        """A procedure that there is nothing of yet: the address of its draft."""
        self.page.goto("/quan-tri/ban-cau-hinh/soan-moi")
        for label, text in typed.items():
            self.type(self.page.get_by_label(label.replace("_", " ")), text)
        self.press(self.page.get_by_role("button", name="Bắt đầu soạn"))
        expect(self.page.locator("#b-title")).to_have_text("Thông tin chung")
        return self.page.url.partition("?")[0].removesuffix("/soan")

    def open(self, part: str) -> None:
        """A part by the contents on the left."""
        self.press(self.page.locator("#b-outline").get_by_role("link", name=part).first)
        self.at(part)

    def at(self, title: str) -> None:
        expect(self.page.locator("#b-title")).to_have_text(title)

    def up(self, title: str) -> None:
        """What the open element stands in."""
        self.press(self.page.locator(".trail").get_by_role("link", name=title, exact=True).last)
        self.at(title)

    def box(self, label: str) -> Locator:
        return self.work.get_by_label(re.compile(rf"^{re.escape(label)}( \(bắt buộc\))?$")).first

    def fill(self, values: Mapping[str, str]) -> None:
        """Controls by their labels; kept when it returns."""
        for label, text in values.items():
            self.type(self.box(label), text)
        expect(self.page.locator("[data-saved]")).to_contain_text("Đã lưu lúc")

    def add(self, what: str, called: str, values: Mapping[str, str] | None = None, *, kind: str = "") -> None:
        """An element to the list in front, opened, with what else is to be said of it."""
        label = self.page.get_by_label(f"Thêm {what}", exact=True)
        form = self.work.locator("form.add", has=label)
        self.acts += 1
        label.fill(called)
        if kind:
            self.type(form.get_by_label("Kiểu", exact=True), kind)
        self.press(form.get_by_role("button", name="Thêm", exact=True))
        self.at(called)
        self.fill(values or {})

    def options(self, values: Mapping[str, str]) -> None:
        """Of a choice, as they are kept and as they are read."""
        for number, (value, words) in enumerate(values.items(), 1):
            self.type(self.box(f"Giá trị lưu, dòng {number}"), value)
            self.type(self.box(f"Chữ hiện ra, dòng {number}"), words)
            expect(self.box(f"Chữ hiện ra, dòng {number + 1}")).to_be_attached()

    def condition(self, label: str, *rows: tuple[str, str]) -> None:
        """A condition put together of rows, each “is” one choice, on the page of its own and back again."""
        self.type(self.box(label), "khi")
        field = self.work.locator(".field", has=self.page.get_by_label(label, exact=True))
        self.press(field.get_by_role("link", name="Đặt điều kiện theo dòng"))
        for number, (asked, answer) in enumerate(rows):
            if number:
                self.press(self.page.get_by_role("button", name="Thêm dòng", exact=True))
            self.acts += 2
            row = self.page.get_by_role("group", name=f"Dòng {number + 1}")
            row.locator("select.subject").select_option(label=asked)
            value = row.get_by_label(re.compile("^Giá trị của"))
            expect(value).to_be_visible()
            value.select_option(label=answer)
            expect(self.page.locator(".condition output")).to_contain_text(answer)
        self.press(self.page.get_by_role("button", name="Lưu vào bản nháp"))
        expect(self.page.locator("#toasts")).to_contain_text("Đã lưu vào bản nháp")
        self.press(self.page.get_by_role("link", name="Về trang soạn"))

    def table(self, columns: list[str], rows: list[tuple[str, ...]]) -> None:
        """A fee's table on the grid: columns by what they ask, rows by their cells, amount, words, from, to."""
        self.press(
            self.page.get_by_role("link", name=re.compile("Đặt số tiền theo bảng|Sửa bảng số tiền")).first
        )
        for number, asked in enumerate(columns):
            self.press(self.page.get_by_role("button", name="Thêm cột", exact=True))
            self.cell(f"c.{number}.expression", asked)
        for number, row in enumerate(rows):
            if self.page.locator(f"[id='f-d.{number}.0']").count() == 0:
                self.press(self.page.get_by_role("button", name="Thêm dòng", exact=True))
            width = len(columns)
            names = [*map(str, range(width)), "amount", "label", "start", "end"]
            for name, text in zip(names, row, strict=True):
                if text:
                    self.cell(f"{number}.{name}", text)

    def cell(self, name: str, text: str) -> None:
        box = self.page.locator(f"[id='f-d.{name}']")
        expect(box).to_be_attached()
        self.acts += 1
        if not box.is_visible():
            self.page.locator("details", has=box).locator("summary").click()
        box.fill(text)
        self.page.keyboard.press("Escape")  # what is offered to complete it
        self.page.keyboard.press("Tab")
        expect(box).to_have_value(text)

    def keep_piece(self) -> None:
        """What the editor of a table or condition has, into the draft, and back to the builder."""
        self.press(self.page.get_by_role("button", name="Lưu vào bản nháp"))
        expect(self.page.locator("#toasts")).to_contain_text("Đã lưu vào bản nháp")
        self.press(self.page.get_by_role("link", name="Về trang soạn"))

    def step(self, name: str) -> None:
        """A step of the workflow, from its drawing."""
        words = re.compile(r"\s*".join(map(re.escape, name.split())))
        self.press(self.page.locator("#b-effect svg a", has_text=words).first)
        self.at(name)

    def insert_step(self, action: str, name: str, actor: str) -> None:
        """On the line of an action of the step in front."""
        fold = self.work.locator("details", has=self.page.get_by_text("Sửa đường đi ở bước này"))
        if fold.get_attribute("open") is None:
            self.press(fold.locator("summary"))
        form = fold.locator("form", has=self.page.get_by_label("Chèn bước", exact=True))
        self.type(form.get_by_label("Chèn bước", exact=True), name)
        form.get_by_label("Vào đường của thao tác").select_option(label=action)
        form.get_by_label("Ai làm").select_option(actor)
        self.acts += 2
        self.press(form.get_by_role("button", name="Chèn bước"))
        expect(self.page.locator("#b-outline")).to_contain_text(name)

    def time_out(self, amount: str, said: str) -> None:
        """After so many working days the system goes on by itself."""
        fold = self.work.locator("details", has=self.page.get_by_text("Sửa đường đi ở bước này"))
        if fold.get_attribute("open") is None:
            self.press(fold.locator("summary"))
        self.type(fold.get_by_label("Sau thời gian"), amount)
        self.type(fold.get_by_label("thì hệ thống tự chuyển, ghi là"), said)
        self.press(fold.get_by_role("button", name="Đặt giờ"))
        expect(self.work).to_contain_text(said)

    def action(self, name: str, values: Mapping[str, str], needs: tuple[str, ...] = ()) -> None:
        """An action of the step in front, changed; back at the step when it returns. `needs`: what to tick, and no more."""
        step = self.page.locator("#b-title").inner_text()
        self.press(self.work.get_by_role("link", name=name, exact=True))
        self.at(name)
        self.fill(values)
        for box in self.work.locator("[name=needs][type=checkbox]").all():
            wanted = box.locator("..").inner_text().strip() in needs
            if box.is_checked() != wanted:
                self.press(box)
                expect(self.page.locator(".unsaved")).to_have_count(0)
        self.up(step)

    def connect(self, action: str, step: str) -> None:
        """An action of the step in front leads elsewhere."""
        fold = self.work.locator("details", has=self.page.get_by_text("Sửa đường đi ở bước này"))
        if fold.get_attribute("open") is None:
            self.press(fold.locator("summary"))
        fold.get_by_label("Nối thao tác").select_option(label=action)
        fold.get_by_label("Tới bước").select_option(label=step)
        self.acts += 2
        self.press(fold.get_by_role("button", name="Nối", exact=True))
        expect(self.page.locator("[data-saved]")).to_contain_text("Nối thao tác")

    def unfold(self) -> None:
        """What an element may have beside what is at hand."""
        fold = self.page.locator("details.fold[id^='b-more']")
        if fold.get_attribute("open") is None:
            self.press(fold.locator("> summary"))

    def go(self, button: str) -> None:
        """A button of a page outside the builder."""
        self.acts += 1
        self.person.press(button)

    def answer(self, values: dict[str, str], how: Callable[[Page, dict[str, str]], None]) -> None:
        self.acts += len(values)
        how(self.page, values)

    def carry_on(self, label: str) -> None:
        """What an official does next in a trial, by its words."""
        named = self.page.get_by_role("button", name=label, exact=True, include_hidden=True)
        button = self.page.locator("main").locator(named).first
        if not button.is_visible():
            self.press(self.page.locator("main details", has=named).locator("> summary").first)
        self.press(button)
        self.page.wait_for_load_state()
