//! The smallest TrueType font that an engine accepts: every glyph is a triangle.

/// A font whose glyph `i + 1` draws; with `characters` in that order in its `cmap`, or without a `cmap`.
pub(crate) fn font(glyphs: u16, characters: Option<&str>) -> Vec<u8> {
    let count = glyphs + 1;
    let mut tables = Vec::new();
    if let Some(characters) = characters {
        tables.push((*b"cmap", cmap(characters)));
    }
    tables.push((*b"glyf", triangle().repeat(usize::from(glyphs))));
    tables.push((*b"head", head()));
    tables.push((*b"hhea", hhea(count)));
    tables.push((*b"hmtx", [500u16.to_be_bytes(), 0u16.to_be_bytes()].concat().repeat(usize::from(count))));
    tables.push((*b"loca", loca(glyphs)));
    tables.push((*b"maxp", maxp(count)));
    assemble(&tables)
}

fn assemble(tables: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut directory = 0x0001_0000u32.to_be_bytes().to_vec();
    directory.extend(u16s(&[tables.len() as u16, 0, 0, 0]));
    let mut body = Vec::new();
    let start = 12 + 16 * tables.len();
    for (tag, data) in tables {
        directory.extend(tag);
        directory.extend(u32s(&[0, (start + body.len()) as u32, data.len() as u32]));
        body.extend(data);
        body.resize(body.len().next_multiple_of(4), 0);
    }
    [directory, body].concat()
}

/// Format 12, one group a character.
fn cmap(characters: &str) -> Vec<u8> {
    let mut codes: Vec<(u32, u32)> = characters.chars().map(u32::from).zip(1..).collect();
    codes.sort_unstable();
    let groups: Vec<u32> = codes.iter().flat_map(|(code, glyph)| [*code, *code, *glyph]).collect();
    let length = 16 + 4 * groups.len() as u32;
    let head = [u16s(&[0, 1, 3, 10]), u32s(&[12]), u16s(&[12, 0])].concat();
    [head, u32s(&[length, 0, codes.len() as u32]), u32s(&groups)].concat()
}

fn head() -> Vec<u8> {
    let version = u32s(&[0x0001_0000, 0x0001_0000, 0, 0x5F0F_3CF5]);
    let times = [0; 16].to_vec();
    [version, u16s(&[0, 1000]), times, u16s(&[0, 0, 500, 700, 0, 8, 2, 1, 0])].concat()
}

fn hhea(metrics: u16) -> Vec<u8> {
    let ascent_to_caret = u16s(&[750, 0u16.wrapping_sub(250), 0, 500, 0, 0, 500, 1, 0, 0, 0, 0, 0, 0, 0]);
    [u32s(&[0x0001_0000]), ascent_to_caret, u16s(&[metrics])].concat()
}

fn maxp(glyphs: u16) -> Vec<u8> {
    [u32s(&[0x0001_0000]), u16s(&[glyphs, 3, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])].concat()
}

fn loca(glyphs: u16) -> Vec<u8> {
    let size = triangle().len() as u32;
    // Glyph 0 draws nothing.
    u32s(&std::iter::once(0).chain((0..=u32::from(glyphs)).map(|i| i * size)).collect::<Vec<_>>())
}

fn triangle() -> Vec<u8> {
    let outline = u16s(&[1, 0, 0, 500, 700, 2, 0]);
    let flags = vec![1, 1, 1];
    let points = u16s(&[0, 500, 0u16.wrapping_sub(250), 0, 0, 700]);
    let mut glyph = [outline, flags, points].concat();
    glyph.resize(glyph.len().next_multiple_of(4), 0);
    glyph
}

fn u16s(values: &[u16]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_be_bytes()).collect()
}

fn u32s(values: &[u32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_be_bytes()).collect()
}
