//! Little that becomes much: the compressions of PDF, made by hand where a library would need the much in memory.

/// The longest repetition of Deflate.
const MATCH: u64 = 258;
/// Bytes of eight of them.
const PERIOD_BYTES: usize = 13;
/// What one byte of a run length becomes, twice the byte pairs below.
const RUN: usize = 128;

/// Deflate, with its zlib frame, of that many zeros; rounded up to whole repetitions. The checksum is wrong, as it stands
/// behind the last byte that a reader must be stopped at.
pub(super) fn zeros(length: u64) -> Vec<u8> {
    let mut bits = Bits::default();
    bits.push(0b011, 3);
    // A literal zero, then repetitions at distance 1, all in the fixed code.
    bits.push_code(0b0011_0000, 8);
    // Eight repetitions are 13 whole bytes, so what is long is the same bytes again.
    let periods = length.div_ceil(MATCH).div_ceil(8).max(2);
    for _ in 0..16 {
        bits.push_code(0b1100_0101, 8);
        bits.push_code(0, 5);
    }
    bits.push_code(0, 7);
    let (head, rest) = bits.bytes.split_at(2);
    let (period, tail) = rest.split_at(PERIOD_BYTES);
    let again = usize::try_from(periods).map_or(1, |periods| periods - 1);
    [b"\x78\x9c".as_slice(), head, &period.repeat(again), tail, b"\0\0\0\0"].concat()
}

pub(super) fn deflated(data: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(data, 6)
}

/// Bits from the lowest of a byte on.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    used: u32,
}

impl Bits {
    fn push(&mut self, value: u32, count: u32) {
        for bit in 0..count {
            if self.used.is_multiple_of(8) {
                self.bytes.push(0);
            }
            if let Some(last) = self.bytes.last_mut() {
                *last |= u8::from(value >> bit & 1 == 1) << (self.used % 8);
            }
            self.used = (self.used + 1) % 8;
        }
    }

    /// Huffman codes stand with their highest bit first.
    fn push_code(&mut self, code: u32, count: u32) {
        self.push(code.reverse_bits() >> (32 - count), count);
    }
}

/// LZW as PDF has it: of one byte, repeated. Each code is one byte longer than the one before, until the table is full.
pub(super) fn lzw_run(length: usize) -> Vec<u8> {
    let (mut out, mut held, mut count) = (Vec::new(), 0_u32, 0_u32);
    let mut push = |code: u32, width: u32| {
        held = held << width | code;
        count += width;
        while count >= 8 {
            count -= 8;
            out.push(u8::try_from(held >> count & 0xFF).unwrap_or(0));
        }
    };
    let mut written = 0;
    while written < length {
        push(256, if written == 0 { 9 } else { 12 });
        push(0, 9);
        written += 1;
        // The code that is being defined stands for one byte more than the one before: the decoder's special case.
        for (code, run) in (258..4094_u32).zip(2_usize..) {
            let width = match code {
                0..=510 => 9,
                511..=1022 => 10,
                1023..=2046 => 11,
                _ => 12,
            };
            push(code, width);
            written += run;
        }
    }
    push(257, 12);
    push(0, 7);
    out
}

/// RunLength: two bytes for each 128.
pub(super) fn runs(length: usize) -> Vec<u8> {
    let mut out = [129, 0].repeat(length.div_ceil(RUN));
    out.push(128);
    out
}

/// ASCII85: one byte for each four zeros.
pub(super) fn ascii85_zeros(length: usize) -> Vec<u8> {
    [&b"z".repeat(length / 4), b"~>".as_slice()].concat()
}

pub(super) fn ascii_hex(data: &[u8]) -> Vec<u8> {
    let mut out: Vec<u8> = data.iter().flat_map(|byte| format!("{byte:02X}").into_bytes()).collect();
    out.push(b'>');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use miniz_oxide::inflate::decompress_to_vec_with_limit;

    #[test]
    fn zeros_unpack_to_zeros() {
        for length in [1, 258, 5_000, 1 << 20] {
            let packed = zeros(length);
            // Without the zlib frame, whose checksum is wrong.
            let raw = &packed[2..packed.len() - 4];
            let unpacked = decompress_to_vec_with_limit(raw, 1 << 24).unwrap();
            assert!(unpacked.len() as u64 >= length && unpacked.iter().all(|byte| *byte == 0), "{length}");
        }
    }
}
