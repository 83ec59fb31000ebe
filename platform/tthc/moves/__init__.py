"""Open dossiers led to a newer version of their procedure, many at once: chosen, moved one by one, and led back."""
