"""Writing a draft together: one change at a time, each saved at once, undone in turn, nobody's overwritten."""
