"""Measure pages beside the constant view: same server, same load, interleaved windows.

Only ratios are worth quoting; absolute figures move with the machine. `wrk` (Debian's package)
makes the load; without it a small client in Python does, whose own cost flattens the ratios.
"""

import http.client
import os
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from urllib.parse import urlsplit

CONNECTIONS, ROUNDS, SECONDS = 16, 5, 2
CONSTANT = "http://127.0.0.1:8791/"
SITE = "http://127.0.0.1:8790"
ARTICLE = f"{SITE}/articles/tofacitinib-sjogren-ild/"


@dataclass
class Case:
    name: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200
    rates: list[float] = field(default_factory=list)


def start(wsgi: str, port: int, settings: str) -> subprocess.Popen[bytes]:
    """Start gunicorn with two sync workers."""
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", wsgi, "--bind", f"127.0.0.1:{port}"),
            *("--workers", "2", "--log-level", "error", "--no-control-socket"),
        ],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": settings},
    )


def answer(case: Case) -> tuple[int, http.client.HTTPMessage]:
    """Ask once; return status and headers."""
    parts = urlsplit(case.url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    connection.request("GET", parts.path, headers={"Host": "localhost", **case.headers})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status, response.headers


def wait_for(url: str) -> None:
    """Wait until a server answers."""
    for _attempt in range(100):
        try:
            answer(Case("", url))
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit(f"{url} did not answer within ten seconds.")


def with_wrk(case: Case) -> float:
    """Return requests per second as wrk counts them."""
    headers = {"Host": "localhost", **case.headers}
    options = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    out = subprocess.run(
        ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{SECONDS}s", *options, case.url],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    found = re.search(r"Requests/sec:\s+([\d.]+)", out)
    if found is None:
        sys.exit(f"wrk said nothing of use:\n{out}")
    return float(found[1])


def with_python(case: Case) -> float:
    """Return requests per second of a few threads."""
    until = time.monotonic() + SECONDS
    counts: list[int] = []

    def ask() -> None:
        number = 0
        while time.monotonic() < until:
            answer(case)
            number += 1
        counts.append(number)

    threads = [threading.Thread(target=ask) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS


def main() -> None:
    """Measure every case in interleaved windows and print medians as ratios."""
    measure = with_wrk if shutil.which("wrk") else with_python
    constant = Case("constant view", CONSTANT)
    cases = [
        constant,
        Case("article page, anonymous", ARTICLE),
        Case("article page, reader's role chosen", ARTICLE, {"Cookie": "reader_role=nurse"}),
        Case("home", f"{SITE}/"),
    ]
    with ExitStack() as stack:
        for server in (
            start("config.wsgi", 8790, "config.settings"),
            start("bench.wsgi", 8791, "bench.constant"),
        ):
            stack.callback(server.wait)
            stack.callback(server.terminate)
        wait_for(SITE + "/robots.txt")
        wait_for(CONSTANT)
        etag = answer(cases[1])[1].get("ETag", "")
        cases.append(
            Case("article page, unchanged (304)", ARTICLE, {"If-None-Match": etag}, status=304)
        )
        for case in cases:
            status, _headers = answer(case)
            if status != case.status:
                sys.exit(f"{case.name}: expected {case.status}, got {status}")
        for _round in range(ROUNDS):
            for case in cases:
                case.rates.append(measure(case))
    base = statistics.median(constant.rates)
    print(f"Load by {'wrk' if measure is with_wrk else 'a client in Python'}, "
          f"{ROUNDS} windows of {SECONDS} s, 2 sync workers; ratio to the constant view:")  # fmt: skip
    for case in cases:
        rate = statistics.median(case.rates)
        print(f"  {case.name:38} {rate / base:6.3f}   ({rate:.0f}/s here)")


if __name__ == "__main__":
    main()
