"""A page as a browser's parser sees it, as far as the tests ask."""

from html.parser import HTMLParser

VOID = frozenset({"input", "br", "link", "meta", "img", "hr", "use", "path"})


class Html(HTMLParser):
    """`elements`: (tag, attributes) in order; `text`: all words."""

    def __init__(self, source):
        super().__init__()
        self.elements = []
        self.text = ""
        self.open = []
        self.balanced = True
        self.inside = {}
        self.feed(str(source))
        self.close()
        self.balanced = self.balanced and not self.open

    def handle_starttag(self, tag, attrs):
        attributes = {name: "" if value is None else value for name, value in attrs}
        self.elements.append((tag, attributes))
        if tag not in VOID:
            self.open.append((tag, attributes))

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if not self.open or self.open.pop()[0] != tag:
            self.balanced = False

    def handle_data(self, data):
        self.text += data
        for _, attributes in self.open:
            if "id" in attributes:
                self.inside[attributes["id"]] = self.inside.get(attributes["id"], "") + data

    @property
    def tags(self):
        return {tag for tag, _ in self.elements}

    @property
    def ids(self):
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]

    def by_id(self, identity):
        return next(attributes for _, attributes in self.elements if attributes.get("id") == identity)

    def by_name(self, name):
        return next(attributes for _, attributes in self.elements if attributes.get("name") == name)

    def text_of(self, identity):
        return self.inside.get(identity, "")

    def posted(self):
        """What a browser would send, buttons aside."""
        source = {}
        for tag, attributes in self.elements:
            if tag == "textarea":
                source.setdefault(attributes["name"], []).append(
                    self.text_of(attributes["id"]).removeprefix("\n")
                )
            if tag != "input":
                continue
            if attributes.get("type") in {"radio", "checkbox"} and "checked" not in attributes:
                continue
            source.setdefault(attributes["name"], []).append(attributes.get("value", "on"))
        return source
