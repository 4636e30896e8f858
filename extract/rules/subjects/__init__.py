"""Units that running text tells to act."""
