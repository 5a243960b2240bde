"""The Train tab: its controls are declared to its script, which draws them, the stage and the charts."""

from typing import Final

from gan_playground.page.controls import declaration
from gan_playground.page.tabs.tab import Tab

TRAIN: Final = Tab("train", book=declaration, sheets=("train.css",))
