use super::*;
use miniz_oxide::deflate::compress_to_vec_zlib;

fn pdf() -> Vec<u8> {
    let packed = compress_to_vec_zlib(b"BT /F1 9 Tf (Balance 100.00) Tj ET", 6);
    let head = format!(
        "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n4 0 obj\n<</Filter/FlateDecode/Length {}>>\nstream\n",
        packed.len()
    );
    [head.as_bytes(), &packed, b"\nendstream\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"].concat()
}

fn parents() -> Vec<Parent> {
    let of = |name: &str, material, bytes: &[u8]| Parent {
        name: name.to_owned(),
        material,
        bytes: bytes.to_vec(),
    };
    let png = [b"\x89PNG\r\n\x1a\n".as_slice(), b"\0\0\0\x02IDATab\0\0\0\0", b"\0\0\0\0IEND\xAE\x42\x60\x82"]
        .concat();
    vec![
        of("pdf", Material::Pdf, &pdf()),
        of("text", Material::Text, b"Date,Amount\n2026-03-01,1.00\n2026-03-02,-2.50\n"),
        of("png", Material::Png, &png),
        of("jpeg", Material::Jpeg, b"\xFF\xD8\xFF\xDB\0\x04ab\xFF\xDA\0\x04cd\x55\x55\xFF\xD9"),
        of("tiff", Material::Tiff, b"II*\0\x08\0\0\0\x01\0\0\x01\x04\0\x01\0\0\0\x09\0\0\0\0\0\0\0"),
        of("webp", Material::Riff, b"RIFF\x10\0\0\0WEBPVP8 \x04\0\0\0abcd"),
        of("nothing", Material::Archive, b""),
    ]
}

#[test]
fn the_same_number_is_the_same_mutant() {
    let (one, two) = (Havoc::new(parents(), 1), Havoc::new(parents(), 2));
    for number in 0..200 {
        assert_eq!(one.mutant(number), one.mutant(number));
    }
    assert!((0..200).any(|number| one.mutant(number) != two.mutant(number)));
    assert_eq!(Havoc::new(Vec::new(), 1).mutant(0), None);
}

#[test]
fn mutants_are_others_and_bounded() {
    let havoc = Havoc::new(parents(), 3);
    let all = parents();
    let mut changed = 0;
    for number in 0..2_000 {
        let mutant = havoc.mutant(number).unwrap();
        let parent = all.iter().find(|parent| parent.name == mutant.parent).unwrap();
        changed += usize::from(mutant.bytes != parent.bytes);
        assert!(mutant.bytes.len() <= parent.bytes.len() * GROWTH + GROWTH_BYTES, "{number}");
    }
    assert!(changed > 1_500, "{changed} of 2000 differ");
}

#[test]
fn most_packed_streams_still_unpack() {
    let (mut unpacked, mut others) = (0, 0);
    for seed in 0..300 {
        let mut bytes = pdf();
        pdf::mutate(&mut bytes, &mut Dice::seeded(seed));
        let start = bytes.windows(7).position(|w| w == b"stream\n").map_or(0, |at| at + 7);
        let rest = bytes.get(start..).unwrap_or_default();
        if let Ok(content) = miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(rest, 1 << 20) {
            unpacked += 1;
            others += usize::from(content != b"BT /F1 9 Tf (Balance 100.00) Tj ET");
        }
    }
    assert!(unpacked > 200 && others > 60, "{unpacked} unpack, {others} of them say something else");
}

#[test]
fn checksums_are_renewed() {
    assert_eq!(archive::crc32(b"123456789"), 0xCBF4_3926);
}
