"""What a tab of the page is to Python: its key, what its script is told, and what it may ask."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from gan_playground.page.gradio_import import gradio as gr

BOOT: Final = """
const root = (window.gradio_config && window.gradio_config.root || '').replace(/\\/$/, '');
import(root + '/playground/page.js').then((page) => page.mount('KEY', element, props.book, server));
"""
"""Runs when a component of ours is mounted: loads the page's script once and hands it the element."""

RunOf = Callable[[str], Any]
"""A token's run, copied; None where there is none."""


def nothing(_: RunOf) -> tuple[Callable[..., Any], ...]:
    """No function: a tab that asks the server nothing."""
    return ()


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: adding one is one entry of `gan_playground.page.tabs.TABS`.

    ``key`` names it everywhere: in the address, in the tab bar by the words ``page.tab_KEY``, and its script
    ``web/tabs/KEY.js``, whose default export extends ``Tab`` of ``web/tab.js``. ``book`` is what the script is told,
    ``functions`` what it may ask of the server, made for one server whose visitors' runs are found by their token.
    ``sheets`` are its style sheets in ``web/``.
    """

    key: str
    book: Callable[[], Mapping[str, Any]]
    functions: Callable[[RunOf], tuple[Callable[..., Any], ...]] = nothing
    sheets: tuple[str, ...] = ()

    def component(self, run_of: RunOf) -> gr.HTML:
        """The tab's one component; use inside its panel."""
        return component(self.key, self.book(), self.functions(run_of))


def component(key: str, book: Mapping[str, Any], functions: tuple[Callable[..., Any], ...] = ()) -> gr.HTML:
    """An empty element, which the page's script fills and brings to life as ``key``."""
    return gr.HTML(
        f'<div class="{key}"></div>',
        js_on_load=BOOT.replace("KEY", key),
        elem_id=f"playground-{key}",
        elem_classes=["playground"],
        apply_default_css=False,
        server_functions=list(functions),
        book=dict(book),
    )
