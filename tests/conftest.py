"""One thread each: small operations split in two only wait for each other, and pytest's workers share the cores."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before anything imports torch or numpy
