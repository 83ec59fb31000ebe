"""What citizens use: finding a procedure, filling its form, following a dossier (Chương II, Đ10, Đ16)."""
