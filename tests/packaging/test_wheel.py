"""What is built holds everything, and runs from where it was installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

from pcmd_consolidate import __version__
from tests.packaging.environments import PROJECT, build, lower_bounds

pytest.importorskip("hatchling", reason="builds the package")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build(folder)
    return folder


def test_wheel_and_sdist_carry_the_version_that_stands_in_one_place(built: Path) -> None:
    names = sorted(path.name for path in built.iterdir())
    versions = [line for line in (PROJECT / "pyproject.toml").read_text().splitlines() if __version__ in line]

    assert names == [f"pcmd_consolidate-{__version__}-py3-none-any.whl", f"pcmd_consolidate-{__version__}.tar.gz"]
    assert versions == []
    assert f"## {__version__}" in (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_wheel_holds_every_file_of_the_package(built: Path) -> None:
    package = PROJECT / "pcmd_consolidate"
    files = {p.relative_to(PROJECT).as_posix() for p in package.rglob("*") if p.is_file() and p.suffix != ".pyc"}
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        packed = {name for name in wheel.namelist() if ".dist-info/" not in name}

    assert packed == files


def test_the_sdist_holds_what_readme_and_tests_need(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}

    assert {
        "README.md", "CHANGELOG.md", "LICENSE", "pyproject.toml", "samples/tong-hop.png", "samples/tong_hop.ipynb",
        "samples/dot-khac/dinh-ky.toml", "templates_xlsx/IA.xlsx", "tests/test_readme.py",
    } <= names  # fmt: skip


def test_the_sample_runs_from_the_installed_wheel(built: Path, tmp_path: Path) -> None:
    """Installed beside the requirements at hand: forms, units and outlines must come from the wheel."""
    install = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--quiet", "--target"]
    subprocess.run([*install, str(tmp_path / "site"), *map(str, built.glob("*.whl"))], check=True)
    sample = shutil.copytree(PROJECT / "samples" / "dong-nai", tmp_path / "dong-nai")
    code = (
        "import sys, pcmd_consolidate as pcmd\nprint(pcmd.__file__)\n"
        "result = pcmd.consolidate(pcmd.read_returns(pcmd.open_campaign(sys.argv[1])))\n"
        "pcmd.write_outputs(result); pcmd.write_handout(result.campaign); pcmd.new_campaign(sys.argv[2], 'Huế')"
    )
    given = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path and Path(path) != PROJECT]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path / "site"), *given])}
    command = [sys.executable, "-c", code, str(sample), str(tmp_path / "hue")]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).is_relative_to(tmp_path / "site")
    assert (sample / "ket-qua" / "tong-hop-pcmd.xlsx").is_file()
    assert len(list((sample / "phat-hanh").rglob("*.xlsx"))) == 106


def test_every_requirement_has_a_lower_bound() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [requirement for extra in project["optional-dependencies"].values() for requirement in extra]

    assert [requirement for requirement in (*project["dependencies"], *extras) if ">=" not in requirement] == []
    assert all("==" in requirement for requirement in lower_bounds())
    assert {"pyarrow==17", "python-docx==1.2"} < set(lower_bounds())
