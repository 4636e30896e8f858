"""From the tables on to others: a calendar of what is due, one database, training data."""
