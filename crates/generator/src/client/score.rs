//! A case against the truth of its client.

use super::{Client, Ledger};
use jiff::civil::Date;
use smartexus_domain::{Case, CaseAccount, Money, Verdict};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::AddAssign;

/// Findings under which rows may be lost or doubled: a person is asked.
const ASKED: [&str; 5] =
    ["possible_duplicate", "possible_pending", "sources_disagree", "account_unknown", "account_ambiguous"];

/// What came out right and wrong, counted over any number of clients.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    /// Documents that were sent.
    pub documents: usize,
    /// True accounts, and those that one account of the case stands for.
    pub accounts: usize,
    /// Of the true accounts, those that one account of the case stands for.
    pub accounts_found: usize,
    /// Accounts of the case that stand for none.
    pub accounts_invented: usize,
    /// Rows that some document shows.
    pub rows: usize,
    /// Of them, rows that no ledger has, though nobody was asked.
    pub lost: usize,
    /// Rows that a ledger has and the truth has not, though nobody was asked.
    pub doubled: usize,
    /// Rows lost or doubled under a finding that asks a person.
    pub asked: usize,
    /// Accounts with such a finding.
    pub accounts_asked: usize,
    /// Transfers with both legs sent.
    pub transfers: usize,
    /// Of them, those that were paired.
    pub transfers_right: usize,
    /// Pairs that are none.
    pub transfers_wrong: usize,
    /// Months that were not sent.
    pub gaps: usize,
    /// Of them, those that were found.
    pub gaps_found: usize,
    /// Gaps between printed periods that are none.
    pub gaps_wrong: usize,
    /// Ledgers that are verified.
    pub verified: usize,
    /// Of them, those with other rows than the truth.
    pub falsely_verified: usize,
}

impl AddAssign for Score {
    fn add_assign(&mut self, other: Self) {
        for (sum, part) in [
            (&mut self.documents, other.documents),
            (&mut self.accounts, other.accounts),
            (&mut self.accounts_found, other.accounts_found),
            (&mut self.accounts_invented, other.accounts_invented),
            (&mut self.rows, other.rows),
            (&mut self.lost, other.lost),
            (&mut self.doubled, other.doubled),
            (&mut self.asked, other.asked),
            (&mut self.accounts_asked, other.accounts_asked),
            (&mut self.transfers, other.transfers),
            (&mut self.transfers_right, other.transfers_right),
            (&mut self.transfers_wrong, other.transfers_wrong),
            (&mut self.gaps, other.gaps),
            (&mut self.gaps_found, other.gaps_found),
            (&mut self.gaps_wrong, other.gaps_wrong),
            (&mut self.verified, other.verified),
            (&mut self.falsely_verified, other.falsely_verified),
        ] {
            *sum += part;
        }
    }
}

impl Client {
    /// Compares a case of these documents with the truth.
    #[must_use]
    pub fn score(&self, case: &Case) -> Score {
        let mut score = Score { documents: self.documents.len(), ..Score::default() };
        let asked_at_all = has_asked(&case.findings);
        let mut known = BTreeSet::new();
        for ledger in &self.ledgers {
            score.accounts += 1;
            let found: Vec<&CaseAccount> =
                case.accounts.iter().filter(|account| ledger.is(account)).collect();
            score.accounts_found += usize::from(found.len() == 1);
            known.extend(found.iter().map(|account| account.id.as_str()));
            ledger.count(&found, asked_at_all, &mut score);
        }
        for account in case.accounts.iter().filter(|account| !known.contains(account.id.as_str())) {
            score.accounts_invented += 1;
            let rows = account.ledger.len();
            if asked_at_all { score.asked += rows } else { score.doubled += rows }
        }
        self.count_transfers(case, &mut score);
        score
    }

    fn count_transfers(&self, case: &Case, score: &mut Score) {
        let is_sent = |(ledger, row): (usize, usize)| self.ledgers[ledger].sent[row];
        let name = |(ledger, row): (usize, usize)| {
            let row = &self.ledgers[ledger].rows[row];
            (self.ledgers[ledger].tail(), row.date, amount(&self.ledgers[ledger], row.minor))
        };
        let truth: BTreeSet<_> = self
            .transfers
            .iter()
            .filter(|moved| is_sent(moved.from) && is_sent(moved.to))
            .map(|moved| (name(moved.from), name(moved.to)))
            .collect();
        let row = |account: &str, id: &str| {
            let account = case.accounts.iter().find(|known| known.id == account)?;
            let row = account.ledger.iter().find(|row| row.id == id)?;
            Some((tail(account.account.number.as_deref()?), row.date, row.amount.clone()))
        };
        let paired = case
            .transfers
            .iter()
            .map(|pair| row(&pair.from_account, &pair.from_row).zip(row(&pair.to_account, &pair.to_row)));
        let right = paired.flatten().filter(|pair| truth.contains(pair)).count();
        score.transfers += truth.len();
        score.transfers_right += right;
        score.transfers_wrong += case.transfers.len() - right;
    }
}

fn has_asked(findings: &[smartexus_domain::Finding]) -> bool {
    findings.iter().any(|finding| ASKED.contains(&finding.code.as_ref()))
}

fn tail(number: &str) -> String {
    number.get(number.len().saturating_sub(4)..).unwrap_or_default().to_owned()
}

fn amount(ledger: &Ledger, minor: i64) -> String {
    Money::new(minor, ledger.account.currency).to_string()
}

impl Ledger {
    fn tail(&self) -> String {
        tail(self.account.number.as_deref().unwrap_or_default())
    }

    fn is(&self, account: &CaseAccount) -> bool {
        let number = account.account.number.as_deref().unwrap_or_default();
        tail(number) == self.tail() && account.account.currency == self.account.currency
    }

    fn count(&self, found: &[&CaseAccount], asked_at_all: bool, score: &mut Score) {
        let mut counts: BTreeMap<(Date, String), i64> = BTreeMap::new();
        for (row, _) in self.rows.iter().zip(&self.sent).filter(|(_, sent)| **sent) {
            *counts.entry((row.date, amount(self, row.minor))).or_default() += 1;
            score.rows += 1;
        }
        for row in found.iter().flat_map(|account| &account.ledger) {
            *counts.entry((row.date, row.amount.clone())).or_default() -= 1;
        }
        let sum = |sign: i64| {
            counts.values().map(|count| usize::try_from(count * sign).unwrap_or(0)).sum::<usize>()
        };
        let (lost, doubled) = (sum(1), sum(-1));
        let asked = found.iter().any(|account| has_asked(&account.findings));
        score.accounts_asked += usize::from(asked);
        if asked || asked_at_all {
            score.asked += lost + doubled;
        } else {
            score.lost += lost;
            score.doubled += doubled;
        }
        let verified = found.iter().filter(|account| account.proof.verdict == Verdict::Verified).count();
        score.verified += verified;
        score.falsely_verified += if lost + doubled > 0 { verified } else { 0 };
        let stated: BTreeSet<(Date, Date)> = found
            .iter()
            .flat_map(|account| &account.gaps)
            .filter(|gap| gap.stated)
            .map(|gap| (gap.days.start, gap.days.end))
            .collect();
        let right = self.gaps.iter().filter(|gap| stated.contains(gap)).count();
        score.gaps += self.gaps.len();
        score.gaps_found += right;
        score.gaps_wrong += stated.len() - right;
    }
}
