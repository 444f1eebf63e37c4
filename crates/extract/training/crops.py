"""Crops out of shards, in batches of one width."""

import time

import numpy as np

import texts

CLASS_OF = {glyph: place + 1 for place, glyph in enumerate(texts.GLYPHS)}
# Crops are padded with paper to a multiple of this, whatever they are read with.
STEP = 16


def padded_width(width):
    return -(-width // STEP) * STEP


def waited(path):
    """The shard, once its maker has finished it."""
    while not path.exists():
        time.sleep(1)
    return np.load(path)


def batches(shard, size, order):
    """(crops, labels as classes, their lengths, places in the shard), each batch of one padded width."""
    widths, labels, pixels = shard["widths"], shard["labels"], shard["pixels"]
    starts = np.concatenate([[0], np.cumsum(widths) * 32])
    by_width = {}
    for place in order.permutation(len(widths)):
        by_width.setdefault(padded_width(widths[place]), []).append(place)
    groups = []
    for width, places in sorted(by_width.items()):
        # As many pixels in each batch, so that wide crops do not need more memory.
        count = max(4, size * 128 // width)
        groups += [(width, places[at : at + count]) for at in range(0, len(places), count)]
    for at in order.permutation(len(groups)):
        width, places = groups[at]
        crops = np.zeros((len(places), 1, 32, width), np.float32)
        for row, place in enumerate(places):
            crops[row, 0, :, : widths[place]] = pixels[starts[place] : starts[place + 1]].reshape(32, -1)
        crops /= 255
        classes = [[CLASS_OF[glyph] for glyph in labels[place]] for place in places]
        yield crops, np.array(sum(classes, []), np.int64), np.array([len(one) for one in classes]), places
