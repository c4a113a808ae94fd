"""Questions asked of the networks: how often they learn, what stops them, is the gradient right.

`census`, `sweep`, `diagnosis` and `gradient_check` ask; `source_notebook` and `reproduction`
compare with the notebook that the course grew from; `vectorized_mlp` trains thousands of networks
at once.
"""

from xordocs.experiments.census import Census, Setting
from xordocs.experiments.diagnosis import CAUSES, Cause, Diagnosis, diagnose, rung
from xordocs.experiments.gradient_check import GradientCheck, central_differences
from xordocs.experiments.statistics import wilson
from xordocs.experiments.sweep import Sweep

__all__ = [
    "CAUSES",
    "Cause",
    "Census",
    "Diagnosis",
    "GradientCheck",
    "Setting",
    "Sweep",
    "central_differences",
    "diagnose",
    "rung",
    "wilson",
]
