"""Words of PDF files by PyMuPDF, in the protocol of the harness: one JSON object a file.

usage: pymupdf_words.py ROUNDS FILES...     --version prints the version and ends
"""

import json
import sys

import pymupdf


def read(path):
    with pymupdf.open(path) as pdf:
        words = [word[4] for page in pdf for word in page.get_text("words")]
        return {"file": path, "text": " ".join(words)}


def main():
    if sys.argv[1:] == ["--version"]:
        print(pymupdf.VersionBind)
        return
    rounds, files = int(sys.argv[1]), sys.argv[2:]
    for round_left in range(rounds, 0, -1):
        for path in files:
            try:
                answer = read(path)
            except Exception as error:  # whatever a peer raises on a file is its answer for that file
                answer = {"file": path, "error": type(error).__name__}
            if round_left == 1:
                print(json.dumps(answer))


main()
