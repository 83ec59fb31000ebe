"""What is counted of dossiers, each measure in one place. Pure: no web, no database, no clock."""
