//! A password comes from a flag, a file or the environment, and is never shown.

use crate::support::{Desk, ENCRYPTED_PDF, Ran};

const RIGHT: &str = "tulip";

fn encrypted_desk() -> Desk {
    let desk = Desk::new();
    desk.file("locked.pdf", ENCRYPTED_PDF);
    desk
}

#[track_caller]
fn opened(ran: Ran) {
    let ran = ran.ended(0);
    assert_eq!(ran.objects()[0]["document"]["encrypted"], true);
    assert!(!ran.stdout.contains(RIGHT) && !ran.stderr.contains(RIGHT));
}

#[test]
fn three_ways_to_give_it() {
    let desk = encrypted_desk();
    desk.file("secret.txt", "tulip\nsecond line\n");
    opened(desk.run(&["process", "--json", "locked.pdf", "--password", RIGHT]));
    opened(desk.run(&["process", "--json", "locked.pdf", "--password-file", "secret.txt"]));
    let output = desk.command(&["process", "--json", "locked.pdf"]).env("SMARTEXUS_PASSWORD", RIGHT).output();
    opened(Ran::of(output.unwrap()));
    let ran = desk.run(&["extract", "locked.pdf", "--password", RIGHT]).ended(0);
    assert!(ran.stdout.contains("sealed"), "{}", ran.stdout);
}

#[test]
fn none_or_a_wrong_one_is_told_apart() {
    let desk = encrypted_desk();
    for (args, code) in [(&[][..], "encrypted_pdf"), (&["--password", "rose"], "wrong_password")] {
        for command in ["process", "extract"] {
            let ran = desk.run(&[&[command, "--json", "locked.pdf"], args].concat()).ended(1);
            assert_eq!(ran.objects()[0]["failure"]["code"], code, "{command}");
            assert!(ran.stderr.contains("--password"), "the option that helps is named: {}", ran.stderr);
        }
    }
    desk.run(&["process", "locked.pdf", "--password", "x", "--password-file", "y"]).ended(2);
    desk.run(&["process", "locked.pdf", "--password-file", "gone.txt"]).ended(1);
}

#[test]
fn the_settings_never_show_it() {
    let desk = Desk::new();
    let mut command = desk.command(&["config", "show", "--origin", "--json"]);
    let ran = Ran::of(command.env("SMARTEXUS_PASSWORD", RIGHT).output().unwrap()).ended(0);
    let setting = ran.objects().into_iter().find(|object| object["setting"] == "password").unwrap();
    assert_eq!(
        (setting["value"].as_str(), setting["origin"].as_str()),
        (Some("set"), Some("SMARTEXUS_PASSWORD"))
    );
    assert!(!ran.stdout.contains(RIGHT));
}
