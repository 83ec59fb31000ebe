"""FEEL, the expression language of DMN 1.5: parse, check, compile, evaluate, explain.

    fee = compile("pages * 2000", {"pages": T.NUMBER})
    fee.evaluate({"pages": 3})        # Decimal(6000)

Pure: no clock (`now` is an argument), no input or output; bounded in text, depth, size and steps
(`rules.feel.limits`), and no expression can reach a Python object.
"""

from rules.feel import tree
from rules.feel import types as T  # noqa: N812
from rules.feel.errors import FeelError, FeelLimitError, nearest
from rules.feel.expression import Expression
from rules.feel.expression import compile_expression as compile  # noqa: A004
from rules.feel.text import literal
from rules.feel.together import Together
from rules.feel.types import FeelType
from rules.feel.unary import UnaryTest, compile_unary
from rules.feel.values import FeelValue, Function, Range, YearMonthDuration

__all__ = [
    "Expression",
    "FeelError",
    "FeelLimitError",
    "FeelType",
    "FeelValue",
    "Function",
    "Range",
    "T",
    "Together",
    "UnaryTest",
    "YearMonthDuration",
    "compile",
    "compile_unary",
    "literal",
    "nearest",
    "tree",
]
