"""Pages of PDF files as gray pictures by pdfium, a file a page: FOLDER/NUMBER-PAGE.pgm, both from 1 on.

usage: pdfium_pages.py DPI FOLDER FILES...     --version prints the version and ends
"""

import sys

import pypdfium2


def write(path, bitmap):
    rows = memoryview(bitmap.buffer).cast("B")
    with open(path, "wb") as out:
        out.write(b"P5\n%d %d\n255\n" % (bitmap.width, bitmap.height))
        for y in range(bitmap.height):
            out.write(rows[y * bitmap.stride : y * bitmap.stride + bitmap.width])


def main():
    if sys.argv[1:] == ["--version"]:
        print(pypdfium2.PYPDFIUM_INFO)
        return
    dpi, folder, files = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
    for number, path in enumerate(files, 1):
        for index, page in enumerate(pypdfium2.PdfDocument(path), 1):
            write(f"{folder}/{number}-{index}.pgm", page.render(scale=dpi / 72, grayscale=True))


main()
