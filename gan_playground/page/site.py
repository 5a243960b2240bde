"""The site: the page with its tabs, what programs may call, and the live socket beside it."""

import os
from collections.abc import Sequence
from functools import partial

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ.setdefault("OMP_NUM_THREADS", "1")  # one stepping thread serves best: see the scheduler

from gan_playground.engine.toy_runs import run_toy
from gan_playground.page import api, shell
from gan_playground.page.gradio_import import gradio as gr
from gan_playground.page.tabs import TABS
from gan_playground.page.tabs.tab import RunOf, Tab
from gan_playground.serving.admission import Limits, seats
from gan_playground.serving.live import Live
from gan_playground.serving.live_engine import as_guest, torch_engine
from gan_playground.serving.protocol import MAX_BYTES
from gan_playground.serving.routes import middleware, routes
from gan_playground.serving.toy_rejection_requests import copy_run


def build(trainer: api.Trainer, run_of: RunOf, tabs: Sequence[Tab] = TABS) -> gr.Blocks:
    """The page: header, one panel a tab, and what programs may call; ``run_of`` copies a visitor's run."""
    with gr.Blocks(title="GAN Playground", analytics_enabled=False, delete_cache=(3600, 3600)) as blocks:
        shell.body(tabs, run_of)
        api.offer(trainer)
    blocks.queue(max_size=20)
    return blocks


def serve(
    *,
    device: str = "auto",
    runs: str = "",
    port: int | None = None,
    quiet: bool = False,
    tabs: Sequence[Tab] = TABS,
) -> gr.Blocks:
    """Open the page and its socket, and come back; the page is served until `gr.Blocks.close`.

    ``runs`` is the number of seats, empty for what this machine bears.

    Raises:
        Refusal: no such device, or no such number of runs.

    """
    on_space = bool(os.environ.get("SPACE_ID"))
    live = Live(torch_engine(device), limits=Limits(seats=seats(runs)))
    blocks = build(
        lambda settings, steps: run_toy(settings, steps, move=as_guest(live.scheduler)),
        run_of=partial(copy_run, live),
        tabs=tabs,
    )
    blocks.launch(
        app_kwargs={"routes": routes(live.serve), "middleware": middleware()},
        server_name="0.0.0.0" if on_space else None,
        server_port=7860 if on_space else port,
        theme=shell.look(),
        head=shell.head(tabs),
        ssr_mode=False,
        show_error=False,
        run_history=False,
        enable_monitoring=False,
        max_file_size="1mb",
        footer_links=[],
        pwa=False,
        quiet=quiet,
        prevent_thread_lock=True,
    )
    # Up to here what is too long is told so, and the page knows it; no address that a browser sends is longer.
    blocks.server.config.ws_max_size = 16 * MAX_BYTES
    blocks.server.config.ws_per_message_deflate = False  # gains 2 % on frames that are bytes already
    live.start()  # after the page answers: what it makes ready would hold it up
    return blocks


def main(device: str = "auto", runs: str = "") -> None:
    """Serve until Ctrl-C.

    Raises:
        Refusal: as `serve`.

    """
    serve(device=device, runs=runs).block_thread()
