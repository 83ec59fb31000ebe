import pytest
from argon2 import extract_parameters
from argon2.low_level import Type
from hashing import cheap_hasher

from tthc.accounts.passwords import Hasher, weakness


@pytest.mark.parametrize("good", ["hoa ban nở trắng", "Xk29-fjq0-Lw", "mật khẩu của tôi"])
def test_good_ones_pass(good):
    assert weakness(good, login="0912345678", name="Lò Thị Lan") is None


@pytest.mark.parametrize(
    "bad",
    ["", "chín ký t", "0912345678", "Lò Thị Lan", "lò thị LAN", "PassWord123", "aabbaabbaabb", "x" * 201],
)
def test_bad_ones_say_what_to_do(bad):
    problem = weakness(bad, login="0912345678", name="Lò Thị Lan")
    assert problem is not None
    assert "mật khẩu" in problem.lower()


def test_the_name_before_the_at_sign_is_a_login_too():
    assert weakness("lothilan1990", login="lothilan1990@example.vn") is not None


def test_composed_and_decomposed_letters_are_one_password():
    hasher = cheap_hasher()
    stored = hasher.make("hoa ban n\u1edf")
    assert hasher.fits(stored, "hoa ban no\u031b\u0309")
    assert not hasher.fits(stored, "hoa ban no")
    assert not hasher.fits(None, "hoa ban no")
    assert not hasher.fits("khong phai ma bam", "hoa ban no")
    assert not hasher.outdated(stored)


def test_passwords_in_use_are_kept_at_full_cost():
    kept = extract_parameters(Hasher().make("hoa ban nở trắng"))
    assert kept.type is Type.ID
    assert (kept.time_cost, kept.memory_cost, kept.parallelism) == (3, 65_536, 2)
    assert (kept.salt_len, kept.hash_len) == (16, 32)
    assert Hasher().outdated(cheap_hasher().make("hoa ban nở trắng"))
