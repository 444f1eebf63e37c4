//! Encrypted files. Each is one page with the word `sealed`; `data/README.md` says how they were made.

use crate::read;
use smartexus_domain::FailureCode;
use smartexus_extract::{ExtractOptions, Password, extract};

const WITH_PASSWORD: [(&str, &[u8]); 4] = [
    ("rc4 40", include_bytes!("../data/rc4-40.pdf")),
    ("rc4 128", include_bytes!("../data/rc4-128.pdf")),
    ("aes 128", include_bytes!("../data/aes-128.pdf")),
    ("aes 256", include_bytes!("../data/aes-256.pdf")),
];
const WITHOUT_PASSWORD: &[u8] = include_bytes!("../data/aes-256-open.pdf");

fn with(password: &str) -> ExtractOptions {
    ExtractOptions { password: Some(Password::new(password)), ..Default::default() }
}

#[test]
fn a_password_opens_every_kind() {
    for (kind, bytes) in WITH_PASSWORD {
        let pages = extract(bytes, &with("tulip")).unwrap();
        assert_eq!(pages.pages.first().unwrap().text, "sealed", "{kind}");
        assert!(pages.facts.encrypted, "{kind}");
        assert_eq!(pages.facts.producer.as_deref(), Some("Writer 1.0"), "{kind}");
        assert_eq!(pages.facts.created.as_deref(), Some("D:20260102030405Z"), "{kind}");
    }
}

#[test]
fn the_owners_password_opens_them_too() {
    for (kind, bytes) in WITH_PASSWORD {
        let pages = extract(bytes, &with("garden")).unwrap();
        assert_eq!(pages.pages.first().unwrap().text, "sealed", "{kind}");
    }
}

#[test]
fn none_or_a_wrong_one_does_not() {
    for (kind, bytes) in WITH_PASSWORD {
        assert_eq!(read(bytes).unwrap_err().code(), FailureCode::EncryptedPdf, "{kind}");
        let wrong = extract(bytes, &with("rose")).unwrap_err();
        assert_eq!(wrong.code(), FailureCode::WrongPassword, "{kind}");
    }
}

#[test]
fn the_empty_password_is_tried_first() {
    for options in [ExtractOptions::default(), with("rose")] {
        let pages = extract(WITHOUT_PASSWORD, &options).unwrap();
        assert_eq!(pages.pages.first().unwrap().text, "sealed");
        assert!(pages.facts.encrypted);
    }
}
