"""DMN files as elements without name spaces."""

import xml.etree.ElementTree as ET
from pathlib import Path

Element = ET.Element
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"


def parse(path: Path) -> Element:
    return ET.parse(path).getroot()  # noqa: S314 - as above


def local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def kids(element: Element, *names: str) -> list[Element]:
    return [child for child in element if local(child) in names]


def kid(element: Element, *names: str) -> Element | None:
    return next((child for child in element if local(child) in names), None)


def need(element: Element, *names: str) -> Element:
    found = kid(element, *names)
    if found is None:
        raise ValueError(f"{local(element)} lacks {' or '.join(names)}")
    return found


def text(element: Element | None) -> str:
    """The text of an element's `text` child."""
    inner = None if element is None else kid(element, "text")
    return (inner.text or "") if inner is not None else ""


def target(element: Element, *names: str) -> tuple[str, str]:
    """(name space, id) that the first such child refers to."""
    found = kid(element, *names)
    space, _, identity = (found.get("href", "") if found is not None else "").rpartition("#")
    return space, identity
