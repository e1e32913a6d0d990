"""Build hook: the wheel carries compiled catalogues, made with Babel because GNU gettext may be missing."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Catalogues(BuildHookInterface):
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 -- hatchling's signature
        sys.path.insert(0, self.root)
        from tools.mo import compile_all  # noqa: PLC0415 -- app start: hatchling does not put the root on the path

        written = compile_all(Path(self.root))
        # .gitignore hides them from hatchling otherwise
        build_data["artifacts"] += [str(path.relative_to(self.root)) for path in written]
