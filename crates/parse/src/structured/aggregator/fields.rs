//! What a row of an aggregator calls its parts.

use super::super::exact;
use crate::lexicon::{self, State};
use crate::workbook::number;
use jiff::civil::Date;
use serde_json::{Map, Value};
use smartexus_domain::{BankCode, CodeList, Currency, Money, RowDetails};

/// Beyond this many whole units a number in JSON may have lost its last digits.
const WHOLE_UNITS_MAX: f64 = 1e13;
/// Names of the day of booking, the surest first.
const DATES: [&str; 9] = [
    "bookingdate",
    "bookingdatetime",
    "posteddate",
    "postdate",
    "postedat",
    "date",
    "timestamp",
    "transactiondate",
    "transactedat",
];
const AMOUNTS: [&str; 2] = ["transactionamount", "amount"];
const DIRECTIONS: [&str; 5] = ["creditdebitindicator", "basetype", "transactiontype", "direction", "type"];
const NAMES: [&str; 4] = ["creditorname", "debtorname", "merchantname", "counterpartyname"];
const TEXTS: [&str; 7] = [
    "remittanceinformationunstructured",
    "remittanceinformationunstructuredarray",
    "originaldescription",
    "description",
    "name",
    "narrative",
    "memo",
];

/// What the shape of a row says of its sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Convention {
    /// Positive is money out: rows of `transaction_id`, `account_id` and `iso_currency_code`.
    PositiveOut,
    /// Positive is money in: the Berlin Group's `transactionAmount`.
    PositiveIn,
    Unknown,
}

/// One row as the file says it.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) number: usize,
    pub(super) account: Option<String>,
    pub(super) date: Option<Date>,
    pub(super) value_date: Option<Date>,
    /// A decimal.
    pub(super) amount: Option<String>,
    pub(super) balance: Option<String>,
    pub(super) currency: Option<Currency>,
    /// A word: `true` for money in.
    pub(super) direction: Option<bool>,
    pub(super) convention: Convention,
    pub(super) state: State,
    pub(super) description: String,
    pub(super) reference: Option<String>,
    pub(super) check_number: Option<String>,
    /// In another currency, a decimal.
    original: Option<(String, Currency)>,
    original_currency: Option<Currency>,
    fx_rate: Option<String>,
    charges: Option<String>,
    bank_code: Option<BankCode>,
}

/// A name without the habits of its writer.
pub(super) fn normal(key: &str) -> String {
    if key.is_ascii() {
        let letters = key.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase());
        return letters.map(char::from).collect();
    }
    let mut name = String::with_capacity(key.len());
    for c in key.chars().filter(|c| c.is_alphanumeric()) {
        name.extend(c.to_lowercase());
    }
    name
}

impl Row {
    /// The row that this is, if it has an amount and a day, or at least names for both.
    pub(super) fn read(value: &Value, number: usize) -> Option<Self> {
        let members = Members::of(value.as_object()?);
        if !members.has(&AMOUNTS) || !members.has(&DATES) {
            return None;
        }
        let empty = Map::new();
        let exchange = Members::of(members.exchange().unwrap_or(&empty));
        let amount = members.first(&AMOUNTS);
        let balance = members.first(&["runningbalance", "balanceaftertransaction"]);
        let currency = members
            .words(&["isocurrencycode", "currency", "currencycode", "unofficialcurrencycode"])
            .or_else(|| amount.and_then(|a| a.get("currency")?.as_str().map(str::to_owned)));
        Some(Self {
            number,
            account: members.words(&["accountid"]),
            date: DATES.iter().find_map(|name| exact::iso_date(&members.words(&[name])?)),
            value_date: members.words(&["valuedate"]).and_then(|day| exact::iso_date(&day)),
            amount: amount.and_then(decimal),
            balance: balance.and_then(decimal),
            currency: currency.as_deref().and_then(Currency::from_code),
            direction: DIRECTIONS.iter().find_map(|name| direction(&members.words(&[name])?)),
            convention: members.convention(),
            state: members.state(),
            description: members.description(),
            reference: members.words(&["endtoendid", "transactionid", "internaltransactionid", "id"]),
            check_number: members.words(&["checknumber"]),
            original: exchange.instructed(),
            original_currency: exchange.words(&["sourcecurrency"]).as_deref().and_then(Currency::from_code),
            fx_rate: exchange.words(&["exchangerate", "rate"]),
            charges: members.first(&["chargeamount"]).and_then(decimal),
            bank_code: members.bank_code(),
        })
    }

    /// The amount as it stands, or what of the row cannot be read.
    pub(super) fn minor(&self, currency: Currency) -> Result<i64, &'static str> {
        if self.date.is_none() {
            return Err("its date is no day");
        }
        let text = self.amount.as_deref().ok_or("it has no amount")?;
        exact::signed(text, &['.'], self.currency.unwrap_or(currency)).ok_or("its amount is no number")
    }
}

impl Row {
    /// What it says beyond its amount, which is given.
    pub(super) fn details(&self, amount: Money) -> RowDetails {
        let other = |currency: &Currency| *currency != amount.currency();
        let turned = |minor: i64| if amount.minor() < 0 { minor.saturating_neg() } else { minor };
        let original = self.original.as_ref().filter(|(_, currency)| other(currency));
        let original = original.and_then(|(text, currency)| {
            let minor = exact::signed(text, &['.'], *currency)?.checked_abs()?;
            Some(Money::new(turned(minor), *currency))
        });
        let charges = self.charges.as_ref().and_then(|text| {
            let minor = exact::signed(text, &['.'], amount.currency())?.checked_abs()?;
            Some(Money::new(minor.checked_neg()?, amount.currency()))
        });
        RowDetails {
            original_currency: original.map(Money::currency).or(self.original_currency).filter(other),
            original_amount: original,
            fx_rate: self.fx_rate.clone(),
            charges,
            bank_code: self.bank_code.clone(),
        }
    }
}

/// The members of a row by their normal names, each made once.
struct Members<'v> {
    written: &'v Map<String, Value>,
    named: Vec<(String, &'v Value)>,
}

impl<'v> Members<'v> {
    fn of(written: &'v Map<String, Value>) -> Self {
        Self { written, named: written.iter().map(|(key, value)| (normal(key), value)).collect() }
    }

    fn has(&self, names: &[&str]) -> bool {
        self.named.iter().any(|(key, _)| names.contains(&key.as_str()))
    }

    fn first(&self, names: &[&str]) -> Option<&'v Value> {
        let of = |wanted: &&str| self.named.iter().find(|(key, value)| key == *wanted && !value.is_null());
        names.iter().find_map(of).map(|(_, value)| *value)
    }

    fn words(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| words(self.first(&[name])?))
    }

    fn convention(&self) -> Convention {
        let has = |name: &str| self.written.contains_key(name);
        if has("transactionAmount") {
            Convention::PositiveIn
        } else if has("transaction_id")
            && has("account_id")
            && (has("iso_currency_code") || has("unofficial_currency_code"))
        {
            Convention::PositiveOut
        } else {
            Convention::Unknown
        }
    }

    fn state(&self) -> State {
        let said = self.first(&["pending", "ispending"]).and_then(Value::as_bool);
        let status = self.words(&["status", "state", "transactionstatus"]);
        match status.and_then(|status| lexicon::state(&lexicon::fold(&status))) {
            Some(State::Booked) | None if said == Some(true) => State::Pending,
            state => state.unwrap_or(State::Booked),
        }
    }

    /// `currencyExchange`, an object or a list of one.
    fn exchange(&self) -> Option<&'v Map<String, Value>> {
        match self.first(&["currencyexchange"])? {
            Value::Array(items) => items.first()?.as_object(),
            Value::Object(members) => Some(members),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
        }
    }

    /// The amount as it was ordered, of an exchange.
    fn instructed(&self) -> Option<(String, Currency)> {
        let amount = self.first(&["instructedamount"])?.as_object()?;
        let amount = Members::of(amount);
        let currency = Currency::from_code(&amount.words(&["currency"])?)?;
        Some((decimal(amount.first(&["amount"])?)?, currency))
    }

    /// `PMNT-RCDT-ESCT` is the standard's; an object or other words are the bank's own.
    fn bank_code(&self) -> Option<BankCode> {
        match self.first(&["banktransactioncode", "proprietarybanktransactioncode"])? {
            Value::Object(members) => {
                let members = Members::of(members);
                let parts = [members.words(&["code"]), members.words(&["subcode"])];
                let code = parts.into_iter().flatten().collect::<Vec<_>>().join("/");
                (!code.is_empty()).then_some(BankCode { list: CodeList::Issuer, code })
            }
            value
            @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_)) => {
                let code = words(value)?;
                let parts: Vec<&str> = code.split('-').collect();
                let four = |part: &&str| part.len() == 4 && part.bytes().all(|b| b.is_ascii_uppercase());
                let is_standard = parts.len() == 3 && parts.iter().all(four);
                let list = if is_standard { CodeList::Iso20022 } else { CodeList::Issuer };
                let code = if is_standard { parts.join("/") } else { code };
                Some(BankCode { list, code })
            }
        }
    }

    fn description(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        for name in NAMES.iter().chain(&TEXTS) {
            let Some(text) = self.words(&[name]) else { continue };
            // The same words in another dress say nothing more.
            let folded = text.to_lowercase();
            if !parts.iter().any(|part| part.to_lowercase().contains(&folded)) {
                parts.retain(|part| !folded.contains(&part.to_lowercase()));
                parts.push(text);
            }
        }
        parts.join(" ")
    }
}

/// Text, the first text of an object, or the texts of a list.
fn words(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => exact::folded(text),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => {
            exact::folded(&items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "))
        }
        Value::Object(members) => {
            members.get("original").or_else(|| members.get("simple")).and_then(words)?
        }
        Value::Null | Value::Bool(_) => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// A number, a text that is one, or the number in an object. A decimal with a point either way.
fn decimal(value: &Value) -> Option<String> {
    match value {
        Value::Number(written) => {
            let value = written.as_f64().filter(|v| v.abs() < WHOLE_UNITS_MAX)?;
            Some(number(value))
        }
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Object(members) => {
            members.get("amount").or_else(|| members.get("balanceAmount")).and_then(decimal)
        }
        Value::Null | Value::Bool(_) | Value::Array(_) => None,
    }
}

fn direction(word: &str) -> Option<bool> {
    match word.to_ascii_lowercase().as_str() {
        "credit" | "crdt" | "inflow" | "in" => Some(true),
        "debit" | "dbit" | "outflow" | "out" => Some(false),
        _ => None,
    }
}
