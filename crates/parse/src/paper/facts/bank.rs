//! What a statement says about its account, as facts for forms.

use crate::account;
use crate::paper::line::Line;
use smartexus_domain::{Account, Fact, Rect, Source};

/// Check digits hold; a label named it; it stands where such things stand.
const CHECKED: f64 = 0.99;
const LABELLED: f64 = 0.85;
const PLACED: f64 = 0.7;

/// The facts of an account, each where the paper prints it first; what cannot be found again is left out.
pub(in crate::paper) fn account_facts(account: &Account, lines: &[Line]) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut add = |key: &str, value: Option<&str>, confidence: f64| {
        let Some(value) = value else { return };
        if let Some(source) = locate(lines, value) {
            facts.push(Fact {
                key: key.to_owned(),
                value: value.to_owned(),
                confidence,
                source: Some(source),
            });
        }
    };
    let iban = account.iban.as_deref();
    let is_iban = iban.is_some_and(account::iban_holds);
    let routing = account.routing_number.as_deref();
    let is_routing = routing.is_some_and(account::aba_holds);
    add("bank.name", account.institution.as_deref(), PLACED);
    add("bank.account_number", account.number.as_deref(), LABELLED);
    add("bank.iban", iban, if is_iban { CHECKED } else { LABELLED });
    add("bank.routing", routing, if is_routing { CHECKED } else { LABELLED });
    add("bank.sort_code", account.sort_code.as_deref(), LABELLED);
    for (index, holder) in account.holders.iter().enumerate() {
        let key =
            if index == 0 { "bank.account_name".to_owned() } else { format!("bank.account_name[{index}]") };
        add(&key, Some(holder), PLACED);
    }
    facts.extend(address(account, lines));
    facts
}

/// Where a value stands first, white space left aside.
fn locate(lines: &[Line], value: &str) -> Option<Source> {
    let wanted: String = value.split_whitespace().collect();
    if wanted.is_empty() {
        return None;
    }
    lines.iter().find_map(|line| {
        let mut compact = String::new();
        let mut ends = Vec::with_capacity(line.tokens.len());
        for token in &line.tokens {
            compact.extend(token.text.split_whitespace());
            ends.push(compact.len());
        }
        let start = compact.find(&wanted)?;
        let end = start + wanted.len();
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let covered =
            line.tokens.iter().zip(starts.zip(&ends)).filter(|(_, (from, to))| *from < end && **to > start);
        let bounds = covered.map(|(token, _)| token.bounds).reduce(Rect::union)?;
        Some(Source { page: line.page, bounds })
    })
}

/// The lines right below the first holder's name, as long as they look like an address.
#[expect(clippy::float_arithmetic, reason = "geometry")]
fn address(account: &Account, lines: &[Line]) -> Vec<Fact> {
    const LINES_MAX: usize = 5;
    const PITCH: f64 = 2.0;
    const ALIGNED: f64 = 3.0;
    let Some(name) = account.holders.first().and_then(|holder| locate(lines, holder)) else {
        return Vec::new();
    };
    let mut facts = Vec::new();
    let mut last = name.bounds;
    let below = lines.iter().filter(|line| line.page == name.page && line.bounds.mid_y() > name.bounds.y1);
    for line in below {
        if line.bounds.mid_y() - last.mid_y() > PITCH * line.size || facts.len() >= LINES_MAX {
            break;
        }
        let cells = super::sheet::cells(line);
        let Some(cell) = cells.iter().find(|cell| (cell.bounds.x0 - name.bounds.x0).abs() <= ALIGNED) else {
            continue;
        };
        last = cell.bounds;
        let text = cell.text();
        if account.holders.contains(&text) {
            continue;
        }
        if text.contains(':') || cell.tokens.iter().any(|token| token.is_money()) {
            break;
        }
        let source = Some(Source { page: name.page, bounds: cell.bounds });
        facts.push(Fact {
            key: format!("bank.account_address[{}]", facts.len()),
            value: text,
            confidence: PLACED,
            source,
        });
    }
    facts
}
