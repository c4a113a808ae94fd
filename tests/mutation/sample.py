"""Test a seeded sample of mutants by mutmut, and account for each that survives.

`sample.py 400` tests as many, `sample.py` all of them. Equivalent mutants, which no test can
tell from the program, are listed in `equivalent.toml` with the reason.
"""

import hashlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

SEED = 0
KILLED = 0.95
"""The least share of the mutants that are not equivalent."""
FIRST = "xordocs.nn.activations.x_relu__mutmut_1"
"""A mutant to ask for: mutmut makes all of them before it tests the first."""
EQUIVALENT = Path(__file__).with_name("equivalent.toml")


def run(*mutants: str) -> None:
    """Have mutmut make all mutants, and test some."""
    subprocess.run(["mutmut", "run", *mutants], check=True)


def told(*arguments: str) -> list[str]:
    """Return the lines that one of mutmut's commands prints."""
    done = subprocess.run(["mutmut", *arguments], stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.splitlines()


def verdicts() -> dict[str, str]:
    """Return mutmut's word on each mutant, such as `killed` or `not checked`."""
    return dict(line.strip().rsplit(": ", 1) for line in told("results", "--all", "true"))


def sample(names: list[str], size: int | None) -> list[str]:
    """Choose mutants by a hash of their names: others come and go, and these stay chosen."""
    return sorted(names, key=lambda name: hashlib.sha256(f"{SEED} {name}".encode()).digest())[:size]


def described(name: str) -> tuple[str, str]:
    """Return the function that a mutant is of, and the lines that it changes to others."""
    function = re.sub(r"\.x(?:_|ǁ)", ".", name.partition("__mutmut_")[0]).replace("ǁ", ".")
    added = [line[1:].strip() for line in told("show", name) if re.match(r"\+(?!\+\+)", line)]
    return function, "\n".join(added)


def main(size: int | None) -> str | None:
    run(FIRST)
    chosen = sample(list(verdicts()), size)
    run(*chosen)
    after = verdicts()
    alive = [name for name in chosen if after[name] not in ("killed", "timeout", "segfault")]
    known = tomllib.loads(EQUIVALENT.read_text("utf-8"))
    equivalent = 0
    for name in alive:
        function, change = described(name)
        if change in known.get(function, {}):
            equivalent += 1
        else:
            print(f"{after[name]}: {name}\n  {change}")
    killed = (len(chosen) - len(alive)) / (len(chosen) - equivalent)
    print(
        f"{len(chosen)} mutants, {equivalent} of them equivalent, {killed:.1%} of the others killed"
    )
    return None if killed >= KILLED else f"error: at least {KILLED:.0%} should be killed"


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else None))
