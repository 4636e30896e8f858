"""Names and numbers of papers: cited, issued and addressed."""
