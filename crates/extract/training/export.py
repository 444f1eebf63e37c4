"""A trained net as the file that the Rust side embeds: `python3 export.py net.pt FOLDER`.

Halves (IEEE 754, little endian): weights and biases, layer by layer; then three singles: temperature, slope, offset.
Beside it, what the net says to pictures that are made by a formula: the Rust side must say the same.
"""

import argparse
import pathlib

import numpy as np
import torch
from torch.nn import functional

import crops
from images import normalized
from net import FIRST_ADDED, LAYERS, Net

HERE = pathlib.Path(__file__).parent
TARGET = HERE.parent / "src" / "numbers"
# Temperatures that are tried.
TEMPERATURES = [0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.6, 1.8, 2.0]


class Folded:
    """The net as it will be run: normalization folded into the weights, numbers rounded to halves."""

    def __init__(self, net):
        halves = [(weight.half(), bias.half()) for weight, bias in net.folded()]
        self.bytes = b"".join(part.numpy().astype("<f2").tobytes() for pair in halves for part in pair)
        self.layers = [(weight.float(), bias.float()) for weight, bias in halves]

    def __call__(self, seen):
        for number, (weight, bias) in enumerate(self.layers[:-1]):
            *_, down, across, pad_rows, pad_columns = LAYERS[number]
            out = torch.relu(functional.conv2d(seen, weight, bias, (down, across), (pad_rows, pad_columns)))
            seen = seen + out if number >= FIRST_ADDED else out
        return functional.conv2d(seen, *self.layers[-1]).squeeze(2)


def fitted(folded, shard):
    """(temperature, slope, offset): the temperature under which the true texts are most probable, then the line
    that brings the log-odds of what is read nearest to how often it is right."""
    order = np.random.default_rng(0)
    losses = np.zeros(len(TEMPERATURES))
    said_texts = []
    with torch.no_grad():
        for batch, classes, lengths, places in crops.batches(shard, 64, order):
            said = folded(torch.from_numpy(batch))
            for at, temperature in enumerate(TEMPERATURES):
                losses[at] += loss_of(said / temperature, classes, lengths).clamp(max=50).sum().item()
            starts = np.cumsum(lengths) - lengths
            for row, place in enumerate(places):
                truth = classes[starts[row] : starts[row] + lengths[row]].tolist()
                said_texts.append((said[row : row + 1], truth))
        temperature = TEMPERATURES[int(np.argmin(losses))]
        odds, right = [], []
        for said, truth in said_texts:
            best = (said / temperature).argmax(1)[0].tolist()
            read = [now for before, now in zip([0, *best], best) if now not in (0, before)]
            chance = float(torch.exp(-loss_of(said / temperature, np.array(read, np.int64), np.array([len(read)]))[0]))
            chance = min(max(chance, 1e-9), 1 - 1e-9)
            odds.append(np.log(chance / (1 - chance)))
            right.append(read == truth)
    odds, right = torch.tensor(odds), torch.tensor(right, dtype=torch.float64)
    line = torch.tensor([1.0, 0.0], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([line], max_iter=200)

    def closure():
        optimizer.zero_grad()
        loss = functional.binary_cross_entropy_with_logits(line[0] * odds + line[1], right)
        loss.backward()
        return loss

    optimizer.step(closure)
    slope, offset = line.tolist()
    print(f"temperature {temperature} slope {slope:.4f} offset {offset:.4f} read {right.mean():.4f} right")
    return temperature, slope, offset


def loss_of(said, classes, lengths):
    spoken = functional.log_softmax(said, 1).permute(2, 0, 1)
    spans = torch.full((said.shape[0],), said.shape[2], dtype=torch.long)
    return functional.ctc_loss(
        spoken, torch.from_numpy(classes), spans, torch.from_numpy(lengths), reduction="none", zero_infinity=False
    )


def pattern(width, height, turn):
    """A picture of a formula: strokes and shades that no file has to hold."""
    y, x = np.mgrid[0:height, 0:width]
    return ((x * 7 + y * 13 + (x * y) // 3 + turn * (x // 5) * 40) % 256).astype(np.uint8)


def parity(folded):
    """For a few patterns: size, a checksum of the normalized crop, and the most probable classes with what speaks
    for them."""
    lines = []
    for width, height, turn in ((60, 20, 0), (133, 41, 1), (9, 30, 2), (300, 32, 3), (2000, 24, 4)):
        seen = normalized(pattern(width, height, turn))
        padded = np.zeros((1, 1, 32, crops.padded_width(seen.shape[1])), np.float32)
        padded[0, 0, :, : seen.shape[1]] = seen / np.float32(255)
        with torch.no_grad():
            said = folded(torch.from_numpy(padded))[0]
        weighed = int((seen.ravel().astype(np.int64) * (np.arange(seen.size) % 251 + 1)).sum())
        shown = " ".join(f"{value:.3f}" for value in said[:, :3].T.reshape(-1)[::7].tolist())
        lines.append(f"{width} {height} {turn} {weighed} {shown}")
    return "\n".join(lines) + "\n"


def main():
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("net", type=pathlib.Path)
    wanted.add_argument("folder", type=pathlib.Path)
    options = wanted.parse_args()
    torch.set_num_threads(1)
    net = Net()
    net.load_state_dict(torch.load(options.net))
    net.eval()
    folded = Folded(net)
    loaded = np.load(options.folder / "calibrate-000.npz")
    calibration = fitted(folded, {name: loaded[name] for name in loaded.files})
    (TARGET / "numbers.model").write_bytes(folded.bytes + np.array(calibration, "<f4").tobytes())
    (TARGET / "parity.txt").write_text(parity(folded))


if __name__ == "__main__":
    main()
