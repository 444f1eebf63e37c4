//! What a statement prints of its account, made comparable.

use smartexus_domain::Account;
use std::collections::BTreeSet;

/// Fewer digits than this are the end of a number, not a number.
const WHOLE_DIGITS_MIN: usize = 5;
/// An end of fewer digits tells nothing.
const TAIL_DIGITS_MIN: usize = 3;
/// A number of at least so many digits is of one account, whatever its bank is called.
const UNIQUE_DIGITS_MIN: usize = 8;
/// A number of at least so many digits is looked for inside an IBAN.
const IN_IBAN_DIGITS_MIN: usize = 6;

/// What a statement prints of its account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Names {
    pub(super) iban: Option<String>,
    /// The whole number: letters and digits, upper case, no zeros before it.
    pub(super) number: Option<String>,
    /// What is printed before and behind the mask of a number.
    pub(super) masked: Option<Masked>,
    pub(super) sort_code: Option<String>,
    pub(super) routing: Option<String>,
    pub(super) institution: BTreeSet<String>,
    pub(super) kind: Option<String>,
}

/// A number of which only the ends are printed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Masked {
    pub(super) head: String,
    pub(super) tail: String,
}

impl Names {
    pub(super) fn of(account: &Account) -> Self {
        let alike = |text: &Option<String>| text.as_deref().map(bare).filter(|bare| !bare.is_empty());
        let (number, masked) = account.number.as_deref().map_or((None, None), number);
        Self {
            iban: alike(&account.iban),
            number,
            masked,
            sort_code: alike(&account.sort_code),
            routing: alike(&account.routing_number),
            institution: words(account.institution.as_deref().unwrap_or_default()),
            kind: account.kind.clone(),
        }
    }

    /// It names one account and no other.
    pub(super) const fn is_whole(&self) -> bool {
        self.iban.is_some() || self.number.is_some()
    }

    /// Nothing that both print speaks against one account: sort codes and routing numbers are the same.
    pub(super) fn same_branch(&self, other: &Self) -> bool {
        agree(self.sort_code.as_ref(), other.sort_code.as_ref())
            && agree(self.routing.as_ref(), other.routing.as_ref())
    }

    /// Both name a bank, and no word of the names is the same.
    pub(super) fn other_bank(&self, other: &Self) -> bool {
        let named = !self.institution.is_empty() && !other.institution.is_empty();
        named && self.institution.is_disjoint(&other.institution)
    }

    /// Both print a whole number or IBAN, and they are those of one account.
    pub(super) fn is_same_whole(&self, other: &Self) -> bool {
        if !self.same_branch(other) {
            return false;
        }
        if let (Some(one), Some(two)) = (&self.iban, &other.iban) {
            return one == two;
        }
        match (&self.number, &other.number) {
            // Short numbers are given by many banks.
            (Some(one), Some(two)) if one == two => one.len() >= UNIQUE_DIGITS_MIN || !self.other_bank(other),
            (Some(one), Some(two)) => self.leads_to(one, two) || other.leads_to(two, one),
            _ => false,
        }
    }

    /// `long` is `short` behind the sort code or routing number that this account, or nobody, prints.
    fn leads_to(&self, short: &str, long: &str) -> bool {
        let code = self.sort_code.as_ref().or(self.routing.as_ref());
        code.is_some_and(|code| {
            long.strip_prefix(code.trim_start_matches('0')).is_some_and(|rest| trimmed(rest) == short)
        })
    }

    /// The IBAN has this number, and this sort code where one is printed, in it.
    pub(super) fn is_in_iban(&self, iban: &str) -> bool {
        let Some(inside) = iban.get(4..) else { return false };
        let number = self.number.as_ref().filter(|number| number.len() >= IN_IBAN_DIGITS_MIN);
        let code = self.sort_code.as_ref();
        number.is_some_and(|number| inside.contains(number.as_str()))
            && code.is_none_or(|code| inside.contains(code.as_str()))
    }

    /// A masked number that may be this whole one.
    pub(super) fn may_be_masked_as(&self, masked: &Names) -> bool {
        let Some(Masked { head, tail }) = &masked.masked else { return false };
        let number = |whole: &String| {
            whole.ends_with(tail.as_str()) && (head.is_empty() || whole.starts_with(trimmed(head)))
        };
        let iban = |whole: &String| {
            whole.ends_with(tail.as_str()) && (head.is_empty() || whole.starts_with(head.as_str()))
        };
        let ends = self.number.as_ref().is_some_and(number) || self.iban.as_ref().is_some_and(iban);
        ends && self.same_branch(masked)
            && !self.other_bank(masked)
            && agree(self.kind.as_ref(), masked.kind.as_ref())
    }

    /// Two masked numbers that look the same and of which nothing says that they are of two accounts.
    pub(super) fn may_be_same_mask(&self, other: &Self) -> bool {
        self.masked.is_some()
            && self.masked.as_ref().map(|m| &m.tail) == other.masked.as_ref().map(|m| &m.tail)
            && agree_on_heads(self, other)
            && self.same_branch(other)
            && !self.other_bank(other)
            && agree(self.kind.as_ref(), other.kind.as_ref())
    }

    /// Text that stands for the account in ids.
    pub(super) fn key(&self) -> Vec<&str> {
        let mut key = Vec::new();
        key.extend(self.iban.as_deref());
        if self.iban.is_none() {
            key.extend(
                [self.sort_code.as_deref(), self.routing.as_deref(), self.number.as_deref()]
                    .into_iter()
                    .flatten(),
            );
            if self.number.is_none() {
                key.extend(self.masked.as_ref().map(|masked| masked.tail.as_str()));
            }
        }
        key
    }
}

fn agree_on_heads(one: &Names, other: &Names) -> bool {
    let head = |names: &Names| names.masked.as_ref().map(|m| m.head.clone()).filter(|head| !head.is_empty());
    agree(head(one).as_ref(), head(other).as_ref())
}

/// Equal, or one of them is not printed.
fn agree<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    }
}

/// Letters and digits, upper case.
fn bare(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

fn trimmed(number: &str) -> &str {
    number.trim_start_matches('0')
}

/// A whole number, or the ends of one.
fn number(text: &str) -> (Option<String>, Option<Masked>) {
    let is_mask = |c: char| matches!(c, '*' | '•' | '…' | '#' | '·' | '×');
    let dotted = text.contains("..");
    let crossed = text.to_ascii_uppercase().contains("XX");
    let hides = |c: char| is_mask(c) || (dotted && c == '.') || (crossed && c.eq_ignore_ascii_case(&'x'));
    if let (Some(start), Some(end)) = (text.find(hides), text.rfind(hides)) {
        let head = bare(text.get(..start).unwrap_or_default());
        let tail: String = text.get(end..).unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
        return (None, (tail.len() >= TAIL_DIGITS_MIN).then_some(Masked { head, tail }));
    }
    let whole = bare(text);
    let digits = whole.chars().filter(char::is_ascii_digit).count();
    if digits >= WHOLE_DIGITS_MIN {
        return (Some(trimmed(&whole).to_owned()), None);
    }
    (None, (digits >= TAIL_DIGITS_MIN).then_some(Masked { head: String::new(), tail: whole }))
}

/// Words of a bank's name that tell it from others.
fn words(institution: &str) -> BTreeSet<String> {
    const COMMON: [&str; 34] = [
        "bank",
        "banque",
        "banco",
        "banca",
        "the",
        "of",
        "plc",
        "ltd",
        "limited",
        "ag",
        "sa",
        "spa",
        "nv",
        "inc",
        "na",
        "group",
        "and",
        "und",
        "de",
        "la",
        "eg",
        "co",
        "cu",
        "credit",
        "union",
        "savings",
        "trust",
        "building",
        "society",
        "national",
        "financial",
        "services",
        "card",
        "mutual",
    ];
    let folded = super::text::fold(institution);
    folded.split(' ').filter(|word| !word.is_empty() && !COMMON.contains(word)).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(number: &str, sort_code: Option<&str>, institution: &str) -> Names {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Names::of(&Account {
            number: text(number),
            sort_code: sort_code.map(str::to_owned),
            institution: text(institution),
            ..Account::default()
        })
    }

    #[test]
    fn whole_numbers_and_ends_of_numbers() {
        let masked = |head: &str, tail: &str| Some(Masked { head: head.to_owned(), tail: tail.to_owned() });
        for (text, whole, ends) in [
            ("****4471", None, masked("", "4471")),
            ("XXXX XXXX XXXX 0912", None, masked("", "0912")),
            ("xxxxx4471", None, masked("", "4471")),
            ("4929 **** **** 1234", None, masked("4929", "1234")),
            ("...4471", None, masked("", "4471")),
            ("4471", None, masked("", "4471")),
            ("0002 0077-001", Some("20077001"), None),
            ("****", None, None),
            ("", None, None),
        ] {
            assert_eq!(number(text), (whole.map(str::to_owned), ends), "{text}");
        }
    }

    #[test]
    fn one_account_or_two() {
        let whole = |a: &Names, b: &Names| (a.is_same_whole(b), b.is_same_whole(a));
        let plain = names("41887702", None, "");
        assert_eq!(whole(&plain, &names("041887702", None, "Other Bank")), (true, true));
        assert_eq!(whole(&plain, &names("41887703", None, "")), (false, false));
        assert_eq!(
            whole(&names("12345", None, "Fern CU"), &names("12345", None, "Willow CU")),
            (false, false)
        );
        assert_eq!(whole(&names("12345", None, "Fern CU"), &names("12345", None, "")), (true, true));
        let branch = names("41887702", Some("99-11-23"), "");
        assert_eq!(whole(&plain, &branch), (true, true));
        assert_eq!(whole(&branch, &names("41887702", Some("99-11-24"), "")), (false, false));
        assert_eq!(whole(&branch, &names("99112341887702", None, "")), (true, true));
    }

    #[test]
    fn masks() {
        let whole = names("41887702", None, "Fernwood Bank");
        assert!(whole.may_be_masked_as(&names("****7702", None, "")));
        assert!(whole.may_be_masked_as(&names("****7702", None, "FERNWOOD")));
        assert!(!whole.may_be_masked_as(&names("****7702", None, "Willow Bank")));
        assert!(!whole.may_be_masked_as(&names("****7703", None, "")));
        assert!(names("****7702", None, "").may_be_same_mask(&names("xx7702", None, "")));
    }

    #[test]
    fn a_number_inside_an_iban() {
        let iban = "DE44500105175407324931";
        assert!(names("5407324931", None, "").is_in_iban(iban));
        assert!(!names("5407324932", None, "").is_in_iban(iban));
        assert!(!names("24931", None, "").is_in_iban(iban), "too short to tell");
    }
}
