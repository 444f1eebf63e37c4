"""Fills a form with pypdf, appearances made by it, in the protocol of the harness: one JSON object.

usage: pypdf_fill.py FORM.pdf VALUES.json ROUNDS
"""

import io
import json
import statistics
import sys
import time

from pypdf import PdfReader, PdfWriter


def fill(data, values):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.update_page_form_field_values(None, values, auto_regenerate=False)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def main():
    data = open(sys.argv[1], "rb").read()
    values = json.load(open(sys.argv[2]))
    taken = []
    for _ in range(int(sys.argv[3])):
        before = time.process_time()
        filled = fill(data, values)
        taken.append(time.process_time() - before)
    fields = PdfReader(io.BytesIO(filled)).get_fields() or {}
    count = sum(1 for name in values if fields.get(name, {}).get("/V") not in (None, "", "/Off"))
    print(json.dumps({"filled": count, "median": statistics.median(taken), "worst": max(taken)}))


main()
