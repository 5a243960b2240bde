"""A tab is one record: what belongs to each, and that one more is found everywhere."""

import re
from pathlib import Path

import pytest

from gan_playground.page import shell
from gan_playground.page.tabs import TABS
from gan_playground.page.tabs.tab import Tab
from gan_playground.words import CATALOGUES

FIFTH = Tab("fifth", book=dict, sheets=("train.css",))


@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.key)
def test_a_tab_has_its_script_its_sheets_and_its_name_in_every_language(tab):
    assert "extends" in (shell.WEB / "tabs" / f"{tab.key}.js").read_text(encoding="utf-8")
    assert all((shell.WEB / sheet).exists() for sheet in tab.sheets)
    assert all(f"page.tab_{tab.key}" in said for said in CATALOGUES.values())


def test_every_script_of_a_tab_is_a_tabs():
    assert {script.stem for script in Path(shell.WEB / "tabs").glob("*.js")} == {tab.key for tab in TABS}


def test_a_fifth_tab_has_its_panel_its_component_and_its_rule():
    from gan_playground.page import site

    blocks = site.build(lambda *_: {}, lambda _: None, tabs=(*TABS, FIFTH))
    ids = [block["props"].get("elem_id") for block in blocks.get_config_file()["components"]]
    assert [found for found in ids if str(found).startswith("panel-")] == [
        *(f"panel-{tab.key}" for tab in TABS),
        "panel-fifth",
    ]
    assert "playground-fifth" in ids
    assert shell.book((*TABS, FIFTH))["tabs"] == [*(tab.key for tab in TABS), "fifth"]
    assert 'body[data-tab="fifth"] #panel-fifth' in shell.head((*TABS, FIFTH))
    assert "#panel-fifth" not in shell.head(TABS)


def test_gradio_is_imported_by_its_quick_way_alone():
    """Its own way parses every component's source anew, a second and more of the page's start."""
    house = Path(shell.__file__).parent.parent
    imports = re.compile(r"^\s*(?:from|import) gradio\b", re.MULTILINE)
    assert [file.name for file in house.rglob("*.py") if imports.search(file.read_text(encoding="utf-8"))] == [
        "gradio_import.py"
    ]
