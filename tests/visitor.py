"""A person at the site without a browser: opens pages, fills the forms that are on them, presses their buttons."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask.testing import EnvironBuilder, FlaskClient
from werkzeug.test import TestResponse


@dataclass
class Form:
    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)

    def values(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, value in self.fields:
            found.setdefault(name, []).append(value)
        return found


class _Forms(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.text: list[str] = []
        self._url = url
        self._form: Form | None = None
        self._select: str | None = None
        self._options: list[tuple[str, bool]] = []
        self._unvalued = False  # an option without a value has its text for one
        self._textarea: str | None = None
        self._area = ""
        self._hidden = 0

    def handle_starttag(self, tag, attrs):
        at = dict(attrs)
        if tag in {"script", "style"}:
            self._hidden += 1
        if tag == "a" and "href" in at:
            self.links.append((at["href"], ""))
        if tag == "form":
            self._form = Form(at.get("action") or self._url)
            self.forms.append(self._form)
        if self._form is None or "disabled" in at:
            return
        name = at.get("name")
        if tag == "input" and name:
            kind = at.get("type", "text")
            if kind in {"radio", "checkbox"}:
                if "checked" in at:
                    self._form.fields.append((name, at.get("value") or "on"))
            elif kind not in {"file", "submit"}:
                self._form.fields.append((name, at.get("value") or ""))
        elif tag == "select" and name:
            self._select, self._options = name, []
        elif tag == "option" and self._select:
            self._options.append((at.get("value") or "", "selected" in at))
            self._unvalued = "value" not in at
        elif tag == "textarea" and name:
            self._textarea, self._area = name, ""
        elif tag == "button" and name:
            self._form.buttons.append((name, at.get("value") or "", ""))

    def handle_endtag(self, tag):
        if tag in {"script", "style"}:
            self._hidden -= 1
        if tag == "form":
            self._form = None
        elif tag == "select" and self._select and self._form is not None:
            chosen = next((v for v, s in self._options if s), self._options[0][0] if self._options else "")
            self._form.fields.append((self._select, chosen))
            self._select = None
        elif tag == "textarea" and self._textarea and self._form is not None:
            self._form.fields.append((self._textarea, self._area.removeprefix("\n")))
            self._textarea = None

    def handle_data(self, data):
        if self._select and self._unvalued:
            self._options[-1] = (data, self._options[-1][1])
            self._unvalued = False
        if self._textarea:
            self._area += data
        if not self._hidden:
            self.text.append(data)


class Page:
    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.url = response.request.path
        self.data = response.data
        self.html = response.get_data(as_text=True) if response.mimetype == "text/html" else ""
        parsed = _Forms(response.request.full_path.rstrip("?"))
        parsed.feed(self.html)
        self.forms = parsed.forms
        self.links = [href for href, _ in parsed.links]
        self.text = " ".join(" ".join(parsed.text).split())

    def form(self, ending: str) -> Form:
        """The form whose address ends so."""
        found = [form for form in self.forms if form.action.split("?")[0].endswith(ending)]
        assert found, (
            f"no form to …{ending} on {self.url} ({self.status}): {[f.action for f in self.forms]}\n{self.text[:1500]}"
        )
        return found[0]

    def has_form(self, ending: str) -> bool:
        return any(form.action.split("?")[0].endswith(ending) for form in self.forms)


class Visitor:
    def __init__(self, client: FlaskClient) -> None:
        self._client = client

    def get(self, url: str) -> Page:
        return Page(self._client.get(url, follow_redirects=True))

    def submit(
        self,
        page: Page,
        ending: str,
        values: dict | None = None,
        *,
        drop: tuple[str, ...] = (),
        follow: bool = True,
        to: str = "",
    ) -> Page:
        """Press the button of the form whose address ends so, with `values` put over what the form holds. `to`: where a
        button of its own address (`formaction`) sends it.
        """
        form = page.form(ending)
        data: dict[str, object] = dict(form.values())
        data.update(values or {})
        for name in drop:
            data.pop(name, None)
        multipart = any(not isinstance(v, (str, list)) for v in data.values())
        builder = EnvironBuilder(
            self._client.application,
            to or form.action,
            method="POST",
            data=data,
            content_type="multipart/form-data" if multipart else None,
        )
        request = builder.get_request()
        try:
            return Page(self._client.open(request, follow_redirects=follow))
        finally:
            # large bodies are kept in a temporary file that the test client would leave to the garbage collector
            request.environ["wsgi.input"].close()
            builder.close()

    def sign_in(self, login: str, password: str) -> Page:
        page = self.submit(self.get("/dang-nhap"), "/dang-nhap", {"login": login, "password": password})
        assert page.status == 200, page.text
        return page
