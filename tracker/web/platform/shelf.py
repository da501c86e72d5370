"""The shelf of the instance: where attached files lie, outside what is served, and how many each authority may keep."""

from flask import current_app

from tracker.config.settings import Settings
from tracker.services.evidence import Shelf
from tracker.store.files import FileStore


def shelf() -> Shelf:
    """Give the shelf that the settings tell of."""
    settings: Settings = current_app.config["TRACKER_SETTINGS"]
    return Shelf(FileStore(settings.files), settings.files_quota_bytes)
