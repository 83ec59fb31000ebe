"""Pages of the administration, each a view of Flask-Admin with our own templates."""
