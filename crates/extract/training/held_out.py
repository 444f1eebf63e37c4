"""Crops to score on: fonts that training never saw, half of them with damages that it never saw either.

`python3 held_out.py OUT.crops OUT.tsv` writes all crops after each other (width and height as four bytes each, little
endian, then the pixels), and one line of truth for each: kind, damage, text.
"""

import argparse
import pathlib
import struct

import damage
from images import Maker

# (kind, crops of each damage).
WANTED = [("amount", 240), ("date", 120), ("word", 80), ("code", 40), ("dirt", 20)]
# How badly they are damaged; see `damage.py`.
HARD = {"light": 0.15, "medium": 0.5, "heavy": 1.0}


def main():
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("crops", type=pathlib.Path)
    wanted.add_argument("truth", type=pathlib.Path)
    wanted.add_argument("--seed", type=int, default=4711)
    options = wanted.parse_args()
    kinds = [(hard, unseen) for hard in HARD for unseen in [None] * len(damage.UNSEEN) + list(damage.UNSEEN)]
    with options.crops.open("wb") as crops, options.truth.open("w") as truth:
        for number, (hard, unseen) in enumerate(kinds):
            maker = Maker("test", options.seed * 1009 + number, unseen, HARD[hard])
            for kind, count in WANTED:
                made = 0
                while made < count:
                    kind_found, label, gray = maker.dirt() if kind == "dirt" else maker.crop(kind)
                    if min(gray.shape) < 6:
                        continue
                    crops.write(struct.pack("<II", gray.shape[1], gray.shape[0]) + gray.tobytes())
                    written = " needles" if maker.needles and kind != "dirt" else ""
                    truth.write(f"{kind_found}\t{hard} {unseen or 'seen'}{written}\t{label}\n")
                    made += 1


if __name__ == "__main__":
    main()
