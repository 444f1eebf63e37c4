"""Words of PDF files by pdfplumber, in the protocol of the harness: one JSON object a file.

usage: pdfplumber_words.py ROUNDS FILES...     --version prints the version and ends
"""

import json
import sys

import pdfplumber


def read(path):
    with pdfplumber.open(path) as pdf:
        words = [word["text"] for page in pdf.pages for word in page.extract_words()]
        return {"file": path, "text": " ".join(words)}


def main():
    if sys.argv[1:] == ["--version"]:
        print(pdfplumber.__version__)
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
