"""What a stored file is called when it is handed over."""

import pytest
from werkzeug.http import parse_options_header

from tthc.web.files import disposition


@pytest.mark.parametrize("name", ["Hợp đồng thuê nhà.pdf", "ảnh ''%.png", 'một "hai".pdf', "giay-to.pdf"])
def test_d10_1b_a_file_keeps_its_vietnamese_name_and_can_be_sent(name):
    header = disposition("inline", name)
    header.encode("ascii")  # no server sends a header of other letters
    assert parse_options_header(header) == ("inline", {"filename": name})


def test_a_program_that_reads_no_encoded_names_gets_one_without_marks():
    assert disposition("attachment", "Hợp đồng.pdf").startswith('attachment; filename="Hop dong.pdf"; ')
