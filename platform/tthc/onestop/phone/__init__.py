"""Papers photographed with a telephone for a dossier being typed at the counter (Đ12.1b)."""
