"""Opens the doors: ``python app.py`` serves the page; it is ``gan-playground serve``."""

import sys

from gan_playground.__main__ import main

if __name__ == "__main__":
    sys.exit(main(["serve", *sys.argv[1:]]))
