"""The tabs of the page, one file each, in the order of the tab bar; the first is what opens."""

from typing import Final

from gan_playground.page.tabs.divergences import DIVERGENCES
from gan_playground.page.tabs.rejection import REJECTION
from gan_playground.page.tabs.samples import SAMPLES
from gan_playground.page.tabs.tab import Tab
from gan_playground.page.tabs.train import TRAIN

TABS: Final[tuple[Tab, ...]] = (TRAIN, SAMPLES, REJECTION, DIVERGENCES)
