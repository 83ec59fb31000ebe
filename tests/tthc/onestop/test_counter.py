import pytest

from tthc.portal.applicants import CONTACT_NEEDED, NAME_NEEDED, applicant_errors, posted_applicant


def test_the_applicant_has_a_name_and_a_way_to_be_reached():
    assert applicant_errors(posted_applicant({})) == {"name": NAME_NEEDED, "phone": CONTACT_NEEDED}


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"applicant.phone": "0912 345 678"}, set()),
        ({"applicant.email": "lan@example.vn"}, set()),
        ({"applicant.phone": "0912 345 67"}, {"phone"}),
        ({"applicant.phone": "0912345678", "applicant.email": "lan@example"}, {"email"}),
        ({"applicant.email": "a@b.vn, c@d.vn"}, {"email"}),
    ],
)
def test_a_mistyped_contact_is_told_at_the_desk(typed, wrong):
    assert set(applicant_errors(posted_applicant({"applicant.name": "Lan", **typed}))) == wrong
