"""Outline: the parts of an official paper (GB/T 9704), its heading tree and its tables."""
