"""How right and how fast: against answers made by hand, other outputs and bare libraries."""
