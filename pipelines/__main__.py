"""`python -m pipelines` is `gongwen`."""

from pipelines.cli import app

app(prog_name="gongwen")
