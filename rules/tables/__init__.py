"""Decision tables over FEEL, as DMN 1.5 has them, with rows that are law from one day to another.

    table = DecisionTable.compile([Input("pages")], [Output()], [Row([">2"], [1000]), Row(["-"], [2000])])
    table.decide({"pages": 3}).value        # Decimal(1000)

`model`: what a table is written as; `compiler`: from text to something that decides; `decide`: deciding; `analysis`: proving;
`sheet`: a table as text with ids and headings; `dmn`: sheets from and to DMN XML.
"""

from rules.tables.decide import DecisionTable
from rules.tables.model import CellProblem, Decision, Hit, Input, Output, Row, TableError

__all__ = ["CellProblem", "Decision", "DecisionTable", "Hit", "Input", "Output", "Row", "TableError"]
