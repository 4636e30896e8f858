"""Figures that are asked for or granted, and what they measure."""
