//! Properties of money, dates and proof: total on any text, exact on any amount, blind to nothing it claims to see.

#![expect(clippy::expect_used, reason = "a test that cannot go on says so")]

use jiff::civil::Date;
use proptest::prelude::*;
use smartexus_domain::{
    Account, AmountToken, Counts, Currency, DateOrder, DateToken, Method, Money, NumberStyle, PartialDate,
    Period, RowStatus, SignMark, Statement, Totals, Transaction, Verdict, prove,
};

/// Prints minor units with a group separator and a decimal mark.
fn printed(minor: i64, group: &str, mark: &str, exponent: usize) -> String {
    let digits = format!("{:0width$}", minor.unsigned_abs(), width = exponent + 1);
    let (whole, decimals) = digits.split_at(digits.len() - exponent);
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push_str(group);
        }
        grouped.push(digit);
    }
    if exponent == 0 { grouped } else { format!("{grouped}{mark}{decimals}") }
}

fn usd() -> Currency {
    Currency::from_code("USD").expect("listed")
}

/// A statement with a balance on every row, or on none.
fn statement(amounts: &[i64], with_balances: bool) -> Statement {
    let money = |minor| Money::new(minor, usd());
    let mut balance = 1_000_000;
    let row = |(seq, amount): (u32, &i64)| {
        balance += amount;
        let day = i8::try_from(1 + seq / 8).expect("few rows");
        Transaction {
            seq,
            date: Date::new(2026, 3, day).expect("a day of March"),
            value_date: None,
            description: format!("ROW {seq}"),
            amount: money(*amount),
            balance: with_balances.then(|| money(balance)),
            reference: None,
            check_number: None,
            status: RowStatus::Booked,
            details: None,
            categorization: None,
            confidence: 1.0,
            method: Method::Text,
            source: None,
        }
    };
    let transactions: Vec<Transaction> = (1..).zip(amounts).map(row).collect();
    Statement {
        account: Account { currency: usd(), ..Account::default() },
        period: Period { start: Date::new(2026, 3, 1).ok(), end: Date::new(2026, 3, 31).ok() },
        opening_balance: Some(money(1_000_000)),
        closing_balance: Some(money(balance)),
        totals: Totals::default(),
        counts: Counts::default(),
        verdict: Verdict::Unverifiable,
        proof: None,
        unproved_because: Vec::new(),
        checks: Vec::new(),
        repairs: Vec::new(),
        transactions,
        pending: Vec::new(),
    }
}

fn verdict(mut statement: Statement) -> Verdict {
    prove(&mut statement);
    statement.verdict
}

fn amounts() -> impl Strategy<Value = Vec<i64>> {
    proptest::collection::vec(
        (1_i64..5_000_000, any::<bool>()).prop_map(|(a, out)| if out { -a } else { a }),
        1..40,
    )
}

proptest! {
    #[test]
    fn every_amount_survives_every_notation(minor in 0_i64..9_999_999_999_999, exponent in 0_usize..4) {
        let digits = u32::try_from(exponent).expect("small");
        for (group, mark, style) in [
            (",", ".", NumberStyle::Point), ("'", ".", NumberStyle::Point), (" ", ".", NumberStyle::Point), ("", ".", NumberStyle::Point),
            (".", ",", NumberStyle::Comma), (" ", ",", NumberStyle::Comma), ("\u{202f}", ",", NumberStyle::Comma), ("", ",", NumberStyle::Comma),
        ] {
            let text = printed(minor, group, mark, exponent);
            let token = AmountToken::read(&text).expect("printed by the book");
            prop_assert_eq!(token.minor(style, digits), Some(minor), "{}", text);
        }
    }

    #[test]
    fn signs_do_not_change_the_magnitude(minor in 0_i64..999_999_999) {
        let text = printed(minor, ",", ".", 2);
        for (marked, sign) in [
            (format!("-{text}"), SignMark::Minus), (format!("{text}-"), SignMark::Minus), (format!("({text})"), SignMark::Minus),
            (format!("{text} CR"), SignMark::Credit), (format!("{text}DR"), SignMark::Debit), (format!("+{text}"), SignMark::Plus),
        ] {
            let token = AmountToken::read(&marked).expect("printed by the book");
            prop_assert_eq!((token.minor(NumberStyle::Point, 2), token.sign()), (Some(minor), sign), "{}", marked);
        }
    }

    #[test]
    fn reading_is_total(text in "\\PC{0,24}") {
        let token = AmountToken::read(&text);
        let _ = token.map(|t| (t.readings(0), t.readings(2), t.readings(3), t.is_ambiguous(), t.proves_style()));
        let _ = DateToken::read(&text).map(|t| (t.resolve(DateOrder::DayMonth), t.proves_order()));
    }

    #[test]
    fn trailing_rubbish_is_never_part_of_a_number(minor in 0_i64..999_999_999, rubbish in "[a-bj-qt-z%§=_]{1,3}") {
        let text = format!("{}{rubbish}", printed(minor, ",", ".", 2));
        prop_assert_eq!(AmountToken::read(&text), None, "{}", text);
    }

    #[test]
    fn money_round_trips(minor in any::<i64>(), code in prop::sample::select(vec!["USD", "JPY", "KWD"])) {
        let money = Money::new(minor, Currency::from_code(code).expect("listed"));
        prop_assert_eq!(Money::from_decimal(&money.to_string(), money.currency()), Ok(money));
    }

    #[test]
    fn every_day_survives_its_notation(day in 0_i64..40_000) {
        let date = Date::new(1980, 1, 1).expect("a day").checked_add(jiff::Span::new().days(day)).expect("in range");
        for text in [date.to_string(), date.strftime("%d %b %Y").to_string(), date.strftime("%B %d, %Y").to_string(), date.strftime("%d/%m/%Y").to_string()] {
            let read = DateToken::read(&text).and_then(|t| t.resolve(DateOrder::DayMonth)).and_then(PartialDate::complete);
            prop_assert_eq!(read, Some(date), "{}", text);
        }
    }

    #[test]
    fn a_clean_statement_is_verified(amounts in amounts(), with_balances: bool) {
        prop_assert_eq!(verdict(statement(&amounts, with_balances)), Verdict::Verified);
    }

    #[test]
    fn a_dropped_doubled_turned_or_changed_row_is_not(amounts in amounts(), with_balances: bool, at: prop::sample::Index, by in 1_i64..1_000_000, kind in 0..4) {
        let mut damaged = statement(&amounts, with_balances);
        let index = at.index(amounts.len());
        let row = damaged.transactions[index].clone();
        match kind {
            0 => { damaged.transactions.remove(index); }
            1 => { damaged.transactions.insert(index, row); }
            2 => damaged.transactions[index].amount = row.amount.checked_neg().expect("small"),
            _ => damaged.transactions[index].amount = Money::new(row.amount.minor() + by, usd()),
        }
        prop_assert_ne!(verdict(damaged), Verdict::Verified);
    }

    #[test]
    fn swapped_rows_are_seen_where_balances_are_printed(amounts in amounts(), a: prop::sample::Index, b: prop::sample::Index) {
        let (a, b) = (a.index(amounts.len()), b.index(amounts.len()));
        prop_assume!(a != b);
        let mut damaged = statement(&amounts, true);
        damaged.transactions.swap(a, b);
        prop_assert_ne!(verdict(damaged), Verdict::Verified);
    }

    #[test]
    fn proving_twice_says_the_same(amounts in amounts(), with_balances: bool) {
        let mut once = statement(&amounts, with_balances);
        prove(&mut once);
        let mut twice = once.clone();
        prove(&mut twice);
        prop_assert_eq!(once, twice);
    }
}
