"""The part of the settings that says by which banks fees are paid. Read by `tthc.settings`; the secret comes from the environment."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

Account = tuple[str, str, str, str]
"""Of a bank: its six-digit number (BIN), the account's number, its holder, the bank's name."""
_BANK = ("PAY_BANK_URL", "PAY_BANK_API", "PAY_BANK_CODE", "PAY_BANK_SECRET")
_SECRET_LENGTH = 16


@dataclass(frozen=True, slots=True)
class PaymentSettings:
    """`local`: the bank of demonstrations, whose money is none; `bank_*`: what the gateway gave us; `account`: where transfers
    go, `accounts` of agencies that have one of their own.
    """

    local: bool = False
    bank_page: str = ""
    bank_api: str = ""
    bank_code: str = ""
    bank_secret: str = field(default="", repr=False)
    account: Account | None = None
    accounts: Mapping[str, Account] = field(default_factory=dict)


def read(
    text: Callable[[str, str], str], *, production: bool, sandbox: bool, wrong: type[ValueError]
) -> PaymentSettings:
    """From the environment; raises `wrong` with one sentence that names the variable."""
    told = {name: text(name, "") for name in _BANK}
    given = [name for name in _BANK if told[name]]
    if given and not sandbox and len(given) < len(_BANK):
        lacking = next(name for name in _BANK if not told[name])
        raise wrong(f"Thiếu {lacking}: cổng thanh toán cần đủ {', '.join(_BANK)}.")
    for name in ("PAY_BANK_URL", "PAY_BANK_API"):
        parts = urlsplit(told[name])
        if told[name] and (parts.scheme != "https" or not parts.netloc):
            raise wrong(f"{name} phải là địa chỉ https:// của cổng thanh toán.")
    if told["PAY_BANK_SECRET"] and len(told["PAY_BANK_SECRET"]) < _SECRET_LENGTH:
        raise wrong(f"PAY_BANK_SECRET phải dài ít nhất {_SECRET_LENGTH} ký tự, như cổng thanh toán đã cấp.")
    real = bool(given) and not sandbox
    mode = text("PAY_LOCAL", "off" if real or (production and not sandbox) else "on")
    if mode not in {"on", "off"}:
        raise wrong(f"PAY_LOCAL phải là “on” hoặc “off”, không phải “{mode}”.")
    if mode == "on" and production and not sandbox:
        raise wrong("PAY_LOCAL=on (ngân hàng thử) không dùng khi vận hành thật; bỏ biến này.")
    if mode == "on" and real:
        raise wrong(
            "PAY_LOCAL=on và PAY_BANK_URL không dùng cùng nhau: tiền thật và tiền thử không lẫn được."
        )
    accounts = {} if sandbox else _accounts(text("PAY_ACCOUNTS", ""), wrong)
    default = accounts.pop("*", None)
    if not real:
        return PaymentSettings(local=mode == "on", account=default, accounts=accounts)
    page, api, code, secret = (told[name] for name in _BANK)
    return PaymentSettings(
        bank_page=page,
        bank_api=api,
        bank_code=code,
        bank_secret=secret,
        account=default,
        accounts=accounts,
    )


def _accounts(path: str, wrong: type[ValueError]) -> dict[str, Account]:
    """`{"*": {bin, number, name, bank}, <agency>: {…}}` of a YAML file."""
    if not path:
        return {}
    try:
        rows: Any = YAML(typ="safe", pure=True).load(Path(path).read_text(encoding="utf-8"))
        found = {
            str(agency): (str(row["bin"]), str(row["number"]), str(row["name"]), str(row.get("bank", "")))
            for agency, row in rows.items()
        }
    except (OSError, YAMLError, AttributeError, KeyError, TypeError) as error:
        raise wrong(
            f"PAY_ACCOUNTS: tệp {path} phải ghi mỗi cơ quan một tài khoản gồm bin, number, name ({type(error).__name__})."
        ) from error
    for agency, (bank, number, name, _) in found.items():
        if not (bank.isdigit() and len(bank) == 6 and number.isalnum() and number.isascii() and name):
            raise wrong(f"PAY_ACCOUNTS: tài khoản của “{agency}” cần bin sáu chữ số, number và name.")
    return found
