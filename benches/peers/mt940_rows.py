"""Rows of a bank's file by mt-940, in the protocol of the harness: one JSON object.

usage: mt940_rows.py FORMAT FILE
"""

import json
import sys
import time

import mt940

ROUNDS = 3


def main():
    path = sys.argv[2]
    fastest, rows = None, 0
    for _ in range(ROUNDS):
        before = time.process_time()
        rows = len(list(mt940.parse(path)))
        taken = time.process_time() - before
        fastest = taken if fastest is None else min(fastest, taken)
    print(json.dumps({"rows": rows, "cpu_seconds": fastest}))


main()
