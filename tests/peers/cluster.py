#!/usr/bin/python3
# SPDX-License-Identifier: ISC
"""cluster.py -- a cluster that refuses what isn't a valid object, and pods that "restricted" would refuse

usage: cluster.py FILE [PASST...]

Objects are held to the models of Debian's python3-kubernetes, which are generated
from the published API: unknown keys, missing keys and wrong types are errors.
PASSTs are the names of containers that need not have a seccomp profile.
"""
import re
import sys

import yaml
from kubernetes import client

# in the API since 1.28, which these models are older than
NEWER = {"V1Container": {"restartPolicy": "str"}}


def check_value(value, kind, place):
    if m := re.match(r"list\[(.*)\]$", kind):
        if not isinstance(value, list):
            sys.exit(f"{place}: not a list")
        for i, item in enumerate(value):
            check_value(item, m[1], f"{place}[{i}]")
    elif m := re.match(r"dict\(str, (.*)\)$", kind):
        if not isinstance(value, dict):
            sys.exit(f"{place}: not a map")
        for key, item in value.items():
            # quantities may be numbers, too
            if m[1] != "str" or not isinstance(item, (int, float)):
                check_value(item, m[1], f"{place}.{key}")
    elif kind == "object":
        return
    elif kind in ("str", "int", "bool"):
        if type(value).__name__ != kind:
            sys.exit(f"{place}: {value!r} is not of type {kind}")
    else:
        check_object(value, getattr(client, kind), place)


def check_object(value, model, place):
    if not isinstance(value, dict):
        sys.exit(f"{place}: not an object")
    keys = {key: model.openapi_types[name] for name, key in model.attribute_map.items()}
    keys |= NEWER.get(model.__name__, {})
    for key, item in value.items():
        if key not in keys:
            sys.exit(f"{place}.{key}: {model.__name__} has no such key")
        check_value(item, keys[key], f"{place}.{key}")
    # what must be there its constructor demands
    names = {key: name for name, key in model.attribute_map.items()}
    try:
        model(**{names[key]: item for key, item in value.items() if key in names})
    except ValueError as error:
        sys.exit(f"{place}: {error}")


def check_restricted(pod, passts):
    context = pod["securityContext"]
    assert context["runAsNonRoot"] is True and context["runAsUser"] > 0
    for container in pod["containers"] + pod.get("initContainers", []):
        context = container["securityContext"]
        assert context["allowPrivilegeEscalation"] is False
        assert context["capabilities"] == {"drop": ["ALL"]}
        if container["name"] not in passts:
            assert context["seccompProfile"]["type"] == "RuntimeDefault", container["name"]
    for volume in pod.get("volumes", []):
        assert set(volume) - {"name"} <= {"emptyDir", "persistentVolumeClaim"}


documents = [d for d in yaml.safe_load_all(open(sys.argv[1])) if d]
for document in documents:
    kind = document["kind"]
    check_object(document, getattr(client, "V1" + kind), kind)
    print(document["apiVersion"], kind, document["metadata"]["name"])
    if kind == "Deployment":
        check_restricted(document["spec"]["template"]["spec"], sys.argv[2:])
