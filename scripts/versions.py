#!/usr/bin/python3
"""Finds out which GStreamer brought what: `versions.py GIT_DIRECTORY > versions.json` (then: tables.ts stock --versions).

Two witnesses, both in GStreamer's own repository: the "Since:" marks of its documentation comments (newest branch), and
the documentation caches of the branches 1.20 to 1.26, which list every element of core, base, good and ugly with its
properties. Facts only: names, types, limits, defaults, versions.
"""
import json
import re
import subprocess
import sys

BRANCHES = ["1.20", "1.22", "1.24", "1.26"]
TABLES = "1.22"
KINDS = {"gboolean": "bool", "gint": "int", "guint": "uint", "gint64": "int64", "guint64": "uint64", "glong": "int64",
         "gulong": "uint64", "gfloat": "float", "gdouble": "double", "gchararray": "string", "GstFraction": "fraction",
         "GstCaps": "caps", "GstStructure": "structure", "GstValueArray": "array"}
UNSIGNED = {"uint": 32, "uint64": 64}


def git(directory, *words):
    done = subprocess.run(["git", "-C", directory, *words], capture_output=True, check=False)
    return done.stdout.decode("utf-8", "replace")


def stable(version):
    """1.19.2 came out as 1.20."""
    major, minor = version.split(".")[:2]
    return f"{major}.{int(minor) + int(minor) % 2}"


def marks(directory):
    """What the documentation comments say: Type:property, element, constant -> version."""
    properties, elements, constants = {}, {}, {}
    files = git(directory, "grep", "-lE", r"[Ss]ince:? *v?1\.", "HEAD", "--", "*.c", "*.cpp", "*.h", "*.m").split()
    for name in files:
        text = git(directory, "show", name)
        for block in re.findall(r"/\*\*\s*\n(.*?)\*/", text, re.S):
            for constant, version in re.findall(r"@(GST_[A-Z0-9_]+):(?:(?!@GST_).)*?\([Ss]ince:? *v?(1\.\d+)", block, re.S):
                constants[constant] = stable(version)
            since = re.search(r"^\s*\*?\s*[Ss]ince:? *v?(1\.\d+)", block, re.M)
            lines = [line.strip().lstrip("*").strip() for line in block.split("\n")]
            head = next((line for line in lines if line), "").rstrip(":").strip()
            if not since:
                continue
            version = stable(since.group(1))
            element = re.match(r"(?:SECTION:\s*)?element-([\w.-]+)$", head)
            prop = re.match(r"([A-Za-z]\w*):([\w-]+)$", head)
            value = re.match(r"(GST_[A-Z0-9_]+)$", head)
            if element:
                elements[element.group(1)] = version
            elif prop and "::" not in head:
                properties[f"{prop.group(1)}:{prop.group(2).replace('_', '-')}"] = version
            elif value:
                constants[value.group(1)] = version
    return properties, elements, constants


def caches(directory, branch):
    """All elements and types of a branch's documentation caches."""
    elements, types = {}, {}
    for path in git(directory, "ls-tree", "-r", "--name-only", branch).split():
        if not path.endswith("plugins_cache.json") or "vaapi" in path:
            continue
        try:
            plugins = json.loads(git(directory, "show", f"{branch}:{path}"))
        except ValueError:
            continue
        for plugin, facts in plugins.items():
            types.update(facts.get("other-types") or {})
            for name, element in (facts.get("elements") or {}).items():
                elements[name] = {**element, "plugin": plugin}
    return elements, types


def properties_of(element, types):
    """An element's own properties and those of its parents, as far as the caches describe them."""
    found = {}
    for name in reversed(element.get("hierarchy") or []):
        found.update((types.get(name) or {}).get("properties") or {})
    found.update(element.get("properties") or {})
    return found


def limit(kind, text):
    if text is None or not re.fullmatch(r"-?\d+", text):
        return None
    value = int(text)
    return str(value % 2 ** UNSIGNED[kind]) if kind in UNSIGNED else text


def property_of(name, facts, types, since):
    kind = KINDS.get(facts["type"])
    known = types.get(facts["type"]) or {}
    made = {"kind": kind or "other"}
    default = facts.get("default")
    if kind in ("int", "uint", "int64", "uint64"):
        made.update({k: v for k in ("min", "max") if (v := limit(kind, facts.get(k))) is not None})
        default = limit(kind, default)
    elif kind in ("float", "double"):
        made.update({k: float(facts[k]) for k in ("min", "max") if re.fullmatch(r"-?[\d.e+-]+", facts.get(k) or "")})
    elif known.get("kind") in ("enum", "flags"):
        made = {"kind": known["kind"], "type": facts["type"],
                "values": [{"value": int(v["value"], 0), "nick": v["name"]} for v in known["values"]]}
        default = re.sub(r" \(.*\)$", "", default or "")
    elif kind is None:
        made["type"] = facts["type"]
        default = None
    if default in ("NULL", "", None) or kind in ("caps", "structure", "array", "fraction"):
        default = None
    mutable = {"null": None, "ready": "ready", "paused": "paused", "playing": "playing"}.get(facts.get("mutable"))
    return {"name": name, "type": made, **({"default": default} if default else {}),
            **({} if facts.get("readable", True) else {"readable": False}),
            **({} if facts.get("writable", True) else {"writable": False}),
            **({"changeable": mutable} if mutable else {}), "since": since}


def main():
    directory = sys.argv[1]
    properties, elements, constants = marks(directory)
    seen = {branch: caches(directory, branch) for branch in BRANCHES}
    since = {"elements": {}, "properties": {}, "values": {}}
    added = {"elements": {}, "properties": {}}
    for older, newer in zip(BRANCHES, BRANCHES[1:]):
        old, old_types = seen[older]
        new, new_types = seen[newer]
        for name, element in new.items():
            if name not in old:
                since["elements"].setdefault(name, newer)
                if newer > TABLES:
                    added["elements"].setdefault(name, {"plugin": element["plugin"], "klass": element.get("klass", ""), "since": newer})
                continue
            before = properties_of(old[name], old_types)
            for prop, facts in properties_of(element, new_types).items():
                if prop in before:
                    continue
                since["properties"].setdefault(f"{name}.{prop}", newer)
                if newer > TABLES:
                    added["properties"].setdefault(name, []).append(property_of(prop, facts, new_types, newer))
        for name, kind in new_types.items():
            before = {v["name"] for v in (old_types.get(name) or {}).get("values") or []}
            for value in kind.get("values") or []:
                if before and value["name"] not in before:
                    since["values"].setdefault(f"{name}:{value['name']}", newer)
    # Elements that got another base class with the tables' version: whatever they did not have before came with it.
    (old, old_types), (new, _types) = seen["1.20"], seen[TABLES]
    rebased = {name: sorted({*properties_of(old[name], old_types), "name", "parent", "qos"}) for name, element in new.items()
               if name in old and set(element.get("hierarchy") or []) - set(old[name].get("hierarchy") or [])}
    covered = sorted(set(old) & set(new))
    json.dump({"rebased": rebased, "covered": covered, "marks": {"properties": properties, "elements": elements, "constants": constants},
               "since": since, "added": added}, sys.stdout, indent=1, sort_keys=True)


if __name__ == "__main__":
    main()
