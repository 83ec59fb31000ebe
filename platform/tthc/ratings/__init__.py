"""Rating how a dossier was solved: criteria as dated data, one rating a dossier, published as aggregates only (Đ8.3)."""
