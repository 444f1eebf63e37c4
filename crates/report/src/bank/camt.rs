//! CAMT.053.001.08 (ISO 20022): one statement for each stretch of days without a gap, so that each adds up by itself.

use super::markup::{Node, xml};
use super::plain;
use crate::ReportError;
use crate::case_report::{CaseReport, Ledger, PROGRAM, Row};
use crate::csv::verdict_word;
use jiff::civil::Date;
use smartexus_domain::{CodeList, Money, Span};

const NAMESPACE: &str = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08";
const XML_HEADER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
/// Lengths of the schema's texts.
const REFERENCE_MAX: usize = 35;
const NUMBER_MAX: usize = 34;
const NAME_MAX: usize = 140;
const INFORMATION_MAX: usize = 500;

/// Days, their printed ends and their rows.
struct Part<'r> {
    days: Span,
    opening: Option<Money>,
    closing: Option<Money>,
    rows: Vec<&'r Row<'r>>,
}

pub(super) fn camt(report: &CaseReport<'_>) -> Result<Vec<u8>, ReportError> {
    let Some(days) = report.days() else { return Err(ReportError::NoBalance) };
    let head = Node::Group(
        "GrpHdr",
        vec![
            Node::leaf("MsgId", format!("CASE-{}-{}", days.start, days.end)),
            // Stages have no clock: the message is dated by the last covered day.
            Node::leaf("CreDtTm", format!("{}T00:00:00", days.end)),
            Node::leaf("AddtlInf", plain(&format!("{PROGRAM}. {}", report.notice.text), INFORMATION_MAX)),
        ],
    );
    let mut message = vec![head];
    for ledger in &report.accounts {
        for (number, part) in (1_usize..).zip(parts(ledger)) {
            message.push(statement(ledger, number, &part)?);
        }
    }
    xml(&Node::Group("Document", vec![Node::Group("BkToCstmrStmt", message)]), Some(NAMESPACE), XML_HEADER)
}

/// The proved stretches with their rows; all rows in one where some lie outside of every stretch.
fn parts<'r>(ledger: &'r Ledger<'r>) -> Vec<Part<'r>> {
    let mut parts: Vec<Part<'_>> = (ledger.account.proof.parts.iter())
        .map(|part| Part {
            days: part.days,
            opening: ledger.money(part.opening.as_deref()),
            closing: ledger.money(part.closing.as_deref()),
            rows: Vec::new(),
        })
        .collect();
    for row in &ledger.rows {
        let day = row.ledger.date;
        match parts.iter_mut().find(|part| part.days.start <= day && day <= part.days.end) {
            Some(part) => part.rows.push(row),
            None => return whole(ledger),
        }
    }
    // Ends that do not stand around every row of their days are no ends of this statement.
    for (part, proved) in parts.iter_mut().zip(&ledger.account.proof.parts) {
        if u32::try_from(part.rows.len()).ok() != Some(proved.rows) {
            (part.opening, part.closing) = (None, None);
        }
    }
    parts
}

fn whole<'r>(ledger: &'r Ledger<'r>) -> Vec<Part<'r>> {
    let part = |days| Part {
        days,
        opening: ledger.opening(),
        closing: ledger.closing(),
        rows: ledger.rows.iter().collect(),
    };
    ledger.days().map(part).into_iter().collect()
}

fn statement(ledger: &Ledger<'_>, number: usize, part: &Part<'_>) -> Result<Node, ReportError> {
    let balance = |code: &'static str, money: Option<Money>, day: Date| {
        money.map(|money| {
            let kind = Node::Group("CdOrPrtry", vec![Node::leaf("Cd", code)]);
            let mut inner = vec![Node::Group("Tp", vec![kind])];
            inner.extend(amount(money));
            inner.push(Node::Group("Dt", vec![Node::leaf("Dt", day.to_string())]));
            Node::Group("Bal", inner)
        })
    };
    let balances: Vec<Node> =
        [balance("OPBD", part.opening, part.days.start), balance("CLBD", part.closing, part.days.end)]
            .into_iter()
            .flatten()
            .collect();
    if balances.is_empty() {
        return Err(ReportError::NoBalance);
    }
    let period = vec![
        Node::leaf("FrDtTm", format!("{}T00:00:00", part.days.start)),
        Node::leaf("ToDtTm", format!("{}T23:59:59", part.days.end)),
    ];
    let mut inner = vec![
        Node::leaf("Id", plain(&format!("{}-{number}", ledger.account.id), REFERENCE_MAX)),
        Node::leaf("CreDtTm", format!("{}T00:00:00", part.days.end)),
        Node::Group("FrToDt", period),
        account(ledger),
    ];
    inner.extend(balances);
    inner.extend(part.rows.iter().map(|row| entry(row)));
    let verdict = verdict_word(ledger.account.proof.verdict);
    inner.push(Node::leaf("AddtlStmtInf", format!("{PROGRAM}: {verdict}")));
    Ok(Node::Group("Stmt", inner))
}

fn account(ledger: &Ledger<'_>) -> Node {
    let account = &ledger.account.account;
    let id = match &account.iban {
        Some(iban) => Node::leaf("IBAN", iban.clone()),
        None => {
            let number = account.number.as_deref().map(|number| plain(number, NUMBER_MAX));
            let number = number.filter(|number| !number.is_empty());
            let number = number.unwrap_or_else(|| plain(&ledger.account.id, NUMBER_MAX));
            Node::Group("Othr", vec![Node::leaf("Id", number)])
        }
    };
    let holder = plain(&account.holders.join(", "), NAME_MAX);
    let bank = [
        Node::maybe("BICFI", account.bic.clone()),
        Node::maybe("Nm", account.institution.as_deref().map(|name| plain(name, NAME_MAX))),
    ];
    let bank: Vec<Node> = bank.into_iter().flatten().collect();
    let currency = ledger.currency();
    let nodes = [
        Some(Node::Group("Id", vec![id])),
        Node::maybe("Ccy", currency.is_known().then(|| currency.code().to_owned())),
        Node::maybe("Nm", Some(holder)).map(|name| Node::Group("Ownr", vec![name])),
        (!bank.is_empty()).then(|| Node::Group("Svcr", vec![Node::Group("FinInstnId", bank)])),
    ];
    Node::Group("Acct", nodes.into_iter().flatten().collect())
}

/// The amount without its sign, and which way the money went.
fn amount(money: Money) -> [Node; 2] {
    let text = money.to_string();
    let magnitude = text.trim_start_matches('-').to_owned();
    let way = if money.minor() < 0 { "DBIT" } else { "CRDT" };
    let currency = money.currency().code().to_owned();
    [Node::Marked("Amt", ("Ccy", currency), magnitude), Node::leaf("CdtDbtInd", way)]
}

fn entry(row: &Row<'_>) -> Node {
    let day = |name, day: Date| Node::Group(name, vec![Node::leaf("Dt", day.to_string())]);
    let mut inner = vec![Node::leaf("NtryRef", plain(&row.ledger.id, REFERENCE_MAX))];
    inner.extend(amount(row.amount));
    inner.push(Node::Group("Sts", vec![Node::leaf("Cd", "BOOK")]));
    inner.push(day("BookgDt", row.ledger.date));
    inner.extend(row.row.value_date.map(|date| day("ValDt", date)));
    let reference = row.row.reference.as_deref().map(|text| plain(text, REFERENCE_MAX));
    inner.extend(Node::maybe("AcctSvcrRef", reference));
    inner.push(Node::Group("BkTxCd", code(row)));
    inner.push(Node::Group("NtryDtls", vec![Node::Group("TxDtls", details(row))]));
    Node::Group("Ntry", inner)
}

/// The bank's own code: in ISO's three parts, or as the bank's; nothing where there is none.
fn code(row: &Row<'_>) -> Vec<Node> {
    let Some(code) = row.row.details.as_deref().and_then(|details| details.bank_code.as_ref()) else {
        return Vec::new();
    };
    let parts: Vec<&str> = code.code.split('/').collect();
    match (code.list, parts.as_slice()) {
        (CodeList::Iso20022, [domain, family, sub]) if parts.iter().all(|part| is_code(part)) => {
            let family = vec![Node::leaf("Cd", *family), Node::leaf("SubFmlyCd", *sub)];
            vec![Node::Group("Domn", vec![Node::leaf("Cd", *domain), Node::Group("Fmly", family)])]
        }
        (list, _) => {
            let code = plain(&code.code, REFERENCE_MAX);
            if code.is_empty() {
                return Vec::new();
            }
            vec![Node::Group("Prtry", vec![Node::leaf("Cd", code), Node::leaf("Issr", list.as_str())])]
        }
    }
}

/// ISO's codes are one to four letters or digits.
fn is_code(text: &str) -> bool {
    (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn details(row: &Row<'_>) -> Vec<Node> {
    let check = row.row.check_number.as_deref().map(|number| plain(number, REFERENCE_MAX));
    let references = Node::maybe("ChqNb", check).map(|check| Node::Group("Refs", vec![check]));
    let said = row.row.categorization.as_ref();
    let name = said.and_then(|said| said.counterparty.as_deref()).map(|name| plain(name, NAME_MAX));
    let side = if row.amount.minor() < 0 { "Cdtr" } else { "Dbtr" };
    let party = Node::maybe("Nm", name)
        .map(|name| Node::Group("RltdPties", vec![Node::Group(side, vec![Node::Group("Pty", vec![name])])]));
    let text: Vec<char> = plain(&row.row.description, usize::MAX).chars().collect();
    let lines = text.chunks(NAME_MAX).map(|line| Node::leaf("Ustrd", line.iter().collect::<String>()));
    let lines: Vec<Node> = lines.collect();
    let information = (!lines.is_empty()).then_some(Node::Group("RmtInf", lines));
    [references, party, information].into_iter().flatten().collect()
}
