"""`python -m bench`: everything that is measured, one after the other."""

import subprocess
import sys

for part in ("bench.recall", "bench.ratios", "bench.figures", "bench.events"):
    print(f"== {part}", flush=True)
    subprocess.run([sys.executable, "-m", part], check=True)
