//! What an entry says beyond its row: another currency, charges, the bank's code.

use super::super::exact;
use super::super::markup::Node;
use smartexus_domain::{BankCode, CodeList, Currency, Money, RowDetails};

/// Where an amount in another currency may stand, the one that was ordered first.
const OTHER_AMOUNTS: [&str; 4] = ["InstdAmt", "TxAmt", "CntrValAmt", "AnncdPstngAmt"];

/// Of the entry, or of its only payment: those of a batch are several.
pub(super) fn details(node: &Node, payments: &[&Node], amount: Money) -> RowDetails {
    let only = match payments {
        [payment] => Some(*payment),
        _ => None,
    };
    let places = || std::iter::once(node).chain(only);
    let (original, fx_rate) = exchange(places().filter_map(|place| place.at("AmtDtls")), amount);
    let charges = places().find_map(|place| charges(place, amount));
    let bank_code = places().filter_map(|place| place.at("BkTxCd")).find_map(bank_code);
    RowDetails {
        original_currency: original.map(Money::currency),
        original_amount: original,
        fx_rate,
        charges,
        bank_code,
    }
}

/// An amount in a currency that is not the row's, and the rate beside any of them.
fn exchange<'n, 'f: 'n>(
    places: impl Iterator<Item = &'n Node<'f>> + Clone,
    amount: Money,
) -> (Option<Money>, Option<String>) {
    let stated = places.flat_map(|place| OTHER_AMOUNTS.into_iter().filter_map(|name| place.at(name)));
    let rate = |node: &Node| node.text_at("CcyXchg/XchgRate").map(exact::folded);
    let original = stated.clone().filter_map(|node| node.at("Amt")).find_map(|node| {
        let currency = Currency::from_code(node.currency.as_deref()?)?;
        let other = currency != amount.currency();
        let minor = exact::minor(&node.text, &['.'], currency).filter(|_| other)?;
        let signed = if amount.minor() < 0 { minor.checked_neg()? } else { minor };
        Some(Money::new(signed, currency))
    });
    let mut stated = stated;
    (original, stated.find_map(rate))
}

/// The total, or the sum of the parts; none where a part cannot be read or is in another currency.
fn charges(place: &Node, amount: Money) -> Option<Money> {
    place.at("Chrgs")?;
    let currency = amount.currency();
    let minor = |node: &Node| {
        let stated = node.currency.as_deref().and_then(Currency::from_code).unwrap_or(currency);
        exact::minor(&node.text, &['.'], currency).filter(|_| stated == currency)
    };
    if let Some(total) = place.at("Chrgs/TtlChrgsAndTaxAmt") {
        return minor(total)?.checked_neg().map(|minor| Money::new(minor, currency));
    }
    // Up to version 2 each of several `Chrgs` is one charge; since, they are records of one.
    let all = || place.all("Chrgs");
    let records: Vec<&Node> = all().flat_map(|node| node.all("Rcrd")).collect();
    let charges: Vec<&Node> = if records.is_empty() { all().collect() } else { records };
    let sum = charges.into_iter().try_fold(0_i64, |sum, record| {
        let minor = minor(record.at("Amt")?)?;
        let is_in = record.text_at("CdtDbtInd") == Some("CRDT");
        sum.checked_add(if is_in { minor } else { minor.checked_neg()? })
    })?;
    Some(Money::new(sum, currency))
}

/// The code of the standard; else the bank's own.
fn bank_code(node: &Node) -> Option<BankCode> {
    let parts = ["Domn/Cd", "Domn/Fmly/Cd", "Domn/Fmly/SubFmlyCd"];
    let standard: Vec<&str> = parts.into_iter().map_while(|part| node.text_at(part)).collect();
    if !standard.is_empty() {
        return Some(BankCode { list: CodeList::Iso20022, code: standard.join("/") });
    }
    let own = node.text_at("Prtry/Cd")?;
    Some(BankCode { list: CodeList::Issuer, code: exact::folded(own) })
}
