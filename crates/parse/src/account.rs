//! Whose account: numbers, IBAN, holder, institution, currency and period, from labels and check digits.

use crate::lexicon::fold;
use smartexus_domain::{Account, Currency, CurrencyMark, DateToken};

/// What a line says about the account it belongs to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) number: Option<String>,
    pub(crate) iban: Option<String>,
    pub(crate) bic: Option<String>,
    pub(crate) sort_code: Option<String>,
    pub(crate) routing_number: Option<String>,
    pub(crate) currency: Option<Currency>,
    pub(crate) holder: Option<String>,
    pub(crate) kind: Option<&'static str>,
}

const NUMBER_LABELS: &[&str] = &[
    "account number",
    "account no",
    "account num",
    "acct number",
    "acct no",
    "a c no",
    "a c number",
    "account",
    "card number",
    "card no",
    "card ending in",
    "account ending in",
    "card account number",
    "kontonummer",
    "konto nr",
    "konto",
    "kontonr",
    "numero de compte",
    "compte n",
    "compte numero",
    "n de compte",
    "no de compte",
    "compte no",
    "numero de cuenta",
    "cuenta",
    "n de cuenta",
    "no de cuenta",
    "numero conto",
    "conto n",
    "numero cuenta",
    "cuenta n",
    "cuenta no",
    "conta n",
    "n da conta",
    "n de conta",
    "numero compte",
    "rekening nr",
    "rekening nummer",
    "konto nummer",
    "kto nr",
    "account nr",
    "acc no",
    "acc number",
    "conto nr",
    "conto numero",
    "conto",
    "n conto",
    "conto corrente n",
    "rekeningnummer",
    "rekening",
    "numero da conta",
    "conta",
    "loan number",
    "kartennummer",
    "numero de carte",
    "primary account number",
    "account id",
];
pub(crate) const HOLDER_LABELS: &[&str] = &[
    "account holder",
    "account holders",
    "account name",
    "account holder name",
    "name of account holder",
    "cardholder",
    "card holder",
    "cardholder name",
    "customer name",
    "account owner",
    "kontoinhaber",
    "kontoinhaberin",
    "inhaber",
    "karteninhaber",
    "titulaire",
    "titulaire du compte",
    "titular",
    "titular de la cuenta",
    "intestatario",
    "intestatario del conto",
    "intestato a",
    "rekeninghouder",
    "ten name van",
    "titular da conta",
    "name",
    "customer",
    "client",
    "account title",
    "account of",
    "statement for",
    "prepared for",
    "member name",
];
const SORT_LABELS: &[&str] = &["sort code", "sortcode", "bankleitzahl", "blz", "bsb", "bsb number", "bsb no"];
const ROUTING_LABELS: &[&str] =
    &["routing number", "routing no", "routing", "aba", "aba number", "routing transit number"];
const BIC_LABELS: &[&str] = &[
    "bic",
    "branch identifier code",
    "bank identifier code",
    "swift",
    "swift bic",
    "bic swift",
    "swift code",
    "bic code",
    "swiftbic",
];
const CURRENCY_LABELS: &[&str] = &[
    "currency",
    "account currency",
    "wahrung",
    "kontowahrung",
    "devise",
    "moneda",
    "divisa",
    "valuta",
    "all amounts in",
    "amounts in",
    "statement currency",
    "waehrung",
    "montants en",
    "betrage in",
    "importes en",
];

impl Mark {
    /// What either says; the first where both do.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            number: self.number.or(other.number),
            iban: self.iban.or(other.iban),
            bic: self.bic.or(other.bic),
            sort_code: self.sort_code.or(other.sort_code),
            routing_number: self.routing_number.or(other.routing_number),
            currency: self.currency.or(other.currency),
            holder: self.holder.or(other.holder),
            kind: self.kind.or(other.kind),
        }
    }
}

/// What the words of a line say about the account; `None` where they say nothing.
pub(crate) fn read(words: &[&str]) -> Option<Mark> {
    let mut mark = Mark { iban: iban(words), ..Mark::default() };
    let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
    for start in 0..words.len() {
        let heads = heads(folded.get(start..).unwrap_or_default());
        read_from(&Tail { words: words.get(start..).unwrap_or_default(), heads }, &mut mark);
    }
    mark.kind = kind(&fold(&words.join(" ")));
    if mark.currency.is_none() {
        mark.currency = heading_currency(words);
    }
    (mark != Mark::default()).then_some(mark)
}

/// Longest label in words.
const LABEL_WORDS_MAX: usize = 4;

/// The words of a line from one of them on, with its first one to four words folded: what a label may be.
struct Tail<'a> {
    words: &'a [&'a str],
    heads: Vec<String>,
}

fn heads(folded: &[String]) -> Vec<String> {
    let joined =
        |count| folded.iter().take(count).filter(|w| !w.is_empty()).map(String::as_str).collect::<Vec<_>>();
    (1..=LABEL_WORDS_MAX.min(folded.len())).map(|count| joined(count).join(" ")).collect()
}

fn read_from(tail: &Tail<'_>, mark: &mut Mark) {
    if mark.sort_code.is_none() {
        mark.sort_code = value_after(tail, SORT_LABELS, code_of(6, 8));
    }
    if mark.routing_number.is_none() {
        mark.routing_number = value_after(tail, ROUTING_LABELS, code_of(9, 9)).filter(|n| aba_holds(n));
    }
    if mark.bic.is_none() {
        mark.bic =
            value_after(tail, BIC_LABELS, |rest| rest.first().filter(|w| is_bic(w)).map(|w| (*w).to_owned()));
    }
    if mark.currency.is_none() {
        mark.currency = value_after(tail, CURRENCY_LABELS, |rest| {
            let word = rest.first()?.trim_matches(|c: char| !c.is_alphanumeric());
            Currency::from_code(word).filter(Currency::is_known).map(|c| c.code().to_owned())
        })
        .and_then(|code| Currency::from_code(&code));
    }
    if mark.number.is_none() {
        mark.number = value_after(tail, NUMBER_LABELS, account_number);
    }
    // An IBAN whose check digits do not hold is still what the paper calls the account.
    if mark.number.is_none() && mark.iban.is_none() {
        mark.number = value_after(tail, &["iban"], unproved_iban);
    }
    if mark.holder.is_none() {
        // In prose the same words are no label: "dear cardholder, for questions …".
        let colon = tail.words.iter().take(5).any(|w| w.ends_with(':'));
        mark.holder = value_after(tail, HOLDER_LABELS, holder_name).filter(|_| colon);
    }
}

/// The value that follows a label at the start of `words`: longest label first; a colon may stand between.
fn value_after(
    tail: &Tail<'_>,
    labels: &[&str],
    value: impl Fn(&[&str]) -> Option<String>,
) -> Option<String> {
    tail.heads.iter().enumerate().rev().find_map(|(index, label)| {
        if !labels.contains(&label.as_str()) {
            return None;
        }
        let (head, rest) = tail.words.split_at_checked(index + 1)?;
        let colon = head.last().is_some_and(|w| w.ends_with(':')) || rest.first() == Some(&":");
        let single_word = !label.contains(' ');
        // A single common word is a label only with a colon behind it.
        let needs_colon = single_word
            && matches!(
                label.as_str(),
                "account"
                    | "konto"
                    | "conto"
                    | "cuenta"
                    | "conta"
                    | "rekening"
                    | "name"
                    | "customer"
                    | "client"
                    | "inhaber"
                    | "valuta"
                    | "titular"
                    | "currency"
                    | "aba"
                    | "routing"
            );
        // "Account 99-0712-0048813-00" needs none: so many digits are no prose.
        let numbered = rest.first().is_some_and(|w| w.bytes().filter(u8::is_ascii_digit).count() >= 7);
        if needs_colon && !colon && !numbered {
            return None;
        }
        let rest = match rest.split_first() {
            Some((mark, tail))
                if matches!(*mark, ":" | "|" | "-" | "#" | "n°" | "N°" | "no." | "Nr." | "–") =>
            {
                tail
            }
            _ => rest,
        };
        value(rest)
    })
}

fn unproved_iban(rest: &[&str]) -> Option<String> {
    let piece = |w: &&&str| w.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let text = rest.iter().take_while(piece).copied().collect::<Vec<_>>().join(" ");
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (digits >= 6 && text.len() <= 42).then_some(text)
}

fn is_number_piece(word: &str) -> bool {
    let word = word.trim_end_matches([',', ';', '.', '|']);
    !word.is_empty()
        && word
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, 'X' | 'x' | '*' | '•' | '-' | '/' | '.' | '·'))
        && word.chars().any(|c| c.is_ascii_digit() || matches!(c, 'X' | 'x' | '*' | '•'))
}

/// Pieces of digits and masks, at least four signs of them; pieces are joined by one blank as printed.
fn account_number(rest: &[&str]) -> Option<String> {
    let mut pieces: Vec<&str> = Vec::new();
    for word in rest {
        if !is_number_piece(word) || DateToken::read(word).is_some() && word.contains('/') {
            break;
        }
        pieces.push(word.trim_end_matches([',', ';', '|']));
        if word.ends_with([',', ';', '|']) {
            break;
        }
    }
    let number = pieces.join(" ");
    let signs = number.chars().filter(|c| c.is_ascii_digit() || matches!(c, 'X' | 'x' | '*' | '•')).count();
    let digits = number.chars().filter(char::is_ascii_digit).count();
    (signs >= 4 && digits >= 2 && number.len() <= 40).then_some(number)
}

fn code_of(low: usize, high: usize) -> impl Fn(&[&str]) -> Option<String> {
    move |rest| {
        let mut digits = 0;
        let mut pieces: Vec<&str> = Vec::new();
        for word in rest {
            if !word.chars().all(|c| c.is_ascii_digit() || c == '-') || digits >= low {
                break;
            }
            digits += word.chars().filter(char::is_ascii_digit).count();
            pieces.push(word);
        }
        (low..=high).contains(&digits).then(|| pieces.join(" "))
    }
}

fn is_bic(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    matches!(word.len(), 8 | 11)
        && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        && word.get(..6).is_some_and(|head| head.bytes().all(|b| b.is_ascii_uppercase()))
}

/// Words of a name: up to the next label, number or wide mark.
fn holder_name(rest: &[&str]) -> Option<String> {
    let is_name = |word: &&&str| {
        !word.ends_with(':')
            && !word.chars().any(|c| c.is_ascii_digit())
            && !matches!(**word, "|" | "-" | "–" | ":")
    };
    let words: Vec<&str> = rest.iter().take_while(is_name).take(7).copied().collect();
    // "John Smith Account Number:" ends before the next label.
    let label_at = words.iter().position(|w| {
        matches!(
            fold(w).as_str(),
            "account"
                | "page"
                | "statement"
                | "period"
                | "iban"
                | "bic"
                | "sort"
                | "currency"
                | "konto"
                | "kontonummer"
                | "date"
        )
    });
    let name = words.get(..label_at.unwrap_or(words.len())).unwrap_or_default().join(" ");
    let capital = name.chars().next().is_some_and(char::is_uppercase);
    (capital && name.chars().filter(|c| c.is_alphabetic()).count() >= 3).then_some(name)
}

/// An IBAN anywhere on the line, blanks or not, with check digits that hold (ISO 13616, mod 97).
pub(crate) fn iban(words: &[&str]) -> Option<String> {
    (0..words.len()).find_map(|start| {
        let mut text = String::new();
        for word in words.get(start..(start + 10).min(words.len()))? {
            let clean = word.trim_end_matches([',', ';', '.', ')']);
            if !clean.bytes().all(|b| b.is_ascii_alphanumeric()) {
                break;
            }
            text.push_str(clean);
            if (15..=34).contains(&text.len()) && iban_holds(&text) {
                return Some(text);
            }
        }
        None
    })
}

/// ISO 7064 mod 97-10 over the rearranged IBAN.
pub(crate) fn iban_holds(text: &str) -> bool {
    let shaped = text.len() >= 15
        && text.get(..2).is_some_and(|c| c.bytes().all(|b| b.is_ascii_uppercase()))
        && text.get(2..4).is_some_and(|c| c.bytes().all(|b| b.is_ascii_digit()))
        && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    if !shaped {
        return false;
    }
    let (head, tail) = text.split_at(4);
    let remainder = tail.bytes().chain(head.bytes()).fold(0_u32, |remainder, b| {
        let value = if b.is_ascii_digit() { u32::from(b - b'0') } else { u32::from(b - b'A') + 10 };
        if value < 10 { (remainder * 10 + value) % 97 } else { (remainder * 100 + value) % 97 }
    });
    remainder == 1
}

/// American Bankers Association check digit: weights 3, 7, 1.
pub(crate) fn aba_holds(number: &str) -> bool {
    let digits: Vec<u32> = number.bytes().filter(u8::is_ascii_digit).map(|b| u32::from(b - b'0')).collect();
    let sum: u32 = digits.iter().zip([3, 7, 1].iter().cycle()).map(|(digit, weight)| digit * weight).sum();
    digits.len() == 9 && sum.is_multiple_of(10)
}

/// The currency an IBAN's country pays in, where that is certain.
pub(crate) fn iban_currency(iban: &str) -> Option<Currency> {
    let code = match iban.get(..2)? {
        "DE" | "FR" | "ES" | "IT" | "NL" | "BE" | "AT" | "PT" | "IE" | "FI" | "LU" | "GR" | "SK" | "SI"
        | "EE" | "LV" | "LT" | "MT" | "CY" | "HR" => "EUR",
        "GB" => "GBP",
        "CH" | "LI" => "CHF",
        "SE" => "SEK",
        "NO" => "NOK",
        "DK" => "DKK",
        "PL" => "PLN",
        "CZ" => "CZK",
        "HU" => "HUF",
        "RO" => "RON",
        "AE" => "AED",
        "SA" => "SAR",
        "TR" => "TRY",
        _ => return None,
    };
    Currency::from_code(code)
}

/// "EUR account", "USD balance", "Account statement (GBP)": a heading that names its currency.
fn heading_currency(words: &[&str]) -> Option<Currency> {
    const ABOUT: &[&str] = &[
        "account",
        "balance",
        "wallet",
        "statement",
        "konto",
        "compte",
        "cuenta",
        "rekening",
        "conto",
        "pocket",
        "currency",
    ];
    words.split(|w| *w == "|").filter(|cell| cell.len() <= 8).find_map(|cell| {
        let about = cell.iter().any(|w| ABOUT.contains(&fold(w).as_str()));
        let code = cell.iter().find_map(|w| {
            let bare = w.trim_matches(|c: char| !c.is_alphabetic());
            let upper = bare.len() == 3 && bare.bytes().all(|b| b.is_ascii_uppercase());
            if upper { Currency::from_code(bare).filter(Currency::is_known) } else { None }
        });
        code.filter(|_| about)
    })
}

/// Words of card statements in the languages we read, folded; those for the least that is due stand on no other account.
const CARDS: [&str; 29] = [
    "credit card",
    "card statement",
    "minimum payment",
    "minimum amount due",
    "kreditkarte",
    "kartenabrechnung",
    "mindestbetrag",
    "mindestzahlung",
    "carte de credit",
    "releve de carte",
    "releve de la carte",
    "paiement minimum",
    "montant minimum",
    "tarjeta de credito",
    "extracto de tarjeta",
    "extracto de la tarjeta",
    "pago minimo",
    "carta di credito",
    "estratto conto carta",
    "pagamento minimo",
    "importo minimo",
    "creditcard",
    "kredietkaart",
    "minimumbedrag",
    "minimale betaling",
    "minimaal te betalen",
    "cartao de credito",
    "extrato do cartao",
    "extrato de cartao",
];

fn kind(folded: &str) -> Option<&'static str> {
    let has = |phrase: &str| folded.contains(phrase);
    if CARDS.iter().any(|words| has(words)) {
        return Some("credit_card");
    }
    if has("savings account")
        || has("savings summary")
        || has("sparkonto")
        || has("compte epargne")
        || has("cuenta de ahorro")
        || has("savings statement")
    {
        return Some("savings");
    }
    let current = [
        "current account",
        "girokonto",
        "kontokorrent",
        "privatkonto",
        "compte courant",
        "compte de depot",
        "cuenta corriente",
        "conto corrente",
        "betaalrekening",
    ];
    if current.iter().any(|words| has(words)) {
        return Some("current");
    }
    if has("checking") || has("transaction account") {
        return Some("checking");
    }
    let loans = [
        "loan account",
        "loan statement",
        "mortgage account",
        "mortgage statement",
        "line of credit",
        "darlehenskonto",
        "kreditkonto",
        "compte de pret",
        "cuenta de prestamo",
        "conto mutuo",
        "conta de emprestimo",
        "leningrekening",
    ];
    if loans.iter().any(|words| has(words)) {
        return Some("loan");
    }
    None
}

/// Takes over what a mark says; what is already known stays, except while nothing was booked yet.
pub(crate) fn apply(account: &mut Account, mark: &Mark, replace: bool) {
    let set = |slot: &mut Option<String>, value: &Option<String>| {
        if value.is_some() && (slot.is_none() || replace) {
            slot.clone_from(value);
        }
    };
    set(&mut account.number, &mark.number);
    set(&mut account.iban, &mark.iban);
    set(&mut account.bic, &mark.bic);
    set(&mut account.sort_code, &mark.sort_code);
    set(&mut account.routing_number, &mark.routing_number);
    if let Some(currency) = mark.currency.filter(|_| !account.currency.is_known() || replace) {
        account.currency = currency;
    }
    if let Some(holder) = mark.holder.as_ref().filter(|h| !account.holders.contains(h)) {
        account.holders.push(holder.clone());
    }
    if let Some(kind) = mark.kind.filter(|_| account.kind.is_none()) {
        account.kind = Some(kind.to_owned());
    }
}

/// The currency most amounts carry, if their marks name one; else the symbol they share.
pub(crate) fn currency_of_marks(
    marks: impl Iterator<Item = CurrencyMark>,
) -> (Option<Currency>, Option<&'static str>) {
    let mut certain: Vec<(Currency, usize)> = Vec::new();
    let mut shared = None;
    for mark in marks {
        match mark {
            CurrencyMark::Certain(currency) => match certain.iter_mut().find(|(c, _)| *c == currency) {
                Some((_, count)) => *count += 1,
                None => certain.push((currency, 1)),
            },
            CurrencyMark::Shared(symbol) => shared = Some(symbol),
        }
    }
    certain.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    (certain.first().map(|(currency, _)| *currency), shared)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits() {
        assert!(iban_holds("DE89370400440532013000"));
        assert!(!iban_holds("DE89370400440532013001"));
        assert!(!iban_holds("DE8937040044"));
        assert_eq!(
            iban(&["IBAN:", "DE89", "3704", "0044", "0532", "0130", "00"]).as_deref(),
            Some("DE89370400440532013000")
        );
        assert!(aba_holds("021000021"));
        assert!(!aba_holds("021000022"));
    }

    #[test]
    fn values_after_labels() {
        fn after(text: &str, labels: &[&str], value: impl Fn(&[&str]) -> Option<String>) -> Option<String> {
            let words: Vec<&str> = text.split(' ').collect();
            let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
            value_after(&Tail { words: &words, heads: heads(&folded) }, labels, value)
        }
        let number = |text| after(text, NUMBER_LABELS, account_number);
        assert_eq!(number("Account Number: 0012 3456 78"), Some("0012 3456 78".to_owned()));
        assert_eq!(number("Account number XXXX XXXX 1234 Page"), Some("XXXX XXXX 1234".to_owned()));
        assert_eq!(number("account for 12345678"), None);
        let holder = |text| after(text, HOLDER_LABELS, holder_name);
        assert_eq!(holder("Account holder: Jane Q. Example"), Some("Jane Q. Example".to_owned()));
        assert_eq!(holder("Name of"), None);
    }
}
