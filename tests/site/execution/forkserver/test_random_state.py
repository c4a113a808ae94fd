import os
import secrets
from random import Random

import pytest
from project import Project, printed

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq")


def test_pages_draw_different_numbers_whatever_has_been_preloaded(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write(
        "site-packages/drawing.py",
        """
        import random
        import numpy as np
        chance, fixed = random.Random(), random.Random(42)
        generator, fixed_generator = np.random.default_rng(), np.random.default_rng(42)
        state, fixed_state = np.random.RandomState(), np.random.RandomState(42)
        """,
    )
    project.write("site-packages/later.py", "import random; chance = random.Random()")
    monkeypatch.setenv("PYTHONPATH", str(project.root / "site-packages"), prepend=os.pathsep)
    cell = """
    import random, secrets, tempfile, uuid, drawing, later
    import numpy as np
    import pandas as pd
    print(np.random.rand(), pd.Series(range(10**6)).sample(1).item())
    print(np.random.default_rng().random(), np.random.PCG64().random_raw())
    print(random.random(), secrets.token_hex(8), uuid.uuid4(), tempfile.mktemp())
    print(drawing.chance.random(), later.chance.random())
    print(drawing.generator.random(), drawing.state.rand())
    print(drawing.fixed.random(), drawing.fixed_generator.random(), drawing.fixed_state.rand())
    np.random.seed(1); random.seed(1)
    print(np.random.rand(), random.random())
    """
    project.page("a.py", cell)
    project.page("b.py", cell)
    executed = project.build("a.py", "b.py", preload=["numpy", "pandas", "drawing", "later"])
    pages = [printed(page).splitlines() for page in executed.values()]
    for one, other in zip(*(lines[:5] for lines in pages), strict=True):
        pairs = list(zip(one.split(" "), other.split(" "), strict=True))
        assert all(mine != theirs for mine, theirs in pairs), pairs
    assert pages[0][5:] == pages[1][5:]
    import numpy as np

    alone = (
        Random(42).random(),
        np.random.default_rng(42).random(),
        np.random.RandomState(42).rand(),
    )
    assert list(map(float, pages[0][5].split())) == list(alone)


@pytest.mark.audit(sample=1)
@pytest.mark.parametrize("framework", ["tensorflow", "keras"])
def test_frameworks_draw_different_numbers(project: Project, framework: str) -> None:
    draw = {
        "tensorflow": "tf.random.uniform([2]).numpy(), tf.random.normal([2]).numpy()",
        "keras": "keras.random.uniform([2]), keras.layers.Dense(2).__class__, "
        "keras.initializers.GlorotUniform()((2, 2))",
    }[framework]
    cell = f"import {framework}{' as tf' if framework == 'tensorflow' else ''}\nprint({draw})"
    project.page("a.py", cell)
    project.page("b.py", cell)
    executed = project.build("a.py", "b.py", preload=[framework])
    one, other = map(printed, executed.values())
    assert one != other


def test_watching_leaves_no_trace() -> None:
    from xordocs.site.execution.forkserver.random_state import RandomState

    before = Random.seed, secrets.randbits
    with RandomState().watched():
        assert (Random.seed, secrets.randbits) != before
    assert (Random.seed, secrets.randbits) == before
