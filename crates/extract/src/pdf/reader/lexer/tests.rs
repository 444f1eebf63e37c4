use super::*;

/// Every operation with its operands, or why the content is none for us.
fn operations(content: &[u8]) -> Result<Vec<String>, Unusual> {
    let mut lexer = Lexer::new(content);
    let mut all = Vec::new();
    while let Some(operation) = lexer.next()? {
        let text = |text: &Text<'_>| format!("{:?}", lexer.bytes_of(text).escape_ascii().to_string());
        let mut said = String::new();
        for operand in lexer.operands() {
            said += &match operand {
                Operand::Number(number) => format!("{number} "),
                Operand::Name(name) => format!("/{} ", name.escape_ascii()),
                Operand::Text(shown) => format!("{} ", text(shown)),
                Operand::Dict(dict) => format!("{} ", dict.escape_ascii()),
                Operand::List => {
                    let items = lexer.items().iter().map(|item| match item {
                        Item::Number(number) => number.to_string(),
                        Item::Text(shown) => text(shown),
                    });
                    format!("[{}] ", items.collect::<Vec<_>>().join(" "))
                }
            };
        }
        all.push(said + std::str::from_utf8(operation.operator).unwrap());
    }
    Ok(all)
}

#[track_caller]
fn check(content: &str, expected: &[&str]) {
    assert_eq!(operations(content.as_bytes()).unwrap(), expected, "{content}");
}

#[test]
fn plain_syntax() {
    check("q 1 0 0 1 -72.5 +.25 cm% c 1\nQ", &["q", "1 0 0 1 -72.5 0.25 cm", "Q"]);
    check("/F1 12 Tf(a)Tj", &["/F1 12 Tf", r#""a" Tj"#]);
    check("[(a)-20.5(b)<41 4>]TJ T*", &[r#"["a" -20.5 "b" "A@"] TJ"#, "T*"]);
    check("/S <</A (>>) /B <</C [1 null]>>>> BDC EMC", &["/S <</A (>>) /B <</C [1 null]>>>> BDC", "EMC"]);
    check("0.12345678901234567890123 w 5. i", &["0.12345678901234568 w", "5 i"]);
    check("  % nothing", &[]);
}

#[test]
fn strings() {
    check(r"(a\(b\)(c)\\) Tj", &[r#""a(b)(c)\\\\" Tj"#]);
    check("(\\101\\1012\\53x\\7\\400) Tj", &[r#""AA2+x\\x07" Tj"#]);
    check("(a\\\r\nb\rc\r\nd\\n) Tj", &[r#""ab\\nc\\nd\\n" Tj"#]);
    check("(\\q\\t) Tj", &[r#""q\\t" Tj"#]);
}

#[test]
fn what_is_left_to_the_engine() {
    let all = |content: &str| operations(content.as_bytes());
    for content in [
        "1.2.3 w",
        "--1 w",
        "1a w",
        "- w",
        "(open",
        "<4x> Tj",
        "[1",
        "[[1]] TJ",
        "[/a] d",
        "} q",
        "/a#20 gs",
        "/P <</A>> BDC",
        "/P <</A BT (x) Tj>> BDC",
    ] {
        assert_eq!(all(content), Err(Unusual::Syntax), "{content}");
    }
    assert!(all(&["1 ".repeat(MOST_OPERANDS).as_str(), "w"].concat()).is_ok());
    assert_eq!(all(&["1 ".repeat(MOST_OPERANDS + 1).as_str(), "w"].concat()), Err(Unusual::Syntax));
}
