"""The gate to the model's server: one address, one answer, in time."""

import socket
import time

import pytest

from claims.judging import gate
from tests.claims.judging.model_server import ModelServer, Reply, says, serving

BODY = b'{"messages": [{"role": "user", "content": "{}"}]}'


def post(server: ModelServer, seconds: float = 5, key: str = "") -> bytes:
    return gate.post(f"{server.url}/v1/chat/completions", BODY, key, seconds)


def replying(server: ModelServer, reply: Reply) -> ModelServer:
    server.reply = lambda asked: reply
    return server


def test_the_answer_comes_back_as_it_was_sent(server: ModelServer) -> None:
    assert post(replying(server, Reply(body=b"as it is"))) == b"as it is"


def test_the_key_goes_as_a_bearer_token_and_only_where_there_is_one(server: ModelServer) -> None:
    replying(server, Reply())
    post(server, key="secret")
    post(server)
    assert server.headers[0]["Authorization"] == "Bearer secret"
    assert "Authorization" not in server.headers[1]


@pytest.mark.parametrize("key", ["top\nsecret", "secret\u2028"])
def test_a_key_that_is_no_header_is_told_to_nobody(server: ModelServer, key: str) -> None:
    with pytest.raises(gate.NoAnswer) as caught:
        post(replying(server, Reply()), key=key)
    assert "secret" not in str(caught.value)
    assert caught.value.__suppress_context__
    assert server.received == []


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500, 503, 204])
def test_any_other_status_is_no_answer(server: ModelServer, status: int) -> None:
    with pytest.raises(gate.NoAnswer, match=f"^status {status}$"):
        post(replying(server, Reply(status=status)))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(server: ModelServer, status: int) -> None:
    with serving(ModelServer()) as elsewhere:
        replying(server, Reply(status=status, headers={"Location": elsewhere.url}))
        with pytest.raises(gate.NoAnswer, match=f"status {status}"):
            post(server)
        assert elsewhere.received == []


def test_a_proxy_of_the_environment_is_not_used(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(ModelServer()) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        post(replying(server, Reply(body=b"direct")))
        assert (len(server.received), proxy.received) == (1, [])


def test_a_huge_answer_is_refused(server: ModelServer) -> None:
    with pytest.raises(gate.NoAnswer, match="too long"):
        post(replying(server, Reply(body=b"x" * (gate.MOST_BYTES + 1))))


def test_a_server_that_does_not_answer_is_left(server: ModelServer) -> None:
    def hang(asked: object) -> Reply:
        server.stop.wait(30)
        return Reply()

    server.reply = hang
    with pytest.raises(gate.NoAnswer, match="too slow"):
        post(server, seconds=0.2)


def test_a_server_that_drips_is_left_when_the_time_is_over(server: ModelServer) -> None:
    started = time.monotonic()
    with pytest.raises(gate.NoAnswer):
        post(replying(server, Reply(body=b"x" * 1000, drip=0.05)), seconds=0.3)
    assert time.monotonic() - started < 20  # each byte alone comes well within its timeout


def test_an_answer_that_is_cut_off_is_none(server: ModelServer) -> None:
    with pytest.raises(gate.NoAnswer):
        post(replying(server, Reply(body=b"half", headers={"Content-Length": "8"})), seconds=0.5)


def test_nobody_there_is_no_answer() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(gate.NoAnswer, match="not there"):
        gate.post(f"http://127.0.0.1:{port}/v1/chat/completions", BODY, "", 2)


def test_what_speaks_no_http_is_no_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        with pytest.raises(gate.NoAnswer):
            gate.post(f"https://127.0.0.1:{port}/v1/chat/completions", BODY, "", 0.3)


def test_certificates_and_the_names_in_them_are_verified() -> None:
    connection = gate._connection("https://model.example/v1/chat/completions", 1)
    context = connection._context  # type: ignore[attr-defined]
    assert context.check_hostname
    assert context.verify_mode.name == "CERT_REQUIRED"


def test_reasons_quote_nothing_that_was_sent(server: ModelServer) -> None:
    replying(server, says({"a": {"claim": "x"}, "b": {"claim": "y"}}))
    server.reply = lambda asked: Reply(status=500, body=b"the article says so")
    with pytest.raises(gate.NoAnswer) as refused:
        post(server, key="secret")
    assert str(refused.value) == "status 500"
