"""The app of the stock peer; with one migration."""

from django.apps import AppConfig


class Stock(AppConfig):
    """Named short, as its tables."""

    name = "bench.peers.stock"
    label = "stock"
