//! Log messages are constant, lower case, and hold no values: values go into fields, where they can be left out.

use smartexus_simulation::Repository;

const MACROS: [&str; 5] = ["trace", "debug", "info", "warn", "error"];

#[test]
fn messages_are_constant_and_lower_case() {
    let repository = Repository::here();
    let mut seen = 0;
    for file in repository.files().unwrap() {
        let is_source = file.extension().is_some_and(|extension| extension == "rs")
            && file.components().any(|part| part.as_os_str() == "src");
        if !is_source {
            continue;
        }
        let text = repository.read(&file).unwrap();
        for call in calls(&text) {
            seen += 1;
            if let Err(why) = check(&call) {
                panic!("{}: {why}: {call}", file.display());
            }
        }
    }
    println!("{seen} log messages");
}

#[test]
fn bad_messages_are_caught() {
    for good in [
        "\"job started\"",
        "job = %id, attempt, \"job started\"",
        "target: \"x\", a = \"B {c}\", \"job started\"",
    ] {
        assert_eq!(check(good), Ok(()), "{good}");
    }
    for bad in ["\"Job started\"", "\"job {id} started\"", "\"job {}\", id", "message", "id = 1"] {
        assert!(check(bad).is_err(), "{bad}");
    }
    assert_eq!(
        calls("tracing::info!(a = f(1), \"b)\"); x.info(2); some_error!(3); warn!(\"c\")"),
        ["a = f(1), \"b)\"", "\"c\""]
    );
}

/// The arguments of every log call.
fn calls(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for name in MACROS {
        let opening = format!("{name}!(");
        for (at, _) in text.match_indices(&opening) {
            let before = text[..at].chars().next_back();
            let is_call = before.is_none_or(|c| !c.is_alphanumeric() && c != '_');
            found.extend(is_call.then(|| (at, arguments(&text[at + opening.len()..]).to_owned())));
        }
    }
    found.sort();
    found.into_iter().map(|(_, arguments)| arguments).collect()
}

/// The text up to the parenthesis that closes the one before it.
fn arguments(text: &str) -> &str {
    let (mut depth, mut quoted, mut escaped) = (0, false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted && depth == 0 => return &text[..at],
            ')' if !quoted => depth -= 1,
            _ => {}
        }
    }
    text
}

/// The message is the last argument and a bare string.
fn check(arguments: &str) -> Result<(), String> {
    let arguments = arguments.trim().trim_end_matches(',').trim_end();
    let inner = arguments.strip_suffix('"').ok_or("the message is not the last argument and constant")?;
    let start = inner.rfind('"').ok_or("the message is not a constant")?;
    let (before, message) = (&inner[..start], &inner[start + 1..]);
    if !(before.is_empty() || before.trim_end().ends_with(',')) {
        return Err("the last argument is not the message".to_owned());
    }
    if message.contains('{') {
        return Err("the message holds a value".to_owned());
    }
    if message.is_empty() || message.chars().any(char::is_uppercase) {
        return Err("the message is not lower case".to_owned());
    }
    Ok(())
}
