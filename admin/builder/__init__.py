"""The builder: a definition edited element by element in the browser, its effect seen beside."""
