//! OFX 2.1.1 (XML) and QBO (OFX 1.0.2, SGML): one tree, two spellings.

use super::markup::{Node, sgml, xml};
use super::plain;
use crate::ReportError;
use crate::case_report::{CaseReport, Ledger, Row};
use jiff::civil::Date;
use smartexus_domain::Money;

const XML_HEADER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n\
<?OFX OFXHEADER=\"200\" VERSION=\"211\" SECURITY=\"NONE\" OLDFILEUID=\"NONE\" NEWFILEUID=\"NONE\"?>\n";
const SGML_HEADER: &str = "OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:USASCII\r\n\
CHARSET:1252\r\nCOMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:NONE\r\n\r\n";

/// Lengths that the specification gives (OFX 2.1.1, sections 3 and 11).
const BANK_ID_MAX: usize = 9;
const ACCOUNT_ID_MAX: usize = 22;
const NAME_MAX: usize = 32;
const MEMO_MAX: usize = 255;
const CHECK_MAX: usize = 12;
/// Stands where a document does not say which bank.
const UNKNOWN_BANK: &str = "UNKNOWN";

pub(super) fn ofx(report: &CaseReport<'_>) -> Result<Vec<u8>, ReportError> {
    xml(&tree(report, None)?, None, XML_HEADER)
}

pub(super) fn qbo(report: &CaseReport<'_>, bank_id: &str) -> Result<Vec<u8>, ReportError> {
    let mut bytes = SGML_HEADER.as_bytes().to_vec();
    bytes.extend(sgml(&tree(report, Some(bank_id))?).chars().map(windows_1252));
    Ok(bytes)
}

fn tree(report: &CaseReport<'_>, bank_id: Option<&str>) -> Result<Node, ReportError> {
    let sets = |is_card: bool| -> Result<Vec<Node>, ReportError> {
        let ledgers = report.accounts.iter().filter(|ledger| card(ledger) == is_card);
        ledgers.map(|ledger| statement(ledger, is_card)).collect()
    };
    let mut groups = vec![sign_on(report, bank_id)];
    for (name, is_card) in [("BANKMSGSRSV1", false), ("CREDITCARDMSGSRSV1", true)] {
        let statements = sets(is_card)?;
        if !statements.is_empty() {
            groups.push(Node::Group(name, statements));
        }
    }
    Ok(Node::Group("OFX", groups))
}

/// Stages have no clock: the answer is dated by the last covered day.
fn sign_on(report: &CaseReport<'_>, bank_id: Option<&str>) -> Node {
    let last = report.days().map(|days| days.end);
    let mut inner = vec![
        status(),
        Node::leaf("DTSERVER", last.map_or_else(|| "19700101120000".to_owned(), noon)),
        Node::leaf("LANGUAGE", "ENG"),
    ];
    if let Some(id) = bank_id {
        inner.push(Node::leaf("INTU.BID", id));
        inner.push(Node::leaf("INTU.USERID", "DEFAULT"));
    }
    Node::Group("SIGNONMSGSRSV1", vec![Node::Group("SONRS", inner)])
}

fn status() -> Node {
    Node::Group("STATUS", vec![Node::leaf("CODE", "0"), Node::leaf("SEVERITY", "INFO")])
}

fn card(ledger: &Ledger<'_>) -> bool {
    ledger.account.account.kind.as_deref() == Some("credit_card")
}

fn statement(ledger: &Ledger<'_>, is_card: bool) -> Result<Node, ReportError> {
    let names = if is_card {
        ("CCSTMTTRNRS", "CCSTMTRS", "CCACCTFROM")
    } else {
        ("STMTTRNRS", "STMTRS", "BANKACCTFROM")
    };
    let currency = ledger.currency();
    let mut inner =
        vec![Node::leaf("CURDEF", currency.code()), Node::Group(names.2, account(ledger, is_card))];
    let days = ledger.days();
    let mut list = Vec::new();
    if let Some(days) = days {
        list.push(Node::leaf("DTSTART", noon(days.start)));
        list.push(Node::leaf("DTEND", noon(days.end)));
    }
    list.extend(ledger.rows.iter().map(transaction));
    inner.push(Node::Group("BANKTRANLIST", list));
    let (balance, day) = balance(ledger).ok_or(ReportError::NoBalance)?;
    let balance = vec![Node::leaf("BALAMT", balance.to_string()), Node::leaf("DTASOF", noon(day))];
    inner.push(Node::Group("LEDGERBAL", balance));
    let answer = vec![Node::leaf("TRNUID", ledger.number.to_string()), status(), Node::Group(names.1, inner)];
    Ok(Node::Group(names.0, answer))
}

/// The printed balance of the last covered day, else the last that a row prints, with its day. The format cannot do without,
/// and a computed one would look printed.
fn balance(ledger: &Ledger<'_>) -> Option<(Money, Date)> {
    let closing = ledger.closing().zip(ledger.days().map(|days| days.end));
    let printed = || ledger.rows.iter().rev().find_map(|row| Some((row.row.balance?, row.ledger.date)));
    closing.or_else(printed)
}

fn account(ledger: &Ledger<'_>, is_card: bool) -> Vec<Node> {
    let account = &ledger.account.account;
    let number =
        account.number.as_deref().or(account.iban.as_deref()).map(|text| letters(text, ACCOUNT_ID_MAX));
    let number = number.filter(|number| !number.is_empty());
    // Without a number two accounts would become one: the name inside the case tells them apart.
    let id = number.unwrap_or_else(|| letters(&ledger.account.id, ACCOUNT_ID_MAX));
    if is_card {
        return vec![Node::leaf("ACCTID", id)];
    }
    let bank = [&account.routing_number, &account.sort_code, &account.bic].into_iter().flatten().next();
    let bank = bank.map(|text| letters(text, BANK_ID_MAX)).filter(|text| !text.is_empty());
    let kind = match account.kind.as_deref() {
        Some("savings") => "SAVINGS",
        Some("money_market") => "MONEYMRKT",
        Some("loan" | "line_of_credit") => "CREDITLINE",
        Some(_) | None => "CHECKING",
    };
    let bank = bank.unwrap_or_else(|| UNKNOWN_BANK.to_owned());
    vec![Node::leaf("BANKID", bank), Node::leaf("ACCTID", id), Node::leaf("ACCTTYPE", kind)]
}

fn letters(text: &str, max: usize) -> String {
    let kept = text.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '*');
    kept.take(max).collect()
}

fn transaction(row: &Row<'_>) -> Node {
    let said = row.row.categorization.as_ref();
    let counterparty = said.and_then(|said| said.counterparty.as_deref());
    let check = row.row.check_number.as_deref().map(|number| plain(number, CHECK_MAX));
    let kind = match (&check, row.amount.minor() > 0) {
        (Some(number), false) if !number.is_empty() => "CHECK",
        (_, true) => "CREDIT",
        (_, false) => "DEBIT",
    };
    let name = plain(counterparty.unwrap_or(&row.row.description), NAME_MAX);
    let nodes = [
        Some(Node::leaf("TRNTYPE", kind)),
        Some(Node::leaf("DTPOSTED", noon(row.ledger.date))),
        row.row.value_date.map(|day| Node::leaf("DTAVAIL", noon(day))),
        Some(Node::leaf("TRNAMT", row.amount.to_string())),
        Some(Node::leaf("FITID", row.ledger.id.clone())),
        Node::maybe("CHECKNUM", check),
        Node::maybe("NAME", Some(name)),
        Node::maybe("MEMO", Some(plain(&row.row.description, MEMO_MAX))),
    ];
    Node::Group("STMTTRN", nodes.into_iter().flatten().collect())
}

/// A civil date at noon, so that no time zone moves it to another day.
fn noon(day: Date) -> String {
    format!("{:04}{:02}{:02}120000", day.year(), day.month(), day.day())
}

/// One byte a character, as `CHARSET:1252` says; what it lacks becomes a question mark.
fn windows_1252(c: char) -> u8 {
    match c {
        '\u{20}'..='\u{7E}' | '\u{A0}'..='\u{FF}' | '\r' | '\n' => u8::try_from(u32::from(c)).unwrap_or(b'?'),
        '€' => 0x80,
        '…' => 0x85,
        '‘' => 0x91,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '–' => 0x96,
        '—' => 0x97,
        _ => b'?',
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_stand_at_noon() {
        assert_eq!(noon(date(2026, 3, 2)), "20260302120000");
    }

    #[test]
    fn one_byte_a_character() {
        for (c, byte) in [('A', b'A'), ('é', 0xE9), ('€', 0x80), ('中', b'?'), ('\u{7F}', b'?')] {
            assert_eq!(windows_1252(c), byte);
        }
    }

    #[test]
    fn an_account_is_letters_digits_and_masks() {
        assert_eq!(letters("**** 00-4417", ACCOUNT_ID_MAX), "****004417");
        assert_eq!(letters(&"1".repeat(23), ACCOUNT_ID_MAX).len(), 22);
    }
}
