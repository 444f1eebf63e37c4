//! Prints what a blank is known by: `inspect_form FORM.pdf...`, one line each.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for people")]

use smartexus_forms::{Form, FormLimits};

fn main() {
    for path in std::env::args().skip(1) {
        let opened = std::fs::read(&path).map(|bytes| Form::open(&bytes, None, &FormLimits::default()));
        match opened {
            Ok(Ok(form)) => println!("{path} sha256 {} fingerprint {}", form.sha256(), form.fingerprint()),
            Ok(Err(error)) => eprintln!("{path} {} {error}", error.code()),
            Err(error) => eprintln!("{path} {error}"),
        }
    }
}
