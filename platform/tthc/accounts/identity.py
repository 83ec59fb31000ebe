"""Confirming whose account it is: at the counter upon a document (Đ10.1a), or by a provider that vouches for it.

One account a person: a citizen number (of an organisation its tax number) is confirmed of one account alone.
"""

from datetime import datetime
from typing import Final

from mongoengine import NotUniqueError

from forms.types.identity import parse_citizen_number, parse_tax_number
from rules.i18n import gettext, noted
from tthc.accounts.documents import AccountDocument
from tthc.accounts.model import Account
from tthc.accounts.owned import AccountError, Owned
from tthc.accounts.proof import DOCUMENTS, OF_ORGANISATIONS, Proof, identity_key, proof_row

TAKEN: Final = noted(
    "Số này đã được xác thực cho một tài khoản khác; mỗi người, mỗi tổ chức một tài khoản. Người dân đăng nhập bằng "
    "tài khoản đó, hoặc đặt lại mật khẩu."
)
_BY_NUMBER: Final = frozenset({"can_cuoc", "can_cuoc_dien_tu"})


class Identities:
    """Reads and writes the proof of whose an account is."""

    def __init__(self, accounts: Owned) -> None:
        self._accounts = accounts

    def holder(self, kind: str, citizen_number: str, tax_number: str = "") -> Account | None:
        """The account that was confirmed to be theirs."""
        key = identity_key(kind, citizen_number, tax_number)
        row = AccountDocument.objects(identity_key=key).only("id").first() if key else None
        return self._accounts.get(row.id) if row else None

    def claiming(self, citizen_number: str) -> tuple[Account, ...]:
        """Personal accounts whose owner wrote this number without anybody having confirmed it."""
        match = {"kind": "person", "citizen_number": citizen_number, "active": True, "identity_key": None}
        rows = AccountDocument.objects(__raw__=match).only("id").limit(20) if citizen_number else ()
        return tuple(a for a in (self._accounts.get(row.id) for row in rows) if a is not None)

    def confirm(
        self,
        key: str,
        *,
        by: Account,
        agency: str,
        present: bool,
        document: str,
        number: str,
        name: str,
        citizen_number: str,
        tax_number: str,
        now: datetime,
    ) -> Account:
        """An official saw the person and the document. Name and numbers must be those of the account already: nobody's
        account becomes another's at a counter. Raises AccountError, with the box to mend.
        """
        account = self._open(key)
        organisation = account.kind == "organisation"
        if not present:
            raise AccountError(
                "Đánh dấu rằng người có tài khoản (hoặc người đại diện tổ chức) có mặt và đã được đối chiếu.",  # vi: for officials
                "present",
            )
        if document not in DOCUMENTS or (document in OF_ORGANISATIONS) != organisation:
            raise AccountError(
                "Chọn giấy tờ đã đối chiếu, đúng loại của cá nhân hoặc tổ chức.",  # vi: for officials
                "document",
            )
        if not number.strip():
            raise AccountError("Ghi số của giấy tờ đã đối chiếu.", "number")  # vi: for officials
        citizen = _clean(parse_citizen_number(citizen_number).clean, "citizen_number", citizen_number)
        tax = _clean(parse_tax_number(tax_number).clean, "tax_number", tax_number) if organisation else ""
        if document in _BY_NUMBER and "".join(number.split()) != citizen:
            raise AccountError(
                "Số trên thẻ căn cước phải trùng số định danh cá nhân.",  # vi: for officials
                "number",
            )
        for field, told, kept in (
            ("citizen_number", citizen, account.citizen_number),
            ("tax_number", tax, account.tax_number),
        ):
            if kept and told and told != kept:
                raise AccountError(
                    "Khác với số trong tài khoản. Người dân sửa trong trang Tài khoản trước, rồi làm lại.",  # vi: for officials
                    field,
                )
        if " ".join(name.split()).casefold() != " ".join(account.name.split()).casefold():
            raise AccountError(
                f"Họ tên trên giấy tờ khác với tài khoản (“{account.name}”). "  # vi: for officials
                "Người dân sửa trong trang Tài khoản trước, rồi làm lại.",
                "name",
            )
        proof = Proof("counter", now, document, number.strip(), by.key, by.name, agency)
        return self.put(account, proof, citizen_number=citizen, tax_number=tax)

    def put(
        self, account: Account, proof: Proof, *, citizen_number: str, tax_number: str = "", name: str = ""
    ) -> Account:
        """Write the proof down, once. Raises AccountError where the number is another account's."""
        told = identity_key(account.kind, citizen_number, tax_number)
        if not told:
            raise AccountError(
                gettext("Ghi mã số thuế của tổ chức.")
                if account.kind == "organisation"
                else gettext("Ghi số định danh cá nhân."),
                "tax_number" if account.kind == "organisation" else "citizen_number",
            )
        try:
            written = AccountDocument.objects(id=account.key, identity_key=None).update_one(
                set__proof=proof_row(proof),
                set__identity_key=told,
                set__citizen_number=citizen_number,
                set__tax_number=tax_number or account.tax_number,
                set__name=name or account.name,
            )
        except NotUniqueError as error:
            raise AccountError(gettext(TAKEN), "citizen_number") from error
        if not written:
            raise AccountError(gettext("Tài khoản này đã được xác thực rồi."))
        found = self._accounts.get(account.key)
        assert found is not None
        return found

    def withdraw(self, key: str, reason: str) -> Account:
        """It was confirmed by mistake: the proof goes, with the reason for the record. Raises AccountError."""
        if not reason.strip():
            raise AccountError("Ghi lý do hủy xác thực.", "reason")  # vi: for officials
        written = AccountDocument.objects(id=key, identity_key__ne=None).update_one(
            unset__proof=1, unset__identity_key=1
        )
        if not written:
            raise AccountError("Tài khoản này chưa được xác thực.")  # vi: for officials
        found = self._accounts.get(key)
        assert found is not None
        return found

    def _open(self, key: str) -> Account:
        account = self._accounts.get(key)
        if account is None or account.staff or not account.active:
            raise AccountError(
                "Không có tài khoản người dân này, hoặc tài khoản đã bị khóa."  # vi: for officials
            )
        if account.proof is not None:
            raise AccountError(gettext("Tài khoản này đã được xác thực rồi."))
        return account


def _clean(clean: object, field: str, typed: str) -> str:
    if not isinstance(clean, str) or not clean:
        what = "số định danh cá nhân gồm 12 chữ số"  # vi: for officials
        if field != "citizen_number":
            what = "mã số thuế"  # vi: for officials
        raise AccountError(
            f"Ghi đúng {what}." if typed.strip() else f"Ghi {what}.",  # vi: for officials
            field,
        )
    return clean
