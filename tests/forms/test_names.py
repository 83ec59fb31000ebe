from forms.model import Field, Option
from forms.names import feel_names
from forms.types import REGISTRY
from rules.feel import T
from rules.feel import compile as feel

FILES = T.list_of(T.context({"name": T.STRING, "kind": T.STRING, "size": T.NUMBER}))


def test_every_type_that_keeps_a_value_has_a_name_and_a_type():
    names = feel_names([Field(kind, kind, kind) for kind in REGISTRY])
    assert names == {
        "text": T.STRING,
        "textarea": T.STRING,
        "integer": T.NUMBER,
        "decimal": T.NUMBER,
        "money": T.NUMBER,
        "date": T.DATE,
        "month": T.DATE,
        "time": T.TIME,
        "yes_no": T.BOOLEAN,
        "choice": T.STRING,
        "multi_choice": T.list_of(T.STRING),
        "list": T.list_of(T.context({})),
        "group": T.context({}),
        "account_number": T.STRING,
        "account_holder": T.STRING,
        "citizen_number": T.STRING,
        "tax_number": T.STRING,
        "phone": T.STRING,
        "email": T.STRING,
        "file": FILES,
        "photo": FILES,
        "computed": T.ANY,
        "declaration": T.BOOLEAN,
    }


def test_a_list_is_a_list_of_contexts():
    item = (
        Field("name", "text", "Tên"),
        Field("note", "note", "Chú ý"),
        Field("pages", "integer", "Số trang"),
    )
    assert feel_names([Field("documents", "list", "Giấy tờ", item=item)]) == {
        "documents": T.list_of(T.context({"name": T.STRING, "pages": T.NUMBER}))
    }


def test_a_computed_field_is_of_the_type_it_computes():
    field = Field("total", "computed", "Tổng", compute=feel("1 + 2"))
    assert feel_names([field]) == {"total": T.NUMBER}


def test_expressions_compile_against_the_names():
    names = feel_names(
        [Field("kind", "choice", "k", options=(Option("a", "A"),)), Field("copies", "integer", "n")]
    )
    assert feel('copies > 2 and kind = "a"', names).sources == {"kind", "copies"}
