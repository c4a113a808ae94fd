"""Questions asked of the networks: how often they learn, what stops them, is the gradient right.

`census`, `diagnosis` and `gradient_check` ask; `source_notebook` and `reproduction` compare with
the notebook that the course grew from; `vectorized_mlp` trains thousands of networks at once.
"""

from xordocs.experiments.census import Census, Setting
from xordocs.experiments.diagnosis import CAUSES, Cause, Diagnosis, diagnose
from xordocs.experiments.gradient_check import GradientCheck, central_differences
from xordocs.experiments.loss_ladder import rung
from xordocs.experiments.statistics import wilson

__all__ = [
    "CAUSES",
    "Cause",
    "Census",
    "Diagnosis",
    "GradientCheck",
    "Setting",
    "central_differences",
    "diagnose",
    "rung",
    "wilson",
]
