"""Units named in lists, and statements that say who answers."""
