"""What a machine may be let do. Assigning, approving, receiving and handing over are for people (Đ13, Đ14)."""

from typing import Final

ANSWERING: Final = "he_thong_khac"
FUNCTIONS: Final = (ANSWERING, "tham_dinh", "van_thu")
