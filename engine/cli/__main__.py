"""``python -m engine.cli`` is the same as ``sabun``."""

import sys

from engine.cli.program import main

sys.exit(main())
