#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""metrics_check.py -- reads figures by Prometheus' own parser and prints them, one a line

The parser is lenient, so what the format asks for is checked here besides: each family has
a help and a type, lies in one piece, and has no value twice; counters end in _total;
a histogram's buckets rise, and the last one is its count.
"""
import sys

from prometheus_client.parser import text_string_to_metric_families

text = sys.stdin.read()
assert text.endswith("\n"), "no line end at the end"
helped = [line.split(" ")[2] for line in text.splitlines() if line.startswith("# HELP ")]
typed = [line.split(" ")[2] for line in text.splitlines() if line.startswith("# TYPE ")]
assert helped == typed and len(set(typed)) == len(typed), "a HELP and a TYPE for each family, once"
seen = set()
names = []
for family in text_string_to_metric_families(text):
    name = family.name + ("_total" if family.type == "counter" else "")
    names.append(name)
    assert name in typed and name.startswith("ukgen_") and family.documentation.endswith("."), name
    assert family.type in ("counter", "gauge", "histogram") and family.samples, name
    assert family.type == "counter" or not name.endswith("_total"), name
    buckets = {}
    for sample in family.samples:
        key = sample.name, tuple(sorted(sample.labels.items()))
        assert key not in seen, key
        seen.add(key)
        assert sample.value >= 0, key
        print(sample.name + "".join(f" {k}={v}" for k, v in sample.labels.items()), f"{sample.value:.9f}".rstrip("0").rstrip("."))
        which = tuple(sorted((k, v) for k, v in sample.labels.items() if k != "le"))
        if sample.name.endswith("_bucket"):
            buckets.setdefault(which, []).append((float(sample.labels["le"]), sample.value))
        elif family.type == "histogram" and sample.name.endswith("_count"):
            bounds, counts = zip(*buckets[which])
            assert list(bounds) == sorted(bounds) and bounds[-1] == float("inf"), key
            assert list(counts) == sorted(counts) and counts[-1] == sample.value, key
assert names == typed, "each family in one piece"
