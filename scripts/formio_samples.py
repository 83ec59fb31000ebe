"""Fetch the forms that Form.io's npm packages test themselves with, and measure what the importer makes of them.

    python -m scripts.formio_samples FOLDER [--only-fetch]

The packages are third-party and stay out of the repository: setting the tests up fetches them, and a package whose content
is not the one named here is refused.
"""

import argparse
import base64
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from definitions.importing import import_bytes
from definitions.importing.source import leaves

PACKAGES: Final = {
    "formiojs@4.21.7": "DDXPhXABxdEbpyfv0C8SAS6zt92luGFXqe0usPHxSHvlP960GQkhS//WV7TAMrRsjj1WTIqqv3XZha8qTknG3Q==",
    "@formio/core@2.8.3": "tMV6M5kDQxvvVdy5H/U8Cl13gNtu9IcEbgH9JLQQ77EW+MbK8jYvnSH3CZO65HrnAxOsSpkd8IuwLJC7Omz0cg==",
}
"""The packages and the SHA-512 of each, in base64 as npm gives it."""
_CONVERTER: Final = Path(__file__).with_name("formio_samples.cjs")


def fetch(package: str, folder: Path) -> Path:
    """A folder of JSON forms, made once."""
    name = package.strip("@").replace("/", "-")
    made = folder / name
    if made.is_dir():
        return made
    work = folder / f".{name}"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    npm, node = (_tool(each) for each in ("npm", "node"))
    subprocess.run(  # noqa: S603 - a package named above
        [npm, "pack", "--silent", package], cwd=work, check=True, stdout=subprocess.DEVNULL, timeout=120
    )
    (archive,) = work.glob("*.tgz")
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != PACKAGES[package]:
        sys.exit(f"Gói {package} tải về không đúng nội dung đã biết (sha512 {found}); không dùng.")
    with tarfile.open(archive) as packed:
        packed.extractall(work, filter="data")
    forms = work / "forms"
    subprocess.run(  # noqa: S603 - our own script
        [node, str(_CONVERTER), str(work / "package"), str(forms)], check=True, timeout=120
    )
    forms.rename(made)
    shutil.rmtree(work)
    return made


def row(package: str, folder: Path) -> str:
    """One line of the table in docs/importing.md."""
    forms = components = values = carried = ignored = findings = whole = 0
    for path in sorted(folder.glob("*.json")):
        content = path.read_bytes()
        data = json.loads(content)
        imported = import_bytes(content, "formio")
        forms += 1
        components += sum(1 for _ in _components(data))
        values += sum(1 for _ in leaves(data))
        carried += len(imported.carried)
        ignored += len(imported.ignored)
        findings += len(imported.findings)
        whole += imported.whole
    told = values - carried - ignored
    return f"| {package} | {forms} | {components} | {values} | {carried} | {told} | {ignored} | {findings} | {whole} |"


def _components(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        if isinstance(value.get("type"), str) and "key" in value:
            yield value
        for key in ("components", "columns", "rows"):
            yield from _components(value.get(key))
    elif isinstance(value, list):
        for each in value:
            yield from _components(each)


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        sys.exit(f"Cần {name} để lấy các biểu mẫu mẫu từ npm.")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only-fetch", action="store_true")
    given = parser.parse_args()
    made = {package: fetch(package, given.folder) for package in PACKAGES}
    if given.only_fetch:
        return
    out = sys.stdout.write
    out(
        "| Gói | Biểu mẫu | Thành phần | Giá trị | Mang sang | Được báo | Không có nghĩa | Dòng báo cáo | Trọn vẹn |\n"
    )
    out("|---|---|---|---|---|---|---|---|---|\n")
    for package, forms in made.items():
        out(row(package, forms) + "\n")


if __name__ == "__main__":
    main()
