"""What stands in a cell of a statement: amounts, dates, codes, and the words that are no numbers."""

import random

# Every glyph the reader tells apart. Its place in this string, plus one, is its class; class 0 is "no glyph".
# U+FFFD stands for everything else: other alphabets, accented letters, unreadable shapes.
GLYPHS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.,'-/:+()%$£€¥₹*#& \ufffd"
OTHER = "\ufffd"
# Written so, read so: one shape, one class.
SAME = {"\u2212": "-", "\u2013": "-", "\u2019": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " "}

CURRENCIES = "USD EUR GBP CHF INR AUD NZD CAD JPY SEK NOK DKK PLN CZK HUF ZAR SGD HKD CNY AED BRL MXN".split()
MARKS = "$£€¥₹"
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
LONG_MONTHS = "January February March April June July August September October November December".split()
FOREIGN_MONTHS = (
    "janv févr mars avr mai juin juil août sept oct nov déc Mär Mai Okt Dez gen feb mag giu lug ago set ott dic "
    "ene abr mrt mei okt"
).split()
SIDES = "CR DR Cr Dr DB cr dr C D S H Db K B".split()

WORDS = (
    "the and for payment transfer direct debit credit card deposit balance brought forward statement account page "
    "date description amount opening closing interest fee charge online store market grocery fuel salary rent "
    "insurance energy water mobile telecom standing order cheque cash withdrawal purchase refund invoice number "
    "customer branch sort code total paid in out value details reference Lastschrift Gutschrift Überweisung Miete "
    "Saldo Betrag Datum Buchung Kontostand Auszug Zinsen Gehalt virement prélèvement solde crédit débit libellé "
    "valeur montant carte achat retrait frais importe fecha concepto saldo abono cargo nómina recibo bonifico "
    "addebito accredito commissioni stipendio data valuta descrizione omschrijving bedrag bij af datum rekening "
    "incasso overboeking POS ATM ACH SEPA IBAN BIC NEFT UPI IMPS RTGS BACS CHAPS FPS DD SO BGC TFR INT CHQ Inc Ltd "
    "LLC GmbH Co Street Avenue Road London Paris Berlin Solo Bill Oslo Isle Ibis Sol Boss Zoo Bio Lido Gold Iglo "
    "OIL SOS ISO BIO LOL OBI SOLO BOSS ZOO IS SO OS IO lo so is il Il Is So Go Bob Sib Solis Illbi Boo Zoll"
).split()
FOREIGN = "äöüßéèêàçñøåæœÄÖÜÉÑšžčřłńőț@=!?;\"_|<>[]{}~^\\§°™®©«»•…½№"
SCRIPTS = "日本円収入支出取引残高अआकखगरुपयेकुलशेषабвгдежзиклмнпрАБДЖИЛαβγδλπΣΩกขคงบาท한국은행"


def whole(draw, digits):
    first = str(draw.randint(1, 9)) if digits > 1 else str(draw.randint(0, 9))
    return first + "".join(str(draw.randint(0, 9)) for _ in range(digits - 1))


def grouped(draw, digits, mark):
    text = whole(draw, digits)
    if mark == "lakh" and len(text) > 3:
        head, tail = text[:-3], text[-3:]
        parts = []
        while head:
            parts.insert(0, head[-2:])
            head = head[:-2]
        return ",".join([*parts, tail])
    if mark in ("", "lakh"):
        return text
    parts = []
    while text:
        parts.insert(0, text[-3:])
        text = text[:-3]
    return mark.join(parts)


def plain_amount(draw):
    group, point = draw.choices(
        [(",", "."), ("", "."), (".", ","), ("", ","), (" ", ","), ("'", "."), ("lakh", "."), (" ", "."), ("\u2019", ".")],
        [40, 12, 16, 8, 6, 5, 8, 1, 2],
    )[0]
    digits = draw.choices(range(1, 9), [14, 20, 22, 18, 13, 7, 4, 2])[0]
    cents = draw.choices([2, 0, 1, 3], [90, 7, 1, 2])[0]
    text = grouped(draw, digits, group)
    if cents:
        text += point + whole(draw, cents + 1)[1:]
    if digits == 1 and cents and draw.random() < 0.04:
        text = text[1:]
    return text


def amount(draw):
    text = plain_amount(draw)
    kind = draw.random()
    if kind < 0.46:
        return text
    if kind < 0.60:
        sign = draw.choices(["-", "\u2212", "+", "\u2013"], [60, 10, 25, 5])[0]
        place = draw.random()
        return sign + text if place < 0.6 else (text + sign if place < 0.85 else sign + " " + text)
    if kind < 0.72:
        mark = draw.choice(MARKS)
        sign = draw.choice(["", "", "", "-", "+"])
        return draw.choice([sign + mark + text, mark + sign + text, text + " " + mark, mark + " " + text, sign + text + mark])
    if kind < 0.80:
        mark = draw.choice(["", "", "$", "£", "€"])
        return f"({mark}{text})"
    if kind < 0.88:
        side = draw.choice(SIDES)
        return text + draw.choice(["", " ", " "]) + side
    if kind < 0.94:
        code = draw.choice(CURRENCIES)
        return draw.choice([f"{code} {text}", f"{text} {code}", f"{code}{text}"])
    if kind < 0.97:
        return text + draw.choice(["%", " %", "*", "#"])
    return draw.choice(["*", "**", "***", "#", "="]) + text if draw.random() < 0.5 else text + draw.choice([",-", ".-", "-", ":", ",", "."])


def date(draw):
    day, month, year = draw.randint(1, 31), draw.randint(1, 12), draw.randint(1990, 2035)
    if draw.random() < 0.65:
        mark = draw.choices(["/", "-", ".", " "], [45, 25, 27, 3])[0]
        first, second = (day, month) if draw.random() < 0.6 else (month, day)
        style = draw.random()
        pad = (lambda value: f"{value:02}") if draw.random() < 0.85 else str
        if style < 0.40:
            return f"{pad(first)}{mark}{pad(second)}{mark}{year}"
        if style < 0.62:
            return f"{pad(first)}{mark}{pad(second)}{mark}{year % 100:02}"
        if style < 0.85:
            end = "." if mark == "." and draw.random() < 0.5 else ""
            return f"{pad(first)}{mark}{pad(second)}{end}"
        if style < 0.96:
            return f"{year}{mark}{month:02}{mark}{day:02}"
        return f"{year}{month:02}{day:02}"
    name = draw.choices([draw.choice(MONTHS), draw.choice(LONG_MONTHS), draw.choice(FOREIGN_MONTHS)], [80, 10, 10])[0]
    name = draw.choices([name, name.upper(), name.lower()], [60, 34, 6])[0]
    if draw.random() < 0.05:
        name += "."
    space = draw.choices([" ", "-", "", "/", "."], [45, 22, 18, 10, 5])[0]
    style = draw.random()
    end = draw.choice(["", f"{space}{year}", f"{space}{year % 100:02}"])
    if style < 0.70:
        day = f"{day:02}" if draw.random() < 0.8 else str(day)
        return f"{day}{space}{name}{end}"
    if style < 0.90:
        space = space if space in " -" else " "
        return f"{name}{space}{day:02}" + draw.choice(["", "", f", {year}", f" {year}"])
    return name if style < 0.95 else f"{name}{draw.choice([' ', '-', ''])}{year % 100:02}"


def code(draw):
    kind = draw.random()
    if kind < 0.35:
        return whole(draw, draw.randint(1, 10))
    if kind < 0.50:
        return "-".join(whole(draw, 2) for _ in range(3)) if draw.random() < 0.5 else f"{draw.randint(0, 23):02}:{draw.randint(0, 59):02}"
    if kind < 0.60:
        return draw.choice(["*", "**", "***", "x", "xx", "XX", "#"]) + whole(draw, 4)
    if kind < 0.70:
        return " ".join(whole(draw, 4) for _ in range(draw.randint(2, 4)))
    if kind < 0.80:
        return "".join(draw.choice("ABCDEFGHJKLMNPRTUVWXYZ") for _ in range(draw.randint(1, 3))) + whole(draw, draw.randint(2, 6))
    if kind < 0.88:
        return f"{draw.randint(1, 99)}/{draw.randint(1, 99)}"
    if kind < 0.94:
        return draw.choice(SIDES + CURRENCIES + list(MARKS))
    # Any marks in any order, so that the net reads glyphs and does not only expect what is usual.
    return "".join(draw.choice("00112233445566778899..,,'-/:+()%$£€¥₹*") for _ in range(draw.randint(2, 9)))


def word(draw):
    kind = draw.random()
    if kind < 0.62:
        text = draw.choice(WORDS)
        text = draw.choices([text, text.upper(), text.lower(), text.capitalize()], [50, 25, 10, 15])[0]
        if draw.random() < 0.15:
            text += " " + draw.choice(WORDS)
        return text + draw.choices(["", ".", ",", ":", ")"], [85, 4, 5, 5, 1])[0]
    if kind < 0.80:
        letters = "abcdefghijklmnopqrstuvwxyz"
        text = "".join(draw.choice(letters) for _ in range(draw.randint(1, 8)))
        return draw.choices([text, text.upper(), text.capitalize()], [40, 35, 25])[0]
    if kind < 0.88:
        return draw.choice(WORDS) + draw.choice([" ", "", "-", "/", "*"]) + whole(draw, draw.randint(1, 5))
    if kind < 0.96:
        text = list(draw.choice(WORDS))
        text.insert(draw.randint(0, len(text)), draw.choice(FOREIGN))
        return "".join(text)
    return "".join(draw.choice(SCRIPTS) for _ in range(draw.randint(1, 4)))


KINDS = {"amount": amount, "date": date, "code": code, "word": word}


def label(text):
    """What the reader shall say to this text: each glyph by its class, everything else as OTHER."""
    glyphs = (SAME.get(glyph, glyph) for glyph in text)
    return "".join(glyph if glyph in GLYPHS else OTHER for glyph in glyphs)


def draw_text(draw, kind=None):
    kind = kind or draw.choices(["amount", "date", "code", "word"], [48, 18, 10, 24])[0]
    return kind, KINDS[kind](draw)


if __name__ == "__main__":
    draw = random.Random(1)
    for _ in range(40):
        print(*draw_text(draw), sep="\t")
