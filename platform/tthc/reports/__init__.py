"""Reports over what `tthc.measures` counts (Đ25.1, Đ25.2, Đ27): the lives kept for them, their pages and files."""
