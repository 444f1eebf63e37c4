//! Cases by chance, the same for one seed: accounts, gaps, months, missing balances, several currencies.

use crate::draft::{Draft, Line, Paper};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use smartexus_domain::Verdict;

/// A small generator (SplitMix64): cases have to be the same on every machine.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below another.
    pub(crate) fn below(&mut self, most: u64) -> u64 {
        self.next() % most.max(1)
    }

    fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        let at = usize::try_from(self.below(u64::try_from(of.len()).unwrap())).unwrap();
        &of[at]
    }
}

/// Leaves, whether money comes in, who is on the other side.
const LEAVES: [(&str, bool, &[&str]); 30] = [
    ("rev.card_settlement", true, &["Square", "Stripe"]),
    ("rev.customer_payment", true, &["Fernwood Ltd", "Elm Works", "Tarn Lane"]),
    ("rev.cash_deposit", true, &[]),
    ("rev.gig", true, &["Rider"]),
    ("inc.salary", true, &["Hazel Foods"]),
    ("inc.benefits", true, &["Office of Benefits"]),
    ("inc.interest", true, &["Bank"]),
    ("inc.other", true, &["Somebody"]),
    ("adj.refund", true, &["Acme Supplies"]),
    ("tin.own_account", true, &[]),
    ("tin.p2p", true, &["Ada Reed"]),
    ("tin.owner", true, &["Owner"]),
    ("lin.mca", true, &["OnDeck"]),
    ("lin.business_loan", true, &["Grenke"]),
    ("unc.unknown", true, &["Acme Supplies", "Corner Shop"]),
    ("lout.mca", false, &["OnDeck"]),
    ("lout.business_loan", false, &["Grenke"]),
    ("lout.credit_card", false, &["Card Services"]),
    ("lout.mortgage", false, &["Home Lending"]),
    ("fee.nsf", false, &["Bank"]),
    ("fee.overdraft", false, &["Bank"]),
    ("pay.wages", false, &["Staff"]),
    ("biz.inventory", false, &["Acme Supplies"]),
    ("hou.rent", false, &["Landlord"]),
    ("food.groceries", false, &["Corner Shop"]),
    ("food.coffee", false, &["Blue Heron"]),
    ("lif.streaming", false, &["Films"]),
    ("tout.own_account", false, &[]),
    ("tout.owner_draw", false, &["Owner"]),
    ("unc.unknown", false, &["Nobody"]),
];

/// Drafts of one case, and which rows are pairs.
pub(crate) fn case(seed: u64) -> (Vec<Draft>, Vec<(String, String)>) {
    let mut dice = Dice::new(seed);
    let count = 1 + dice.below(3);
    let start = date(2025, 1, 1).checked_add(i64::try_from(dice.below(300)).unwrap().days()).unwrap();
    let other = dice.once_in(6);
    let drafts: Vec<Draft> = (0..count)
        .map(|at| {
            let currency = if other && at == 1 { *dice.one(&["EUR", "JPY", "KWD"]) } else { "USD" };
            account(&mut dice, &format!("acc{at}x"), start, currency)
        })
        .collect();
    let pairs = pairs(&drafts);
    (drafts, pairs)
}

fn account(dice: &mut Dice, id: &str, start: Date, currency: &'static str) -> Draft {
    let kind = if dice.once_in(5) { "credit_card" } else { "checking" };
    let printed = !dice.once_in(4);
    let mut running = i64::try_from(dice.below(400_000)).unwrap() - 50_000;
    let mut from = start.checked_add(i64::try_from(dice.below(40)).unwrap().days()).unwrap();
    let papers = (0..=dice.below(6))
        .map(|_| {
            let last = from.checked_add(i64::try_from(20 + dice.below(25)).unwrap().days()).unwrap();
            let paper = paper(dice, (from, last), &mut running, printed);
            let gap = if dice.once_in(4) { 1 + i64::try_from(dice.below(12)).unwrap() } else { 0 };
            if gap > 0 {
                running += i64::try_from(dice.below(9_000)).unwrap() - 4_000;
            }
            from = last.checked_add((1 + gap).days()).unwrap();
            paper
        })
        .collect();
    let verdict = if dice.once_in(3) { Verdict::Unverifiable } else { Verdict::Verified };
    Draft { id: id.to_owned(), kind, currency, verdict, papers }
}

fn paper(dice: &mut Dice, period: (Date, Date), running: &mut i64, printed: bool) -> Paper {
    let (opening, days) = (*running, u64::try_from((period.1 - period.0).get_days()).unwrap() + 1);
    let mut dates: Vec<Date> = (0..dice.below(30))
        .map(|_| period.0.checked_add(i64::try_from(dice.below(days)).unwrap().days()).unwrap())
        .collect();
    dates.sort_unstable();
    let sparse = dice.once_in(3);
    let rows = dates
        .into_iter()
        .map(|date| {
            let mut line = line(dice, date);
            *running += line.minor;
            line.balance = (printed && !(sparse && dice.once_in(2))).then_some(*running);
            line
        })
        .collect();
    // Some papers print an end less; a stretch may then have to be counted back.
    let (has_opening, has_closing) = (!dice.once_in(6), !dice.once_in(6));
    Paper { period, opening: has_opening.then_some(opening), closing: has_closing.then_some(*running), rows }
}

fn line(dice: &mut Dice, date: Date) -> Line {
    let (leaf, is_in, parties) = dice.one(&LEAVES);
    let amount = match dice.below(8) {
        0 => i64::try_from(10_000 * (1 + dice.below(20))).unwrap(),
        1 => i64::try_from(3_500 * (1 + dice.below(3))).unwrap(),
        2 if dice.once_in(4) => 0,
        3 => i64::try_from(dice.below(4_000_000)).unwrap(),
        _ => i64::try_from(1 + dice.below(40_000)).unwrap(),
    };
    let amount = if *leaf == "fee.nsf" || *leaf == "fee.overdraft" {
        i64::try_from([2_500, 3_500, 7_000, 3_600, 1_000][usize::try_from(dice.below(5)).unwrap()]).unwrap()
    } else {
        amount
    };
    let party = (!parties.is_empty() && !dice.once_in(8)).then(|| (*dice.one(parties)).to_owned());
    let tags =
        if *leaf == "fee.nsf" && dice.once_in(9) { vec!["year_to_date_line".to_owned()] } else { Vec::new() };
    Line {
        date,
        minor: if *is_in { amount } else { -amount },
        balance: None,
        leaf: (!dice.once_in(25)).then(|| (*leaf).to_owned()),
        party,
        text: "ROW".to_owned(),
        tags,
    }
}

/// The first equal amounts of own transfers on two accounts of one currency.
fn pairs(drafts: &[Draft]) -> Vec<(String, String)> {
    let rows = |draft: &Draft| {
        let mut ledger: Vec<Line> = draft.papers.iter().flat_map(|paper| paper.rows.clone()).collect();
        ledger.sort_by_key(|row| row.date);
        (1..).zip(ledger).map(|(n, row): (u32, Line)| (format!("{}{n}", draft.id), row)).collect::<Vec<_>>()
    };
    let named = |row: &Line, leaf: &str| row.leaf.as_deref() == Some(leaf) && row.minor != 0;
    let mut pairs = Vec::new();
    for pair in drafts.windows(2).filter(|pair| pair[0].currency == pair[1].currency) {
        let (out, into) = (rows(&pair[0]), rows(&pair[1]));
        let from = out.iter().find(|(_, row)| named(row, "tout.own_account"));
        let to = into.iter().find(|(_, row)| named(row, "tin.own_account"));
        pairs.extend(from.zip(to).map(|((from, _), (to, _))| (from.clone(), to.clone())));
    }
    pairs
}
