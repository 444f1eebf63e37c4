//! Payslips.

use super::brush::Brush;
use super::payslip_tables as tables;
use super::words::{DEDUCTIONS, EARNINGS, word};
use crate::random::Random;
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// What a payslip has to say.
pub(crate) struct Paid<'a> {
    pub(crate) day: Date,
    pub(crate) net: i64,
    pub(crate) employee: &'a str,
}

pub(super) struct Entry {
    pub(super) label: &'static str,
    pub(super) amount: i64,
    pub(super) ytd: i64,
    pub(super) units: Option<(i64, i64)>,
}

pub(super) struct Slip {
    pub(super) earnings: Vec<Entry>,
    pub(super) deductions: Vec<Entry>,
    pub(super) has_ytd: bool,
}

impl Slip {
    fn sum(entries: &[Entry], of: impl Fn(&Entry) -> i64) -> i64 {
        entries.iter().map(of).sum()
    }

    /// Makes the first of what is earned as much as this net pay needs, and everything else small beside it.
    fn pay(&mut self, net: i64) {
        self.earnings.truncate(1);
        for (place, taken) in (2..).zip(&mut self.deductions) {
            taken.amount = net / (20 * place);
            taken.ytd = taken.ytd.max(taken.amount);
        }
        let taken: i64 = self.deductions.iter().map(|entry| entry.amount).sum();
        if let Some(first) = self.earnings.first_mut() {
            (first.amount, first.units) = (net + taken, None);
            first.ytd = first.ytd.max(first.amount);
        }
    }

    /// Gross, deductions and net; of the period or the year.
    pub(super) fn totals(&self, is_ytd: bool) -> [i64; 3] {
        let of = |entry: &Entry| if is_ytd { entry.ytd } else { entry.amount };
        let (gross, taken) = (Self::sum(&self.earnings, of), Self::sum(&self.deductions, of));
        [gross, taken, gross - taken]
    }
}

pub(super) fn draw(brush: &mut Brush<'_>, random: &mut Random) {
    print(brush, random, None);
}

/// One of this net pay, paid on the last day of its period.
pub(super) fn draw_paid(brush: &mut Brush<'_>, random: &mut Random, paid: &Paid<'_>) {
    print(brush, random, Some(paid));
}

fn print(brush: &mut Brush<'_>, random: &mut Random, paid: Option<&Paid<'_>>) {
    let layout = *random.pick(&["side by side", "one below the other", "columns", "with the year to date"]);
    (brush.kind, brush.layout, brush.is_proved) = ("payslip", layout, true);
    let mut slip = slip(brush, layout == "with the year to date", random);
    if let Some(paid) = paid {
        slip.pay(paid.net);
    }
    head(brush, random, paid);
    match layout {
        "side by side" => tables::side_by_side(brush, &slip),
        "columns" => tables::in_columns(brush, &slip),
        _ => tables::stacked(brush, &slip),
    }
    tables::facts(brush, &slip);
}

fn slip(brush: &Brush<'_>, has_ytd: bool, random: &mut Random) -> Slip {
    let style = brush.style;
    let months = random.between(2, 11);
    let entry = |names: &'static [&'static str], place: usize, low: i64, high: i64, random: &mut Random| {
        let amount = random.between(low, high);
        let ytd = amount * months + random.between(0, 90_000);
        Entry { label: style.choose(names[place]), amount, ytd, units: None }
    };
    let language = style.language();
    let (earned, taken) = (EARNINGS[language], DEDUCTIONS[language]);
    let mut earnings = vec![entry(earned, 0, 180_000, 700_000, random)];
    for place in 1..=usize::try_from(random.between(0, 3)).unwrap_or(1) {
        earnings.push(entry(earned, place, 2_000, 60_000, random));
    }
    if random.chance(50)
        && let Some(first) = earnings.first_mut()
    {
        let (hours, rate) = (random.between(120, 176), random.between(1_100, 4_200));
        first.amount = hours * rate;
        first.ytd = first.ytd.max(first.amount);
        first.units = Some((hours * 100, rate));
    }
    let count = usize::try_from(random.between(2, 5)).unwrap_or(3);
    let deductions = (0..count).map(|place| entry(taken, place, 1_500, 45_000, random)).collect();
    Slip { earnings, deductions, has_ytd }
}

fn head(brush: &mut Brush<'_>, random: &mut Random, paid_as: Option<&Paid<'_>>) {
    let (style, country) = (brush.style, brush.style.country);
    let employer = *random.pick(country.firms);
    let employee = *random.pick(country.people);
    let employee = paid_as.map_or(employee, |paid| paid.employee);
    let address = random.pick(country.places).to_vec();
    brush.head(employer, &address, word(style, "payslip"));
    let month = i8::try_from(random.between(1, 12)).unwrap_or(1);
    let start = date(2025, month, 1);
    let end = start.saturating_add(1.month()).saturating_sub(1.day());
    let paid = end - random.between(0, 4).days();
    let (start, end, paid) = paid_as
        .map(|paid| paid.day)
        .map_or((start, end, paid), |day| (day.saturating_sub(1.month()).saturating_add(1.day()), day, day));
    let period = format!("{} {} {}", style.day(start), word(style, "to"), style.day(end));
    let mut pairs = vec![
        (word(style, "employee").to_owned(), employee.to_owned()),
        (word(style, "staff.number").to_owned(), random.digits(6)),
        (word(style, "period").to_owned(), period),
        (word(style, "pay.date").to_owned(), style.day(paid)),
    ];
    if random.chance(50) {
        pairs.push((word(style, "tax.code").to_owned(), format!("{}L", random.digits(3))));
    }
    let (left, middle) = (brush.left(), f32::midpoint(brush.left(), brush.right()));
    brush.block(left, middle + 60.0, &pairs);
    brush.step(1.5);
    brush.fact("payslip.employer", employer);
    brush.fact("payslip.employee", employee);
    brush.day_fact("payslip.pay_date", paid);
    brush.day_fact("payslip.period_end", end);
}
