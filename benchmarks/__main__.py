"""`python -m benchmarks NAME …`: run one benchmark; without a name, all but the long ones."""

from __future__ import annotations

import importlib
import sys

NAMES = (
    "stand_in",
    "datasets",
    "covariates",
    "effect",
    "compare",
    "matching",
    "reading",
    "statistics_formats",
    "text_edit",
)
LONG = ("memory",)  # needs disk and minutes, so it runs only when it is named


def main(arguments: list[str]) -> int:
    """Run the named benchmarks; 1 if one of them is beyond its limit, 2 for an unknown name."""
    unknown = [name for name in arguments if name not in (*NAMES, *LONG)]
    if unknown:
        print(f"There is no benchmark “{unknown[0]}”; choose among: {', '.join((*NAMES, *LONG))}.")
        return 2
    codes = [importlib.import_module(f"benchmarks.{name}").main() for name in arguments or NAMES]
    return max(codes, default=0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
