"""What a machine may be let do. Assigning, approving and receiving are for people (Đ13, Đ14); a system with the function
of reception may ask for a dossier to be ended, which the kernel decides (Đ15.1d).
"""

from typing import Final

ANSWERING: Final = "he_thong_khac"
BANK: Final = "ngan_hang"
"""Tells of money that came to an account; holds nothing in any step."""
FUNCTIONS: Final = (ANSWERING, "tham_dinh", "van_thu", "tiep_nhan", BANK)
