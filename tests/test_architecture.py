"""Rules for all code: sizes, doors of packages, order of imports, forbidden names."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import grimp
import pytest
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).resolve().parent.parent
CODE = sorted(
    path for room in ("confnotes", "talks") for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts
)
ROOMS_WITH_A_DOOR = {
    "parsing",
    "markup",
    "importing",
    "write_back",
    "derived",
    "editing",
    "backup",
    "vocabulary",
    "related",
    "search",
    "formats",
}
INNER_DOORS = {"importing.sources", "importing.reconcile", "importing.store", "parsing.diagnostic_catalogue"}
# What loads more than a web worker should: only who uses it imports it.
LATE_IMPORTS = {
    "talks/importing/language.py",
    "talks/importing/sources/watcher.py",
    "talks/management/commands/import_posts.py",
    "talks/search/__init__.py",
}
JUNK_DRAWERS = {"utils.py", "helpers.py", "services.py", "misc.py", "utils", "helpers", "services", "common"}


def test_most_functions_have_thirty_lines_and_none_over_sixty():
    lengths = {
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in CODE
        for node in list_nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {place: length for place, length in lengths.items() if length > 60} == {}
    assert sum(length <= 30 for length in lengths.values()) >= 0.9 * len(lengths)


def test_modules_have_at_most_500_lines():
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in CODE}
    assert {place: length for place, length in lengths.items() if length > 500} == {}


def test_names_of_tests_have_at_most_ten_words():
    names = [
        f"{path.relative_to(ROOT)} {node.name}"
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        for node in list_nodes(path)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    assert [name for name in names if len(name.split()[1].removeprefix("test_").split("_")) > 10] == []


def test_no_module_is_called_utils_or_the_like():
    assert [path for path in CODE if JUNK_DRAWERS & {path.name, path.parent.name}] == []


def test_code_outside_a_package_imports_none_of_its_inner_modules():
    assert [
        f"{path.relative_to(ROOT)}:{line} {module}"
        for path in CODE
        for line, module in find_imports(path)
        if (inner := re.match(r"talks\.(\w+)\.(\w+)", module))
        and inner[1] in ROOMS_WITH_A_DOOR
        and module.removeprefix("talks.") not in INNER_DOORS
        and path.relative_to(ROOT).parts[:2] != ("talks", inner[1])
    ] == []


def test_every_name_that_a_packages_init_exports_is_used():
    nodes = [
        node
        for room in ("confnotes", "talks", "tests", "bench")
        for path in (ROOT / room).rglob("*.py")
        for node in list_nodes(path)
    ]
    asked = {
        f"{node.module}.{alias.name}" for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    asked |= {ast.unparse(node) for node in nodes if isinstance(node, ast.Attribute)}
    assert [
        f"{'.'.join(parts)}.{name}"
        for path in CODE
        if path.name == "__init__.py" and (parts := path.parent.relative_to(ROOT).parts)
        for name in find_unused_imports(path)
        if not asked & {f"{'.'.join(parts)}.{name}", f"{parts[-1]}.{name}"}
    ] == []


@pytest.mark.parametrize("module", ["talks.parsing", "talks.names", "talks.markup"])
def test_pure_modules_run_without_django(module):
    program = f"import sys, {module}; sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT).returncode == 0


def test_web_workers_load_neither_language_detector_nor_file_watcher():
    program = (
        "import django, sys; django.setup(); import confnotes.wsgi, confnotes.urls; "
        "sys.exit(', '.join({'numpy', 'py3langid', 'watchfiles'} & sys.modules.keys()) or 0)"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "confnotes.settings"}
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
    )
    assert (ended.stderr, ended.returncode) == ("", 0)


def test_the_admin_writes_no_rows_itself():
    writes = {"save", "create", "update", "delete", "get_or_create", "update_or_create", "save_base", "save_m2m"}
    writes |= {"bulk_create", "bulk_update", "delete_model", "delete_queryset", "delete_existing", "save_new"}
    calls = [
        ast.unparse(node)
        for path in CODE
        if path.relative_to(ROOT).parts[:2] == ("talks", "admin")
        for node in list_nodes(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in writes or ast.unparse(node.func).startswith(("super().save_model", "EditorTouch"))
    ]
    assert sorted(calls) == ["cache.delete(COUNT_KEY)", "formset.save(commit=False)"]


def test_public_views_do_not_import_the_importer():
    graph = build_graph()
    public = ["talks.views", "talks.urls", "talks.forms", "talks.formats", "talks.templatetags"]
    assert [
        chain
        for room in public
        for module in {room, *graph.find_descendants(room)}
        if (chain := graph.find_shortest_chain(module, "talks.importing", as_packages=True))
    ] == []


def test_imports_have_no_cycles():
    graph = build_graph()
    left = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    while free := [module for module, imported in left.items() if not imported & left.keys()]:
        for module in free:
            del left[module]
    assert sorted(left) == []


def test_only_listed_modules_import_inside_functions():
    late = {
        str(path.relative_to(ROOT))
        for path in CODE
        for function in list_nodes(path)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
        or (isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in {"import_module", "__import__"})
    }
    assert late == LATE_IMPORTS


def test_scripts_and_tests_state_why_they_import_inside_functions():
    reason = "# Modules that import models are imported inside functions, once Django is set up."
    assert [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in [*(ROOT / "bench").glob("*.py"), *(ROOT / "tests").rglob("*.py"), ROOT / "manage.py"]
        if f"\n{reason}\n" not in path.read_text()
        for function in list_nodes(path)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ] == []


def test_parsing_uses_neither_disk_clock_nor_settings():
    asked = {"os", "pathlib", "time", "random", "socket", "subprocess", "tempfile", "urllib.request"}
    pure = [path for path in CODE if path.relative_to(ROOT).parts[1] in {"parsing", "markup", "names.py"}]
    assert [(path.name, module) for path in pure for _, module in find_imports(path) if module in asked] == []


def test_every_command_has_a_help_text():
    ours = [name for name, app in get_commands().items() if app == "talks"]
    assert [name for name in ours if not load_command_class("talks", name).help.strip()] == []


def test_no_file_names_paths_of_the_developers_machine():
    marks = re.compile(r"(?<![\w.])/(?:work|farm|root|home|Users|opt)/\w")
    assert [
        f"{name}:{number}"
        for name in tracked_files()
        for number, line in enumerate(read_text(ROOT / name).splitlines(), 1)
        if marks.search(line)
    ] == []


def test_requirements_have_hashes_and_no_index_address():
    for path in ROOT.glob("requirements*.txt"):
        blocks = re.split(r"\n(?=\S)", path.read_text().strip())
        assert [
            block for block in blocks if not re.match(r"[\w.\[\],-]+==\S+ .*--hash=sha256:", block, re.DOTALL)
        ] == []
        assert "://" not in path.read_text()


@cache
def list_nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text())))


@cache
def build_graph() -> grimp.ImportGraph:
    return grimp.build_graph("talks", "confnotes", cache_dir=None)


def find_imports(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and full name of each import, including imports inside functions."""
    for node in list_nodes(path):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, name) for name in {node.module or "", *_submodules(node)})


def _submodules(node: ast.ImportFrom) -> Iterator[str]:
    for alias in node.names:
        name = f"{node.module}.{alias.name}"
        if (ROOT / name.replace(".", "/")).with_suffix(".py").exists():
            yield name


def find_unused_imports(path: Path) -> set[str]:
    """Return the names that a module imports and does not itself use."""
    nodes = list_nodes(path)
    used = {node.id for node in nodes if isinstance(node, ast.Name)}
    listed = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    imports = [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
    return {(alias.asname or alias.name).split(".")[0] for node in imports for alias in node.names} - used - listed


def tracked_files() -> list[str]:
    """Return the files that git tracks or would track."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:  # an unpacked archive
        return [str(path.relative_to(ROOT)) for path in CODE]
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def read_text(path: Path) -> str:
    """Return the file's text; nothing if it is no text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""
