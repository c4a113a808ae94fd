"""10,000 networks 2-10-1, 500 epochs, float32: `census` beside JAX, TensorFlow, PyTorch, NumPy.

The peers are compiled beforehand and are given their weights; the census draws its own from the
seeds, and examines where each network ended, in its time.
"""

import argparse
import multiprocessing
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec

import numpy as np
from measure import report, side_by_side

SEEDS = 10_000
MEMORY = f"""
from pathlib import Path
import numpy as np
from xordocs.experiments.census import census
census(range({SEEDS}), dtype=np.float32)
status = Path("/proc/self/status").read_text()  # the peak of this program alone
print(int(status.split("VmHWM:")[1].split()[0]) // 1024)
"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--quick", action="store_true", help="JAX alone for a peer")
    arguments = parser.parse_args()

    # the workers before the peers' threads: a process that forks had better have none
    processes = ProcessPoolExecutor(2, multiprocessing.get_context("fork"))
    list(processes.map(abs, range(2)))

    # PyTorch crashes in one process with TensorFlow and JAX
    elsewhere = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))

    from peers import jax_train, numpy_census, torch_census, xla_census

    from xordocs.experiments import vectorized_mlp
    from xordocs.experiments.census import census
    from xordocs.nn.initializers import NOTEBOOK

    (w1, w2, b), v, c = vectorized_mlp.initialize(range(SEEDS), 10, NOTEBOOK, np.float32)
    start = [np.stack([w1.T, w2.T], 1), b.T[:, None], v.T[:, :, None], c[:, None, None]]
    start = [np.ascontiguousarray(array) for array in start]
    jax = jax_train(batched=True)
    solved = int((jax(start)[1] < 0.1).sum())  # a stuck network's loss is 1/8 or more
    ours = int(census(range(SEEDS), dtype=np.float32).solved.sum())
    assert abs(solved - ours) < SEEDS / 200, (solved, ours)  # a few tip over in float32
    works = {
        "JAX jit and vmap": lambda: jax(start),
        "xordocs census, threads": lambda: census(range(SEEDS), dtype=np.float32),
        "xordocs census, two processes": lambda: census(
            range(SEEDS), dtype=np.float32, executor=processes
        ),
        "xordocs census, float64, two processes": lambda: census(range(SEEDS), executor=processes),
    }
    if not arguments.quick:
        xla = xla_census()
        works |= {
            "TensorFlow XLA": lambda: xla(start),
            "PyTorch": (
                (lambda: elsewhere.submit(torch_census, start).result())
                if find_spec("torch")
                else None
            ),
            "plain NumPy batch": lambda: numpy_census(start),
        }
    memory = subprocess.run(
        [sys.executable, "-c", MEMORY], capture_output=True, check=True, text=True
    ).stdout
    report(
        "Ten thousand networks",
        side_by_side(works, arguments.rounds),
        "JAX jit and vmap",
        census_peak_memory_mib=int(memory),
    )


if __name__ == "__main__":
    main()
