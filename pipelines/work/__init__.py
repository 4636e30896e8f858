"""The work of a run on its way: what is listed, what is read, what is finished and kept."""
