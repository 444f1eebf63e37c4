//! Statement-exact: nothing but equality counts.

use smartexus_domain::{Statement, Transaction};

/// Where a reading differs from the truth, one sentence each; none if it is exact. Compared are the period, both
/// ends, and every row's date, folded description, amount and balance, in order.
#[must_use]
pub fn differences(truth: &[Statement], read: &[Statement]) -> Vec<String> {
    if truth.len() != read.len() {
        return vec![format!("{} statements, not {}", read.len(), truth.len())];
    }
    let pairs = truth.iter().zip(read).enumerate();
    pairs.flat_map(|(index, (truth, read))| of_statement(index + 1, truth, read)).collect()
}

/// The same without the words of descriptions: what a recognizer of another language misspells changes no figure.
#[must_use]
pub fn differences_of_figures(truth: &[Statement], read: &[Statement]) -> Vec<String> {
    let wordless = |statements: &[Statement]| {
        let mut statements = statements.to_vec();
        let rows = statements.iter_mut().flat_map(|statement| &mut statement.transactions);
        rows.for_each(|row| row.description.clear());
        statements
    };
    differences(&wordless(truth), &wordless(read))
}

/// Whether every figure is right: ends, and each row's date and amount, in order; the statements of a file in any
/// order. A `verified` statement for which this is false is the one thing that must never happen.
#[must_use]
pub fn figures_are_right(truth: &[Statement], read: &[Statement]) -> bool {
    let of_rows =
        |s: &Statement| s.transactions.iter().map(|row| format!("{} {}", row.date, row.amount)).collect();
    let of_one = |s: &Statement| (shown(s.opening_balance), shown(s.closing_balance), of_rows(s));
    let figures = |statements: &[Statement]| {
        let mut all: Vec<(String, String, Vec<String>)> = statements.iter().map(of_one).collect();
        all.sort();
        all
    };
    figures(truth) == figures(read)
}

fn of_statement(number: usize, truth: &Statement, read: &Statement) -> Vec<String> {
    let mut found = Vec::new();
    let mut compare = |what: &str, wanted: String, got: String| {
        if wanted != got {
            found.push(format!("statement {number}: {what} is {got}, not {wanted}"));
        }
    };
    compare("start", format!("{:?}", truth.period.start), format!("{:?}", read.period.start));
    compare("end", format!("{:?}", truth.period.end), format!("{:?}", read.period.end));
    compare("opening balance", shown(truth.opening_balance), shown(read.opening_balance));
    compare("closing balance", shown(truth.closing_balance), shown(read.closing_balance));
    compare("currency", truth.account.currency.to_string(), read.account.currency.to_string());
    compare("number of rows", truth.transactions.len().to_string(), read.transactions.len().to_string());
    for (truth, read) in truth.transactions.iter().zip(&read.transactions) {
        compare(&format!("row {}", truth.seq), row(truth), row(read));
    }
    found
}

fn shown(money: Option<smartexus_domain::Money>) -> String {
    money.map_or_else(|| "not stated".to_owned(), |money| money.to_string())
}

fn row(row: &Transaction) -> String {
    format!("{} | {} | {} | {}", row.date, row.description, row.amount, shown(row.balance))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement(json: &str) -> Vec<Statement> {
        vec![serde_json::from_str(json).unwrap()]
    }

    const TRUTH: &str = r#"{"account":{"institution":null,"holders":[],"number":null,"iban":null,"bic":null,
        "sort_code":null,"routing_number":null,"type":null,"currency":"USD"},
        "period":{"start":"2026-03-01","end":"2026-03-31"},"opening_balance":"1.00","closing_balance":"3.00",
        "totals":{"credits":null,"debits":null,"fees":null},"verdict":"verified","transactions":[
        {"seq":1,"date":"2026-03-02","value_date":null,"description":"A B","amount":"2.00","balance":"3.00",
         "currency":"USD","reference":null,"check_number":null,"counterparty":null,"category":null,
         "category_confidence":null,"category_reason":null,"confidence":1.0,"method":"text","source":null}]}"#;

    #[test]
    fn equality_is_exact() {
        assert_eq!(differences(&statement(TRUTH), &statement(TRUTH)), [""; 0]);
    }

    #[test]
    fn every_compared_value_matters() {
        for (from, to) in [
            ("2026-03-01", "2026-03-03"),
            ("2026-03-31", "2026-03-30"),
            (r#""opening_balance":"1.00""#, r#""opening_balance":null"#),
            (r#""closing_balance":"3.00""#, r#""closing_balance":"3.01""#),
            ("2026-03-02", "2026-03-03"),
            ("A B", "A  B"),
            (r#""amount":"2.00""#, r#""amount":"-2.00""#),
            (r#""balance":"3.00","#, r#""balance":null,"#),
        ] {
            let changed = TRUTH.replacen(from, to, 1);
            assert_ne!(changed, TRUTH);
            assert_eq!(differences(&statement(TRUTH), &statement(&changed)).len(), 1, "{from} → {to}");
        }
        assert_eq!(differences(&statement(TRUTH), &[]).len(), 1);
    }

    #[test]
    fn words_are_no_figures() {
        let with = |from: &str, to: &str| {
            figures_are_right(&statement(TRUTH), &statement(&TRUTH.replacen(from, to, 1)))
        };
        assert!(with("A B", "A"));
        let changed = |from: &str, to: &str| {
            differences_of_figures(&statement(TRUTH), &statement(&TRUTH.replacen(from, to, 1)))
        };
        assert_eq!((changed("A B", "A").len(), changed("3.00\",\n", "3.01\",\n").len()), (0, 1));
        assert!(!with("2026-03-02", "2026-03-03"));
        assert!(!with(r#""amount":"2.00""#, r#""amount":"2.01""#));
        assert!(!with(r#""closing_balance":"3.00""#, r#""closing_balance":null"#));
        assert!(!figures_are_right(&statement(TRUTH), &[]));
    }
}
