"""Text as ink on a large canvas: glyphs, what stands around them, rules, and how the ink itself fails."""

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

import fonts

EM = fonts.EM


def written(draw, path, text):
    """Gray ink of one line (255 is ink), the row of its baseline, and an estimate of the height of a capital."""
    font = fonts.load(path)
    tracking = draw.choices([0, draw.uniform(-0.06, 0.0), draw.uniform(0.0, 0.25)], [75, 10, 15])[0] * EM
    wobble = draw.uniform(0, 0.04) * EM if draw.random() < 0.08 else 0
    place = 1.0 * EM
    width = int(font.getlength(text) + abs(tracking) * len(text) + 2 * EM) + 8
    image = Image.new("L", (width, int(2.2 * EM)))
    pen = ImageDraw.Draw(image)
    if not tracking and not wobble:
        pen.text((place, 1.5 * EM), text, font=font, fill=255, anchor="ls")
    else:
        for glyph in text:
            rise = draw.uniform(-wobble, wobble)
            pen.text((place, 1.5 * EM + rise), glyph, font=font, fill=255, anchor="ls")
            place += font.getlength(glyph) + tracking
    return np.asarray(image), int(1.5 * EM), cap_height(path)


CAPS = {}


def cap_height(path):
    if path not in CAPS:
        box = fonts.load(path).getbbox("H0", anchor="ls")
        CAPS[path] = max(8, -box[1])
    return CAPS[path]


def dotted(draw, path, text):
    """The same, as a printer with needles writes it: one round dot a pixel of a coarse font."""
    size = draw.choice([8, 16]) if "unifont" not in path.name else 16
    font = ImageFont.truetype(str(path), size)
    width = int(font.getlength(text)) + 2 * size
    image = Image.new("1", (width, int(2.2 * size)))
    ImageDraw.Draw(image).text((size, int(1.5 * size)), text, font=font, fill=1, anchor="ls")
    dots = np.asarray(image).astype(np.uint8)
    pitch = max(4, round(EM * 0.72 / max(5, size * 0.65)))
    tall = draw.uniform(1.0, 1.25) if size == 16 else draw.uniform(1.0, 2.0)
    grown = np.kron(dots, one_dot(pitch, draw.uniform(0.38, 0.75)))
    grown = cv2.resize(grown, (grown.shape[1], int(grown.shape[0] * tall)), interpolation=cv2.INTER_AREA)
    base = int(int(1.5 * size) * pitch * tall)
    return grown, base, int(size * 0.62 * pitch * tall)


def one_dot(pitch, radius):
    middle = (pitch - 1) / 2
    y, x = np.mgrid[0:pitch, 0:pitch]
    distance = np.hypot(x - middle, y - middle)
    return (np.clip(radius * pitch - distance + 0.5, 0, 1) * 255).astype(np.uint8)


def box_of(ink):
    """left, top, right, bottom of everything that is ink; `None` without any."""
    rows, columns = np.flatnonzero((ink > 90).any(1)), np.flatnonzero((ink > 90).any(0))
    if len(rows) == 0:
        return None
    return columns[0], rows[0], columns[-1] + 1, rows[-1] + 1


def weathered(draw, ink, hard):
    """Ink that ran, thinned, or flaked off."""
    kind = draw.random() * (1.6 - 0.6 * hard)
    if kind < 0.12:
        ink = cv2.dilate(ink, np.ones((draw.choice([2, 3, 4]), draw.choice([2, 3, 4])), np.uint8))
    elif kind < 0.22:
        ink = cv2.erode(ink, np.ones((draw.choice([2, 3]), draw.choice([1, 2, 3])), np.uint8))
    elif kind < 0.32:
        ink = flaked(draw, ink, hard)
    elif kind < 0.37:
        gaps = np.ones((ink.shape[0], 1), np.uint8)
        for _ in range(draw.randint(1, 3)):
            at = draw.randint(0, ink.shape[0] - 1)
            gaps[at : at + draw.randint(1, 3)] = 0
        ink = ink * gaps
    return ink


def flaked(draw, ink, hard):
    """Broken strokes: patches of a coarse noise take the ink away."""
    source = np.random.default_rng(draw.getrandbits(32))
    coarse = source.random((max(2, ink.shape[0] // 6), max(2, ink.shape[1] // 6)), dtype=np.float32)
    patches = cv2.resize(coarse, (ink.shape[1], ink.shape[0]), interpolation=cv2.INTER_LINEAR)
    keep = np.clip((patches - draw.uniform(0.08, 0.16 + 0.16 * hard)) * 12, 0, 1)
    return (ink * keep).astype(np.uint8)


def pasted(canvas, ink, left, top):
    """Puts ink on the canvas where both overlap; the darker wins."""
    height, width = canvas.shape
    x0, y0 = max(0, left), max(0, top)
    x1, y1 = min(width, left + ink.shape[1]), min(height, top + ink.shape[0])
    if x0 < x1 and y0 < y1:
        part = ink[y0 - top : y1 - top, x0 - left : x1 - left]
        np.maximum(canvas[y0:y1, x0:x1], part, out=canvas[y0:y1, x0:x1])


def with_neighbours(draw, canvas, box, baseline, path, texts):
    """Lines above and below, words left and right; some reach into the crop."""
    left, top, right, bottom = box
    pitch = draw.uniform(1.05, 1.9) * EM
    for side in ("above", "below", "left", "right"):
        if draw.random() > 0.30:
            continue
        text = texts()
        if not fonts.draws(path, text):
            continue
        ink, base, _ = written(draw, path, text)
        ink_box = box_of(ink)
        if ink_box is None:
            continue
        shift = draw.randint(-2 * EM, EM)
        gap = int(draw.uniform(0.35, 1.2) * EM)
        if side == "above":
            pasted(canvas, ink, left + shift, int(baseline - pitch) - base)
        elif side == "below":
            pasted(canvas, ink, left + shift, int(baseline + pitch) - base)
        elif side == "left":
            pasted(canvas, ink, left - gap - ink_box[2], baseline - base)
        else:
            pasted(canvas, ink, right + gap - ink_box[0], baseline - base)


def with_rules(draw, canvas, box, baseline):
    """Lines of a table and underlines, near the text or touching it."""
    left, top, right, bottom = box
    if draw.random() < 0.10:
        y = baseline + int(draw.uniform(0.06, 0.22) * EM)
        thick = draw.randint(1, 6)
        ends = (left - 3, right + 3) if draw.random() < 0.6 else (0, canvas.shape[1])
        canvas[y : y + thick, ends[0] : ends[1]] = draw.randint(150, 255)
        if draw.random() < 0.2:
            canvas[y + 2 * thick + 2 : y + 3 * thick + 2, ends[0] : ends[1]] = 255
    if draw.random() < 0.06:
        y = max(0, top - int(draw.uniform(0.02, 0.25) * EM))
        canvas[y : y + draw.randint(1, 5)] = draw.randint(120, 255)
    for x in (left - int(draw.uniform(0.12, 0.5) * EM), right + int(draw.uniform(0.12, 0.5) * EM)):
        if draw.random() < 0.07:
            canvas[:, max(0, x) : max(0, x) + draw.randint(1, 5)] = draw.randint(150, 255)
