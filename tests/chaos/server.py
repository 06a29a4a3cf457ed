"""The server on which chaos rages, as durable as a real one."""

from bench.server import DURABLE, Server

CHAOS = Server("pg-chaos", DURABLE | {"max_connections": "120"})
