"""Tools for those who work on the product; none of it is installed with it."""
