//! The standard security handler, revision 2: RC4 with 40 bits (ISO 32000-1, 7.6). Broken as protection, and
//! exactly what old files in the world still carry. MD5 and RC4 live here and nowhere near the product.

use crate::pdf::Object;

/// The padding string of the standard.
const PADDING: [u8; 32] = [
    0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E, 0x56, 0xFF, 0xFA, 0x01, 0x08, 0x2E,
    0x2E, 0x00, 0xB6, 0xD0, 0x68, 0x3E, 0x80, 0x2F, 0x0C, 0xA9, 0xFE, 0x64, 0x53, 0x69, 0x7A,
];

/// Everything but printing is forbidden.
const PERMISSIONS: i32 = -60;

/// The first part of the file identifier.
pub(crate) const FILE_ID: [u8; 16] = *b"smartexus-lock-1";

/// The key of a file and the dictionary that goes with it.
pub(crate) struct Lock {
    key: [u8; 5],
    owner_entry: [u8; 32],
    user_entry: [u8; 32],
}

impl Lock {
    pub(crate) fn new(user: &str, owner: &str) -> Self {
        let owner_key: [u8; 16] = md5(&padded(owner));
        let owner_entry = rc4_32(&owner_key[..5], padded(user));
        let mut message = padded(user).to_vec();
        message.extend_from_slice(&owner_entry);
        message.extend_from_slice(&PERMISSIONS.to_le_bytes());
        message.extend_from_slice(&FILE_ID);
        let digest = md5(&message);
        let key = [digest[0], digest[1], digest[2], digest[3], digest[4]];
        Self { key, owner_entry, user_entry: rc4_32(&key, PADDING) }
    }

    /// The `/Encrypt` dictionary.
    pub(crate) fn dictionary(&self) -> String {
        format!(
            "<</Filter/Standard/V 1/R 2/Length 40/P {PERMISSIONS}/O <{}>/U <{}>>>",
            hexadecimal(&self.owner_entry),
            hexadecimal(&self.user_entry),
        )
    }

    /// Encrypts the data of a stream object in place; RC4 keeps lengths. Other objects must hold no strings.
    pub(crate) fn seal(&self, object: &mut Object) {
        if !object.is_stream {
            return;
        }
        let Some(start) = object.body.windows(7).position(|w| w == b"stream\n").map(|at| at + 7) else {
            return;
        };
        let Some(end) = object.body.windows(10).rposition(|w| w == b"\nendstream") else { return };
        let mut seed = self.key.to_vec();
        seed.extend_from_slice(&object.id.to_le_bytes()[..3]);
        seed.extend_from_slice(&[0, 0]);
        let sealed = rc4(&md5(&seed)[..10], &object.body[start..end]);
        object.body.splice(start..end, sealed);
    }
}

pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

fn padded(password: &str) -> [u8; 32] {
    let mut out = [0; 32];
    for (place, byte) in out.iter_mut().zip(password.bytes().chain(PADDING)) {
        *place = byte;
    }
    out
}

fn rc4_32(key: &[u8], data: [u8; 32]) -> [u8; 32] {
    let mut out = [0; 32];
    for (place, byte) in out.iter_mut().zip(rc4(key, &data)) {
        *place = byte;
    }
    out
}

fn rc4(key: &[u8], data: &[u8]) -> Vec<u8> {
    let mut state: Vec<u8> = (0..=255).collect();
    let mut j: u8 = 0;
    for i in 0..256 {
        j = j.wrapping_add(state[i]).wrapping_add(key[i % key.len()]);
        state.swap(i, usize::from(j));
    }
    let (mut i, mut j) = (0_u8, 0_u8);
    data.iter()
        .map(|byte| {
            i = i.wrapping_add(1);
            j = j.wrapping_add(state[usize::from(i)]);
            state.swap(usize::from(i), usize::from(j));
            let sum = state[usize::from(i)].wrapping_add(state[usize::from(j)]);
            byte ^ state[usize::from(sum)]
        })
        .collect()
}

/// Rotations of the four rounds (RFC 1321).
const SHIFTS: [[u32; 4]; 4] = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];

fn md5(message: &[u8]) -> [u8; 16] {
    let bits = u64::try_from(message.len()).unwrap_or(0) * 8;
    let mut padded = message.to_vec();
    padded.push(0x80);
    padded.resize(padded.len().next_multiple_of(64) + if padded.len() % 64 > 56 { 64 } else { 0 }, 0);
    let end = padded.len() - 8;
    padded[end..].copy_from_slice(&bits.to_le_bytes());
    let mut state: [u32; 4] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476];
    for block in padded.chunks_exact(64) {
        round(&mut state, block);
    }
    let mut out = [0; 16];
    for (place, byte) in out.iter_mut().zip(state.iter().flat_map(|word| word.to_le_bytes())) {
        *place = byte;
    }
    out
}

fn round(state: &mut [u32; 4], block: &[u8]) {
    let words: Vec<u32> =
        block.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect();
    let [mut a, mut b, mut c, mut d] = *state;
    for step in 0..64 {
        let (mixed, word) = match step / 16 {
            0 => ((b & c) | (!b & d), step),
            1 => ((d & b) | (!d & c), (5 * step + 1) % 16),
            2 => (b ^ c ^ d, (3 * step + 5) % 16),
            _ => (c ^ (b | !d), (7 * step) % 16),
        };
        let sum = a.wrapping_add(mixed).wrapping_add(constant(step)).wrapping_add(words[word]);
        a = d;
        d = c;
        c = b;
        b = b.wrapping_add(sum.rotate_left(SHIFTS[step / 16][step % 4]));
    }
    for (place, value) in state.iter_mut().zip([a, b, c, d]) {
        *place = place.wrapping_add(value);
    }
}

/// `floor(2^32 · |sin(step + 1)|)`, as RFC 1321 defines its table.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below 2^32 by definition")]
fn constant(step: usize) -> u32 {
    let angle = f64::from(u32::try_from(step + 1).unwrap_or(0));
    (angle.sin().abs() * 4_294_967_296.0).floor() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn md5_gives_the_digests_of_rfc_1321() {
        for (message, digest) in [
            ("", "D41D8CD98F00B204E9800998ECF8427E"),
            ("abc", "900150983CD24FB0D6963F7D28E17F72"),
            (
                "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
                "57EDF4A22BE3C955AC49DA2E2107B67A",
            ),
            (
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
                "D174AB98D277D9F5A5611C2C9F419D9F",
            ),
        ] {
            assert_eq!(hexadecimal(&md5(message.as_bytes())), digest);
        }
    }

    #[test]
    fn rc4_is_the_known_stream() {
        assert_eq!(hexadecimal(&rc4(b"Key", b"Plaintext")), "BBF316E8D940AF0AD3");
    }
}
