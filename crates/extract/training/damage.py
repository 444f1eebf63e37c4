"""What printers, scanners, fax machines and cameras do to a crop: 0 is ink. `hard` says how badly, from 0 to 1."""

import io

import cv2
import numpy as np
from PIL import Image


def source(draw):
    return np.random.default_rng(draw.getrandbits(32))


def toned(draw, ink, hard):
    """Ink (255) to gray paper: contrast, uneven light, shaded cells, inverse print."""
    paper = draw.choices([255, draw.randint(225, 254), draw.randint(int(225 - 75 * hard), 225)], [35, 45, 20])[0]
    black = draw.choices([draw.randint(0, 30), draw.randint(30, 90), draw.randint(60, int(80 + 70 * hard))], [55, 35, 10])[0]
    black = min(black, paper - draw.randint(50, 75))
    light = paper - ink.astype(np.float32) * ((paper - black) / 255)
    if draw.random() < 0.25:
        height, width = ink.shape
        reach = 15 + 35 * hard
        slope = np.linspace(-0.5, 0.5, width, dtype=np.float32)[None, :] * draw.uniform(-reach, reach)
        light = light + slope + np.linspace(-0.3, 0.3, height, dtype=np.float32)[:, None] * draw.uniform(-reach, reach)
    if draw.random() < 0.05:
        light = 255 - light
    return np.clip(light, 0, 255)


def blurred(draw, light, hard):
    sigma = draw.choices([0, draw.uniform(0.3, 0.7), draw.uniform(0.5, 0.6 + 0.9 * hard)], [35, 45, 20])[0]
    # A letter of few pixels does not survive the blur of a large one.
    sigma = min(sigma, light.shape[0] / 22)
    return cv2.GaussianBlur(light, (0, 0), sigma) if sigma > 0.05 else light


def noisy(draw, light, hard):
    if draw.random() < 0.5:
        strength = draw.uniform(1, 8) if draw.random() < 0.4 else draw.uniform(4, 8 + 24 * hard)
        light = light + source(draw).normal(0, strength, light.shape).astype(np.float32)
    if draw.random() < 0.12:
        dice = source(draw).random(light.shape, dtype=np.float32)
        share = draw.uniform(0.001, 0.004 + 0.016 * hard)
        light = np.where(dice < share / 2, 0, np.where(dice > 1 - share / 2, 255, light))
    return np.clip(light, 0, 255)


def bilevel(draw, light, hard):
    dark, bright = np.percentile(light, 2), np.percentile(light, 80)
    level = dark + (bright - dark) * (0.55 + draw.uniform(-0.2, 0.2) * (0.4 + 0.6 * hard))
    return np.where(light < level, 0, 255).astype(np.uint8)


def faxed(draw, light, hard):
    """200 × 100 dots an inch: half the rows, each twice as high."""
    height, width = light.shape
    half = cv2.resize(light, (width, max(8, height // 2)), interpolation=cv2.INTER_AREA)
    return cv2.resize(bilevel(draw, half, hard), (width, height), interpolation=cv2.INTER_NEAREST)


def jpeg(light, quality):
    out = io.BytesIO()
    Image.fromarray(light.astype(np.uint8)).save(out, "JPEG", quality=quality)
    return np.asarray(Image.open(out))


def captured(draw, light, hard):
    """The way from light to a file."""
    light = noisy(draw, blurred(draw, light, hard), hard)
    kind = draw.random()
    if kind < 0.18:
        gray = bilevel(draw, light, hard)
    elif kind < 0.22 and light.shape[0] >= 28:
        gray = faxed(draw, light, hard)
    elif kind < 0.45:
        gray = jpeg(light, draw.randint(int(55 - 37 * hard), 85))
    else:
        gray = light.astype(np.uint8)
    if draw.random() < 0.08 and light.shape[0] >= 28:
        gray = cv2.medianBlur(np.ascontiguousarray(gray), 3)
    return gray


# Kinds that training and calibration never see.


def moved(draw, light, hard):
    """The page moved under the lamp: blur along one direction."""
    length = max(2, int(light.shape[0] * draw.uniform(0.04, 0.06 + 0.07 * hard)))
    kernel = np.zeros((2 * length + 1, 2 * length + 1), np.float32)
    angle = draw.uniform(0, np.pi)
    reach = (np.cos(angle) * length / 2, np.sin(angle) * length / 2)
    ends = [(int(round(length + sign * reach[0])), int(round(length + sign * reach[1]))) for sign in (-1, 1)]
    cv2.line(kernel, ends[0], ends[1], 1.0)
    return cv2.filter2D(light, -1, kernel / kernel.sum(), borderType=cv2.BORDER_REPLICATE)


def screened(draw, light, hard):
    """A halftone screen under the text: paper and ink as dots."""
    height, width = light.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    angle, period = draw.uniform(0, np.pi / 2), draw.uniform(2.6, 5.0)
    u, v = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
    wave = np.cos(2 * np.pi * u / period) * np.cos(2 * np.pi * v / period)
    return np.clip(light - draw.uniform(8, 14 + 26 * hard) * (1 + wave), 0, 255)


def creased(draw, light, hard):
    """A fold across the text: a bright or dark line with a soft shadow on one side."""
    height, width = light.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    angle = draw.uniform(-0.5, 0.5) + draw.choice([0, np.pi / 2])
    middle = (draw.uniform(0.2, 0.8) * width, draw.uniform(0.2, 0.8) * height)
    distance = (x - middle[0]) * np.sin(angle) + (y - middle[1]) * np.cos(angle)
    line = np.exp(-np.square(distance / draw.uniform(0.6, 1.2))) * draw.choice([-1, 1]) * draw.uniform(20, 40 + 70 * hard)
    shadow = np.exp(-np.clip(distance, 0, None) / (0.3 * height)) * (distance > 0) * draw.uniform(10, 15 + 30 * hard)
    return np.clip(light + line - shadow, 0, 255)


UNSEEN = {"moved": moved, "screened": screened, "creased": creased}
