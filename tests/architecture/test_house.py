"""The floors, the templates and the locks are as the house wants them."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_floors_hold():
    run = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout
    assert "2 kept, 0 broken" in run.stdout


def test_the_domain_uses_the_standard_library_only_and_never_the_clock():
    allowed = set(sys.stdlib_module_names) | {"tracker"}
    for file in (ROOT / "tracker/domain").rglob("*.py"):
        source = file.read_text()
        for module in re.findall(r"^(?:from|import) ([\w.]+)", source, flags=re.MULTILINE):
            assert module.split(".")[0] in allowed, (file.name, module)
            assert not module.startswith("tracker.") or module.startswith("tracker.domain"), (file.name, module)
        assert not re.search(r"\.today\(\)|\.now\(|time\.time", source), file.name
        assert "float" not in source, file.name


def test_screens_are_strangers_to_each_other():
    for file in (ROOT / "tracker/web/screens").rglob("*.py"):
        own = file.parent.name
        for area in re.findall(r"tracker\.web\.screens\.(\w+)", file.read_text()):
            assert area == own, (file, area)


def test_the_api_and_the_screens_are_strangers_to_each_other():
    for folder, other in (("screens", "api"), ("api", "screens")):
        for file in (ROOT / "tracker/web" / folder).rglob("*.py"):
            assert f"tracker.web.{other}" not in file.read_text(), file


def test_a_module_stays_short_enough_to_read_at_once():
    long = {
        str(f): len(f.read_text().splitlines()) for f in (ROOT / "tracker").rglob("*.py") if "versions" not in str(f)
    }
    assert max(long.values()) < 450, max(long, key=lambda file: long[file])


def test_no_page_holds_a_style_or_a_script_of_its_own():
    for template in (ROOT / "templates").rglob("*.html"):
        source = template.read_text()
        assert not re.search(r"\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", source), template
        assert "http://" not in source, template
        assert "https://" not in source, template


def test_scripts_and_styles_call_no_other_host():
    for file in (ROOT / "tracker/web/static").iterdir():
        source = file.read_text().replace("http://www.w3.org/2000/svg", "")
        assert "://" not in source, file.name


def test_both_themes_set_every_colour():
    source = (ROOT / "tracker/web/static/style.css").read_text()
    light, dark = re.findall(r":root \{(.*?)\}", source, flags=re.DOTALL)[:2]
    names = [set(re.findall(r"(--[\w-]+):", block)) for block in (light, dark)]
    assert names[0] == names[1]
    assert set(re.findall(r"var\((--[\w-]+)\)", source)) <= names[0]


def test_nothing_that_is_made_here_is_kept_in_git():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    made = (".venv", "instance", "dist", "build", "__pycache__", ".env")
    assert not [file for file in listed if set(Path(file).parts) & set(made)]
