"""The forms of the account pages. What a box may hold is the field types' business, as in every other form."""

from collections.abc import Callable

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, PasswordField, StringField, ValidationError
from wtforms.validators import AnyOf, InputRequired, Length, Optional, Regexp

from forms.types.base import Parsed
from forms.types.contacts import parse_email, parse_phone
from forms.types.identity import parse_citizen_number, parse_tax_number
from rules.i18n import gettext, noted


def _parsed(parse: Callable[[object], Parsed]) -> Callable[[FlaskForm, Field], None]:
    """Refuse what the field type refuses, in its words; keep its clean form."""

    def validate(_: FlaskForm, field: Field) -> None:
        read = parse(field.data)
        if read.error is not None:
            raise ValidationError(read.error)
        field.data = read.clean or ""

    return validate


def _required(message: str) -> InputRequired:
    return InputRequired(message)


KINDS = (("person", noted("Cá nhân")), ("organisation", noted("Tổ chức, doanh nghiệp")))
_NAME = Length(max=200, message=noted("Ghi không quá 200 ký tự."))


class SignInForm(FlaskForm):
    login = StringField(validators=[_required(noted("Nhập số điện thoại, thư điện tử hoặc tên đăng nhập."))])
    password = PasswordField(validators=[_required(noted("Nhập mật khẩu."))])


class RegisterForm(FlaskForm):
    kind = StringField(
        default="person",
        validators=[AnyOf([value for value, _ in KINDS], message=noted("Chọn cá nhân hoặc tổ chức."))],
    )
    name = StringField(validators=[_required(noted("Nhập họ và tên, hoặc tên tổ chức.")), _NAME])
    phone = StringField(validators=[_parsed(parse_phone)])
    email = StringField(validators=[_parsed(parse_email)])
    citizen_number = StringField(validators=[_parsed(parse_citizen_number)])
    tax_number = StringField(validators=[_parsed(parse_tax_number)])
    representative = StringField(validators=[Optional(), _NAME])
    password = PasswordField(validators=[_required(noted("Đặt một mật khẩu."))])
    terms = BooleanField(
        validators=[InputRequired(noted("Ông/bà cần đồng ý với điều khoản sử dụng để mở tài khoản."))]
    )


class ProfileForm(FlaskForm):
    name = StringField(validators=[_required(noted("Nhập họ và tên, hoặc tên tổ chức.")), _NAME])
    phone = StringField(validators=[_parsed(parse_phone)])
    email = StringField(validators=[_parsed(parse_email)])
    citizen_number = StringField(validators=[_parsed(parse_citizen_number)])
    tax_number = StringField(validators=[_parsed(parse_tax_number)])
    representative = StringField(validators=[Optional(), _NAME])
    address = StringField(
        validators=[Optional(), Length(max=300, message=noted("Ghi địa chỉ không quá 300 ký tự."))]
    )


class PasswordForm(FlaskForm):
    old_password = PasswordField(validators=[_required(noted("Nhập mật khẩu hiện tại."))])
    password = PasswordField(validators=[_required(noted("Đặt một mật khẩu mới."))])


class CodeForm(FlaskForm):
    code = StringField(
        validators=[
            _required(noted("Nhập mã gồm 6 chữ số.")),
            Regexp(
                r"^(\s*\d){6}\s*$", message=noted("Mã gồm 6 chữ số, ghi trong tin nhắn hoặc thư vừa gửi.")
            ),
        ]
    )


class ForgottenForm(FlaskForm):
    login = StringField(
        validators=[
            _required(noted("Nhập số điện thoại hoặc thư điện tử đã dùng để đăng nhập.")),
            Length(max=254),
        ]
    )


class ResetForm(CodeForm):
    password = PasswordField(validators=[_required(noted("Đặt một mật khẩu mới."))])


def errors_of(form: FlaskForm) -> dict[str, str]:
    """The first error of each box, in the order of the boxes, in the reader's language."""
    return {name: gettext(str(found[0])) for name, found in form.errors.items() if name and found}
