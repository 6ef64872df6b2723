import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from project import copy_project


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The project, built once with few people: two studies, computed."""
    project = copy_project(tmp_path_factory.mktemp("project"))
    code, output = project.build()
    assert code == 0, output
    project.output = output
    return project
