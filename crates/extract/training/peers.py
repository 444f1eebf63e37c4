"""What other readers make of the same crops: `python3 peers.py tesseract|ppocr IN.crops OUT.tsv`.

One line a crop: the text, its confidence. CPU time a crop goes to standard error. Tesseract gets its crops with a rim
of paper, without which it reads worse; both run on one thread.
"""

import os

os.environ["OMP_THREAD_LIMIT"] = "1"
os.environ["OMP_NUM_THREADS"] = "1"

import argparse
import pathlib
import struct
import sys
import time

import numpy as np

RIM = 10


def crops_of(path):
    data = path.read_bytes()
    at = 0
    while at < len(data):
        width, height = struct.unpack_from("<II", data, at)
        at += 8
        yield np.frombuffer(data, np.uint8, width * height, at).reshape(height, width)
        at += width * height


def tesseract():
    import tesserocr
    from PIL import Image

    engine = tesserocr.PyTessBaseAPI(path="/usr/share/tesseract-ocr/5/tessdata/", lang="eng", psm=tesserocr.PSM.SINGLE_LINE)

    def read(gray):
        engine.SetImage(Image.fromarray(np.pad(gray, RIM, constant_values=int(np.percentile(gray, 80)))))
        engine.SetSourceResolution(200)
        return engine.GetUTF8Text().strip(), engine.MeanTextConf() / 100

    return read


def ppocr():
    from rapidocr import RapidOCR

    engine = RapidOCR(params={"EngineConfig.onnxruntime.intra_op_num_threads": 1, "EngineConfig.onnxruntime.inter_op_num_threads": 1, "Global.log_level": "error"})

    def read(gray):
        out = engine(np.repeat(gray[:, :, None], 3, 2), use_det=False, use_cls=False, use_rec=True)
        return (out.txts[0], float(out.scores[0])) if out.txts else ("", 0.0)

    return read


def main():
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("reader", choices=["tesseract", "ppocr"])
    wanted.add_argument("crops", type=pathlib.Path)
    wanted.add_argument("out", type=pathlib.Path)
    options = wanted.parse_args()
    read = {"tesseract": tesseract, "ppocr": ppocr}[options.reader]()
    crops = list(crops_of(options.crops))
    read(crops[0])
    began = time.process_time()
    said = [read(crop) for crop in crops]
    print(f"{options.reader}: {(time.process_time() - began) * 1000 / len(crops):.2f} ms CPU a crop", file=sys.stderr)
    with options.out.open("w") as out:
        for text, confidence in said:
            out.write(f"{text}\t{confidence:.4f}\n".replace("\r", " ") if "\n" not in text else f"{' '.join(text.split())}\t{confidence:.4f}\n")


if __name__ == "__main__":
    main()
