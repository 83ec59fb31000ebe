"""Quy chế Đ11.1, Đ8.2, Đ23.1: kênh nộp, bưu chính, nộp thay, nộp hộ."""

import pytest
from dossier_stories import OWNER, RECEPTION, Story, registration

from tthc.dossiers.apply import replay
from tthc.dossiers.delivery import CHANNELS, Delivery, delivery_words
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import Channel


def entered(**changes):
    return Story().do(RECEPTION, registration(**changes))


def test_d11_1_each_channel_has_its_name():
    assert set(CHANNELS) == set(Channel.__args__)
    assert entered(channel="post", delivery=Delivery(postal_item="EA123456789VN")).channel == "post"


def test_d8_2_what_the_post_brings_has_its_number_and_sender():
    given = Delivery(postal_item=" EA123456789VN ", sender="Lò Văn Bình")
    dossier = entered(channel="post", delivery=given)
    assert delivery_words(dossier.channel, dossier.delivery) == (
        "Dịch vụ bưu chính công ích",
        "Số bưu gửi EA123456789VN, người gửi Lò Văn Bình",
    )
    with pytest.raises(Refused, match="số bưu gửi") as caught:
        entered(channel="post", delivery=Delivery(postal_item=" "))
    assert caught.value.rule == "Đ8.2"
    at_desk = entered(delivery=Delivery(postal_item="EA123456789VN"))
    assert at_desk.delivery is None, "what was typed for the post does not stay when the counter is chosen"


def test_d23_1_handed_in_for_somebody_the_helper_is_kept_and_the_owner_is_the_citizen():
    dossier = entered(owner=OWNER.id, delivery=Delivery(assisted=True, helper="gia-mao", helper_name="X"))
    assert (dossier.owner, dossier.delivery.helper) == (OWNER.id, RECEPTION.id)
    assert dossier.applicant.name == "Nguyễn Thị Hoa"
    assert delivery_words("counter", dossier.delivery)[1] == f"{RECEPTION.name} nộp hộ cho người nộp hồ sơ"
    assert replay(dossier.history).delivery == dossier.delivery


def test_d23_1_somebody_in_anothers_place_shows_by_which_paper():
    for given, code in (
        (Delivery(bearer="Lò Văn Bình"), "authorisation"),
        (Delivery(authorisation="12/UQ"), "bearer"),
        (Delivery(bearer_number="014190001234"), "bearer"),
    ):
        with pytest.raises(Refused) as caught:
            entered(delivery=given)
        assert (caught.value.code, caught.value.rule) == (code, "Đ23.1")
    dossier = entered(delivery=Delivery(bearer="Lò Văn Bình", authorisation="12/UQ ngày 01/6/2026"))
    assert delivery_words("counter", dossier.delivery)[1] == "Lò Văn Bình nộp thay, theo 12/UQ ngày 01/6/2026"
    assert entered(delivery=Delivery()).delivery is None
