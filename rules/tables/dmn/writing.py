"""A sheet as a DMN file of one decision."""

import re
from typing import Final
from xml.etree import ElementTree as ET  # only to write: nothing is parsed here

from rules.tables.dmn.dates import marked
from rules.tables.dmn.errors import DmnError
from rules.tables.dmn.names import SPACE, WORDS
from rules.tables.sheet import Sheet, SheetInput, SheetOutput, SheetRow

_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME: Final = re.compile(r"[^\W\d][\w.\-]*")
_NAMESPACE: Final = "urn:tthc:bang-quyet-dinh"


def write(sheet: Sheet) -> str:
    """The sheet in its normal form (`Sheet.normal`); raises DmnError for characters XML has no place for."""
    return _Writer(sheet.normal()).text()


class _Writer:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.taken = set(sheet.ids())
        for own in sheet.ids():
            if not _NAME.fullmatch(own):
                raise DmnError(
                    f"Mã “{own}” cần bắt đầu bằng chữ cái, rồi đến chữ cái, chữ số, “_”, “-”, “.”."
                )

    def text(self) -> str:
        sheet = self.sheet
        root = ET.Element(
            "definitions",
            {
                "xmlns": SPACE,
                "id": self._id(f"{sheet.id}_definitions"),
                "name": sheet.name or sheet.id,
                "namespace": _NAMESPACE,
            },
        )
        decision = ET.SubElement(root, "decision", {"id": sheet.id, "name": sheet.name})
        if sheet.description:
            ET.SubElement(decision, "description").text = sheet.description
        policy, aggregation = WORDS[sheet.hit]
        how = {"id": self._id(f"{sheet.id}_table"), "hitPolicy": policy}
        if aggregation:
            how["aggregation"] = aggregation
        table = ET.SubElement(decision, "decisionTable", how)
        for column in sheet.inputs:
            self._input(table, column)
        for answer in sheet.outputs:
            self._output(table, answer)
        for heading in sheet.notes:
            ET.SubElement(table, "annotation", {"name": heading})
        for row in sheet.rows:
            self._row(table, row)
        ET.indent(root)
        made = ET.tostring(root, encoding="unicode")
        wrong = _NOT_XML.search(made)
        if wrong:
            raise DmnError(f"Bảng có ký tự không viết được vào tệp XML: U+{ord(wrong.group()):04X}.")
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{made}\n'

    def _input(self, table: ET.Element, column: SheetInput) -> None:
        made = ET.SubElement(table, "input", _given(id=column.id, label=column.label))
        self._expression(made, "inputExpression", f"{column.id}_expression", column.expression, column.type)
        if column.allowed:
            self._expression(made, "inputValues", f"{column.id}_values", column.allowed)

    def _output(self, table: ET.Element, answer: SheetOutput) -> None:
        given = _given(id=answer.id, label=answer.label, name=answer.name, typeRef=answer.type)
        made = ET.SubElement(table, "output", given)
        if answer.values:
            self._expression(made, "outputValues", f"{answer.id}_values", ", ".join(answer.values))
        if answer.default:
            self._expression(made, "defaultOutputEntry", f"{answer.id}_default", answer.default)

    def _row(self, table: ET.Element, row: SheetRow) -> None:
        made = ET.SubElement(table, "rule", {"id": row.id})
        described = marked((row.start, row.end), row.label)
        if described:
            ET.SubElement(made, "description").text = described
        for at, test in enumerate(row.tests, 1):
            self._expression(made, "inputEntry", f"{row.id}_if_{at}", test)
        for at, value in enumerate(row.values, 1):
            self._expression(made, "outputEntry", f"{row.id}_then_{at}", value)
        for note in row.notes:
            ET.SubElement(ET.SubElement(made, "annotationEntry"), "text").text = note

    def _expression(self, parent: ET.Element, tag: str, own: str, text: str, kind: str = "") -> None:
        made = ET.SubElement(parent, tag, _given(id=self._id(own), typeRef=kind))
        ET.SubElement(made, "text").text = text

    def _id(self, wanted: str) -> str:
        found, number = wanted, 1
        while found in self.taken:
            number += 1
            found = f"{wanted}_{number}"
        self.taken.add(found)
        return found


def _given(**attributes: str) -> dict[str, str]:
    return {name: value for name, value in attributes.items() if value}
