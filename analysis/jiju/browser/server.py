"""The engine of this machine behind a page in the browser: an HTTP server for this machine's own user alone.

It listens on 127.0.0.1; every address begins with a random token; the Host of a request must be this server's own, so
that no name of somebody else's that is made to point here reaches it (DNS rebinding), and so must its Origin, where it
has one. There is one page; everything else is a question in JSON. Scenarios are those of the shelf (arms.py).
"""

from __future__ import annotations

import hmac
import json
import secrets
import select
import socket
import sys
import threading
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from jiju import _engine
from jiju.browser import replicates
from jiju.browser.arms import Arm, Shelf
from jiju.browser.description import describe, together
from jiju.browser.saving import saved
from jiju.errors import InvariantError, ScenarioError, UsageError
from jiju.inputs.scenario import Scenario
from jiju.languages import LANGUAGES, translated

HERE = "127.0.0.1"
MOST_BODY = 20_000_000  # bytes of a question
MOST_ARMS, MOST_REPLICATES, MOST_SEED = 8, 100_000, 9 * 10**15
JSON = "application/json; charset=utf-8"
NUMBERS = "application/octet-stream"

Refusals = (ScenarioError, UsageError, InvariantError, OSError)


class Server(ThreadingHTTPServer):
    """`address` is what a browser opens. Close it by `shutdown` and `server_close`."""

    daemon_threads = True
    allow_reuse_address = False

    def __init__(self, shelf: Shelf, page: bytes, port: int = 0) -> None:
        self.shelf, self.page = shelf, page
        self.token = secrets.token_urlsafe(32)
        self.engine = threading.Lock()  # one campaign at a time: each takes all processors
        self.simulators = replicates.Simulators()
        self.described: dict[Arm, dict[str, Any]] = {}
        super().__init__((HERE, port), Handler)

    @property
    def host(self) -> str:
        return f"{HERE}:{self.server_port}"

    @property
    def address(self) -> str:
        return f"http://{self.host}/{self.token}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that closes a connection is no fault; anything else is one of ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.0"  # an answer ends where the connection does, so that its length need not be known
    server_version = "jiju"
    sys_version = ""
    timeout = 60

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: addresses hold the token."""

    def do_GET(self) -> None:
        if (path := self.permitted()) is None:
            return
        if path == "":
            self.answer(HTTPStatus.OK, "text/html; charset=utf-8", self.server.page)
        elif path == "catalogue":
            self.answer_json([entry.to_json() for entry in self.server.shelf.entries.values()])
        else:
            self.refuse(HTTPStatus.NOT_FOUND, translated("there is nothing of this name here"))

    def do_POST(self) -> None:
        if (path := self.permitted()) is None:
            return
        questions = {"describe": self.describe, "simulate": self.simulate, "panel": self.panel, "save": self.save,
                     "together": self.together}  # fmt: skip
        if path not in questions:
            return self.refuse(HTTPStatus.NOT_FOUND, translated("there is nothing of this name here"))
        asked = self.question()
        if asked is None:
            return
        _engine.set_language(asked["lang"] if asked.get("lang") in LANGUAGES else _engine.language())
        try:
            questions[path](asked)
        except Refusals as error:
            self.refuse(HTTPStatus.UNPROCESSABLE_ENTITY, str(error))

    # ---- who may ask

    def permitted(self) -> str | None:
        """What follows the token; None where the request was refused. A wrong Host is seen before anything else."""
        hosts = self.headers.get_all("Host", [])
        origin = self.headers.get("Origin")
        if hosts != [self.server.host] or origin not in (None, f"http://{self.server.host}"):
            self.refuse(
                HTTPStatus.MISDIRECTED_REQUEST, translated("this server is for {host} alone", host=self.server.host)
            )
            return None
        first, _, path = urlsplit(self.path).path.removeprefix("/").partition("/")
        if not hmac.compare_digest(first.encode(), self.server.token.encode()):
            self.refuse(HTTPStatus.FORBIDDEN, translated("open the address that jiju explore has printed"))
            return None
        return path

    def question(self) -> dict[str, Any] | None:
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit() and int(length) <= MOST_BODY):
            self.refuse(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE, translated("a question has at most {most} bytes", most=MOST_BODY)
            )
            return None
        if self.headers.get_content_type() != "application/json":
            self.refuse(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, translated("a question is JSON"))
            return None
        try:
            asked = json.loads(self.rfile.read(int(length)))
        except ValueError:
            asked = None
        if not isinstance(asked, dict):
            self.refuse(HTTPStatus.BAD_REQUEST, translated("a question is JSON"))
            return None
        return asked

    # ---- questions

    def describe(self, asked: Mapping[str, Any]) -> None:
        arm, server = Arm.of(asked.get("arm")), self.server
        if arm not in server.described:
            scenario = server.shelf.open(arm)
            server.described[arm] = describe(scenario)
        self.answer_json(server.described[arm])

    def together(self, asked: Mapping[str, Any]) -> None:
        self.answer_json(together(self.arms(asked)))

    def simulate(self, asked: Mapping[str, Any]) -> None:
        """As a stream: errors after the first replicate come at its end (replicates.py)."""
        arms = self.arms(asked)
        seed, first, count = (
            whole(asked, name, most)
            for name, most in (("seed", MOST_SEED), ("first", MOST_REPLICATES), ("count", MOST_REPLICATES))
        )
        with self.server.engine:
            if self.gone():
                return
            self.begin(NUMBERS)
            try:
                for frame in replicates.frames(self.server.simulators, arms, seed, first, count, self.gone):
                    self.wfile.write(frame)
            except ConnectionError:
                return
            except Refusals as error:
                self.wfile.write(replicates.ending(str(error)))
                return
            self.wfile.write(replicates.ending())

    def panel(self, asked: Mapping[str, Any]) -> None:
        arms, seed, replicate = self.arms(asked), whole(asked, "seed", MOST_SEED), whole(asked, "replicate", 999)
        with self.server.engine:
            found = replicates.panel(arms, seed, replicate)
        self.answer(HTTPStatus.OK, NUMBERS, found)

    def save(self, asked: Mapping[str, Any]) -> None:
        arm = Arm.of(asked.get("arm"))
        self.answer(HTTPStatus.OK, "text/plain; charset=utf-8", saved(self.server.shelf, arm).encode())

    def arms(self, asked: Mapping[str, Any]) -> list[Scenario]:
        given = asked.get("arms")
        if not (isinstance(given, list) and 1 <= len(given) <= MOST_ARMS):
            raise UsageError(translated("arms: expected a list of 1 to {most}", most=MOST_ARMS))
        return [self.server.shelf.open(Arm.of(each)) for each in given]

    def gone(self) -> bool:
        """Whether the one who asked has closed the connection, which a page does when a lever has moved."""
        if not select.select([self.connection], [], [], 0)[0]:
            return False
        try:
            return len(self.connection.recv(1, socket.MSG_PEEK)) == 0
        except OSError:
            return True

    # ---- answers

    def begin(self, kind: str, status: HTTPStatus = HTTPStatus.OK, length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if length is not None:
            self.send_header("Content-Length", str(length))
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.end_headers()

    def answer(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self.begin(kind, status, len(body))
        self.wfile.write(body)

    def answer_json(self, content: object) -> None:
        self.answer(HTTPStatus.OK, JSON, json.dumps(content, ensure_ascii=False, allow_nan=False).encode())

    def refuse(self, status: HTTPStatus, message: str) -> None:
        self.answer(status, JSON, json.dumps({"error": message}, ensure_ascii=False).encode())


HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def whole(asked: Mapping[str, Any], name: str, most: int) -> int:
    value = asked.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise UsageError(translated("{name} = {value!r}: allowed are 0 to {most}", name=name, value=value, most=most))
    return value


def serving(server: Server) -> Callable[[], None]:
    """Serves on a thread of its own; what is returned ends it."""
    thread = threading.Thread(target=server.serve_forever, name="jiju explore", daemon=True)
    thread.start()

    def end() -> None:
        server.shutdown()
        server.server_close()
        thread.join()

    return end
