//! The words of reports: one place, so that every format says the same.

use jiff::civil::Date;
use smartexus_domain::{
    Account, Basis, Cadence, CheckName, Difference, Figure, FigureUnit, IncomeKind, NotComputable, Outcome,
    PositionEventKind, Removal, RuleResult, StreamStatus, Verdict,
};

/// Letters of a number that are shown.
const TAIL: usize = 4;

/// Bank, end of the number, currency: enough to know one's own account, and no more.
pub(crate) fn account_name(account: &Account) -> String {
    let number = account.iban.as_deref().or(account.number.as_deref()).unwrap_or_default();
    let letters: Vec<char> = number.chars().filter(char::is_ascii_alphanumeric).collect();
    let tail: String = letters.iter().skip(letters.len().saturating_sub(TAIL)).collect();
    let number = if tail.is_empty() { "account without a number".to_owned() } else { format!("…{tail}") };
    let currency = Some(account.currency.code().to_owned()).filter(|_| account.currency.is_known());
    let parts = [account.institution.clone(), Some(number), currency];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// A stable snake-case code as words.
pub(crate) fn words(code: &str) -> String {
    code.replace('_', " ")
}

/// The same, with a capital.
pub(crate) fn title(code: &str) -> String {
    let words = words(code);
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A figure's name for people: an abbreviation is written out.
pub(crate) fn label(key: &str) -> String {
    match key {
        "balance_min" => "Lowest balance".to_owned(),
        "balance_max" => "Highest balance".to_owned(),
        "negative_days" => "Days below zero".to_owned(),
        "low_days" => "Days of low balance".to_owned(),
        "nsf_count" => "Items without cover (NSF)".to_owned(),
        "overdraft_count" => "Overdraft events".to_owned(),
        "returned_count" => "Returned items".to_owned(),
        "revenue_deductions" => "Deposits that are no revenue".to_owned(),
        "revenue_undecided" => "Deposits that nothing decides".to_owned(),
        "dscr" => "Debt service coverage (DSCR)".to_owned(),
        "dti" => "Debt to income (DTI)".to_owned(),
        "hhi" => "Concentration (HHI)".to_owned(),
        "stacking" => "Active lenders at once".to_owned(),
        "burden" => "Debt burden".to_owned(),
        "holdback_actual" => "Holdback, as paid".to_owned(),
        "holdback_expected" => "Holdback, as due".to_owned(),
        _ => title(key),
    }
}

/// A quotient of four decimals as a percentage, digit by digit: `0.2512` is `25.1 %`.
#[cfg(feature = "report-pdf")]
pub(crate) fn percent(ratio: &str) -> String {
    let whole_and_rest = ratio.split_once('.').filter(|(_, rest)| rest.len() == 4);
    let Some((whole, rest)) = whole_and_rest else { return ratio.to_owned() };
    let digits: Option<u32> = format!("{whole}{rest}").parse().ok();
    digits.map_or_else(|| ratio.to_owned(), |parts| format!("{}.{} %", parts / 100, parts % 100 / 10))
}

/// How many of what: `1 row`, `2 rows`.
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// `Mar 2026`.
pub(crate) fn month(day: Date) -> String {
    const NAMES: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let name =
        usize::try_from(day.month() - 1).ok().and_then(|at| NAMES.get(at)).copied().unwrap_or_default();
    format!("{name} {}", day.year())
}

/// `2026-03` as `Mar 2026`; anything else as it is.
pub(crate) fn month_of(text: &str) -> String {
    format!("{text}-01").parse::<Date>().map_or_else(|_| text.to_owned(), month)
}

/// A verdict for people.
pub(crate) const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Verified => "proved",
        Verdict::Discrepancy => "does not add up",
        Verdict::Unverifiable => "not proved",
    }
}

/// What is under a figure.
pub(crate) const fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Verified => "proved",
        Basis::IncludesUnverified => "includes unproved",
    }
}

/// The basis as the contract spells it.
pub(crate) const fn basis_word(basis: Basis) -> &'static str {
    match basis {
        Basis::Verified => "verified",
        Basis::IncludesUnverified => "includes_unverified",
    }
}

/// The unit as the contract spells it.
pub(crate) const fn unit_word(unit: FigureUnit) -> &'static str {
    match unit {
        FigureUnit::Money => "money",
        FigureUnit::Days => "days",
        FigureUnit::Count => "count",
        FigureUnit::Ratio => "ratio",
    }
}

/// Why there is no value, then what a person should know beside it.
pub(crate) fn note(figure: &Figure) -> String {
    let reason = figure.not_computable.map(|reason| not_computable(reason).to_owned());
    let left_out =
        (figure.rows_left_out > 0).then(|| format!("{} more rows than are listed", figure.rows_left_out));
    [reason, figure.note.clone(), left_out].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// Why there is no value.
pub(crate) const fn not_computable(reason: NotComputable) -> &'static str {
    match reason {
        NotComputable::NoCoveredDays => "no day is covered",
        NotComputable::NoBalance => "no balance is printed",
        NotComputable::TooFew => "too few days, months or rows",
        NotComputable::DividesByZero => "nothing to divide by",
        NotComputable::NoDeviation => "every value is the same",
        NotComputable::NoCommonDays => "the accounts share no covered day",
        NotComputable::NotCategorized => "rows have no categories",
        NotComputable::NotGiven => "a needed amount was not given",
        NotComputable::TooLarge => "too large to count",
    }
}

/// The same as the contract spells it.
pub(crate) const fn not_computable_word(reason: NotComputable) -> &'static str {
    match reason {
        NotComputable::NoCoveredDays => "no_covered_days",
        NotComputable::NoBalance => "no_balance",
        NotComputable::TooFew => "too_few",
        NotComputable::DividesByZero => "divides_by_zero",
        NotComputable::NoDeviation => "no_deviation",
        NotComputable::NoCommonDays => "no_common_days",
        NotComputable::NotCategorized => "not_categorized",
        NotComputable::NotGiven => "not_given",
        NotComputable::TooLarge => "too_large",
    }
}

/// What a check asks, as a person would say it.
pub(crate) const fn check(check: CheckName) -> &'static str {
    match check {
        CheckName::RunningBalance => "Each printed balance follows from the one before it",
        CheckName::OpeningToClosing => "Opening balance plus every transaction gives the closing balance",
        CheckName::PrintedTotals => "Money in and money out equal the printed totals",
        CheckName::PrintedCounts => "The number of transactions equals the printed counts",
        CheckName::PageCarry => "Each page begins with the balance that the page before carried forward",
        CheckName::PagesRead => "Every page was read",
        CheckName::DatesInPeriod => "Every date lies inside the printed period",
        CheckName::DatesInOrder => "Dates are in order",
    }
}

/// How a check went.
pub(crate) const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "holds",
        Outcome::Fail => "BROKEN",
        Outcome::NotStated => "not stated",
    }
}

/// How often.
pub(crate) const fn cadence(cadence: Cadence) -> &'static str {
    match cadence {
        Cadence::Daily => "every business day",
        Cadence::Weekly => "weekly",
        Cadence::Biweekly => "every two weeks",
        Cadence::Semimonthly => "twice a month",
        Cadence::Monthly => "monthly",
        Cadence::Quarterly => "quarterly",
        Cadence::Semiannual => "every six months",
        Cadence::Annual => "yearly",
        Cadence::Irregular => "irregular",
    }
}

/// What kind of income.
pub(crate) const fn income(kind: IncomeKind) -> &'static str {
    match kind {
        IncomeKind::Salary => "salary",
        IncomeKind::Benefit => "benefit",
        IncomeKind::Pension => "pension",
        IncomeKind::Gig => "gig work",
        IncomeKind::Rental => "rent",
        IncomeKind::Support => "support",
        IncomeKind::Other => "other",
    }
}

/// Where a stream of income stands.
pub(crate) const fn stream(status: StreamStatus) -> &'static str {
    match status {
        StreamStatus::Active => "active",
        StreamStatus::Late => "late",
        StreamStatus::Ended => "ended",
    }
}

/// What happened to a position.
pub(crate) const fn event(event: PositionEventKind) -> &'static str {
    match event {
        PositionEventKind::New => "new",
        PositionEventKind::Renewed => "renewed",
        PositionEventKind::Increased => "payments increased",
        PositionEventKind::Reduced => "payments reduced",
        PositionEventKind::CadenceChanged => "pace changed",
        PositionEventKind::Stopped => "payments stopped",
        PositionEventKind::Returned => "payment returned",
        PositionEventKind::Refund => "refund",
    }
}

/// How a workspace's rule came out.
pub(crate) const fn rule(result: RuleResult) -> &'static str {
    match result {
        RuleResult::Met => "met",
        RuleResult::NotMet => "not met",
        RuleResult::Unknown => "unknown",
    }
}

/// Why a row does not count.
pub(crate) const fn removal(reason: Removal) -> &'static str {
    match reason {
        Removal::OtherSource => "another document has the same row and decides the day",
        Removal::NotInDeciding => "the document that decides the day has no such row",
        Removal::PartDay => "the same row with the same balance is in both documents",
        Removal::PossibleDuplicate => "equal rows in two documents: perhaps two transactions",
    }
}

/// What two documents say differently.
pub(crate) const fn difference(difference: Difference) -> &'static str {
    match difference {
        Difference::OnlyHere => "a row that only one document has",
        Difference::MissingHere => "a row that one document lacks",
        Difference::Amount => "the same text with another amount",
        Difference::Balance => "the same row with another balance",
        Difference::Date => "the same row a day apart",
        Difference::BookedLater => "pending here, booked later",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use smartexus_domain::Currency;

    #[test]
    fn an_account_is_named_by_its_end() {
        let usd = Currency::from_code("USD").unwrap();
        let mut account = Account { currency: usd, ..Account::default() };
        assert_eq!(account_name(&account), "account without a number USD");
        account.number = Some("****00-4417".to_owned());
        account.institution = Some("Cedar Bank".to_owned());
        assert_eq!(account_name(&account), "Cedar Bank …4417 USD");
    }

    #[test]
    fn codes_become_words() {
        assert_eq!(
            (label("dti"), label("deposit_days")),
            ("Debt to income (DTI)".into(), "Deposit days".into())
        );
        assert_eq!(title("average_daily_balance"), "Average daily balance");
        assert_eq!((month_of("2026-03"), month_of("x")), ("Mar 2026".to_owned(), "x".to_owned()));
        assert_eq!((counted(1, "row", "rows"), counted(0, "row", "rows")), ("1 row".into(), "0 rows".into()));
    }
}
