"""Agencies: who offers procedures, when each existed, what became of it, how it is reached."""
