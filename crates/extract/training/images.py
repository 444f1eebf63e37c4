"""Crops of scanned pages with what they say, made from a seed: `python3 images.py --help`."""

import argparse
import os
import pathlib
import random

import cv2
import numpy as np
from PIL import Image

import damage
import fonts
import ink
import texts

# Rows that every crop is brought to.
HEIGHT = 32
# Narrowest and widest a crop may be after that.
WIDTHS = (8, 512)
# Where paper and ink are nearer than this, the crop is not stretched further.
LEAST_RANGE = 24
# How far the page leans, degrees.
LEAN = 2.0

cv2.setNumThreads(1)


def normalized(gray):
    """A crop as the net sees it: HEIGHT rows, 0 is paper, 255 is ink. The Rust side does exactly the same."""
    height, width = gray.shape
    wide = min(max((width * HEIGHT * 2 + height) // (2 * height), WIDTHS[0]), WIDTHS[1])
    small = np.asarray(Image.fromarray(gray).resize((wide, HEIGHT), Image.BILINEAR))
    return stretched(small)


def quantile(counts, total, parts):
    """The darkest shade with more than `parts` in 100 of the pixels at or below it."""
    return int(np.searchsorted(np.cumsum(counts), total * parts // 100, side="right"))


def stretched(small):
    counts, total = np.bincount(small.ravel(), minlength=256), small.size
    low, middle, high = (quantile(counts, total, parts) for parts in (1, 50, 98))
    if high - middle > middle - low:
        small = 255 - small
        counts = counts[::-1]
    low, paper = (quantile(counts, total, parts) for parts in (1, 70))
    reach = max(paper - low, LEAST_RANGE)
    return (np.clip(paper - small.astype(np.int32), 0, reach) * 255 // reach).astype(np.uint8)


class Maker:
    """Makes crops of one split of the fonts."""

    def __init__(self, split, seed, unseen=None, hardest=None):
        self.split, self.draw, self.unseen = split, random.Random(seed), unseen
        # How badly crops are damaged: up to this, or each by chance, the worst ones rarely.
        self.hardest, self.hard = hardest, 0.0
        # Whether the last crop was written by needles.
        self.needles = False

    def font(self, text):
        weights, members = fonts.families(self.split)
        for _ in range(12):
            path = self.draw.choice(self.draw.choices(members, weights)[0])
            if fonts.draws(path, text):
                return path
        return None

    def crop(self, kind=None):
        """(kind, label, gray crop)."""
        dice = self.draw.random()
        self.hard = self.draw.random() ** 1.5 if self.hardest is None else self.hardest
        if kind is None and dice < 0.035:
            made = self.dirt() if dice < 0.012 else self.unreadable()
            if made is not None:
                return made
        while True:
            found, text = texts.draw_text(self.draw, kind)
            made = self.of_text(found, text)
            if made is not None:
                return made

    def of_text(self, kind, text):
        draw = self.draw
        if any(glyph in texts.SCRIPTS for glyph in text) and not all(glyph.isascii() for glyph in text):
            path = next((path for path in self.scripts() if fonts.draws(path, text)), None) or self.font(text)
        else:
            path = self.font(text)
        needles = fonts.dotted(self.split)
        dots = needles and draw.random() < 0.05
        if dots:
            coarse = draw.choice(needles)
            path = coarse if fonts.draws(coarse, text) else path
            dots = path == coarse
        self.needles = bool(dots)
        if path is None:
            return None
        drawn, base, cap = ink.dotted(draw, path, text) if dots else ink.written(draw, path, text)
        gray = self.scanned(drawn, base, cap, None if dots else path)
        return None if gray is None else (kind, texts.label(text), gray)

    def scripts(self):
        return fonts.matching(fonts.files(), ["unifont.otf", "FreeSans.ttf", "FreeSerif.ttf", "DejaVuSans.ttf"])

    def scanned(self, drawn, base, cap, path):
        """One line of ink, set on a page, scanned and cut out."""
        draw = self.draw
        drawn = ink.weathered(draw, drawn, self.hard)
        box = ink.box_of(drawn)
        if box is None:
            return None
        pad = int(1.1 * ink.EM)
        canvas = np.zeros((drawn.shape[0] + 2 * pad, drawn.shape[1] + 2 * pad), np.uint8)
        ink.pasted(canvas, drawn, pad, pad)
        left, top, right, bottom = (side + pad for side in box)
        base += pad
        if path is not None:
            texts_around = lambda: texts.draw_text(draw)[1]
            ink.with_neighbours(draw, canvas, (left, top, right, bottom), base, path, texts_around)
        ink.with_rules(draw, canvas, (left, top, right, bottom), base)
        return self.cut(canvas, self.outline((left, top, right, bottom), base, cap), cap)

    def outline(self, box, base, cap):
        """The box that a finder of words or lines would give: by the ink, or by the line."""
        left, top, right, bottom = box
        if self.draw.random() < 0.5 or bottom - top < 0.75 * cap:
            top = min(top, base - cap) if self.draw.random() < 0.8 else min(top, int(base - 1.05 * cap))
            low = self.draw.choice([0, 0.1, 0.25, 0.32])
            bottom = max(bottom, int(base + low * cap))
        return left, top, right, bottom

    def cut(self, canvas, box, cap):
        draw = self.draw
        wanted = np.exp(draw.uniform(np.log(14.0 - 5.0 * self.hard), np.log(40.0)))
        scale = wanted / cap
        stretch = draw.choices([1.0, draw.uniform(0.78, 1.3)], [65, 35])[0]
        lean = np.radians(draw.choices([0.0, draw.uniform(-0.5, 0.5), draw.uniform(-LEAN, LEAN)], [30, 40, 30])[0])
        slant = draw.uniform(-0.12, 0.12) if draw.random() < 0.08 else 0.0
        across, down = scale * stretch, scale
        turn = np.array([[np.cos(lean), -np.sin(lean)], [np.sin(lean), np.cos(lean)]]) @ np.array(
            [[across, slant * down], [0, down]]
        )
        left, top, right, bottom = box
        corners = turn @ np.array([[left, right, left, right], [top, top, bottom, bottom]], float)
        low, high = corners.min(1), corners.max(1)
        tall = high[1] - low[1]
        loose = draw.choices([0.0, draw.uniform(0, 0.15), draw.uniform(0.15, 0.40)], [15, 55, 30])[0] * tall
        margins = [draw.uniform(0.3, 1.0) * loose + draw.uniform(0, 1.2) for _ in range(4)]
        margins[0] += draw.uniform(0, 0.4) * loose
        margins[1] += draw.uniform(0, 0.4) * loose
        width = int(np.ceil(high[0] - low[0] + margins[0] + margins[1]))
        height = int(np.ceil(tall + margins[2] + margins[3]))
        shift = np.array([margins[0] - low[0], margins[2] - low[1]])
        soft = cv2.GaussianBlur(canvas, (0, 0), max(0.3, 0.42 / scale)) if scale < 0.9 else canvas
        seen = cv2.warpAffine(soft, np.hstack([turn, shift[:, None]]), (width, height), flags=cv2.INTER_LINEAR)
        light = damage.toned(draw, seen, self.hard)
        if self.unseen:
            light = damage.UNSEEN[self.unseen](draw, light, self.hard)
        return damage.captured(draw, light, self.hard)

    def dirt(self):
        """Nothing that was written: paper, rules, dots, edges."""
        draw = self.draw
        height, width = draw.randint(12, 60), draw.randint(8, 200)
        canvas = np.zeros((height, width), np.uint8)
        for _ in range(draw.choice([0, 0, 1, 1, 2])):
            if draw.random() < 0.5:
                y = draw.randint(0, height - 1)
                canvas[y : y + draw.randint(1, 4)] = draw.randint(100, 255)
            else:
                x = draw.randint(0, width - 1)
                canvas[:, x : x + draw.randint(1, 4)] = draw.randint(100, 255)
        for _ in range(draw.choice([0, 0, 0, 1, 3])):
            cv2.circle(canvas, (draw.randint(0, width), draw.randint(0, height)), draw.randint(0, 2), 255, -1)
        return "dirt", "", damage.captured(draw, damage.toned(draw, canvas, self.hard), self.hard)

    def unreadable(self):
        """Text on its side or its head, halves of lines, two lines at once, scribbles: no glyph can be named."""
        draw = self.draw
        kind, text = texts.draw_text(draw, draw.choice(["word", "word", "amount"]))
        if sum(glyph.isalpha() for glyph in text) < 3:
            kind, text = "word", draw.choice(["Reference", "Balance", "Statement", "Datum", "virement"])
        path = self.font(text)
        if path is None:
            return None
        drawn, base, cap = ink.written(draw, path, text)
        left, top, right, bottom = ink.box_of(drawn)
        drawn = drawn[top:bottom, left:right]
        dice = draw.random()
        if dice < 0.35:
            drawn = np.ascontiguousarray(np.rot90(drawn, draw.choice([1, 2, 3])))
        elif dice < 0.55:
            at = int(drawn.shape[0] * draw.uniform(0.25, 0.42))
            drawn = drawn[:at] if draw.random() < 0.5 else drawn[-at:]
        elif dice < 0.75:
            drawn = np.vstack([drawn, np.zeros((draw.randint(6, 20), drawn.shape[1]), np.uint8), drawn[:, ::1]])
        else:
            drawn = self.scribble()
        pad = 24
        canvas = np.pad(drawn, pad)
        box = (pad, pad, pad + drawn.shape[1], pad + drawn.shape[0])
        return "unreadable", texts.OTHER, self.cut(canvas, box, max(12, int(drawn.shape[0] * 0.8)))

    def scribble(self):
        draw = self.draw
        height, width = draw.randint(40, 70), draw.randint(50, 240)
        canvas = np.zeros((height, width), np.uint8)
        points = [(draw.randint(0, width), draw.randint(0, height)) for _ in range(draw.randint(6, 14))]
        cv2.polylines(canvas, [np.array(points, np.int32)], False, 255, draw.randint(2, 6), cv2.LINE_AA)
        return canvas


def shard(split, seed, count):
    """Crops as one array of bytes: (pixels, widths, labels, kinds)."""
    maker = Maker(split, seed)
    pixels, widths, labels, kinds = [], [], [], []
    while len(widths) < count:
        kind, label, gray = maker.crop()
        if min(gray.shape) < 6:
            continue
        seen = normalized(gray)
        # More glyphs than places to say them at: nothing to learn from.
        if len(label) * 2 > seen.shape[1] // 4:
            continue
        pixels.append(seen.ravel())
        widths.append(seen.shape[1])
        labels.append(label)
        kinds.append(kind)
    return np.concatenate(pixels), np.array(widths), np.array(labels), np.array(kinds)


def main():
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("folder", type=pathlib.Path)
    wanted.add_argument("--split", choices=fonts.SPLITS, default="train")
    wanted.add_argument("--seed", type=int, default=1)
    wanted.add_argument("--shards", type=int, default=1)
    wanted.add_argument("--size", type=int, default=20000)
    options = wanted.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for number in range(options.shards):
        target = options.folder / f"{options.split}-{number:03}.npz"
        if target.exists():
            continue
        pixels, widths, labels, kinds = shard(options.split, options.seed * 100_003 + number, options.size)
        unfinished = target.with_suffix(".tmp.npz")
        np.savez(unfinished, pixels=pixels, widths=widths, labels=labels, kinds=kinds)
        os.replace(unfinished, target)


if __name__ == "__main__":
    main()
