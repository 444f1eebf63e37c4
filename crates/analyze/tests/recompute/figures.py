"""Figures of cases, computed a second time from the definitions of the metrics, with pandas and exact fractions.

Reads JSON Lines: {"case": smartexus.case/1, "documents": [{"file", "sha256", "id", "statements"}], "figures":
smartexus.figures/1}. Compares every value, prints what differs, and ends with 1 where anything does.
    python figures.py taxonomy.csv < cases.jsonl
"""

import datetime as dt
import json
import sys
from decimal import ROUND_HALF_EVEN, Decimal, getcontext
from fractions import Fraction

import pandas as pd

getcontext().prec = 80
DAY = dt.timedelta(days=1)
EXPONENTS = {"JPY": 0, "KWD": 3}
LOW, LARGE, UNUSUAL, UNUSUAL_ROWS = Fraction(500), Fraction(1, 2), Fraction(7, 2), 8
BOUGHT = {
    "BUSINESS_COSTS", "HOUSING_UTILITIES", "INSURANCE", "FOOD_DRINK", "SHOPPING", "TRANSPORT", "TRAVEL",
    "HEALTH_FAMILY", "LIFESTYLE", "BANK_FEES",
}
INCOME = {"income_verified", "income_benefit", "income_other", "personal_income", "true_revenue"}
LIABILITIES = {"credit_card", "loan", "mortgage", "line_of_credit"}


def date(text):
    return dt.date.fromisoformat(text)


def minor(text, currency):
    exponent = EXPONENTS.get(currency, 2)
    return int(Decimal(text).scaleb(exponent))


def money(value, currency):
    exponent = EXPONENTS.get(currency, 2)
    whole = round(Fraction(value))
    return f"{Decimal(whole).scaleb(-exponent):.{exponent}f}"


def ratio(value):
    scaled = round(Fraction(value) * 10000)
    sign = "-" if scaled < 0 else ""
    return f"{sign}{abs(scaled) // 10000}.{abs(scaled) % 10000:04d}"


def days(first, last):
    return [first + i * DAY for i in range((last - first).days + 1)]


def median(values):
    values = sorted(values)
    middle = len(values) // 2
    return Fraction(values[middle]) if len(values) % 2 else Fraction(values[middle - 1] + values[middle], 2)


class Leaves:
    def __init__(self, path):
        table = pd.read_csv(path, keep_default_na=False)
        self.primary = dict(zip(table["id"], table["primary"]))
        self.flags = {i: set(f.split(";")) for i, f in zip(table["id"], table["underwriting_flags"])}

    def of(self, leaf):
        return self.flags.get(leaf, set())


class Book:
    """Every ledger of a case as one frame of rows, and what stood on each account at the end of each day."""

    def __init__(self, given, leaves):
        self.case, self.leaves = given["case"], leaves
        texts = {(d["file"], d["sha256"], d["id"]): d["statements"] for d in given["documents"]}
        numbers = {d["document"]: texts.get((d["file"], d["sha256"], d["id"]), []) for d in self.case["documents"]}
        paired = {row for t in self.case["transfers"] for row in (t["from_row"], t["to_row"])}
        self.accounts, records = {}, []
        for account in self.case["accounts"]:
            currency = account["account"]["currency"] or "XXX"
            covered = set()
            for statement in account["statements"]:
                if statement["covers"]:
                    covered.update(days(date(statement["covers"]["start"]), date(statement["covers"]["end"])))
            self.accounts[account["id"]] = {
                "currency": currency, "covered": covered, "statements": account["statements"],
                "liability": account["account"]["type"] in LIABILITIES,
            }
            for at, entry in enumerate(account["ledger"]):
                found = self.row(numbers, entry["at"])
                records.append({
                    "id": entry["id"], "account": account["id"], "currency": currency, "at": at,
                    "date": date(entry["date"]), "x": minor(entry["amount"], currency),
                    "balance": None if found["balance"] is None else minor(found["balance"], currency),
                    "leaf": found["category"], "party": (found["counterparty"] or "").casefold() or None,
                    "ytd": "year_to_date_line" in found["tags"], "paired": entry["id"] in paired,
                })
        columns = ["id", "account", "currency", "at", "date", "x", "balance", "leaf", "party", "ytd", "paired"]
        self.rows = pd.DataFrame.from_records(records, columns=columns).astype({"balance": object, "party": object})
        self.categorized = bool(self.rows["leaf"].notna().any())
        self.classify()
        self.ends, self.before = {}, {}
        for name in self.accounts:
            self.stand(name)
        covered = [day for a in self.accounts.values() for day in a["covered"]]
        self.as_of = max(covered) if covered else None

    @staticmethod
    def row(numbers, at):
        for row in numbers[at["document"]][at["statement"] - 1]["transactions"]:
            if row["seq"] == at["row"]:
                return row
        raise KeyError(at)

    def classify(self):
        rows, leaves = self.rows, self.leaves
        has = lambda flag: rows["leaf"].map(lambda leaf: flag in leaves.of(leaf)).astype(bool)
        primary = rows["leaf"].map(lambda leaf: leaves.primary.get(leaf))
        into, out = rows["x"] > 0, rows["x"] < 0
        true, non = has("true_revenue"), has("non_revenue")
        rows["refund"] = self.refunds(primary, true, non)
        neutral = rows["paired"] | rows["refund"]
        rows["included"] = into & true & ~neutral
        rows["deducted"] = into & (neutral | (non & ~true))
        rows["undecided"] = into & ~rows["included"] & ~rows["deducted"]
        rows["neutral"] = neutral
        rows["debt"] = out & (primary == "LOAN_PAYMENTS")
        rows["mca"] = rows["debt"] & has("mca")
        spent = out & ~rows["paired"]
        rows["operating"] = spent & ~rows["debt"] & ~has("transfer") & ~has("owner")
        income = rows["leaf"].map(lambda leaf: bool(leaves.of(leaf) & INCOME)).astype(bool)
        rows["income"] = into & ~neutral & income
        rows["committed"] = spent & (has("committed") | rows["debt"])
        rows["essential"] = spent & ~rows["committed"] & has("essential")
        rows["discretionary"] = spent & ~rows["committed"] & ~rows["essential"] & has("discretionary")
        rows["processor"] = has("processor")

    def refunds(self, primary, true, non):
        """Money in of no known kind from a merchant that was paid at least as much in the 90 days before."""
        rows, found = self.rows, []
        for i, row in rows.iterrows():
            open_kind = row["x"] > 0 and not row["paired"] and row["party"] and not true[i] and not non[i]
            if not open_kind:
                found.append(False)
                continue
            earlier = rows[
                (rows["account"] == row["account"]) & (rows["party"] == row["party"]) & (rows["at"] < row["at"])
                & (rows["x"] < 0) & ~rows["paired"] & primary.isin(BOUGHT) & (rows["x"].abs() >= row["x"])
            ]
            found.append(any((row["date"] - d).days <= 90 for d in earlier["date"]))
        return pd.Series(found, index=rows.index, dtype=bool)

    def stand(self, name):
        """E(d) of every covered day; days of a stretch that nothing printed leads to are left out."""
        account = self.accounts[name]
        own = self.rows[self.rows["account"] == name]
        ends, before = {}, {}
        covered = sorted(account["covered"])
        stretches = []
        for day in covered:
            if stretches and day - stretches[-1][-1] == DAY:
                stretches[-1].append(day)
            else:
                stretches.append([day])
        for stretch in stretches:
            inside = own[(own["date"] >= stretch[0]) & (own["date"] <= stretch[-1])]
            start = self.start(account, stretch, inside)
            if start is None:
                continue
            before[stretch[0]] = start
            for day in stretch:
                until = inside[inside["date"] <= day]
                printed = until[until["balance"].notna()]
                if len(printed):
                    behind = until[until["at"] > printed["at"].iloc[-1]]
                    ends[day] = int(printed["balance"].iloc[-1]) + int(behind["x"].sum())
                else:
                    ends[day] = start + int(until["x"].sum())
        self.ends[name], self.before[name] = ends, before

    @staticmethod
    def start(account, stretch, inside):
        currency = account["currency"]
        within = [
            (s, date(s["covers"]["start"]), date(s["covers"]["end"])) for s in account["statements"]
            if s["covers"] and stretch[0] <= date(s["covers"]["start"]) and date(s["covers"]["end"]) <= stretch[-1]
        ]
        for statement, first, _ in within:
            if first == stretch[0] and statement["opening_balance"] is not None:
                return minor(statement["opening_balance"], currency)
        printed = inside[inside["balance"].notna()]
        if len(printed):
            return int(printed["balance"].iloc[0]) - int(inside[inside["at"] <= printed["at"].iloc[0]]["x"].sum())
        for statement, first, last in within:
            if statement["opening_balance"] is not None:
                return minor(statement["opening_balance"], currency) - int(inside[inside["date"] < first]["x"].sum())
        for statement, first, last in within:
            if statement["closing_balance"] is not None:
                return minor(statement["closing_balance"], currency) - int(inside[inside["date"] <= last]["x"].sum())
        return None

    def sides(self):
        for name, account in self.accounts.items():
            yield Side(self, name, [name], account["currency"])
        for currency in sorted({a["currency"] for a in self.accounts.values()}):
            names = [n for n, a in self.accounts.items() if a["currency"] == currency]
            yield Side(self, "all", names, currency)


class Side:
    """One account, or all of a currency."""

    def __init__(self, book, name, accounts, currency):
        self.book, self.name, self.names, self.currency = book, name, accounts, currency
        covers = {n: book.accounts[n]["covered"] for n in accounts}
        self.days = set.intersection(*covers.values())
        added = [n for n in accounts if name != "all" or not book.accounts[n]["liability"]]
        self.added = added
        self.balance_days = set.intersection(*(covers[n] for n in added)) if added else set()
        rows = book.rows[book.rows["account"].isin(accounts)]
        known = [d for n in accounts for d in covers[n]] + list(rows["date"])
        self.extent = (min(known), max(known)) if known else None
        self.rows = rows[rows["date"].isin(self.days)] if name == "all" else rows

    def months(self):
        first, last = self.extent
        month = first.replace(day=1)
        while month <= last:
            after = (month + 32 * DAY).replace(day=1)
            yield month, after - DAY
            month = after

    def whole_months(self):
        return [(a, b) for a, b in self.months() if all(d in self.days for d in days(a, b))]

    def of_month(self, month, column):
        rows = self.rows[(self.rows["date"] >= month[0]) & (self.rows["date"] <= month[1])]
        return int(rows.loc[rows[column], "x"].sum())


class Scope:
    def __init__(self, side, kind, period):
        self.side, self.kind, self.period = side, kind, period
        first, last = period
        self.days = sorted(d for d in side.days if first <= d <= last)
        self.balance_days = sorted(d for d in side.balance_days if first <= d <= last)
        self.rows = side.rows[(side.rows["date"] >= first) & (side.rows["date"] <= last)]

    def known(self):
        return bool(self.days) or len(self.rows) > 0

    def sum(self, column):
        return int(self.rows.loc[self.rows[column], "x"].sum())

    def ends(self):
        """Pairs of day and E(d), or None where a day has no balance."""
        side, found = self.side, []
        if not side.added or not self.balance_days:
            return None
        for day in self.balance_days:
            own = [side.book.ends[n].get(day) for n in side.added]
            if None in own:
                return None
            found.append((day, sum(own)))
        return found

    def dipped(self, day):
        rows = self.side.book.rows
        own = rows[(rows["date"] == day) & rows["account"].isin(self.side.added) & rows["balance"].notna()]
        return any(int(balance) < 0 for balance in own["balance"])


def balances(scope):
    ends, currency = scope.ends(), scope.side.currency
    low = LOW * 10 ** EXPONENTS.get(currency, 2)
    names = ["average_daily_balance", "average_daily_balance_weekday", "balance_min", "balance_max",
             "negative_days", "low_days", "intraday_negative_days"]
    if ends is None:
        return dict.fromkeys(names)
    values = [e for _, e in ends]
    weekday = [e for d, e in ends if d.weekday() < 5]
    return {
        names[0]: money(Fraction(sum(values), len(values)), currency),
        names[1]: money(Fraction(sum(weekday), len(weekday)), currency) if weekday else None,
        names[2]: money(min(values), currency),
        names[3]: money(max(values), currency),
        names[4]: str(sum(e < 0 for e in values)),
        names[5]: str(sum(0 <= e < low for e in values)),
        names[6]: str(sum(e >= 0 and scope.dipped(d) for d, e in ends)),
    }


def revenue(scope):
    currency, known = scope.side.currency, scope.known()
    categorized = known and scope.side.book.categorized
    deposits = scope.rows[scope.rows["x"] > 0]
    sums = {k: money(scope.sum(c), currency) if categorized else None for k, c in
            [("true_revenue", "included"), ("revenue_deductions", "deducted"), ("revenue_undecided", "undecided")]}
    return sums | {
        "gross_deposits": money(int(deposits["x"].sum()), currency) if known else None,
        "deposit_count": str(len(deposits)) if known else None,
        "deposit_days": str(deposits["date"].nunique()) if known else None,
    }


def debt(scope):
    if not (scope.known() and scope.side.book.categorized):
        return dict.fromkeys(["debt_service", "holdback_actual", "dscr", "dti"])
    true, service = scope.sum("included"), -scope.sum("debt")
    operating, income = -scope.sum("operating"), scope.sum("income")
    return {
        "debt_service": money(service, scope.side.currency),
        "holdback_actual": ratio(Fraction(-scope.sum("mca"), true)) if true > 0 else None,
        "dscr": ratio(Fraction(true - operating, service)) if service > 0 else None,
        "dti": ratio(Fraction(service, income)) if service > 0 and income > 0 else None,
    }


def averages(side):
    whole, found = side.whole_months(), {}
    for count in (3, 6, 12):
        enough = len(whole) >= count and side.book.categorized
        mean = Fraction(sum(side.of_month(m, "included") for m in whole[-count:]), count) if enough else None
        found[f"true_revenue_average_{count}"] = None if mean is None else money(mean, side.currency)
    return found


def trend(values, count):
    if values is None or len(values) < count:
        return None
    last = values[-count:]
    first, second = last[: count // 2], last[count // 2:]
    mean = Fraction(sum(last), count)
    variance = sum((v - mean) ** 2 for v in last) / count
    if variance == 0:
        return None
    top = Fraction(sum(second), len(second)) - Fraction(sum(first), len(first))
    exact = (Decimal(top.numerator) / Decimal(top.denominator)
             / (Decimal(variance.numerator) / Decimal(variance.denominator)).sqrt())
    text = str(exact.quantize(Decimal("0.0001"), rounding=ROUND_HALF_EVEN))
    return text.removeprefix("-") if Decimal(text) == 0 else text


def trends(scope):
    ends = scope.ends()
    balance = None if ends is None else [e for _, e in ends]
    by_day = scope.rows.groupby("date")["x"].sum()
    flow = [int(by_day.get(d, 0)) for d in scope.days]
    found = {f"balance_trend_{n}": trend(balance, n) for n in (30, 60, 90)}
    return found | {f"flow_trend_{n}": trend(flow, n) for n in (30, 60, 90)}


def divisor(fees, currency):
    scale = 10 ** EXPONENTS.get(currency, 2)
    step = max(1, scale // 2)
    fitting = [g for g in range(25 * scale, 60 * scale + 1) if g % step == 0 and all(f % g == 0 for f in fees)]
    return max(fitting) if fees and fitting else None


def fees(scope):
    found, rows, currency = {}, scope.rows, scope.side.currency
    for key, leaf in [("nsf", "fee.nsf"), ("overdraft", "fee.overdraft")]:
        own = rows[(rows["leaf"] == leaf) & (rows["x"] < 0) & ~rows["ytd"]]
        events = 0
        for name in scope.side.names:
            amounts = [abs(int(x)) for x in own.loc[own["account"] == name, "x"]]
            by = divisor(amounts, currency)
            events += sum(amounts) // by if by else len(amounts)
        known = scope.known()
        found[f"{key}_count"] = str(events) if known else None
        found[f"{key}_rows"] = str(len(own)) if known else None
        found[f"{key}_days"] = str(own["date"].nunique()) if known else None
    return found


def shares(scope):
    found = {}
    for name, rows in [("in", scope.rows[scope.rows["x"] > 0]), ("out", scope.rows[scope.rows["x"] < 0])]:
        rows = rows[~rows["neutral"]]
        total = abs(int(rows["x"].sum()))
        by = rows[rows["party"].notna()].groupby("party").agg(x=("x", "sum"), n=("x", "size"), p=("processor", "sum"))
        processor = by["p"] * 2 > by["n"]
        named = sorted((abs(int(x)) for x in by.loc[~processor, "x"]), reverse=True)
        hidden = sum(abs(int(x)) for x in by.loc[processor, "x"])
        fill = lambda value, of: ratio(Fraction(value, of)) if of and scope.side.book.categorized else None
        found |= {
            f"concentration_{name}_top_1": fill(sum(named[:1]), total),
            f"concentration_{name}_top_5": fill(sum(named[:5]), total),
            f"concentration_{name}_hhi": fill(sum(v * v for v in named), total * total),
            f"concentration_{name}_processors": fill(hidden, total),
        }
    return found


def noted(scope):
    rows, scale = scope.rows, 10 ** EXPONENTS.get(scope.side.currency, 2)
    if not scope.known():
        return dict.fromkeys(["large_deposits", "round_rows", "round_1000_rows", "unusual_rows"])
    deposits = [int(x) for x in rows["x"] if x > 0]
    limit = Fraction(sum(deposits), len(deposits)) * (1 + LARGE) if deposits else None
    multiple = lambda of: sum(x != 0 and x % (of * scale) == 0 for x in map(int, rows["x"]))
    odd = 0
    for _, group in rows[rows["leaf"].notna()].groupby("leaf"):
        values = [abs(int(x)) for x in group["x"]]
        if len(values) < UNUSUAL_ROWS:
            continue
        middle = median(values)
        mad = median([abs(v - middle) for v in values])
        odd += sum(Fraction(6745, 10000) * abs(v - middle) / mad > UNUSUAL for v in values) if mad else 0
    return {
        "large_deposits": str(sum(x > limit for x in deposits) if deposits else 0),
        "round_rows": str(multiple(100)), "round_1000_rows": str(multiple(1000)), "unusual_rows": str(odd),
    }


def coverage(scope):
    length = (scope.period[1] - scope.period[0]).days + 1
    return {"coverage": ratio(Fraction(len(scope.days), length)), "covered_days": str(len(scope.days))}


def flow(scope):
    side, ends, currency = scope.side, scope.ends(), scope.side.currency
    into = scope.rows[scope.rows["x"] > 0]["x"]
    out = scope.rows[scope.rows["x"] < 0]["x"]
    opening = None
    if ends:
        first = ends[0][0]
        known = [side.book.before[n].get(first, side.book.ends[n].get(first - DAY)) for n in side.added]
        opening = None if None in known else money(sum(known), currency)
    values = [e for _, e in ends] if ends else []
    average = Fraction(sum(values), len(values)) if values else None
    true = scope.sum("included") if side.book.categorized else None
    text = lambda value: None if value is None else money(value, currency)
    return {
        "is_partial": len(scope.days) != (scope.period[1] - scope.period[0]).days + 1,
        "covered_days": len(scope.days), "opening": opening, "closing": text(values[-1] if values else None),
        "money_in": text(int(into.sum())), "money_out": text(int(out.sum())),
        "net": text(int(into.sum()) + int(out.sum())), "count_in": len(into), "count_out": len(out),
        "average_daily_balance": text(average), "balance_min": text(min(values, default=None)),
        "balance_max": text(max(values, default=None)), "true_revenue": text(true),
        "debt_payments": text(scope.sum("debt")) if side.book.categorized else None,
        "balance_to_revenue": ratio(Fraction(round(average), true)) if average is not None and true else None,
        "negative_days": sum(v < 0 for v in values) if ends else None,
        "rows": list(scope.rows["id"]),
    }


def affordability(side):
    months, found = side.whole_months(), dict.fromkeys(["income", "committed", "essential", "discretionary", "surplus"])
    if len(months) < 3 or not side.book.categorized:
        return found
    middle = {k: round(median([side.of_month(m, k) for m in months])) for k in list(found)[:4]}
    middle["surplus"] = middle["income"] + middle["committed"] + middle["essential"]
    return {k: money(v, side.currency) for k, v in middle.items()}


def expected(book):
    """Every value by what it is about."""
    figures, flows, left = {}, {}, {}
    for side in book.sides():
        if side.extent is None:
            continue
        scopes = [Scope(side, "whole", side.extent)]
        scopes += [Scope(side, "month", month) for month in side.months()]
        scopes.append(Scope(side, "rolling_30", (book.as_of - 29 * DAY, book.as_of)))
        for scope in scopes:
            if scope.kind != "whole" and not scope.known():
                continue
            values = balances(scope) | revenue(scope) | debt(scope)
            about = (side.name, side.currency, scope.kind == "whole", str(scope.period[0]), str(scope.period[1]))
            if scope.kind == "whole":
                values |= averages(side) | trends(scope) | fees(scope) | coverage(scope)
                values |= shares(scope) if side.name == "all" else noted(scope)
            else:
                flows[(scope.kind, *about)] = flow(scope)
            figures |= {(key, *about): value for key, value in values.items()}
        if side.name == "all":
            left[side.currency] = affordability(side)
    return figures, flows, left


def found(figures, keys):
    values, flows, left = {}, {}, {}
    for f in figures["figures"]:
        about = (f["account"], f["currency"] or "XXX", f["is_whole"])
        if f["key"] in keys and f["period"]:
            values[(f["key"], *about, f["period"]["start"], f["period"]["end"])] = f["value"]
    for f in figures["cash_flow"]:
        about = (f["kind"], f["account"], f["currency"] or "XXX", False, f["period"]["start"], f["period"]["end"])
        flows[about] = f
    for a in figures["affordability"]:
        left[a["currency"] or "XXX"] = a
    return values, flows, left


def differences(given, leaves):
    want, want_flows, want_left = expected(Book(given, leaves))
    got, got_flows, got_left = found(given["figures"], {about[0] for about in want})
    differ = [(about, want.get(about, "nothing"), got.get(about, "nothing"))
              for about in sorted(set(want) | set(got), key=str) if want.get(about, "-") != got.get(about, "-")]
    compared = len(want)
    for kind, wants, gots in [("flow", want_flows, got_flows), ("left", want_left, got_left)]:
        if set(wants) != set(gots):
            differ.append((kind, sorted(map(str, wants)), sorted(map(str, gots))))
        for about in set(wants) & set(gots):
            compared += len(wants[about])
            differ += [((kind, about, k), v, gots[about][k]) for k, v in wants[about].items() if gots[about][k] != v]
    return compared, differ


def main():
    leaves, cases, compared, differ = Leaves(sys.argv[1]), 0, 0, 0
    for line in sys.stdin:
        if not line.strip():
            continue
        cases += 1
        count, found_here = differences(json.loads(line), leaves)
        compared, differ = compared + count, differ + len(found_here)
        for about, want, got in found_here[:5]:
            print(f"case {cases}: {about}: here {want}, there {got}")
    print(f"{cases} cases, {compared} values compared, {differ} differ")
    return 1 if differ or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
