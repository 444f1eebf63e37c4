"""Trains the net on shards in their order, the rate of learning falling to nothing at the last: see README.md."""

import argparse
import pathlib
import time

import numpy as np
import torch
from torch.nn import functional

import crops
import texts
from net import Net

# Crops that progress is shown on.
SHOWN = 1500


def laid_out(batch):
    return torch.from_numpy(batch).to(memory_format=torch.channels_last)


def read(net, shard, order, smallest=64):
    """Yields (label, text, mean log probability of the best path) of a shard, without search."""
    net.eval()
    with torch.no_grad():
        for batch, _, _, places in crops.batches(shard, smallest, order):
            best = torch.log_softmax(net(laid_out(batch)), 1).max(1)
            for row, place in enumerate(places):
                classes = best.indices[row].tolist()
                kept = [now for before, now in zip([0, *classes], classes) if now not in (0, before)]
                yield str(shard["labels"][place]), "".join(texts.GLYPHS[one - 1] for one in kept), str(shard["kinds"][place])
    net.train()


def score(net, shard):
    right, all_of = {}, {}
    for label, text, kind in read(net, shard, np.random.default_rng(0)):
        all_of[kind] = all_of.get(kind, 0) + 1
        right[kind] = right.get(kind, 0) + (label == text)
    return " ".join(f"{kind} {100 * right[kind] / all_of[kind]:.2f}" for kind in sorted(all_of))


def main():
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("folder", type=pathlib.Path)
    wanted.add_argument("--first", type=int, default=0)
    wanted.add_argument("--shards", type=int, default=20)
    wanted.add_argument("--of", type=int, default=20)
    wanted.add_argument("--batch", type=int, default=32)
    wanted.add_argument("--rate", type=float, default=2e-3)
    wanted.add_argument("--seed", type=int, default=20)
    wanted.add_argument("--start", type=pathlib.Path)
    wanted.add_argument("--out", type=pathlib.Path, required=True)
    options = wanted.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    net = Net().to(memory_format=torch.channels_last)
    if options.start:
        net.load_state_dict(torch.load(options.start))
    steps = options.shards
    optimizer = torch.optim.AdamW(net.parameters(), lr=options.rate, weight_decay=1e-2)
    held_out = crops.waited(options.folder / "calibrate-000.npz")
    few = held_out["widths"][:SHOWN]
    held_out = {name: held_out[name][: few.sum() * 32 if name == "pixels" else SHOWN] for name in held_out.files}
    order = np.random.default_rng(options.seed)
    began, cpu = time.time(), time.process_time()
    for step in range(steps):
        loaded = crops.waited(options.folder / f"train-{(options.first + step) % options.of:03}.npz")
        shard = {name: loaded[name] for name in loaded.files}
        losses, total = [], len(shard["widths"])
        seen = 0
        for batch, classes, lengths, places in crops.batches(shard, options.batch, order):
            progress = (step + seen / total) / steps
            warm = min(1.0, (step + seen / total) * 20)
            for group in optimizer.param_groups:
                group["lr"] = options.rate * warm * (0.5 * (1 + np.cos(np.pi * progress)) + 0.002)
            # Half the time of singles; sums and weights stay singles.
            with torch.autocast("cpu", dtype=torch.bfloat16):
                answers = net(laid_out(batch))
            said = functional.log_softmax(answers.float(), 1).permute(2, 0, 1)
            spans = torch.full((len(places),), said.shape[0], dtype=torch.long)
            loss = functional.ctc_loss(
                said, torch.from_numpy(classes), spans, torch.from_numpy(lengths), reduction="none", zero_infinity=True
            ).mean()
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimizer.step()
            losses.append(loss.item())
            seen += len(places)
        torch.save(net.state_dict(), options.out)
        print(
            f"{step + 1}/{steps} loss {np.mean(losses):.4f} wall {time.time() - began:.0f} s cpu "
            f"{time.process_time() - cpu:.0f} s held out: {score(net, held_out)}",
            flush=True,
        )


if __name__ == "__main__":
    main()
