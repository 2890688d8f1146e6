import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import newsvoices

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
GROUPS = [PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()]
DIRECT = [Requirement(line) for group in GROUPS for line in group]


def lines_of(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.lstrip().startswith("#")]


def test_environment_has_the_same_direct_dependencies_and_bounds():
    entries = [line.strip().removeprefix("- ") for line in lines_of("environment.yml")]
    conda = entries[entries.index("dependencies:") + 1 : entries.index("pip:")]
    assert sorted(conda) == sorted(
        [f"python{PROJECT['requires-python']}", "pip", *(str(line) for group in GROUPS for line in group)]
    )
    assert entries[entries.index("pip:") + 1 :] == ["-e ."]


def test_constraints_hold_names_and_exact_versions_only():
    assert [
        line for line in lines_of("constraints.txt") if not re.fullmatch(r"[a-z0-9-]+==[0-9a-z.]+", line)
    ] == []


@pytest.mark.parametrize("requirement", DIRECT, ids=lambda requirement: requirement.name)
def test_constraints_lie_within_the_bounds(requirement):
    pinned = dict(line.split("==") for line in lines_of("constraints.txt"))
    assert pinned[canonicalize_name(requirement.name)] in requirement.specifier


def test_every_bound_has_two_sides():
    assert [str(line) for line in DIRECT if {part.operator for part in line.specifier} != {">=", "<"}] == []


def test_citation_names_this_version():
    assert f"version: {newsvoices.__version__}" in lines_of("CITATION.cff")
