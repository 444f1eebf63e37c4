//! The font programs that come with us. Together they have the letters of every script that is an official language's
//! today, and the Han characters; `fonts/README.md` says where each comes from.

/// A font program, as TrueType.
pub(super) struct Program {
    /// As PostScript names it.
    pub(super) name: &'static str,
    pub(super) bytes: &'static [u8],
}

/// In the order in which they are asked for a letter.
pub(super) const PROGRAMS: [Program; 29] = [
    Program { name: "DejaVuSansCondensed", bytes: include_bytes!("../../fonts/dejavu-sans-condensed.ttf") },
    Program { name: "NotoSansArabic", bytes: include_bytes!("../../fonts/noto-sans-arabic.ttf") },
    Program { name: "NotoSansArmenian", bytes: include_bytes!("../../fonts/noto-sans-armenian.ttf") },
    Program { name: "NotoSansBengali", bytes: include_bytes!("../../fonts/noto-sans-bengali.ttf") },
    Program {
        name: "NotoSansCanadianAboriginal",
        bytes: include_bytes!("../../fonts/noto-sans-canadian-aboriginal.ttf"),
    },
    Program { name: "NotoSansCherokee", bytes: include_bytes!("../../fonts/noto-sans-cherokee.ttf") },
    Program { name: "NotoSansDevanagari", bytes: include_bytes!("../../fonts/noto-sans-devanagari.ttf") },
    Program { name: "NotoSansEthiopic", bytes: include_bytes!("../../fonts/noto-sans-ethiopic.ttf") },
    Program { name: "NotoSansGeorgian", bytes: include_bytes!("../../fonts/noto-sans-georgian.ttf") },
    Program { name: "NotoSansGujarati", bytes: include_bytes!("../../fonts/noto-sans-gujarati.ttf") },
    Program { name: "NotoSansGurmukhi", bytes: include_bytes!("../../fonts/noto-sans-gurmukhi.ttf") },
    Program { name: "NotoSansHebrew", bytes: include_bytes!("../../fonts/noto-sans-hebrew.ttf") },
    Program { name: "NotoSansKannada", bytes: include_bytes!("../../fonts/noto-sans-kannada.ttf") },
    Program { name: "NotoSansKhmer", bytes: include_bytes!("../../fonts/noto-sans-khmer.ttf") },
    Program { name: "NotoSansLao", bytes: include_bytes!("../../fonts/noto-sans-lao.ttf") },
    Program { name: "NotoSansMalayalam", bytes: include_bytes!("../../fonts/noto-sans-malayalam.ttf") },
    Program { name: "NotoSansMyanmar", bytes: include_bytes!("../../fonts/noto-sans-myanmar.ttf") },
    Program { name: "NotoSansNKo", bytes: include_bytes!("../../fonts/noto-sans-nko.ttf") },
    Program { name: "NotoSansOriya", bytes: include_bytes!("../../fonts/noto-sans-oriya.ttf") },
    Program { name: "NotoSansSinhala", bytes: include_bytes!("../../fonts/noto-sans-sinhala.ttf") },
    Program { name: "NotoSansSyriac", bytes: include_bytes!("../../fonts/noto-sans-syriac.ttf") },
    Program { name: "NotoSansTamil", bytes: include_bytes!("../../fonts/noto-sans-tamil.ttf") },
    Program { name: "NotoSansTelugu", bytes: include_bytes!("../../fonts/noto-sans-telugu.ttf") },
    Program { name: "NotoSansThaana", bytes: include_bytes!("../../fonts/noto-sans-thaana.ttf") },
    Program { name: "NotoSansThai", bytes: include_bytes!("../../fonts/noto-sans-thai.ttf") },
    Program { name: "NotoSansTifinagh", bytes: include_bytes!("../../fonts/noto-sans-tifinagh.ttf") },
    Program { name: "NotoSerifTibetan", bytes: include_bytes!("../../fonts/noto-serif-tibetan.ttf") },
    Program { name: "SmartexusHangul", bytes: include_bytes!("../../fonts/hangul.ttf") },
    Program { name: "DroidSansFallback", bytes: include_bytes!("../../fonts/droid-sans-fallback.ttf") },
];
