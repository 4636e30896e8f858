"""Folders, processes and the terminal: list inputs, call `extract`, write tables, report."""
