"""Rows of a bank's file by bankstatementparser, in the protocol of the harness: one JSON object.

usage: bankstatementparser_rows.py FORMAT FILE
"""

import json
import sys
import time

from bankstatementparser import create_parser

NAMES = {"ofx1": "ofx", "ofx2": "ofx", "camt053": "camt"}
ROUNDS = 3


def main():
    name, path = sys.argv[1], sys.argv[2]
    fastest, rows = None, 0
    for _ in range(ROUNDS):
        before = time.process_time()
        rows = len(create_parser(path, NAMES.get(name, name)).parse())
        taken = time.process_time() - before
        fastest = taken if fastest is None else min(fastest, taken)
    print(json.dumps({"rows": rows, "cpu_seconds": fastest}))


main()
