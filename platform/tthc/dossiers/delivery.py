"""By which way a paper dossier came, and who brought it for whom (Đ11.1, Đ8.2, Đ23.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from rules.i18n import noted
from tthc.dossiers.context import Actor
from tthc.dossiers.refusals import Refused

AUTHORISATION: Final = "Giấy ủy quyền nộp thay"
"""What the authorisation's scan is called among the dossier's documents."""
CHANNELS: Final[Mapping[str, str]] = {
    "counter": "Trực tiếp tại bộ phận một cửa",
    "post": "Dịch vụ bưu chính công ích",
    "online": "Cổng Dịch vụ công của tỉnh",
}
"""Each way in which dossiers are received (Đ11.1), as people read it."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """`postal_item`, `sender`: of what the post brought; `bearer`, `bearer_number`, `authorisation`: who hands in for the
    applicant, their identity number, and by which paper; `assisted`: the official filled it in for the applicant, and
    is kept as `helper` (an account's id), `helper_name`.
    """

    postal_item: str = ""
    sender: str = ""
    bearer: str = ""
    bearer_number: str = ""
    authorisation: str = ""
    assisted: bool = False
    helper: str = ""
    helper_name: str = ""


def delivered(channel: str, given: Delivery | None, actor: Actor) -> Delivery | None:
    """What is kept of it: nothing where the applicant came in person and needed no help, or where nobody was asked (a
    trial, an example).

    Raises:
        Refused: the post without its number, or somebody in another's place without a paper that says they may.
    """
    if given is None:
        return None
    told = replace(
        given,
        postal_item=given.postal_item.strip() if channel == "post" else "",
        sender=given.sender.strip() if channel == "post" else "",
        bearer=given.bearer.strip(),
        bearer_number=given.bearer_number.strip(),
        authorisation=given.authorisation.strip(),
        helper=actor.id if given.assisted else "",
        helper_name=actor.name if given.assisted else "",
    )
    if channel == "post" and not told.postal_item:
        raise Refused("postal_item", "Ghi số bưu gửi in trên bì thư của dịch vụ bưu chính công ích.", "Đ8.2")
    if (told.bearer_number or told.authorisation) and not told.bearer:
        raise Refused("bearer", "Ghi họ tên người nộp thay.", "Đ23.1")
    if told.bearer and not told.authorisation:
        raise Refused(
            "authorisation",
            "Ghi số, ngày giấy ủy quyền (hoặc giấy giới thiệu) của người nộp thay; chủ hồ sơ là người ủy quyền.",
            "Đ23.1",
        )
    return None if told == Delivery() else told


def represented(given: Delivery | None, papers: Sequence[object], actor: Actor) -> Delivery | None:
    """Online: whoever is signed in hands in for the applicant, and shows the paper that says they may.

    Raises:
        Refused: no word of the paper, or not the paper itself; or a paper where nobody is represented.
    """
    if given is None:
        if papers:
            raise Refused(
                "bearer", noted("Có giấy ủy quyền nhưng không phải nộp thay; bỏ tệp ấy rồi nộp lại."), "Đ23.1"
            )
        return None
    told = delivered("online", replace(given, bearer=actor.name, assisted=False), actor)
    if told is not None and not papers:
        raise Refused(
            "authorisation_paper", noted("Tải lên giấy ủy quyền (hoặc giấy giới thiệu) nộp thay."), "Đ23.1"
        )
    return told


def bearer_words(delivery: Delivery | None) -> str:
    """Who handed in for the applicant, as printed papers say it; empty where nobody did."""
    if delivery is None or not delivery.bearer:
        return ""
    number = f" (số định danh {delivery.bearer_number})" if delivery.bearer_number else ""
    return f"{delivery.bearer}{number}, theo {delivery.authorisation}"


def delivery_words(channel: str, delivery: Delivery | None) -> tuple[str, ...]:
    """What officials read of it, a sentence each."""
    words = [CHANNELS[channel]]
    if delivery is not None:
        if delivery.postal_item:
            sender = f", người gửi {delivery.sender}" if delivery.sender else ""
            words.append(f"Số bưu gửi {delivery.postal_item}{sender}")
        if delivery.bearer:
            number = f" ({delivery.bearer_number})" if delivery.bearer_number else ""
            words.append(f"{delivery.bearer}{number} nộp thay, theo {delivery.authorisation}")
        if delivery.helper_name:
            words.append(f"{delivery.helper_name} nộp hộ cho người nộp hồ sơ")
    return tuple(words)
