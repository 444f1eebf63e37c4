//! Texts in an encoding that is not the one they seem to be in.

use super::shelf::Shelf;

const ROWS: &str =
    "Date,Description,Amount,Balance\n2026-03-01,Opening,100.00,100.00\n2026-03-02,Tea,-2.50,97.50\n";

pub(super) fn make(shelf: &mut Shelf) {
    for (name, bytes) in encodings() {
        shelf.put("encoding", &format!("{name}.csv"), bytes);
    }
    for (name, characters) in [
        ("right-to-left", "\u{202E}00.001\u{202C}"),
        ("zero-width", "1\u{200B}0\u{200D}0\u{FEFF}.00"),
        ("combining", "1\u{0301}\u{0301}\u{0301}00.00"),
        ("full-width", "\u{FF11}\u{FF10}\u{FF10}\u{FF0E}\u{FF10}\u{FF10}"),
        ("arabic-digits", "\u{0661}\u{0660}\u{0660}.\u{0660}\u{0660}"),
        ("mathematical-digits", "\u{1D7CF}\u{1D7CE}\u{1D7CE}.00"),
        ("last-plane", "\u{10FFFF}\u{10FFFE}"),
        ("line-separators", "100\u{2028}.00\u{2029}"),
        ("minus-signs", "\u{2212}\u{2012}\u{FF0D}100.00"),
        ("narrow-blanks", "1\u{202F}000\u{2009}000,00"),
    ] {
        shelf.put("encoding", &format!("{name}.csv"), ROWS.replace("-2.50", characters));
        let description = format!("Tea {}", characters.repeat(2_000));
        shelf.put("encoding", &format!("{name}-two-thousand-times.csv"), ROWS.replace("Tea", &description));
    }
}

fn encodings() -> Vec<(String, Vec<u8>)> {
    let units = |order: fn(u16) -> [u8; 2]| ROWS.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let (little, big) = (units(u16::to_le_bytes), units(u16::to_be_bytes));
    let wide =
        |order: fn(u32) -> [u8; 4]| ROWS.chars().flat_map(|c| order(u32::from(c))).collect::<Vec<u8>>();
    let marked = |mark: &[u8], text: &[u8]| [mark, text].concat();
    let broken = |bytes: &[u8]| {
        let mut text = ROWS.as_bytes().to_vec();
        text.splice(60..60, bytes.iter().copied());
        text
    };
    let cases: [(&str, Vec<u8>); 24] = [
        ("utf-16-little", marked(b"\xFF\xFE", &little)),
        ("utf-16-big", marked(b"\xFE\xFF", &big)),
        ("utf-16-wrong-order", marked(b"\xFF\xFE", &big)),
        ("utf-16-no-mark", little.clone()),
        ("utf-16-odd", marked(b"\xFF\xFE", &little[..little.len() - 1])),
        (
            "utf-16-half-pairs",
            marked(b"\xFF\xFE", &[little.as_slice(), b"\x00\xD8\x00\xD8\x00\xDC"].concat()),
        ),
        ("utf-16-mark-only", b"\xFF\xFE".to_vec()),
        ("utf-32-little", marked(b"\xFF\xFE\0\0", &wide(u32::to_le_bytes))),
        ("utf-32-big", marked(b"\0\0\xFE\xFF", &wide(u32::to_be_bytes))),
        ("utf-8-mark-and-utf-16", marked(b"\xEF\xBB\xBF", &little)),
        ("utf-8-marks-nine", marked(&b"\xEF\xBB\xBF".repeat(9), ROWS.as_bytes())),
        ("utf-8-mark-only", b"\xEF\xBB\xBF".to_vec()),
        ("utf-8-too-long", broken(b"\xC0\xAE\xE0\x80\xAE\xF0\x80\x80\xAE")),
        ("utf-8-half-pair", broken(b"\xED\xA0\x80\xED\xBF\xBF")),
        ("utf-8-beyond", broken(b"\xF4\x90\x80\x80\xF8\x88\x80\x80\x80")),
        ("utf-8-cut", ROWS.bytes().chain(*b"\xE2\x82").collect()),
        ("utf-8-tails-only", broken(&[0x80; 400])),
        ("utf-7", ROWS.replace("Tea", "+ADw-script+AD4-").into_bytes()),
        ("iso-2022", broken(b"\x1B$B$F$9$H\x1B(B")),
        ("ebcdic", ROWS.bytes().map(|byte| byte ^ 0x80).collect()),
        ("every-byte", (0..=255).collect()),
        ("only-nul", vec![0; 4_000]),
        ("only-escapes", b"\x1B[2J\x1B]0;x\x07".repeat(90)),
        ("bells", broken(&[7; 90])),
    ];
    cases.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect()
}
