//! Facts out of what was read from documents.

use super::book::FactBook;
use super::fact::{ClientFact, FactStatus};
use super::vocabulary::Vocabulary;
use smartexus_domain::{Account, Source, Statement, StatementResult, Verdict};

/// Keys of papers that answer a question of a form under another name.
const RENAMED: [(&str, &str); 8] = [
    ("payslip.employee", "applicant[0].full_name"),
    ("payslip.employer", "applicant[0].employer"),
    ("identity.surname", "applicant[0].last_name"),
    ("identity.given_names", "applicant[0].first_name"),
    ("identity.birth_date", "applicant[0].dob"),
    ("bank.name", "bank[0].name"),
    ("bank.account_number", "bank[0].account_number"),
    ("bank.routing", "bank[0].routing"),
];
const MORE_RENAMED: [(&str, &str); 4] = [
    ("bank.iban", "bank[0].iban"),
    ("bank.sort_code", "bank[0].sort_code"),
    ("bank.bsb", "bank[0].bsb"),
    ("bank.account_name", "bank[0].account_name"),
];
/// A name over a statement is the holder's; whether a person's or a business's, its words say.
const HOLDER_CONFIDENCE: f64 = 0.85;
const ACCOUNT_CONFIDENCE: f64 = 0.9;
const BUSINESS_WORDS: [&str; 14] = [
    "llc",
    "inc",
    "ltd",
    "limited",
    "corp",
    "corporation",
    "co",
    "company",
    "llp",
    "lp",
    "plc",
    "gmbh",
    "pty",
    "trust",
];

impl FactBook {
    /// Every fact that a form may ask for, from the results of several documents, in their order. What an account says
    /// of itself counts where its statement is not contradicted by arithmetic.
    #[must_use]
    pub fn gather(results: &[StatementResult]) -> Self {
        let mut facts = Vec::new();
        let mut accounts: Vec<String> = Vec::new();
        for result in results {
            facts.extend(result.facts.iter().filter_map(|fact| {
                let key = known_key(&fact.key)?;
                Some(ClientFact {
                    key,
                    value: fact.value.clone(),
                    confidence: fact.confidence,
                    status: FactStatus::Extracted,
                    document: Some(result.file.clone()),
                    source: fact.source,
                    rows: Vec::new(),
                    rows_left_out: 0,
                    valid_from: None,
                })
            }));
            for statement in result.statements.iter().filter(|s| s.verdict != Verdict::Discrepancy) {
                let index = index_of(&mut accounts, &statement.account);
                facts.extend(of_account(statement, index, result));
            }
        }
        Self::new(facts)
    }
}

/// A key of the vocabulary, or the one that a paper's key stands for.
fn known_key(key: &str) -> Option<String> {
    let renamed = RENAMED.iter().chain(&MORE_RENAMED).find(|(from, _)| *from == key);
    renamed.map(|(_, to)| (*to).to_owned()).or_else(|| Vocabulary::get().type_of(key).map(|_| key.to_owned()))
}

/// The same account in two statements is one subject.
fn index_of(accounts: &mut Vec<String>, account: &Account) -> usize {
    let number = account.iban.as_ref().or(account.number.as_ref()).cloned().unwrap_or_default();
    let name = format!("{}|{number}", account.institution.clone().unwrap_or_default());
    accounts.iter().position(|known| *known == name).unwrap_or_else(|| {
        accounts.push(name);
        accounts.len().saturating_sub(1)
    })
}

fn of_account(statement: &Statement, index: usize, result: &StatementResult) -> Vec<ClientFact> {
    let account = &statement.account;
    let valid_from = statement.period.end.map(|day| day.to_string());
    let fact = |key: String, value: &str, confidence: f64, source: Option<Source>| ClientFact {
        key,
        value: value.to_owned(),
        confidence,
        status: FactStatus::Extracted,
        document: Some(result.file.clone()),
        source,
        rows: Vec::new(),
        rows_left_out: 0,
        valid_from: valid_from.clone(),
    };
    // Where the paper prints it: the reader tells that beside.
    let printed = |key: &str, value: &str| {
        let told = result.facts.iter().find(|fact| fact.key == key && fact.value == value);
        told.and_then(|fact| fact.source)
    };
    let parts = [
        ("name", &account.institution),
        ("account_number", &account.number),
        ("routing", &account.routing_number),
        ("sort_code", &account.sort_code),
        ("iban", &account.iban),
        ("account_type", &account.kind),
    ];
    let of_bank = |part: &str| format!("bank[{index}].{part}");
    let mut facts: Vec<ClientFact> = parts
        .into_iter()
        .filter_map(|(part, value)| {
            let value = value.as_ref()?;
            let source = printed(&format!("bank.{part}"), value);
            Some(fact(of_bank(part), value, ACCOUNT_CONFIDENCE, source))
        })
        .collect();
    if let Some(closing) = statement.closing_balance.filter(|_| statement.verdict == Verdict::Verified) {
        // With its currency, so that no form of another one takes it.
        let marked = format!("{closing} {}", closing.currency().code());
        let row = statement.transactions.iter().rev().find(|row| row.balance == Some(closing));
        let source = row.and_then(|row| row.source);
        facts.push(fact(of_bank("balance"), &marked, ACCOUNT_CONFIDENCE, source));
    }
    for (at, holder) in account.holders.iter().enumerate() {
        let told = if at == 0 { "bank.account_name".to_owned() } else { format!("bank.account_name[{at}]") };
        let source = printed(&told, holder);
        if at == 0 {
            facts.push(fact(of_bank("account_name"), holder, ACCOUNT_CONFIDENCE, source));
        }
        let key = if is_business(holder) {
            "business.legal_name".to_owned()
        } else {
            format!("applicant[{at}].full_name")
        };
        facts.push(fact(key, holder, HOLDER_CONFIDENCE, source));
    }
    facts
}

fn is_business(name: &str) -> bool {
    let words = name.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words.into_iter().any(|word| BUSINESS_WORDS.contains(&word.as_str()))
}
