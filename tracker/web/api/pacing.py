"""How often the API may be asked: a token, or an address without one, counted in this process."""

from functools import cache
from math import ceil
from time import time

from flask import Flask, current_app
from flask_limiter import Limiter
from limits import RateLimitItem, parse

from tracker.config.settings import Settings
from tracker.labels import plural
from tracker.web.api.readers import key
from tracker.web.platform.programs import Refusal, is_for_programs


def init_app(app: Flask) -> None:
    """Count every request for the API, those that lead nowhere included, and none other."""
    limiter = Limiter(key, storage_uri="memory://", strategy="fixed-window")
    limiter.init_app(app)

    def count() -> None:
        if not is_for_programs():
            return
        rate, window = _rate(), limiter.limiter
        if window.hit(rate, key()):
            return
        seconds = max(1, ceil(window.get_window_stats(rate, key()).reset_time - time()))
        told = plural(
            "Trop de demandes : revenez dans {n} seconde.",
            "Trop de demandes : revenez dans {n} secondes.",
            seconds,
            n=seconds,
        )
        raise Refusal(429, told, headers={"Retry-After": str(seconds)})

    app.before_request(count)


def _rate() -> RateLimitItem:
    settings: Settings = current_app.config["TRACKER_SETTINGS"]
    return _parsed(settings.api_rate)


@cache
def _parsed(rate: str) -> RateLimitItem:
    return parse(rate)
