"""Sends notifications to subscribers on this machine, as the service of a webhook would."""

import asyncio
from urllib.parse import urlsplit

from connector_builder.mock.service import Delivery
from connector_builder.mock.subscriptions import why_not

TIMEOUT = 10.0
"""How many seconds a subscriber has."""
_MOST = 4_096


async def deliver(delivery: Delivery, timeout: float = TIMEOUT) -> str:
    """Sends a notification, and returns what came of it: a status such as `200`, or why there is none."""
    why = why_not(delivery.url)
    if why:
        return f"not called: {why}"
    try:
        return await asyncio.wait_for(_send(delivery), timeout)
    except TimeoutError:
        return f"no answer within {timeout:g} s"
    except asyncio.TimeoutError:  # noqa: UP041 - before Python 3.11 it is another error
        return f"no answer within {timeout:g} s"
    except (OSError, ValueError, asyncio.LimitOverrunError) as error:
        return f"not reached: {getattr(error, 'strerror', None) or type(error).__name__}"


async def _send(delivery: Delivery) -> str:
    parts = urlsplit(delivery.url)
    # A name server may say anything of 'localhost', so nobody asks one.
    host = "127.0.0.1" if parts.hostname in (None, "localhost") else parts.hostname
    reader, writer = await asyncio.open_connection(host, parts.port or 80, limit=_MOST)
    try:
        writer.write(_request(delivery, parts.netloc, f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"))
        await writer.drain()
        line = (await reader.readline()).decode("latin-1").split(" ")
        return line[1] if len(line) > 1 and line[0].startswith("HTTP/") and line[1].isdigit() else "no answer of HTTP"
    finally:
        writer.close()


def _request(delivery: Delivery, netloc: str, target: str) -> bytes:
    lines = (
        f"POST {target} HTTP/1.1",
        f"Host: {netloc.rpartition('@')[2]}",
        "Content-Type: application/json",
        f"Content-Length: {len(delivery.body)}",
        "Connection: close",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii", "replace") + delivery.body
