"""Organs and places: whose a unit is and what its full name is."""
