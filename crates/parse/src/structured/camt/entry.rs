//! One entry: one row, whatever its details add up to.

use super::super::exact;
use super::super::ledger::Entry;
use super::super::markup::Node;
use super::balance::is_credit;
use smartexus_domain::{Currency, Money};

/// Details of a batch that are told one by one.
const DETAILS_TOLD: usize = 8;

/// Whether an entry has moved money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Booked,
    Pending,
}

/// The row of an entry, or what of it cannot be read.
///
/// `CdtDbtInd` is the real direction, also where `RvslInd` says that the entry takes another one back.
pub(super) fn entry(node: &Node, account_currency: Currency) -> Result<(Status, Entry), &'static str> {
    let status = status(node)?;
    let amount = node.at("Amt").ok_or("it has no amount")?;
    let stated = amount.currency.as_deref().and_then(Currency::from_code);
    let currency = stated.unwrap_or(account_currency);
    let minor = exact::minor(&amount.text, &['.'], currency).ok_or("its amount is no number")?;
    let is_credit = is_credit(node).ok_or("nothing says whether it is money in or out")?;
    let signed = if is_credit { minor } else { minor.checked_neg().ok_or("its amount is no number")? };
    let day = |name: &str| {
        let date = node.at(name)?;
        exact::iso_date(date.text_at("Dt").or_else(|| date.text_at("DtTm"))?)
    };
    let value_date = day("ValDt");
    let date = match (node.at("BookgDt"), day("BookgDt")) {
        (Some(_), None) => return Err("its booking date is no day"),
        (_, booked) => booked.or(value_date),
    };
    let amount = Money::new(signed, currency);
    let details: Vec<&Node> = node.all("NtryDtls").flat_map(|group| group.all("TxDtls")).collect();
    let row = Entry {
        date: date.ok_or("it has no date")?,
        value_date,
        amount,
        balance: None,
        description: description(node, &details, is_credit),
        reference: reference(node, &details),
        check_number: details.first().and_then(|d| d.text_at("Refs/ChqNb")).map(str::to_owned),
        details: super::details::details(node, &details, amount).boxed(),
    };
    Ok((status, row))
}

/// As text up to version 7, in an element of its own since.
pub(super) fn status(node: &Node) -> Result<Status, &'static str> {
    let code = node.text_at("Sts/Cd").or_else(|| node.text_at("Sts")).or_else(|| node.text_at("Sts/Prtry"));
    match code {
        None | Some("BOOK") => Ok(Status::Booked),
        Some("PDNG" | "INFO" | "FUTR") => Ok(Status::Pending),
        Some(_) => Err("its status is not one that is known"),
    }
}

/// The bank's own words, then the other side, then what the payment is for.
fn description(node: &Node, details: &[&Node], is_credit: bool) -> String {
    let told = node.text_at("AddtlNtryInf").map(exact::folded);
    let each = details.iter().take(DETAILS_TOLD).flat_map(|d| {
        let purpose = remittance(d).or_else(|| d.text_at("AddtlTxInf").map(exact::folded));
        [party(d, is_credit), purpose]
    });
    let mut parts: Vec<String> = Vec::new();
    for part in std::iter::once(told).chain(each).flatten() {
        // Banks repeat themselves.
        if !parts.iter().any(|before| before.contains(&part)) {
            parts.push(part);
        }
    }
    parts.join(" ")
}

/// Since version 8 a party stands one level deeper.
fn party(detail: &Node, is_credit: bool) -> Option<String> {
    let parties = detail.at("RltdPties")?;
    let other = if is_credit { ["Dbtr", "UltmtDbtr"] } else { ["Cdtr", "UltmtCdtr"] };
    let named = |role: &str| parties.at(role).and_then(|p| p.text_at("Nm").or_else(|| p.text_at("Pty/Nm")));
    other.into_iter().find_map(named).map(exact::folded)
}

/// Free text, or the reference of a structured one.
fn remittance(detail: &Node) -> Option<String> {
    let information = detail.at("RmtInf")?;
    let free: Vec<&str> = information.all("Ustrd").map(|u| &*u.text).filter(|t| !t.is_empty()).collect();
    let structured = information.all("Strd").filter_map(|s| s.text_at("CdtrRefInf/Ref"));
    let said: Vec<&str> = if free.is_empty() { structured.collect() } else { free };
    let joined = exact::folded(&said.join(" "));
    (!joined.is_empty()).then_some(joined)
}

/// From end to end where there is one payment; else the bank's own.
fn reference(node: &Node, details: &[&Node]) -> Option<String> {
    let end_to_end = match details {
        [detail] => {
            detail.text_at("Refs/EndToEndId").filter(|id| !matches!(*id, "NOTPROVIDED" | "NOT PROVIDED"))
        }
        _ => None,
    };
    end_to_end.or_else(|| node.text_at("AcctSvcrRef")).or_else(|| node.text_at("NtryRef")).map(str::to_owned)
}
