"""A transfer to the agency's account, with a QR code that holds account, amount and reference."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from rules.i18n import noted
from tthc.payments.provider import GatewayHealth
from tthc.payments.vietqr import BankAccount


@dataclass(frozen=True, slots=True)
class Transfer:
    """`own`: accounts of agencies that have one of their own; `default`: of all others, `None` where there is none."""

    default: BankAccount | None
    own: Mapping[str, BankAccount] = field(default_factory=dict)
    test: bool = False
    id: str = "transfer"
    label: str = noted("Chuyển khoản bằng mã QR")
    method: str = "transfer"
    lasts: timedelta = timedelta(days=3)
    patience: timedelta = timedelta(0)

    def account(self, agency: str) -> BankAccount | None:
        return self.own.get(agency, self.default)

    def health(self) -> GatewayHealth:
        if self.test:
            return GatewayHealth(
                ok=True,
                message="Tài khoản thử: không chuyển tiền thật vào đó.",  # vi: for administrators
                local=True,
            )
        told = f"{len(self.own)} cơ quan có tài khoản riêng"  # vi: for administrators
        rest = (
            ", cơ quan khác dùng tài khoản chung."  # vi: for administrators
            if self.default
            else ", cơ quan khác chưa có tài khoản."  # vi: for administrators
        )
        return GatewayHealth(ok=True, message=told + rest)
