"""An officer in the builder, as a browser without script would be."""

from html.parser import HTMLParser
from urllib.parse import urljoin

from definitions.editing import at, path_of
from definitions.reading import read

PROCEDURE = "2.000181"


class Forms(HTMLParser):
    """The forms of a page by id, each as the browser would post it."""

    def __init__(self, html):
        super().__init__()
        self.forms, self.form, self.select, self.area = {}, None, None, None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.form = self.forms.setdefault(given.get("id", ""), {"": [given.get("action", "")]})
        if self.form is None or "disabled" in given:
            return
        name = given.get("name")
        if (
            tag == "input"
            and name
            and (given.get("type") not in {"checkbox", "radio", "file"} or "checked" in given)
        ):
            self.form.setdefault(name, []).append(given.get("value", ""))
        if tag == "select":
            self.select = name
        if tag == "option" and self.select and ("selected" in given or self.select not in self.form):
            self.form[self.select] = [given.get("value", "")]
        if tag == "textarea":
            self.area = (name, [])

    def handle_data(self, data):
        if self.area:
            self.area[1].append(data)

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        if tag == "select":
            self.select = None
        if tag == "textarea" and self.area and self.form is not None:
            self.form.setdefault(self.area[0], []).append(
                "".join(self.area[1]).removeprefix("\n").replace("\n", "\r\n")
            )
            self.area = None


class Desk:
    """An officer in the builder, as a browser without script would be."""

    def __init__(self, visitor, services, code):
        self.visitor, self.services, self.code = visitor, services, code
        self.version = services.definitions.versions(code)[-1].id
        self.here = f"/quan-tri/ban-cau-hinh/{code}/{self.version}/soan"
        self.page = None

    @property
    def text(self):
        return self.services.definitions.text(self.services.definitions.version(self.code, self.version))

    def value(self, place):
        data = read(self.text).data
        return at(data, path_of(data, place))

    def open(self, place="", view=""):
        self.page = self.visitor.client.get(self.here, query_string={"o": place, "xem": view})
        assert self.page.status_code == 200, place
        self.forms = Forms(self.page.text).forms
        return self.page.text

    @property
    def some(self):
        """A form of the page as it is, for what they all carry along."""
        return next(form for form in self.forms.values() if "upon" in form)

    def save(self, follow=True, **changed):
        form = next(form for name, form in self.forms.items() if name.startswith("b-form-"))
        return self.post(form, follow, **changed)

    def reshape(self, act, follow=True, **given):
        some = self.some
        form = {
            "": [f"{self.here}/muc"],
            "csrf_token": some["csrf_token"],
            "upon": some["upon"],
            "o": some["o"],
        }
        return self.post(form, follow, viec=act, **given)

    def post(self, form, follow=True, **changed):
        data = {name: value for name, value in form.items() if name}
        for name, value in changed.items():
            data[name.replace("__", ".")] = value
        return self.visitor.client.post(urljoin(self.here, form[""][0]), data=data, follow_redirects=follow)

    def read(self, page):
        """The forms of a page that was answered."""
        return Forms(page.text).forms
