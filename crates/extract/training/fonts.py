"""The fonts that crops are written in: whole families are kept from training, to calibrate and to score on."""

import fnmatch
import pathlib
from functools import lru_cache

from PIL import ImageFont

# Pixels of an em when text is drawn, before it is brought to the size of a scan.
EM = 64
ROOTS = ["/usr/share/fonts/truetype", "/usr/share/fonts/opentype", "/usr/share/texmf/fonts/opentype", "/usr/share/fonts/fonts-go"]

# (weight, patterns of file names). What statements are mostly set in weighs more.
TRAIN = [
    (6, ["LiberationSans-*"]),
    (5, ["NimbusSans-*"]),
    (3, ["NimbusSansNarrow-*", "LiberationSansNarrow-*"]),
    (4, ["LiberationSerif-*", "NimbusRoman-*"]),
    (4, ["LiberationMono-*", "NimbusMonoPS-*"]),
    (4, ["DejaVuSans.ttf", "DejaVuSans-Bold*", "DejaVuSans-Oblique*", "DejaVuSansCondensed*"]),
    (2, ["DejaVuSansMono*"]),
    (1, ["DejaVuSerif*"]),
    (3, ["FreeSans*"]),
    (2, ["FreeSerif*"]),
    (2, ["FreeMono*"]),
    (4, ["NotoSans-*"]),
    (1, ["NotoSerif-*", "NotoSerifDisplay-*"]),
    (1, ["NotoMono-*"]),
    (2, ["Lato-Regular*", "Lato-Bold*", "Lato-Italic*", "Lato-Light.ttf", "Lato-Medium.ttf", "Lato-Black.ttf"]),
    (4, ["OpenSans-*"]),
    (3, ["Carlito-*"]),
    (2, ["Arimo-*"]),
    (2, ["Tinos-*"]),
    (2, ["Cousine-*"]),
    (2, ["Hack-*"]),
    (2, ["FiraCode-*"]),
    (2, ["Inter-*.otf"]),
    (2, ["manrope*", "Manrope*"]),
    (2, ["Oxygen-*"]),
    (2, ["Cabin-*"]),
    (1, ["Vollkorn-Regular*", "Vollkorn-Bold*", "Vollkorn-Italic*"]),
    (1, ["Quattrocento*"]),
    (1, ["LinLibertine_R*.otf", "LinBiolinum_R*.otf"]),
    (1, ["EBGaramond*Regular*"]),
    (2, ["texgyreheros*"]),
    (1, ["texgyretermes*", "texgyreschola*", "texgyrebonum*"]),
    (1, ["texgyreadventor*", "URWGothic-*"]),
    (2, ["texgyrecursor*"]),
    (1, ["C059-*", "P052-*", "URWBookman-*"]),
    (1, ["lmsans10-*", "lmsansdemicond10-*"]),
    (2, ["OCRB*"]),
    (2, ["OCRA.ttf", "OCRABold*", "OCRACondensed*", "OCRAItalic*"]),
    (1, ["Anonymous Pro*", "AnonymousPro*", "Anonymous*"]),
    (1, ["mononoki-*"]),
    (1, ["Hermit-*", "hermit*"]),
    (1, ["monofur*", "monof*"]),
    (2, ["MPLUS1Code*", "MPLUSCodeLatin*", "Mplus1Code*", "MPLUS2-*", "Mplus2-*"]),
    (2, ["GNUTypewriter*", "gnutypewriter*"]),
    (1, ["TlwgTypewriter*"]),
    (1, ["BebasNeue*"]),
    (1, ["RobotoSlab*"]),
    (1, ["DotGothic16*"]),
]
CALIBRATE = [
    (1, ["B612-*", "B612Mono-*"]),
    (1, ["Karla-Regular*", "Karla-Bold*", "Karla-Italic*", "Karla-Medium*"]),
    (1, ["Gentium*"]),
    (1, ["JetBrainsMono-*"]),
    (1, ["3270*"]),
    (1, ["YanoneKaffeesatz-*"]),
    (1, ["Play-*"]),
]
TEST = [
    (1, ["Roboto-Regular*", "Roboto-Bold*", "Roboto-Italic*", "Roboto-Light.ttf", "Roboto-Medium.ttf"]),
    (1, ["RobotoCondensed-*"]),
    (1, ["Caladea-*"]),
    (1, ["CharisSIL-*"]),
    (1, ["Cantarell-*"]),
    (1, ["CourierPrime-*", "Courier Prime*"]),
    (1, ["Inconsolata*"]),
    (1, ["go-regular*", "Go-Regular*", "Go-Bold*", "Go-Italic*", "Go-Mono*"]),
    (1, ["lmroman10-regular*", "lmroman10-bold.otf", "lmmono10-regular*"]),
]
SPLITS = {"train": TRAIN, "calibrate": CALIBRATE, "test": TEST}
# Drawn in whole dots, as a printer with needles does.
DOTTED = {
    "train": ["PxPlus*", "Px437*", "*VGA8*", "*VGA9*", "*MDA*", "unifont.otf"],
    "calibrate": ["*EGA8*"],
    "test": ["*CGA-2y*", "*CGA.ttf"],
}
DOT_ROOT = "/usr/share/fonts"


@lru_cache(maxsize=None)
def files():
    return sorted(path for root in ROOTS for path in pathlib.Path(root).rglob("*") if path.suffix in (".ttf", ".otf") and "Thin" not in path.name)


def matching(paths, patterns):
    return [path for path in paths if any(fnmatch.fnmatchcase(path.name, pattern) for pattern in patterns)]


@lru_cache(maxsize=None)
def families(split):
    """(weights, lists of files) of a split; a family that is not installed is an error, so that runs are alike."""
    paths = files()
    weights, members = [], []
    for weight, patterns in SPLITS[split]:
        found = matching(paths, patterns)
        if not found:
            raise SystemExit(f"no font for {patterns}: see README.md for the packages")
        weights.append(weight)
        members.append(found)
    return weights, members


@lru_cache(maxsize=None)
def dotted(split):
    paths = sorted(pathlib.Path(DOT_ROOT).rglob("*.[to]tf"))
    return matching(paths, DOTTED[split])


@lru_cache(maxsize=None)
def load(path, size=EM):
    return ImageFont.truetype(str(path), size)


@lru_cache(maxsize=None)
def has(path, glyph):
    """Whether the font draws this glyph, and not the box that stands for a missing one."""
    if glyph in " \u00a0\u202f\u2009":
        return True
    mask = load(path).getmask(glyph)
    return mask.getbbox() is not None and (mask.size, bytes(mask)) != missing(path)


@lru_cache(maxsize=None)
def missing(path):
    mask = load(path).getmask("\U0010fffe")
    return mask.size, bytes(mask)


def draws(path, text):
    return all(has(path, glyph) for glyph in text)


if __name__ == "__main__":
    for name in SPLITS:
        weights, members = families(name)
        print(name, sum(len(member) for member in members), "files", len(dotted(name)), "dotted")
        for weight, member in zip(weights, members):
            print("  ", weight, member[0].name, len(member), "no ₹" if not has(member[0], "₹") else "")
