//! From the owner's password to the user's, for the encryption revisions 2 to 4 (RC4 and AES-128): algorithms 3
//! and 7 of ISO 32000-1, 7.6.3.4. Later revisions need none of this.

use super::facts::{last_reference, positions};
use hayro_syntax::object::dict::keys::{LENGTH, O, R, V};
use hayro_syntax::object::{Dict, FromBytes, String as PdfString};
use md5::{Digest, Md5};

/// What a shorter password is filled up with.
const PADDING: [u8; 32] = [
    0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E, 0x56, 0xFF, 0xFA, 0x01, 0x08, 0x2E,
    0x2E, 0x00, 0xB6, 0xD0, 0x68, 0x3E, 0x80, 0x2F, 0x0C, 0xA9, 0xFE, 0x64, 0x53, 0x69, 0x7A,
];
const MOST_KEY_BYTES: usize = 16;
/// Rounds from revision 3 on.
const HASH_ROUNDS: usize = 50;
const CIPHER_ROUNDS: u8 = 20;

/// The user's password that this owner's password would protect. Whether it fits is seen when it is tried.
pub(super) fn user_password(file: &[u8], owner: &str) -> Option<String> {
    let dict = encryption_dictionary(file)?;
    let revision = dict.get::<u8>(R)?;
    let key_bytes = match (revision, dict.get::<u8>(V)?) {
        (2, _) | (_, 1) => 5,
        (3 | 4, version) => {
            let default_bits = if version == 4 { 128 } else { 40 };
            usize::from(dict.get::<u16>(LENGTH).unwrap_or(default_bits)) / 8
        }
        _ => return None,
    };
    let key = owner_key(owner.as_bytes(), revision, key_bytes.clamp(5, MOST_KEY_BYTES));
    let mut password = dict.get::<PdfString<'_>>(O)?.as_bytes().to_vec();
    let rounds = if revision == 2 { 1 } else { CIPHER_ROUNDS };
    for round in (0..rounds).rev() {
        let round_key: Vec<u8> = key.iter().map(|byte| byte ^ round).collect();
        rc4(&round_key, &mut password);
    }
    let length =
        (0..=password.len()).find(|at| PADDING.starts_with(password.get(*at..).unwrap_or_default()))?;
    password.truncate(length);
    String::from_utf8(password).ok()
}

/// The encryption dictionary is never encrypted itself and stands in plain sight: as an object, or in the trailer.
fn encryption_dictionary(file: &[u8]) -> Option<Dict<'_>> {
    if let Some(id) = last_reference(file, b"/Encrypt") {
        let head = format!("{} {} obj", id.obj_number, id.gen_number);
        let is_start =
            |at: &usize| !at.checked_sub(1).and_then(|i| file.get(i)).is_some_and(u8::is_ascii_digit);
        return positions(file, head.as_bytes())
            .filter(is_start)
            .filter_map(|at| dict_after(file, at, &head))
            .last();
    }
    positions(file, b"/Encrypt").filter_map(|at| dict_after(file, at, "/Encrypt")).last()
}

/// The dictionary behind `mark`, which stands at `at`.
fn dict_after<'f>(file: &'f [u8], at: usize, mark: &str) -> Option<Dict<'f>> {
    let rest = file.get(at.checked_add(mark.len())?..)?.trim_ascii_start();
    rest.starts_with(b"<<").then(|| Dict::from_bytes(rest))?
}

fn owner_key(password: &[u8], revision: u8, key_bytes: usize) -> Vec<u8> {
    let padded: Vec<u8> = password.iter().chain(&PADDING).copied().take(PADDING.len()).collect();
    let mut hash = Md5::digest(&padded);
    if revision > 2 {
        for _ in 0..HASH_ROUNDS {
            hash = Md5::digest(hash);
        }
    }
    hash.iter().copied().take(key_bytes).collect()
}

/// RC4 over `data`, in place.
fn rc4(key: &[u8], data: &mut [u8]) {
    let mut state: Vec<u8> = (0..=u8::MAX).collect();
    let at = |state: &[u8], index: u8| state.get(usize::from(index)).copied().unwrap_or_default();
    let mut j = 0_u8;
    for (i, key_byte) in (0..=u8::MAX).zip(key.iter().cycle()) {
        j = j.wrapping_add(at(&state, i)).wrapping_add(*key_byte);
        state.swap(usize::from(i), usize::from(j));
    }
    let (mut i, mut j) = (0_u8, 0_u8);
    for byte in data {
        i = i.wrapping_add(1);
        j = j.wrapping_add(at(&state, i));
        state.swap(usize::from(i), usize::from(j));
        *byte ^= at(&state, at(&state, i).wrapping_add(at(&state, j)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encryption_dictionary_is_found_in_either_place() {
        let revision = |file: &str| encryption_dictionary(file.as_bytes()).and_then(|dict| dict.get::<u8>(R));
        assert_eq!(revision("trailer <</Encrypt<</EncryptMetadata true/R 4>>>>"), Some(4));
        assert_eq!(revision("17 0 obj <</R 2>> 7 0 obj\n<</R 3>> trailer <</Encrypt 7 0 R>>"), Some(3));
        assert_eq!(revision("trailer <</Encrypt 9 0 R>>"), None);
    }

    #[test]
    fn rc4_known_answers() {
        let check = |key: &str, plain: &str, expected: &[u8]| {
            let mut data = plain.as_bytes().to_vec();
            rc4(key.as_bytes(), &mut data);
            assert_eq!(data, expected);
        };
        check("Key", "Plaintext", &[0xBB, 0xF3, 0x16, 0xE8, 0xD9, 0x40, 0xAF, 0x0A, 0xD3]);
        check("Wiki", "pedia", &[0x10, 0x21, 0xBF, 0x04, 0x20]);
    }
}
