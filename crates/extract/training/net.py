"""The net: a crop of 32 rows to the classes at every fourth column."""

import torch
from torch import nn

import texts

CLASSES = len(texts.GLYPHS) + 1
# (channels in, channels out, kernel rows, kernel columns, stride rows, stride columns, pad rows, pad columns)
LAYERS = [
    (1, 16, 3, 3, 2, 2, 1, 1),
    (16, 32, 3, 3, 1, 1, 1, 1),
    (32, 48, 3, 3, 2, 1, 1, 1),
    (48, 64, 3, 3, 2, 2, 1, 1),
    (64, 88, 3, 3, 1, 1, 1, 1),
    (88, 128, 4, 3, 1, 1, 0, 1),
    (128, 128, 1, 5, 1, 1, 0, 2),
    (128, 128, 1, 5, 1, 1, 0, 2),
]
# From this layer on, what goes in is added to what comes out.
FIRST_ADDED = 6


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.convolutions = nn.ModuleList()
        self.norms = nn.ModuleList()
        for inside, outside, rows, columns, down, across, pad_rows, pad_columns in LAYERS:
            self.convolutions.append(
                nn.Conv2d(inside, outside, (rows, columns), (down, across), (pad_rows, pad_columns), bias=False)
            )
            self.norms.append(nn.BatchNorm2d(outside))
        self.head = nn.Conv2d(LAYERS[-1][1], CLASSES, 1)

    def forward(self, crops):
        """crops × 1 × 32 × width, 0 to 1, to crops × classes × width / 4: no probabilities yet."""
        seen = crops
        for number, (convolution, norm) in enumerate(zip(self.convolutions, self.norms)):
            out = torch.relu(norm(convolution(seen)))
            seen = seen + out if number >= FIRST_ADDED else out
        with torch.autocast("cpu", enabled=False):
            return self.head(seen.float()).squeeze(2)

    def folded(self):
        """(weights, biases) of every layer, the normalization inside them; the head last."""
        layers = []
        for convolution, norm in zip(self.convolutions, self.norms):
            scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
            layers.append((convolution.weight * scale[:, None, None, None], norm.bias - norm.running_mean * scale))
        layers.append((self.head.weight, self.head.bias))
        return [(weight.detach(), bias.detach()) for weight, bias in layers]


if __name__ == "__main__":
    net = Net()
    print(sum(weight.numel() + bias.numel() for weight, bias in net.folded()), "numbers")
