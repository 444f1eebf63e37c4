"""fastText on the rows that our model was trained on.

usage: fasttext_categories.py ROWS labels|seconds LINES

Trains on ROWS (`__label__x words`), then answers every line of LINES: its label and share, or the seconds that took.
"""

import sys
import time

import fasttext


def main():
    rows, what, path = sys.argv[1:]
    fasttext.FastText.eprint = lambda *_: None
    model = fasttext.train_supervised(
        rows, epoch=10, lr=0.4, wordNgrams=2, minn=3, maxn=5, dim=50, bucket=200000, thread=1, verbose=0, seed=1
    )
    with open(path, encoding="utf-8") as file:
        lines = file.read().splitlines()
    start = time.process_time()
    answers = [model.predict(line) for line in lines]
    seconds = time.process_time() - start
    if what == "seconds":
        print(seconds)
        return
    for labels, shares in answers:
        print(f"{labels[0].removeprefix('__label__')}\t{min(float(shares[0]), 1.0):.4f}")


main()
