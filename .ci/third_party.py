"""Writes THIRD-PARTY.md: the licences of all libraries in the binaries, each text once.

Usage: third_party.py, in the crate's folder; cargo-bundle-licenses finds the texts in the libraries' own packages.
"""

import collections
import json
import re
import subprocess
from pathlib import Path

# What is handed out is built for these.
TARGETS = ["x86_64-unknown-linux-gnu", "x86_64-unknown-linux-musl", "x86_64-pc-windows-gnu", "x86_64-pc-windows-msvc"]
# Texts under another name than cargo-bundle-licenses looks for.
ELSEWHERE = {("encoding_rs", "BSD-3-Clause"): "LICENSE-WHATWG", ("matchit", "BSD-3-Clause"): "LICENSE.httprouter"}
NOT_FOUND = "NOT FOUND"
HEAD = """# Licences of the libraries in kenshu

kenshu itself is under MIT or Apache-2.0. The libraries that its binaries hold are listed here by licence, each with its
notices of copyright; where a library offers a choice, under the licence that was chosen. Written by
`.ci/third_party.py`.
"""


def output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def linked() -> set[tuple[str, str]]:
    """Names and versions of what is linked, for any target."""
    trees = (output("cargo", "tree", "--edges", "normal", "--prefix", "none", "--target", target) for target in TARGETS)
    words = (line.split() for tree in trees for line in tree.splitlines() if line.strip())
    return {(name, version.removeprefix("v")) for name, version, *_ in words} - {("kenshu", own_version())}


def own_version() -> str:
    return re.search(r'^version = "(.*)"', Path("Cargo.toml").read_text(), re.M)[1]


def packages() -> dict[tuple[str, str], dict]:
    metadata = json.loads(output("cargo", "metadata", "--format-version", "1", "--locked"))
    return {(package["name"], package["version"]): package for package in metadata["packages"]}


def parted(text: str) -> tuple[str, list[str]]:
    """A licence without its notices of copyright, and these."""
    is_notice = re.compile(r"(copy(right|irhgt) (\(c\)|©|\d)|\(c\) \d|copyright [a-z ]*contributors)", re.I)
    lines = [line.strip() for line in text.splitlines()]
    # In the Apache licence such a line is an example.
    notices = [line for line in lines if is_notice.match(line) and "[yyyy]" not in line]
    body = "\n".join(line for line in lines if line not in notices)
    # Texts that differ in their title and line breaks are the same.
    body = re.sub(r"\A\s*(the )?mit license( \(mit\))?\s*", "", body, flags=re.I)
    return re.sub(r"[ \t]+", " ", re.sub(r"\n{3,}", "\n\n", body)).strip(), notices


def main() -> None:
    bundled = json.loads(output("cargo", "bundle-licenses", "--format", "json", "--prefer", "MIT"))
    linked_here, package = linked(), packages()
    texts: dict[tuple[str, str], str] = {}
    libraries: dict[tuple[str, str], list[tuple[str, list[str]]]] = collections.defaultdict(list)
    without: dict[str, list[str]] = collections.defaultdict(list)
    for library in bundled["third_party_libraries"]:
        key = library["package_name"], library["package_version"]
        if key not in linked_here:
            continue
        linked_here.remove(key)
        name, found = " ".join(key), False
        expression = package[key]["license"]
        for licence in library["licenses"]:
            text = licence["text"]
            if (key[0], licence["license"]) in ELSEWHERE:
                text = (Path(package[key]["manifest_path"]).parent / ELSEWHERE[key[0], licence["license"]]).read_text()
            if text.strip() == NOT_FOUND:
                continue
            found = True
            body, notices = parted(text)
            same = licence["license"], re.sub(r"\s+", " ", body)
            texts.setdefault(same, body)
            libraries[same].append((name, notices))
        if not found:
            assert "Apache-2.0" in expression, f"{name}: no text of {expression}"
            without["Apache-2.0"].append(name)
    assert not linked_here, f"not bundled: {linked_here}"
    parts = [HEAD]
    for same in sorted(libraries, key=lambda same: (same[0], libraries[same][0])):
        parts.append(f"\n## {same[0]}\n")
        for name, notices in sorted(libraries[same]):
            parts.append(f"- {name}" + "".join(f"; {notice}" for notice in dict.fromkeys(notices)))
        parts.append("\n```text\n" + texts[same] + "\n```")
    for licence, names in without.items():
        parts.append(f"\n## {licence}, of which the packages hold no copy\n")
        parts += [f"- {name}" for name in sorted(names)]
    Path("THIRD-PARTY.md").write_text("\n".join(parts) + "\n")


main()
