//! Encryption that cannot be meant.

use super::draft::Draft;
use super::shelf::Shelf;

/// Keys of 32 and 48 bytes, as hexadecimal digits.
const KEY: &str = "00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF";
const LONG_KEY: &str =
    "00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF";

pub(super) fn make(shelf: &mut Shelf) {
    let standard = |rest: &str| format!("/Encrypt<</Filter/Standard{rest}>>/ID[<00><00>]");
    let keys = format!("/O<{KEY}>/U<{KEY}>/P -44");
    for revision in ["0", "2", "3", "4", "5", "6", "7", "-1", "99999999999"] {
        for version in ["0", "1", "2", "4", "5", "6"] {
            let trailer = standard(&format!("/V {version}/R {revision}/Length 128{keys}"));
            put(shelf, &format!("version-{version}-revision-{revision}"), &trailer);
        }
    }
    for (name, trailer) in [
        ("itself", "/Encrypt 1 0 R".to_owned()),
        ("missing", "/Encrypt 999 0 R".to_owned()),
        ("number", "/Encrypt 5".to_owned()),
        ("nothing", "/Encrypt<<>>".to_owned()),
        ("other-handler", "/Encrypt<</Filter/Adobe.PubSec/V 4/R 4>>".to_owned()),
        ("no-keys", standard("/V 2/R 3")),
        ("short-keys", standard("/V 2/R 3/O<00>/U<>/P 0")),
        ("long-keys", standard(&format!("/V 2/R 3/O<{}>/U<{}>/P 0", KEY.repeat(40), KEY.repeat(40)))),
        ("no-id", format!("/Encrypt<</Filter/Standard/V 2/R 3{keys}>>")),
        ("length-zero", standard(&format!("/V 2/R 3/Length 0{keys}"))),
        ("length-seven", standard(&format!("/V 2/R 3/Length 7{keys}"))),
        ("length-huge", standard(&format!("/V 2/R 3/Length 2147483647{keys}"))),
        ("length-negative", standard(&format!("/V 2/R 3/Length -128{keys}"))),
        ("filter-is-unknown", standard(&format!("/V 4/R 4/CF<</A<</CFM/Nope>>>>/StmF/A/StrF/A{keys}"))),
        ("filter-is-missing", standard(&format!("/V 4/R 4/StmF/B/StrF/B{keys}"))),
        ("filter-is-itself", standard(&format!("/V 4/R 4/CF<</A 1 0 R>>/StmF/A/StrF/A{keys}"))),
        (
            "aes-256",
            standard(&format!(
                "/V 5/R 6/CF<</A<</CFM/AESV3/Length 32>>>>/StmF/A/StrF/A/O<{LONG_KEY}>/U<{LONG_KEY}>/OE<{KEY}>/UE<{KEY}>/Perms<{}>/P -44",
                &KEY[..32]
            )),
        ),
        (
            "aes-256-without-keys",
            standard(&format!(
                "/V 5/R 6/CF<</A<</CFM/AESV3>>>>/StmF/A/StrF/A/O<{LONG_KEY}>/U<{LONG_KEY}>/P -44"
            )),
        ),
    ] {
        put(shelf, name, &trailer);
    }
}

fn put(shelf: &mut Shelf, name: &str, trailer: &str) {
    shelf.put("odd-lock", &format!("{name}.pdf"), Draft::new().file_with(trailer));
}
