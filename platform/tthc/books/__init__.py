"""Number books (sổ văn bản): each agency's running numbers by year and kind, and how they are written."""
