"""Rows of a bank's file by ofxtools, in the protocol of the harness: one JSON object.

usage: ofxtools_rows.py FORMAT FILE
"""

import json
import sys
import time

from ofxtools.Parser import OFXTree

ROUNDS = 3


def main():
    path = sys.argv[2]
    fastest, rows = None, 0
    for _ in range(ROUNDS):
        before = time.process_time()
        tree = OFXTree()
        tree.parse(path)
        rows = len(tree.convert().statements[0].transactions)
        taken = time.process_time() - before
        fastest = taken if fastest is None else min(fastest, taken)
    print(json.dumps({"rows": rows, "cpu_seconds": fastest}))


main()
