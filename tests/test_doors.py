"""The served page from outside: what it answers, what it hides, and the functions that programs may call."""

import base64
import gzip
import io
import json
import math
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from benchmarks.classroom import APP


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    from gan_playground.page.site import serve

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    blocks = serve(port=port, quiet=True)
    yield f"http://127.0.0.1:{port}"
    blocks.close(verbose=False)


def ask(url: str, body: bytes | None = None, **headers: str) -> tuple[int, Any, bytes]:
    """The status, headers and content of an answer, refused or not."""
    request = urllib.request.Request(url, data=body, headers={name.replace("_", "-"): v for name, v in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=300) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def call(site: str, name: str, *values: Any) -> tuple[str, Any]:
    """Call a function as a program does, with any JSON at all; the event's name and its data."""
    body = json.dumps({"data": values}).encode()
    status, _, answer = ask(f"{site}/gradio_api/call/{name}", body, content_type="application/json")
    assert status == 200, answer
    event = json.loads(answer)["event_id"]
    _, _, stream = ask(f"{site}/gradio_api/call/{name}/{event}")
    said = dict(line.split(": ", 1) for line in stream.decode().splitlines() if ": " in line)
    return said["event"], json.loads(said["data"])


# --- the page ------------------------------------------------------------------------------------


def test_the_page_answers_and_lets_nothing_in_from_elsewhere(site):
    status, headers, content = ask(site)
    assert status == 200
    assert b"GAN Playground" in content
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"


def test_a_space_lets_its_own_frame_in():
    from gan_playground.serving.routes import headers

    assert "frame-ancestors 'self'" in headers(False)["content-security-policy"]
    assert "https://huggingface.co" in headers(True)["content-security-policy"]


def test_each_address_may_ask_the_tabs_functions_so_often(monkeypatch):
    from starlette.testclient import TestClient

    from gan_playground.serving import routes
    from gan_playground.serving.routes import Metered

    monkeypatch.setattr(routes, "ASKED_A_SECOND", 4.0)

    async def inside(scope, receive, send):
        del scope, receive
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    now = [0.0]
    client = TestClient(Metered(inside, on_space=False, clock=lambda: now[0]))
    asked = [client.post("/gradio_api/component_server").status_code for _ in range(45)]
    assert asked == [200] * 40 + [429] * 5
    assert "again" in client.post("/gradio_api/component_server/").text
    assert client.get("/").status_code == 200
    now[0] += 1.0
    assert client.post("/gradio_api/component_server").status_code == 200


def test_the_page_its_scripts_and_answers_are_compressed(site):
    sizes = {}
    for path in ("/", "/config", "/playground/page.js", "/playground/page.css"):
        _, headers, content = ask(f"{site}{path}", accept_encoding="gzip")
        assert headers["content-encoding"] == "gzip", path
        _, plain_headers, plain = ask(f"{site}{path}", accept_encoding="identity")
        assert "content-encoding" not in plain_headers, path
        assert gzip.decompress(content) == plain, path
        sizes[path] = len(content), len(plain)
    assert sizes["/"][0] < 0.4 * sizes["/"][1]
    assert sizes["/"][0] < 200_000
    assert sizes["/playground/page.js"][0] < 0.5 * sizes["/playground/page.js"][1]
    assert "content-encoding" not in ask(f"{site}/gradio_api/startup-events", accept_encoding="gzip")[1]  # a word


def test_pictures_and_event_streams_are_left_as_they_are():
    from starlette.applications import Starlette
    from starlette.responses import Response, StreamingResponse
    from starlette.routing import Route
    from starlette.testclient import TestClient

    from gan_playground.serving.routes import middleware

    async def events():
        yield "data: " + 2000 * "a" + "\n\n"
        yield "data: b\n\n"

    def answer(request):
        kind = request.query_params["kind"]
        return (
            StreamingResponse(events(), media_type=kind) if "event" in kind else Response(2000 * b"a", media_type=kind)
        )

    client = TestClient(Starlette(routes=[Route("/", answer)], middleware=middleware()))
    for kind, encoding in (("text/html", "gzip"), ("image/png", None), ("text/event-stream", None)):
        assert client.get("/", params={"kind": kind}).headers.get("content-encoding") == encoding, kind


def test_scripts_are_kept_by_their_tag(site):
    status, headers, content = ask(f"{site}/playground/page.js")
    assert status == 200
    assert b"export" in content
    assert "javascript" in headers["content-type"]
    assert headers["cache-control"] == "no-cache"
    assert ask(f"{site}/playground/page.js", if_none_match=headers["etag"])[0] == 304


@pytest.mark.parametrize(
    "path", ["../theme.py", "%2e%2e/theme.py", "..%2ftheme.py", "/etc/passwd", "%2fetc%2fpasswd", "nope.js", ""]
)
def test_nothing_but_the_pages_own_files_is_served(site, path):
    assert ask(f"{site}/playground/{path}")[0] in (404, 405)


def test_gradios_own_doors_are_narrow(site):
    assert ask(f"{site}/monitoring")[0] in (403, 404)
    assert ask(f"{site}/gradio_api/file=/etc/passwd")[0] in (403, 404)
    assert ask(f"{site}/gradio_api/file=app.py")[0] in (403, 404)
    boundary = b"--x\r\nContent-Disposition: form-data; name=files; filename=a.bin\r\n\r\n"
    body = boundary + bytes(2 << 20) + b"\r\n--x--\r\n"
    assert ask(f"{site}/gradio_api/upload", body, content_type="multipart/form-data; boundary=x")[0] == 413


def test_analytics_are_off(site):
    _, _, content = ask(f"{site}/config")
    config = json.loads(content)
    assert config["analytics_enabled"] is False
    assert config["show_error"] is False


@pytest.mark.parametrize("options", [("--max-runs", "0"), ("--max-runs", "nan"), ("--device", "tpu")])
def test_bad_options_are_one_sentence(options):
    run = subprocess.run([sys.executable, str(APP), *options], capture_output=True, text=True, timeout=300, check=False)
    assert run.returncode == 2
    assert options[1] in run.stderr
    assert len(run.stderr.strip().splitlines()) == 1


# --- the socket through the whole server ---------------------------------------------------------


def test_the_socket_stands_beside_the_page(site):
    with connect(site.replace("http", "ws") + "/live") as link:
        link.send('{"hello": {"query": "?seed=5", "token": "", "lang": "en"}}')
        message = link.recv(timeout=300)
        assert json.loads(message)["welcome"]["settings"]["seed"] == 5
        frame = link.recv(timeout=300)
        assert isinstance(frame, bytes)
        assert frame[:4] == b"GPF1"


def test_another_site_is_turned_away(site):
    with pytest.raises(InvalidStatus), connect(site.replace("http", "ws") + "/live", origin="http://evil.example"):  # type: ignore[arg-type]
        pass


def test_a_greeting_with_too_long_a_link_is_told_so(site):
    with connect(site.replace("http", "ws") + "/live", compression=None) as link:
        link.send(json.dumps({"hello": {"query": "?" + 60_000 * "x", "token": "", "lang": "en"}}))
        assert json.loads(link.recv(timeout=300))["bye"]["key"] == "protocol.too_long"


def test_a_long_message_is_never_even_gathered(site):
    with connect(site.replace("http", "ws") + "/live", compression=None) as link:
        link.send("x" * 100_000)
        with pytest.raises(ConnectionClosed):
            link.recv(timeout=300)
        assert link.protocol.close_code == 1009


# --- functions for programs ----------------------------------------------------------------------


def test_the_functions_are_named_typed_and_described(site):
    _, _, content = ask(f"{site}/gradio_api/info")
    offered = json.loads(content)["named_endpoints"]
    assert set(offered) == {"/divergence", "/toy", "/sample"}
    assert [p["parameter_name"] for p in offered["/divergence"]["parameters"]] == ["p", "q"]
    assert all(entry["description"] for entry in offered.values())


def test_divergence_gives_the_table(site):
    event, (table,) = call(site, "divergence", "N(0,1)", "N(2,1)")
    assert event == "complete"
    assert table["kl"] == pytest.approx(2, rel=1e-6)
    assert table["w1"] == pytest.approx(2, rel=1e-6)
    assert call(site, "divergence", "N(0,1)", "N(0,0.5)")[1][0]["pearson"] == "inf"


@pytest.mark.parametrize(
    "values",
    [
        (math.nan, "N(0,1)"),
        (None, "N(0,1)"),
        (["N(0,1)"], "N(0,1)"),
        ({"x": 1}, "N(0,1)"),
        ("N(0,0)", "N(0,1)"),
        ("N(0,1)", "0.5*N(0,1)"),
        ("N(0,1)" * 1000, "N(0,1)"),
        ("__import__('os')", "N(0,1)"),
    ],
)
def test_a_bad_law_is_refused_in_both_languages(site, values):
    refused(call(site, "divergence", *values))


def refused(answer: tuple[str, Any]) -> str:
    event, said = answer
    assert event == "error"
    text = said["error"] if isinstance(said, dict) else said
    assert text
    assert "Traceback" not in text
    assert ".py" not in text
    assert any("가" <= letter <= "힣" for letter in text)
    return text


def test_toy_trains_and_measures(site):
    event, (result,) = call(site, "toy", "8-gaussians", "js:practical", 20, 3, "batch=32")
    assert event == "complete"
    assert {"modes", "high_quality", "kl_modes", "sd_ratio", "w2"} <= set(result["metrics"])


@pytest.mark.parametrize(
    "values",
    [
        ("mnist", "js", 10, 0, ""),
        (["ring"], "js", 10, 0, ""),
        ("ring", "wgan(1e9)", 10, 0, ""),
        ("ring", None, 10, 0, ""),
        ("ring", "js", 5001, 0, ""),
        ("ring", "js", math.nan, 0, ""),
        ("ring", "js", 1.5, 0, ""),
        ("ring", "js", 10, -1, ""),
        ("ring", "js", 10, [1], ""),
        ("ring", "js", 10, 0, "nope=1"),
        ("ring", "js", 10, 0, "r1"),
        ("ring", "js", 10, 0, {"r1": 1}),
        ("ring", "js", 10, 0, "critic_batch_norm=1&r1=1"),
    ],
)
def test_bad_settings_are_refused_before_anything_runs(site, values):
    refused(call(site, "toy", *values))


@pytest.mark.parametrize("values", [("../x", 4, 0), (None, 4, 0), (["mnist-kl"], 4, 0), ("mnist-kl", 1e9, 0)])
def test_bad_samples_are_refused(site, values):
    refused(call(site, "sample", *values))


def test_sample_draws_the_same_sheet_for_the_same_seed(site):
    from PIL import Image

    from gan_playground.images.checkpoints import manifest

    name = next(iter(manifest().entries))
    first, second = (call(site, "sample", name, 4, 7)[1][0]["png"] for _ in range(2))
    assert first == second
    assert Image.open(io.BytesIO(base64.b64decode(first))).width > 20
