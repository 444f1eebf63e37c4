//! What a mapping file means: tier 2, keys, formats, conditions and rules; with a blank at hand, its fields too.

use super::condition::Condition;
use super::file::{
    WrittenField, WrittenMapping, WrittenMissing, WrittenOrder, WrittenRule, WrittenSum, WrittenWithin,
};
use super::format::{Formatter, Shape};
use super::mapping::{Answer, FieldEntry, Mapping, Rule, RuleTest, Sum};
use super::repeat;
use crate::facts::{FactType, Vocabulary};
use smartexus_domain::{Currency, DateOrder, FormField};
use smartexus_manifest::{Fault, Span, Spanned, closest};
use std::collections::{HashMap, HashSet};

/// Facts are filled from this confidence on, where the file does not say.
const FILL_FROM_PERCENT: u32 = 80;
/// Rows of one table.
pub(super) const ROWS_MAX: u32 = 200;
/// Days of one `date_within`: ten years.
const DAYS_MAX: u32 = 3_653;
/// Fields of one mapping.
const ENTRIES_MAX: usize = 20_000;

/// A checker keeps what every check needs, and gathers faults.
pub(super) struct Checker<'b> {
    blank: Option<&'b [FormField]>,
    pub(super) currency: Currency,
    pub(super) dates: Option<DateOrder>,
    seen: HashSet<String>,
    /// Fields that days answer, with the pattern under which they stand there.
    patterns: HashMap<String, String>,
    pub(super) faults: Vec<Fault>,
}

pub(super) fn check(written: WrittenMapping, blank: Option<&[FormField]>) -> Result<Mapping, Vec<Fault>> {
    let mut checker = Checker {
        blank,
        currency: Currency::UNKNOWN,
        dates: written.form.dates.map(|order| match order {
            WrittenOrder::DayMonth => DateOrder::DayMonth,
            WrittenOrder::MonthDay => DateOrder::MonthDay,
        }),
        seen: HashSet::new(),
        patterns: HashMap::new(),
        faults: Vec::new(),
    };
    checker.head(&written);
    let sums = written.compute.iter().map(|sum| checker.sum(sum)).collect();
    let mut entries: Vec<FieldEntry> =
        written.fields.iter().filter_map(|field| checker.entry(field)).collect();
    let mut overflows = Vec::new();
    for table in &written.repeat {
        repeat::expand(&mut checker, table, &mut entries, &mut overflows);
    }
    if entries.len() > ENTRIES_MAX {
        checker.fault(
            "too_many_fields",
            written.name.span,
            format!("a mapping has at most {ENTRIES_MAX} fields"),
        );
    }
    let rules = written.rules.iter().filter_map(|rule| checker.rule(rule)).collect();
    if !checker.faults.is_empty() {
        return Err(checker.faults);
    }
    let plain = |list: &[Spanned<String>]| list.iter().map(|text| text.value.to_lowercase()).collect();
    Ok(Mapping {
        name: written.name.value,
        version: written.version.value,
        title: written.form.title,
        edition: written.form.edition,
        language: written.form.language,
        signed_by: written.form.signed_by,
        sha256: plain(&written.form.sha256),
        fingerprints: plain(&written.form.fingerprint),
        currency: checker.currency,
        dates: checker.dates,
        fill_from_percent: written.fill_from_percent.map_or(FILL_FROM_PERCENT, |percent| percent.value),
        sums,
        entries,
        overflows,
        rules,
    })
}

impl Checker<'_> {
    pub(super) fn fault(&mut self, code: &'static str, span: Span, message: impl Into<String>) {
        self.faults.push(Fault::new(code, span, message));
    }

    fn head(&mut self, written: &WrittenMapping) {
        if written.schema.value != Mapping::SCHEMA {
            self.fault("schema", written.schema.span, format!("expected `{}`", Mapping::SCHEMA));
        }
        let form = &written.form;
        match Currency::from_code(&form.currency) {
            Some(currency) => self.currency = currency,
            None => {
                self.fault("currency", form.currency.span, "not a currency of ISO 4217, for instance `USD`")
            }
        }
        for hash in form.sha256.iter().chain(&form.fingerprint) {
            if hash.len() != 64 || !hash.bytes().all(|b| b.is_ascii_hexdigit()) {
                self.fault("hash", hash.span, "64 hexadecimal digits, as `forms inspect` prints them");
            }
        }
        if let Some(percent) = written.fill_from_percent.as_ref().filter(|percent| percent.value > 100) {
            self.fault("out_of_range", percent.span, "`fill_from_percent` is 0 to 100");
        }
    }

    /// A key of the vocabulary, with its type. `[i]` stands for any index.
    pub(super) fn key(&mut self, key: &Spanned<String>) -> Option<FactType> {
        let vocabulary = Vocabulary::get();
        let kind = vocabulary.type_of(&key.value.replace("[i]", "[0]"));
        if kind.is_none() {
            let mut fault = Fault::new(
                "unknown_key",
                key.span,
                format!("`{}` is not a key of the vocabulary", key.value),
            );
            fault.hint = vocabulary.closest(key).map(|meant| format!("did you mean `{meant}`?"));
            self.faults.push(fault);
        }
        kind
    }

    fn money_key(&mut self, key: &Spanned<String>) -> String {
        if self.key(key).is_some_and(|kind| kind != FactType::Money) {
            self.fault("not_money", key.span, format!("`{}` is no amount", key.value));
        }
        key.value.clone()
    }

    fn sum(&mut self, written: &WrittenSum) -> Sum {
        let key = self.money_key(&written.key);
        let plus = written.sum.iter().map(|term| self.money_key(term)).collect();
        let minus = written.minus.iter().map(|term| self.money_key(term)).collect();
        Sum { key, plus, minus, missing_is_zero: written.missing == WrittenMissing::Zero }
    }

    /// A field of the blank that no other entry answers.
    pub(super) fn field(&mut self, name: &Spanned<String>) {
        if !self.seen.insert(name.value.clone()) {
            self.fault("duplicate_field", name.span, format!("`{}` is answered twice", name.value));
        }
        let Some(blank) = self.blank else { return };
        if blank.iter().all(|field| field.name != name.value) {
            let message = format!("the form has no field `{}`", name.value);
            let mut fault = Fault::new("unknown_form_field", name.span, message);
            let names = blank.iter().map(|field| field.name.as_str());
            fault.hint = closest(&name.value, names).map(|meant| format!("did you mean `{meant}`?"));
            self.faults.push(fault);
        }
    }

    pub(super) fn entry(&mut self, written: &WrittenField) -> Option<FieldEntry> {
        self.field(&written.field);
        let answer = self.answer(written);
        let when = written.when.as_ref().and_then(|text| self.condition(text));
        Some(FieldEntry {
            field: written.field.value.clone(),
            line: written.field.span.line,
            answer: answer?,
            when,
            default: self.default_of(written),
            required: written.required,
        })
    }

    /// A default stands in for facts only, and is one of the field's options where it has any.
    fn default_of(&mut self, written: &WrittenField) -> Option<String> {
        let default = written.default.as_ref()?;
        if written.constant.is_some() || written.leave.is_some() {
            self.fault("default", default.span, "a constant and a field left to a person have no default");
        }
        let named = self.blank.and_then(|blank| blank.iter().find(|field| field.name == written.field.value));
        if let Some(field) = named
            && super::answered::write_of(field, &default.value, &[]).is_err()
        {
            self.fault(
                "unknown_state",
                default.span,
                format!("`{}` is none of the field's options", default.value),
            );
        }
        Some(default.value.clone())
    }

    fn condition(&mut self, text: &Spanned<String>) -> Option<Condition> {
        match Condition::read(&text.value.replace("[i]", "[0]"), self.currency, self.dates) {
            Ok(condition) => Some(condition),
            Err(message) => {
                self.fault("condition", text.span, message);
                None
            }
        }
    }

    fn answer(&mut self, written: &WrittenField) -> Option<Answer> {
        let span = written.field.span;
        let ways = [
            written.key.is_some(),
            written.join.is_some(),
            written.constant.is_some(),
            written.leave.is_some(),
        ];
        if ways.iter().filter(|way| **way).count() != 1 {
            self.fault("answer", span, "write exactly one of `key`, `join`, `constant` and `leave`");
            return None;
        }
        if let Some(reason) = written.leave {
            return Some(Answer::Leave(reason));
        }
        if let Some(constant) = &written.constant {
            return Some(Answer::Constant(constant.value.clone()));
        }
        let keys: Vec<Spanned<String>> = match (&written.key, &written.join) {
            (Some(key), _) => vec![key.clone()],
            (None, Some(join)) => join.value.clone(),
            (None, None) => return None,
        };
        let kinds: Vec<Option<FactType>> = keys.iter().map(|key| self.key(key)).collect();
        if let (Some(value), Some(key)) = (&written.tick_if, keys.first()) {
            return Some(Answer::TickIf { key: key.value.clone(), value: value.value.clone() });
        }
        let formatter = self.formatter(written, &kinds);
        if let [Some(FactType::Date)] = kinds.as_slice() {
            let pattern = written.pattern.as_ref().map(|pattern| pattern.value.clone()).unwrap_or_default();
            self.patterns.insert(written.field.value.clone(), pattern);
        }
        Some(Answer::Facts {
            keys: keys.into_iter().map(|key| key.value).collect(),
            joiner: written.with.as_ref().map_or_else(|| " ".to_owned(), |with| with.value.clone()),
            formatter,
            states: self.states(written),
        })
    }

    fn formatter(&mut self, written: &WrittenField, kinds: &[Option<FactType>]) -> Formatter {
        let shape = written.format.as_ref().map_or(Shape::Plain, |shape| shape.value);
        if let Some(format) = &written.format
            && kinds.iter().flatten().any(|kind| !shape.suits(*kind))
        {
            self.fault("format", format.span, "this format does not suit the key's type");
        }
        let take = written.take.as_ref().and_then(|take| {
            let numbers: Vec<usize> = take.value.iter().filter_map(|n| usize::try_from(*n).ok()).collect();
            if let [from, count] = numbers.as_slice()
                && *count > 0
            {
                return Some((*from, *count));
            }
            self.fault("take", take.span, "write `take: [first character from 0, how many]`");
            None
        });
        Formatter { shape, pattern: written.pattern.as_ref().map(|pattern| pattern.value.clone()), take }
    }

    fn states(&mut self, written: &WrittenField) -> Vec<(String, String)> {
        let Some(states) = &written.states else { return Vec::new() };
        let options =
            self.blank.and_then(|blank| blank.iter().find(|field| field.name == written.field.value));
        if let Some(field) = options {
            for state in states.value.values() {
                if field.options.iter().all(|option| option.export != *state && option.label != *state) {
                    let known: Vec<&str> =
                        field.options.iter().map(|option| option.export.as_str()).collect();
                    let message = format!("`{state}` is no state of this field: it has {}", known.join(", "));
                    self.fault("unknown_state", states.span, message);
                }
            }
        }
        states.value.iter().map(|(from, to)| (from.clone(), to.clone())).collect()
    }

    fn within(&mut self, written: &WrittenWithin) -> Option<RuleTest> {
        if self.key(&written.of).is_some_and(|kind| kind != FactType::Date) {
            self.fault("not_a_date", written.of.span, format!("`{}` is no day", written.of.value));
        }
        if !(1..=DAYS_MAX).contains(&written.days.value) {
            self.fault("out_of_range", written.days.span, format!("`days` is 1 to {DAYS_MAX}"));
        }
        let pattern = self.patterns.get(&written.field.value).cloned();
        if pattern.is_none() && self.seen.contains(&written.field.value) {
            let message = format!("`{}` is answered by no day", written.field.value);
            self.fault("not_a_date", written.field.span, message);
        }
        let order = super::printed::day_order(pattern.as_deref(), None).or(self.dates);
        Some(RuleTest::DateWithin {
            field: written.field.value.clone(),
            order,
            days: written.days.value,
            of: written.of.value.clone(),
        })
    }

    fn rule(&mut self, written: &WrittenRule) -> Option<Rule> {
        let within = written.date_within.as_ref().map(|within| self.within(within));
        let mut names = |list: &[Spanned<String>]| -> Vec<String> {
            for name in list {
                if !self.seen.contains(&name.value) {
                    let message = format!("`{}` is not answered by this mapping", name.value);
                    self.faults.push(Fault::new("unknown_form_field", name.span, message));
                }
            }
            list.iter().map(|name| name.value.clone()).collect()
        };
        if let Some(within) = &written.date_within {
            names(std::slice::from_ref(&within.field));
        }
        let tests: Vec<RuleTest> = [
            written.exactly_one_of.as_deref().map(|list| Some(RuleTest::ExactlyOneOf(names(list)))),
            written.excludes.as_deref().map(|list| Some(RuleTest::Excludes(names(list)))),
            written
                .requires
                .as_deref()
                .map(|list| first_and_rest(names(list)).map(|(a, b)| RuleTest::Requires(a, b))),
            written
                .sum_equals
                .as_deref()
                .map(|list| first_and_rest(names(list)).map(|(total, of)| RuleTest::SumEquals { total, of })),
            within,
        ]
        .into_iter()
        .flatten()
        .flatten()
        .collect();
        let mut tests = tests.into_iter();
        match (tests.next(), tests.next()) {
            (Some(test), None) => Some(Rule { test, say: written.say.value.clone() }),
            _ => {
                let message = "write exactly one of `exactly_one_of`, `requires`, `excludes`, `sum_equals` and `date_within`";
                self.fault("rule", written.say.span, message);
                None
            }
        }
    }
}

fn first_and_rest(names: Vec<String>) -> Option<(String, Vec<String>)> {
    let (first, rest) = names.split_first()?;
    (!rest.is_empty()).then(|| (first.clone(), rest.to_vec()))
}
