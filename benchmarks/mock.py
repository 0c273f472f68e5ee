"""Measures how many requests a second the mock answers: `python -m benchmarks.mock [SPEC]`. Run by hand.

One connection that stays open, one request after the other, and the time of the mock's own processor: what the client takes isn't in it.
"""

import argparse
import socket
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.run import ENVIRONMENT, SHOWCASE, TOOL

PATH = "/providers/Microsoft.ProcessSimple/environments/Default-1/flows?api-version=2016-11-01"
REQUESTS = 10_000


def processor(pid: int) -> float:
    """Seconds of the processor that a process took; 0 where the system doesn't tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / 100


def exchange(connection: socket.socket, request: bytes) -> bytes:
    """Sends a request, and returns the answer."""
    connection.sendall(request)
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += connection.recv(65536)
    head, _, body = answer.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0] or 0)
    while len(body) < length:
        body += connection.recv(65536)
    return head


def measure(name: str, pid: int, port: int, request: bytes, status: bytes) -> None:
    """Prints the requests a second for one request."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        for _ in range(500):
            assert exchange(connection, request).startswith(b"HTTP/1.1 " + status)
        before, begun = processor(pid), time.perf_counter()
        for _ in range(REQUESTS):
            exchange(connection, request)
        took, used = time.perf_counter() - begun, processor(pid) - before
    own = f"{REQUESTS / used:,.0f} a second of its processor" if used else "processor unknown"
    print(f"{name}: {REQUESTS / took:,.0f} requests a second, {own}")


def main() -> None:
    """Serves the connector, and measures an answer, an error and a log line for each request."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("spec", nargs="?", default=str(SHOWCASE))
    parser.add_argument("--path", default=PATH)
    given = parser.parse_args()
    for quiet in (["--quiet"], []):
        command = [*TOOL, "mock", given.spec, "--port", "0", *quiet]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=ENVIRONMENT) as process:
            assert process.stdout is not None
            port = urlsplit(process.stdout.readline().split()[0].decode()).port or 0
            head = f"GET {given.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\nUser-Agent: benchmark\r\n"
            kind = "without" if quiet else "with"
            signed = f"{head}Authorization: Bearer x\r\n\r\n".encode()
            measure(f"an answer, {kind} a line of the log", process.pid, port, signed, b"200")
            if quiet:
                wrong = signed.replace(b"api-version=", b"apiversion=")
                measure("a refused request", process.pid, port, wrong, b"400")
                invented = signed.replace(b"Accept", b"Prefer: dynamic=true\r\nAccept")
                measure("an invented answer", process.pid, port, invented, b"200")
            process.terminate()


if __name__ == "__main__":
    main()
