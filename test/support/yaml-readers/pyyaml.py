"""How PyYAML reads YAML, by itself and by libyaml; it takes and writes the JSON that main.go describes."""

import json
import math
import sys

import yaml


def documents(text, loader_class):
    loader = None
    try:
        loader = loader_class(text)
        found = []
        while loader.check_node():
            value = value_of(loader, loader.get_node())
            if value is not None:
                found.append(value)
        return {"documents": found}
    except (yaml.YAMLError, ValueError, RecursionError, UnicodeError) as problem:
        return {"refused": " ".join(str(problem).split())}
    finally:
        if loader is not None:
            loader.dispose()


def value_of(loader, node):
    if isinstance(node, yaml.MappingNode):
        return {"map": [[value_of(loader, key), value_of(loader, value)] for key, value in node.value]}
    if isinstance(node, yaml.SequenceNode):
        return [value_of(loader, item) for item in node.value]
    if node.tag == "tag:yaml.org,2002:merge":
        return {"!!merge": node.value}
    value = loader.construct_object(node)
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, int):
        return {"int": str(value)}
    if isinstance(value, float):
        return {"float": float_text(value)}
    return {node.tag: node.value}


def float_text(value):
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return repr(value)


def main():
    texts = json.load(sys.stdin)
    answers = [
        {"PyYAML": documents(text, yaml.SafeLoader), "libyaml": documents(text, yaml.CSafeLoader)}
        for text in texts
    ]
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
