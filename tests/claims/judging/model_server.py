"""A model's server on loopback that answers as a test tells it, and keeps what it received."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Question = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What goes back: by default a chat completion; `pause` ends a server that hangs."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    drip: float = 0  # seconds before each byte


@dataclass
class ModelServer:
    """Its address, how it replies to a question, and what it was sent."""

    url: str = ""
    reply: Callable[[Question], Reply] = lambda asked: says(asked)  # noqa: PLW0108 - defined below
    received: list[dict[str, Any]] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def questions(self) -> list[Question]:
        """The two sides of each question, as the model reads them."""
        return [question_in(body) for body in self.received]

    @property
    def text(self) -> str:
        """All that was received, in one string."""
        return json.dumps(self.received, ensure_ascii=False)


def question_in(body: Mapping[str, Any]) -> Question:
    """The object of the user's message."""
    (content,) = [one["content"] for one in body["messages"] if one["role"] == "user"]
    found: Question = json.loads(content)
    return found


def says(asked: Question, **fields: Any) -> Reply:
    """A good answer, which quotes both claims, with some fields of its own."""
    answer = {
        "same": "yes",
        "relation": "agree",
        "kind": None,
        "quote_a": asked["a"]["claim"],
        "quote_b": asked["b"]["claim"],
        "reason": "Both speak of one thing.",
        **fields,
    }
    return content(json.dumps(answer))


def content(text: str | None, **message: Any) -> Reply:
    """A chat completion with this text."""
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant"}}
    choice["message"] |= {"content": text, **message}  # type: ignore[operator]
    body = {"choices": [choice], "usage": {"total_tokens": 321}}
    return Reply(body=json.dumps(body).encode())


@contextmanager
def serving(server: ModelServer) -> Iterator[ModelServer]:
    """Serve until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            body = json.loads(self.rfile.read(length))
            server.received.append(body)
            server.headers.append(dict(self.headers))
            reply = server.reply(question_in(body))
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self._write(reply)

        def _write(self, reply: Reply) -> None:
            size = 1 if reply.drip else len(reply.body) or 1
            for at in range(0, len(reply.body), size):
                if reply.drip and server.stop.wait(reply.drip):
                    return
                try:
                    self.wfile.write(reply.body[at : at + size])
                except OSError:  # the other side has left
                    return

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.daemon_threads = True
        server.url = f"http://127.0.0.1:{running.server_address[1]}"
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.stop.set()
            running.shutdown()
            thread.join()
