"""Who is asking: a page, or a script of ours that wants JSON."""

from flask import request


def wants_json() -> bool:
    """Tell whether the request asks for JSON before anything else."""
    return request.accept_mimetypes.best == "application/json"
