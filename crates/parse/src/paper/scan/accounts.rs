//! Where an account begins.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::super::line::Line;
use super::Scan;
use crate::account::{self, Mark};
use crate::draft::StatementDraft;
use crate::lexicon::Label;

/// A value under its label begins this close below it, in points.
const LABEL_ALIGNED: f64 = 4.0;

impl Scan<'_> {
    /// Returns whether the line begins another statement.
    pub(super) fn read_account(&mut self, line: &Line, index: usize) -> bool {
        // A customer's number in a description is no account of the holder.
        if self.begins_with_date(line) || self.is_row_text(line) || self.is_undated_row(line) {
            return false;
        }
        let Some(mark) = account::read(&line.words()).or_else(|| self.headed_account(line, index)) else {
            return false;
        };
        let furniture = self.plan.furniture.contains(index);
        // Two accounts may begin at the same height of two pages: what differs in its digits is no furniture here.
        let is_new = self.is_new_account(&mark) && !self.plan.furniture.is_same(index);
        if is_new {
            self.next_statement();
        }
        let replace = is_new || self.draft.rows.is_empty() && !furniture;
        self.draft.is_card |= mark.kind == Some("credit_card");
        account::apply(&mut self.draft.account, &mark, replace);
        is_new && !line.has_money()
    }

    /// A row of labels with their values below: "Sortcode   Account number" over "99-11-22   30418827".
    pub(super) fn headed_account(&self, line: &Line, index: usize) -> Option<Mark> {
        let below = self.plan.lines.get(index + 1).filter(|l| l.page == line.page)?;
        let values = below.text_cells();
        let mut merged: Option<Mark> = None;
        for label in line.text_cells() {
            let under = values.iter().find(|v| (v.bounds.x0 - label.bounds.x0).abs() < LABEL_ALIGNED);
            let Some(value) = under else { continue };
            // A line below that names an account by itself is not about the words above it.
            let own: Vec<&str> = value.text.split(' ').collect();
            if account::read(&own).is_some_and(|mark| mark.number.is_some() || mark.iban.is_some()) {
                continue;
            }
            let words: Vec<&str> = label.text.split(' ').chain([":"]).chain(value.text.split(' ')).collect();
            // Only what has a label of its own: two headings one above the other are no label and value.
            let mark = account::read(&words).map(|mark| Mark { currency: None, kind: None, ..mark });
            if let Some(mark) = mark.filter(|mark| *mark != Mark::default()) {
                merged = Some(merged.unwrap_or_default().or(mark));
            }
        }
        merged
    }

    /// Another number, IBAN or currency in a heading after rows were read begins another statement.
    pub(super) fn is_new_account(&self, mark: &Mark) -> bool {
        let account = &self.draft.account;
        // A page may be headed by the first account of the file, whichever goes on below it.
        let is_end = |label| matches!(label, Label::Opening | Label::Closing | Label::BalanceAt);
        let is_closed = self.draft.anchors.iter().any(|a| is_end(a.label) && a.rows_before > 0);
        let is_earlier = |done: &StatementDraft| mark.number.is_some() && done.account.number == mark.number;
        if !is_closed && self.done.iter().any(is_earlier) {
            return false;
        }
        let other = |new: &Option<String>, old: &Option<String>| new.is_some() && old.is_some() && new != old;
        let currency = mark.currency.is_some_and(|c| account.currency.is_known() && c != account.currency);
        // A number where so far only an IBAN was printed is the same account only if the IBAN contains it.
        let bare = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
        let beside_iban = match (&mark.number, &account.number, &account.iban) {
            (Some(number), None, Some(iban)) => !iban.contains(&bare(number)),
            _ => false,
        };
        let currency = currency || beside_iban;
        (!self.draft.rows.is_empty() || self.has_both_ends())
            && (other(&mark.number, &account.number) || other(&mark.iban, &account.iban) || currency)
    }

    /// Both ends of an account on which nothing happened.
    pub(super) fn has_both_ends(&self) -> bool {
        let count = |label| self.draft.anchors.iter().filter(|a| a.label == label).count();
        let has = |label| count(label) > 0;
        if self.draft.says_no_rows {
            return [Label::Opening, Label::Closing, Label::BalanceAt, Label::CarriedForward]
                .into_iter()
                .any(has);
        }
        has(Label::Opening) && has(Label::Closing) && self.table.is_some()
    }

    /// Closes the statement; what belongs to the person and the bank goes over to the next one.
    pub(super) fn next_statement(&mut self) {
        self.flush_pending();
        let mut next = StatementDraft {
            is_card: false,
            period: self.draft.period,
            context_dates: self.draft.context_dates.clone(),
            file_year: self.draft.file_year,
            ..StatementDraft::default()
        };
        next.account.holders.clone_from(&self.draft.account.holders);
        next.account.institution.clone_from(&self.draft.account.institution);
        next.account.bic.clone_from(&self.draft.account.bic);
        next.account.sort_code.clone_from(&self.draft.account.sort_code);
        self.done.push(std::mem::replace(&mut self.draft, next));
        self.section = None;
        self.headings.clear();
        self.group = None;
        self.last_date = None;
        self.has_day_headings = false;
        self.day_heading = None;
        self.last_line = None;
        self.in_summary = false;
        self.suspects.clear();
    }
}
