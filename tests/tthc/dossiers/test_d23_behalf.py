"""Quy chế Đ23.1, Đ26.2: nộp thay trực tuyến theo giấy ủy quyền; lời cam đoan cùng lúc đánh dấu."""

from dataclasses import replace

import pytest
from dossier_stories import OWNER, Story, a_file, submission

from tthc.dossiers.apply import replay
from tthc.dossiers.delivery import Delivery, bearer_words, delivery_words
from tthc.dossiers.refusals import Refused
from tthc.dossiers.submission import DECLARATION

GIVEN = Delivery(bearer="Ai đó", bearer_number="014190001234", authorisation="Giấy ủy quyền ngày 20/11/2026")


def handed(**changes):
    return Story().do(OWNER, replace(submission(), **changes))


def test_d23_1_online_both_are_named_and_the_bearer_is_who_is_signed_in():
    dossier = handed(delivery=GIVEN, authorisation=(a_file("uy-quyen.pdf"),))
    assert dossier.delivery.bearer == OWNER.name != "Ai đó"
    assert dossier.applicant.name == submission().applicant.name and dossier.owner == OWNER.id
    words = f"{OWNER.name} (số định danh 014190001234), theo Giấy ủy quyền ngày 20/11/2026"
    assert bearer_words(dossier.delivery) == words
    assert "nộp thay" in delivery_words("online", dossier.delivery)[1]
    (paper,) = dossier.documents
    assert (paper.kind, paper.note, paper.by) == ("attachment", "Giấy ủy quyền nộp thay", OWNER.id)
    again = replay(dossier.history)
    assert (again.delivery, again.documents, again.declaration) == (
        dossier.delivery,
        dossier.documents,
        dossier.declaration,
    )


@pytest.mark.parametrize(
    ("delivery", "papers", "code"),
    [
        (GIVEN, (), "authorisation_paper"),
        (replace(GIVEN, authorisation=" "), (a_file("a.pdf"),), "authorisation"),
        (None, (a_file("a.pdf"),), "bearer"),
    ],
)
def test_d23_1_nobody_hands_in_for_another_without_the_paper(delivery, papers, code):
    with pytest.raises(Refused) as caught:
        handed(delivery=delivery, authorisation=papers)
    assert (caught.value.code, caught.value.rule) == (code, "Đ23.1")


def test_d26_2_the_words_that_were_ticked_are_kept_with_their_instant():
    dossier = handed()
    assert dossier.declaration in {DECLARATION, Story().definition.declaration}
    assert dossier.declaration and dossier.submitted_at == dossier.history[0].at
    assert bearer_words(dossier.delivery) == ""
    with pytest.raises(Refused, match="cam đoan") as caught:
        handed(declared=False)
    assert caught.value.rule == "Đ26.2"
