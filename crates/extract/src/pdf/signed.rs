//! What signatures cover, and whether what they cover is still what was signed. Who signed, and whether that means
//! anything, is not asked: it needs a list of whom to trust and the time of day.

use super::facts::positions;
use sha2::{Digest, Sha256, Sha384, Sha512};
use smartexus_domain::{SAVES_MAX, SignedRange};

const MARK: &[u8] = b"/ByteRange";
/// No list of four numbers is longer.
const RANGE_BYTES: usize = 128;
/// The other entries of a signature's dictionary stand so near to its value.
const NEAR_BYTES: usize = 4096;
/// A signed message with its certificates; a longer one is not looked into.
const MESSAGE_BYTES: usize = 256 * 1024;
/// Signatures whose bytes are counted over.
const MOST_DIGESTS: usize = 8;
/// Kinds in which the message holds the digest of the covered bytes themselves.
const DETACHED: [&[u8]; 2] = [b"/adbe.pkcs7.detached", b"/ETSI.CAdES.detached"];
/// Object identifiers of `messageDigest` and of the content of a time stamp, encoded.
const MESSAGE_DIGEST: &[u8] = b"\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x09\x04";
const TIME_STAMP: &[u8] = b"\x06\x0B\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01\x04";

/// Each `/ByteRange` that says something; a place that is kept for a signature does not.
pub(super) fn signed_ranges(bytes: &[u8]) -> Vec<SignedRange> {
    let ranges = positions(bytes, MARK).filter_map(|at| Covered::read(bytes, at)).take(SAVES_MAX);
    let told = |(index, covered): (usize, Covered<'_>)| SignedRange {
        end: u64::try_from(covered.end).unwrap_or(u64::MAX),
        is_whole: bytes.get(covered.end..).is_some_and(|rest| rest.trim_ascii().is_empty()),
        holds: if index < MOST_DIGESTS { covered.holds() } else { None },
    };
    ranges.enumerate().map(told).collect()
}

/// The two stretches around a signature's own value.
struct Covered<'b> {
    before: &'b [u8],
    after: &'b [u8],
    /// `<…>`, hexadecimal.
    value: &'b [u8],
    end: usize,
}

impl<'b> Covered<'b> {
    fn read(bytes: &'b [u8], at: usize) -> Option<Self> {
        let list = bytes.get(at.checked_add(MARK.len())?..)?;
        let list = list.get(..RANGE_BYTES).unwrap_or(list).trim_ascii_start().strip_prefix(b"[")?;
        let list = list.split(|byte| *byte == b']').next()?;
        let mut numbers = list.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
        let mut number = || std::str::from_utf8(numbers.next()?).ok()?.parse::<usize>().ok();
        let (start, length, second, rest) = (number()?, number()?, number()?, number()?);
        let end = second.checked_add(rest)?;
        if start != 0 || length == 0 || second < length {
            return None;
        }
        Some(Self {
            before: bytes.get(..length)?,
            value: bytes.get(length..second)?,
            after: bytes.get(second..end)?,
            end,
        })
    }

    /// Whether the digest in the signed message is that of the covered bytes.
    fn holds(&self) -> Option<bool> {
        let near = self.before.get(self.before.len().saturating_sub(NEAR_BYTES)..)?;
        let far = self.after.get(..NEAR_BYTES).unwrap_or(self.after);
        let is_detached =
            DETACHED.iter().any(|kind| [near, far].iter().any(|part| positions(part, kind).next().is_some()));
        let signed = digest_in(&unhexed(self.value)?).filter(|_| is_detached)?;
        let own = match signed.len() {
            32 => self.digest::<Sha256>(),
            48 => self.digest::<Sha384>(),
            64 => self.digest::<Sha512>(),
            _ => return None,
        };
        Some(own == signed)
    }

    fn digest<D: Digest>(&self) -> Vec<u8> {
        D::new().chain_update(self.before).chain_update(self.after).finalize().as_slice().to_vec()
    }
}

/// The bytes of `<…>`; `None` where it is no hexadecimal string or too long.
fn unhexed(value: &[u8]) -> Option<Vec<u8>> {
    let digits = value.trim_ascii().strip_prefix(b"<")?.strip_suffix(b">")?;
    if digits.len() > MESSAGE_BYTES.saturating_mul(2) {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pairs = digits.as_chunks::<2>().0.iter();
    pairs.map(|[high, low]| Some(digit(*high)?.wrapping_shl(4) | digit(*low)?)).collect()
}

/// The value of the first `messageDigest`: a set of one octet string. A message about a time stamp has the digest of the
/// time stamp there.
fn digest_in(message: &[u8]) -> Option<Vec<u8>> {
    let at = positions(message, MESSAGE_DIGEST).next()?;
    if positions(message, TIME_STAMP).next().is_some_and(|stamp| stamp < at) {
        return None;
    }
    let [0x31, _, 0x04, length, rest @ ..] = message.get(at.checked_add(MESSAGE_DIGEST.len())?..)? else {
        return None;
    };
    rest.get(..usize::from(*length)).map(<[u8]>::to_vec)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file whose signature covers all of it but its own value.
    fn signed(kind: &str, change: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
        let (head, tail) = ("%PDF-1.7 <</ByteRange [0 000 000 000]", "/Contents ");
        let value_digits = 2 * (MESSAGE_DIGEST.len() + 4 + 32);
        let before = format!("{head}/SubFilter {kind}{tail}");
        let after = ">> %%EOF\n";
        let second = before.len() + value_digits + 2;
        let before = before
            .replace("[0 000 000 000]", &format!("[0 {:03} {second:03} {:03}]", before.len(), after.len()));
        let digest = Sha256::new().chain_update(&before).chain_update(after).finalize();
        let message = [MESSAGE_DIGEST, &[0x31, 34, 0x04, 32], digest.as_slice()].concat();
        let value: String = message.iter().map(|byte| format!("{byte:02x}")).collect();
        let mut file = format!("{before}<{value}>{after}").into_bytes();
        change(&mut file);
        file
    }

    #[track_caller]
    fn check(file: &[u8], expected: &[(bool, Option<bool>)]) {
        let told: Vec<_> =
            signed_ranges(file).into_iter().map(|range| (range.is_whole, range.holds)).collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn what_was_signed_and_what_came_after() {
        check(&signed("/adbe.pkcs7.detached", |_| {}), &[(true, Some(true))]);
        check(&signed("/ETSI.CAdES.detached", |file| file[1] = b'p'), &[(true, Some(false))]);
        check(&signed("/adbe.pkcs7.detached", |file| file.extend(b"more")), &[(false, Some(true))]);
        check(&signed("/adbe.pkcs7.sha1", |_| {}), &[(true, None)]);
    }

    #[test]
    fn places_that_are_kept_say_nothing() {
        check(b"/ByteRange [0 /********** /********** /**********]", &[]);
        check(b"/ByteRange [0 10 5 10]", &[]);
        check(b"/ByteRange [0 10 20 99999]", &[]);
        check(b"/ByteRange", &[]);
    }
}
