"""Times: points, spans, terms and recurring dates, and what is no deadline."""
