"""A Flask that says hello, under the server of the product: what the speed of a page is held against."""

import sys
import tempfile

from flask import Flask

from tracker.cli.serving import serve
from tracker.config.settings import read

app = Flask("hello")


@app.get("/healthz")
def hello() -> str:
    return "Hello, world"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        app.config["TRACKER_SETTINGS"] = read({"TRACKER_INSTANCE": folder, "TRACKER_PORT": sys.argv[1]})
        serve(app)
