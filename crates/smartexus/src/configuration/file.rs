//! `smartexus.toml`: one flat table of settings.

use super::fault::{Fault, Origin, Place};
use super::key::Key;
use std::collections::BTreeMap;
use toml::de::{DeTable, DeValue};

/// Values as text, and where each stands.
pub(crate) type Values = BTreeMap<Key, (String, Origin)>;

/// Reads a settings file: every setting that makes sense, and every fault of the others.
pub(crate) fn read(name: &str, text: &str) -> (Values, Vec<Fault>) {
    let mut values = Values::new();
    let mut faults = Vec::new();
    let origin = |range| Origin::File { name: name.to_owned(), place: Place::of(text, range) };
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let at = origin(error.span().unwrap_or(0..0));
        faults.push(Fault { code: "syntax", message: error.message().to_owned(), origin: at });
    }
    for (word, value) in table.get_ref() {
        let Some(key) = Key::in_file(word.get_ref()) else {
            faults.push(unknown(word.get_ref(), origin(word.span())));
            continue;
        };
        match scalar(value.get_ref()) {
            Some(scalar) => drop(values.insert(key, (scalar, origin(value.span())))),
            None => faults.push(Fault::invalid(key, origin(value.span()), "text or a whole number")),
        }
    }
    (values, faults)
}

fn scalar(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.clone().into_owned()),
        DeValue::Integer(number) => Some(number.to_string()),
        DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_)
        | DeValue::Array(_)
        | DeValue::Table(_) => None,
    }
}

fn unknown(word: &str, origin: Origin) -> Fault {
    let names = Key::ALL.into_iter().filter(|key| !key.is_secret()).map(Key::name);
    let message = match smartexus_manifest::closest(word, names) {
        _ if word == Key::Password.name() => {
            format!("a password does not belong into a file; use {}", Key::Password.variable())
        }
        Some(meant) => format!("no such setting; did you mean `{meant}`?"),
        None => "no such setting; `smartexus config show` lists them all".to_owned(),
    };
    Fault { code: "unknown_setting", message, origin }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_faults_of_a_file_are_found_at_once() {
        let (values, faults) = read(
            "smartexus.toml",
            "jobs = 3\njob = 4\nlisten = true\npassword = \"x\"\npipeline = \"cards\"\n",
        );
        assert_eq!(values[&Key::Jobs].0, "3");
        assert_eq!(values[&Key::Pipeline].0, "cards");
        assert_eq!(values[&Key::Pipeline].1.to_string(), "smartexus.toml:5");
        let mut words: Vec<String> = faults.iter().map(ToString::to_string).collect();
        words.sort();
        assert_eq!(words.len(), 3, "{words:?}");
        assert!(words[0].contains("`listen` must be text or a whole number"), "{words:?}");
        assert!(words.iter().any(|w| w.contains("did you mean `jobs`?") && w.contains(":2:1")), "{words:?}");
        assert!(words.iter().any(|w| w.contains("SMARTEXUS_PASSWORD")), "{words:?}");
    }

    #[test]
    fn broken_syntax_is_a_fault_with_a_place() {
        let (_, faults) = read("f.toml", "jobs = = 3\n");
        assert!(faults.iter().any(|fault| fault.code == "syntax" && fault.to_string().contains("f.toml:1:")));
    }
}
