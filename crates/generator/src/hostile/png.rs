//! PNG, chunk by chunk.

/// The eight bytes in front.
pub(super) const SIGNATURE: &[u8; 8] = b"\x89PNG\r\n\x1a\n";

/// A picture of 2 × 2 gray dots.
pub(super) fn dots() -> Vec<u8> {
    let rows = miniz_oxide::deflate::compress_to_vec_zlib(&[0, 40, 200, 0, 200, 40], 6);
    file(&[(b"IHDR", &header(2, 2, 8, 0)), (b"IDAT", &rows), (b"IEND", b"")])
}

/// A whole file.
pub(super) fn file(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut out = SIGNATURE.to_vec();
    for (name, data) in chunks {
        out.extend(chunk(name, data));
    }
    out
}

/// What `IHDR` holds.
pub(super) fn header(width: u32, height: u32, depth: u8, color: u8) -> Vec<u8> {
    [&width.to_be_bytes()[..], &height.to_be_bytes(), &[depth, color, 0, 0, 0]].concat()
}

/// One chunk with the right length and checksum.
pub(super) fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap_or(0).to_be_bytes();
    let framed = [name.as_slice(), data].concat();
    [&length[..], &framed, &crc32(&framed).to_be_bytes()].concat()
}

/// CRC-32 of PNG and ZIP (ISO 3309), a byte a step.
pub(super) fn crc32(data: &[u8]) -> u32 {
    const STEPS: [u32; 256] = steps();
    !data.iter().fold(u32::MAX, |crc, byte| (crc >> 8) ^ STEPS[((crc ^ u32::from(*byte)) & 0xFF) as usize])
}

const fn steps() -> [u32; 256] {
    let (mut steps, mut index) = ([0; 256], 0);
    while index < steps.len() {
        let (mut crc, mut bit) = (index as u32, 0);
        while bit < 8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
            bit += 1;
        }
        steps[index] = crc;
        index += 1;
    }
    steps
}
