"""Holds filled forms against readers that are not ours.

    cargo build -p smartexus-forms --example fill_every_field
    python3 benches/peers/forms_read_back.py PROGRAM FORM.pdf... [--truth]

PROGRAM is the built example. For each form it fills every field, then asks
  * pypdf        whether every value reads back,
  * the bytes    whether the blank stands unchanged at the front,
  * pdftotext    whether every word is seen inside its box, before and after flattening,
  * pdftoppm     whether every ticked box looks different from the blank, and whether flattening changes a pixel,
  * pdfium       whether every answer changes the picture inside its box, before and after flattening, and whether
                 flattening changes a pixel. It draws each widget's own appearance, as browsers do.
With --truth it compares fields with FORM.fields.json beside the form. Needs pypdf, pypdfium2 with numpy, and poppler.
One JSON line a form.
"""
import json, os, re, subprocess, sys, tempfile
from collections import Counter
import pypdfium2
from pypdf import PdfReader

DPI = 100

def run(*command):
    return subprocess.run(command, capture_output=True, timeout=120)

def words(path):
    out = run("pdftotext", "-cropbox", "-bbox", path, "-").stdout.decode("utf8", "replace")
    pages, page = [], None
    for line in out.splitlines():
        if "<page " in line:
            page = []
            pages.append(page)
        found = re.search(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*)</word>', line)
        if found:
            text = found[5]
            for name, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
                text = text.replace(name, sign)
            page.append((*map(float, found.groups()[:4]), text))
    return pages

def seen(pages, place, text, kind):
    if place["page"] is None or place["page"] > len(pages):
        return False
    x0, y0, x1, y1 = place["box"]
    inside = [w for w in pages[place["page"] - 1]
              if w[2] > x0 - 1 and w[0] < x1 + 1 and y0 - 3 <= (w[1] + w[3]) / 2 <= y1 + 3]
    inside.sort(key=lambda w: (round(w[1]), w[0]))
    # Marks of direction are poppler's own.
    squash = lambda s: re.sub(r"[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", s)
    found, wanted = squash("".join(w[4] for w in inside)), squash(text)
    # In which order a reader tells words that run leftward or set vowels in front, or cells of several fonts, is its own affair.
    reordered = any(0x590 <= ord(c) <= 0x109F or 0x1780 <= ord(c) <= 0x17FF for c in wanted)
    if reordered or kind == "comb":
        return not Counter(wanted) - Counter(found)
    return wanted in found

def images(path, folder):
    run("pdftoppm", "-cropbox", "-r", str(DPI), "-gray", path, os.path.join(folder, "p"))
    pages = []
    for name in sorted(os.listdir(folder)):
        data = open(os.path.join(folder, name), "rb").read()
        head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data)
        pages.append((int(head[1]), int(head[2]), data[head.end():]))
    return pages

def crop(image, box):
    width, height, data = image
    x0, y0, x1, y1 = (int(v * DPI / 72) for v in box)
    rows = range(max(0, y0 - 1), min(height, y1 + 2))
    return b"".join(data[y * width + max(0, x0 - 1):y * width + min(width, x1 + 2)] for y in rows)

def pdfium_images(path):
    """Gray pages by pdfium, appearances of widgets as they stand in the file."""
    document = pypdfium2.PdfDocument(path)
    document.init_forms()
    pages = []
    for page in document:
        bitmap = page.render(scale=DPI / 72, grayscale=True, draw_annots=True, may_draw_forms=True)
        array = bitmap.to_numpy()
        gray = array if array.ndim == 2 else array[:, :, 0]
        pages.append((gray.shape[1], gray.shape[0], gray.tobytes()))
        page.close()
    document.close()
    return pages

def unchanged(shots, before, after, rows):
    """Names of answered fields whose box looks as it did on the blank, those that said something already left out."""
    same = []
    for row in rows:
        places = [w for w in row["field"]["widgets"] if w["page"]]
        changed = any(crop(shots[before][w["page"] - 1], w["box"]) != crop(shots[after][w["page"] - 1], w["box"])
                      for w in places)
        if not changed and row["field"]["value"] is None:
            same.append(row["field"]["name"])
    return same

def pixels_apart(one, other):
    return sum(1 for a, b in zip(one, other) for x, y in zip(a[2], b[2]) if abs(x - y) > 40)

def value_of(reader, fields, row):
    got = fields.get(row["field"]["name"])
    if got is None:
        return None
    value = got.get("/V")
    if value is None:
        return None
    if isinstance(value, (list, tuple)):
        return "; ".join(str(v) for v in value)
    return str(value).replace("\r", "\n").removeprefix("/") if str(value).startswith("/") else str(value)

def check(program, form, truth):
    result = {"form": os.path.basename(form)}
    with tempfile.TemporaryDirectory() as folder:
        done = run(program, form, folder)
        if done.returncode:
            return result | {"failed": done.stderr.decode().strip()}
        rows = json.load(open(os.path.join(folder, "meant.json")))
        blank = open(form, "rb").read()
        filled_path, flat_path = (os.path.join(folder, n) for n in ("filled.pdf", "flat.pdf"))
        result["fields"] = len(rows)
        result["refused"] = {r["field"]["name"]: r["refused"] for r in rows if r["refused"]}
        result["prefix_intact"] = open(filled_path, "rb").read().startswith(blank)
        asked = [r for r in rows if r["meant"] is not None and not r["refused"]]
        result["answered"] = len(asked)
        reader = PdfReader(filled_path)
        fields = reader.get_fields() or {}
        wrong = []
        for row in asked:
            got = value_of(reader, fields, row)
            meant = row["meant"]
            if meant == "true":
                good = got not in (None, "", "Off")
            else:
                good = got == meant
            if not good:
                wrong.append((row["field"]["name"], meant, got))
        result["pypdf_wrong"] = wrong[:5], len(wrong)
        texts = [r for r in asked if r["field"]["type"] in ("text", "multiline", "comb", "date", "combo")]
        label = lambda r: next((o["label"] for o in r["field"]["options"] if o["export"] == r["meant"]), r["meant"])
        for key, path in (("filled", filled_path), ("flat", flat_path)):
            pages = words(path)
            unseen = [(r["field"]["name"], label(r)) for r in texts
                      if not all(seen(pages, w, label(r), r["field"]["type"]) for w in r["field"]["widgets"] if w["page"])]
            result[f"unseen_{key}"] = unseen[:5], len(unseen)
        result["texts"] = len(texts)
        shots = {}
        for key, path in (("blank", form), ("filled", filled_path), ("flat", flat_path)):
            sub = os.path.join(folder, key)
            os.mkdir(sub)
            shots[key] = images(path, sub)
        buttons = [r for r in asked if r["field"]["type"] in ("checkbox", "radio", "list")]
        result["buttons"] = len(buttons)
        same = unchanged(shots, "blank", "filled", buttons)
        result["button_unchanged"] = same[:5], len(same)
        same = unchanged(shots, "blank", "flat", buttons)
        result["button_unchanged_flat"] = same[:5], len(same)
        result["flat_pixels_different"] = pixels_apart(shots["filled"], shots["flat"])
        shots = {key: pdfium_images(path) for key, path in (("blank", form), ("filled", filled_path), ("flat", flat_path))}
        shown = [r for r in asked if r["meant"] not in ("", None)]
        for key in ("filled", "flat"):
            same = unchanged(shots, "blank", key, shown)
            result[f"pdfium_unchanged_{key}"] = same[:5], len(same)
        result["pdfium_flat_pixels_different"] = pixels_apart(shots["filled"], shots["flat"])
        if truth:
            path = form.removesuffix(".pdf") + ".fields.json"
            if os.path.exists(path):
                told = json.load(open(path))["fields"]
                ours = {r["field"]["name"]: r["field"] for r in rows}
                names = {t["name"] for t in told}
                result["truth"] = {"fields": len(told), "missing": sorted(names - set(ours))[:5],
                                   "extra": sorted(set(ours) - names)[:5],
                                   "types_differ": [(t["name"], t["type"], ours[t["name"]]["type"]) for t in told
                                                    if t["name"] in ours and not same_type(t, ours[t["name"]])][:5],
                                   "max_length_differs": sum(1 for t in told if t["name"] in ours
                                                             and t["max_len"] != ours[t["name"]]["max_length"])}
    return result

def same_type(told, ours):
    kinds = {"text": ("text", "multiline", "comb", "date"), "checkbox": ("checkbox",), "radio": ("radio",),
             "choice": ("combo", "list"), "combo": ("combo",), "combobox": ("combo",), "list": ("list",), "listbox": ("list",),
             "signature": ("signature",), "button": ("button",), "pushbutton": ("button",)}
    return ours["type"] in kinds.get(told["type"], (told["type"],))

if __name__ == "__main__":
    arguments = [a for a in sys.argv[1:] if a != "--truth"]
    for form in arguments[1:]:
        print(json.dumps(check(arguments[0], form, "--truth" in sys.argv), ensure_ascii=False), flush=True)
