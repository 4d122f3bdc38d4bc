"""At the end of a run with `--cov`: how much of each layer's branches the tests have walked."""

import os
from typing import Any

LAYERS = ("domain", "kernel", "interop", "screens", "workers", "gateways", "config")


def pytest_terminal_summary(terminalreporter: Any, config: Any) -> None:
    """Print a line for each layer of the house."""
    measuring = config.pluginmanager.get_plugin("_cov")
    coverage = measuring and measuring.cov_controller and measuring.cov_controller.cov
    if not coverage:
        return
    terminalreporter.section("coverage, branches counted")
    for layer in filter(lambda layer: os.path.isdir(f"zvonok/{layer}"), LAYERS):
        with open(os.devnull, "w") as nowhere:
            covered = coverage.report(include=[f"zvonok/{layer}/*"], file=nowhere)
        terminalreporter.write_line(f"{layer:<10}{covered:6.1f} %")
