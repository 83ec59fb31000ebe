"""Templates of forms are data: they are drawn where they can read the catalogue's fields and do nothing.

No globals, no function but the papers' own macros, the filters below, no attribute but those of `fields.yaml`, no file
outside `documents/`, no texts multiplied beyond a line of dots. What a template reaches for beyond that is refused with
a sentence that names it.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, Final, NoReturn

from jinja2 import FileSystemLoader, PrefixLoader, StrictUndefined, TemplateError, meta, nodes
from jinja2.exceptions import SecurityError, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.runtime import BlockReference, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from forms.words import money_in_words
from renderers.environment import TEMPLATES
from renderers.pdf.fields import may_read, roots
from renderers.text import FILTERS
from rules.i18n import in_vietnamese

_LONGEST: Final = 200
_DEEPEST: Final = 3
_BUILT_IN: Final = ("default", "join", "length", "lower", "sum", "upper")
_LOOP: Final = frozenset({"first", "index", "index0", "last", "length"})
_DAY: Final = frozenset({"day", "hour", "minute", "month", "year"})


class FormRefusedError(ValueError):
    """A template that is wrong or reaches for what it may not see: the sentence, and the line where it is known."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message if line is None else f"Dòng {line}: {message}")


class _Forms(ImmutableSandboxedEnvironment):
    intercepted_binops = frozenset({"*", "**", "%"})

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        if isinstance(obj, LoopContext):
            return attr in _LOOP
        if isinstance(obj, date):
            return attr in _DAY
        return may_read(type(obj).__name__, attr)

    def getattr(self, obj: object, attribute: str) -> object:
        """What is not listed is refused whether it is there or not."""
        if not self.is_safe_attribute(obj, attribute, None):
            self.unsafe_undefined(obj, attribute)
        return super().getattr(obj, attribute)

    def wrap_str_format(self, value: object) -> None:
        """No `format` of a text: what a pattern writes is not known beforehand."""

    def is_safe_callable(self, obj: object) -> bool:
        return isinstance(obj, (Macro, BlockReference))

    def unsafe_undefined(self, obj: object, attribute: str) -> NoReturn:
        raise FormRefusedError(f"Mẫu không được đọc “{attribute}”: không có trong danh sách trường của mẫu.")

    def call(self, context: Any, obj: Any, *args: Any, **kwargs: Any) -> Any:
        if not self.is_safe_callable(obj):
            raise FormRefusedError("Mẫu không được gọi hàm; chỉ dùng các trường, bộ lọc và khung có sẵn.")
        return super().call(context, obj, *args, **kwargs)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator != "*":
            raise FormRefusedError(f"Mẫu không dùng được phép tính “{operator}”.")
        if any(isinstance(side, int) and abs(side) > _LONGEST for side in (left, right)):
            raise FormRefusedError(f"Mẫu không lặp lại được quá {_LONGEST} lần.")
        return super().call_binop(context, operator, left, right)


def _two_digits(number: int) -> str:
    """7 → `07`, as counts are written on papers (NĐ 30/2020)."""
    return f"{number:02}"


def _broken(code: str) -> Markup:
    """A code of a dossier that may go on in the next line after each hyphen."""
    return Markup("-<wbr>").join(code.split("-"))


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """The environment of forms; templates are named `documents/…`."""
    made = _Forms(
        loader=PrefixLoader({"documents": FileSystemLoader(TEMPLATES / "documents")}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals = {}
    made.filters = {
        **{name: made.filters[name] for name in _BUILT_IN},
        **FILTERS,
        "broken": _broken,
        "money_in_words": money_in_words,
        "two_digits": _two_digits,
    }
    return made


@in_vietnamese()
def drawn(kind: str, file: str, context: Mapping[str, object], source: str | None = None) -> str:
    """The HTML of a form. `source`: a text that stands in for the file, to be tried before it becomes one.

    Raises:
        FormRefusedError: it is no template, or reads or does what a form may not.
    """
    env = environment()
    try:
        if source is not None:
            _known_names(env, kind, source)
        template = env.get_template(file) if source is None else env.from_string(source)
        return template.render(context)
    except TemplateSyntaxError as error:
        raise FormRefusedError(_syntax(error), error.lineno) from error
    except UndefinedError as error:
        raise FormRefusedError(f"Mẫu dùng một trường không có: {error.message}.") from error
    except TemplateNotFound as error:
        raise FormRefusedError(
            f"Mẫu lấy nội dung từ “{error.name}”, không có trong thư mục mẫu in."
        ) from error
    except SecurityError as error:
        raise FormRefusedError("Mẫu làm một việc không được phép.") from error
    except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
        if isinstance(error, FormRefusedError):
            raise
        raise FormRefusedError(f"Mẫu không vẽ được: {error}.") from error


def _known_names(env: ImmutableSandboxedEnvironment, kind: str, source: str) -> None:
    """What stands in a branch that this dossier does not take counts too; so does what could grow without end."""
    tree = env.parse(source)
    for node in tree.find_all((nodes.Assign, nodes.AssignBlock, nodes.Macro, nodes.CallBlock)):
        raise FormRefusedError("Mẫu không đặt biến và không định nghĩa khung riêng.", node.lineno)
    if _depth(tree) > _DEEPEST:
        raise FormRefusedError(f"Mẫu không lồng quá {_DEEPEST} vòng lặp.")
    unknown = meta.find_undeclared_variables(tree) - roots(kind)
    if unknown:
        named = ", ".join(f"“{name}”" for name in sorted(unknown))
        raise FormRefusedError(f"Mẫu dùng {named}: không có trong danh sách trường của mẫu.")


def _depth(node: nodes.Node) -> int:
    inner = max((_depth(child) for child in node.iter_child_nodes()), default=0)
    return inner + isinstance(node, nodes.For)


def _syntax(error: TemplateSyntaxError) -> str:
    message = error.message or ""
    if message.startswith("No filter named"):
        return f"Không có bộ lọc {message.removeprefix('No filter named').strip(' .')}."
    return f"Viết sai cú pháp của mẫu ({message})."
