//! Every way to change a sealed object must be refused, and none of its bytes handed out unverified.

use super::header::HEADER_BYTES;
use super::{CHUNK_BYTES, Context, Opener, Sealer, TAG_BYTES, open_bytes, seal_bytes};
use crate::port::{DocumentKey, ObjectKind, ObjectName};
use crate::{PlatformError, Result, SecretBytes};
use proptest::prelude::*;
use smartexus_domain::{DocumentId, WorkspaceId};
use uuid::Uuid;

const SEALED: usize = CHUNK_BYTES + TAG_BYTES;

fn key(fill: u8) -> DocumentKey {
    DocumentKey::new([fill; 16], SecretBytes::take(&mut [fill; 32]))
}

fn name(workspace: u128, document: u128, kind: &str, version: u64) -> Context {
    Context::object(&ObjectName {
        workspace: WorkspaceId::from_uuid(Uuid::from_u128(workspace)),
        document: DocumentId::from_uuid(Uuid::from_u128(document)),
        kind: ObjectKind::named(kind).unwrap(),
        version,
    })
}

fn here() -> Context {
    name(1, 2, "pages", 3)
}

fn plain(len: usize) -> Vec<u8> {
    (0..len).map(|i| (i * 31 % 251) as u8).collect()
}

fn seal(plain: &[u8], piece: usize) -> Vec<u8> {
    let (mut sealer, mut out) = Sealer::new(&key(7), &here()).unwrap();
    for part in plain.chunks(piece.max(1)) {
        sealer.push(part, &mut out).unwrap();
    }
    sealer.finish(&mut out).unwrap();
    out
}

/// What comes out before the verdict, and the verdict.
fn open(sealed: &[u8], piece: usize, key: DocumentKey, context: Context) -> (Vec<u8>, Result<()>) {
    let mut opener = Opener::new(key, context);
    let mut out = Vec::new();
    for part in sealed.chunks(piece.max(1)) {
        if let Err(error) = opener.push(part, &mut out) {
            return (out, Err(error));
        }
    }
    let end = opener.finish(&mut out);
    (out, end)
}

/// The object is refused, and whatever came out before is an honest beginning of the plaintext.
fn refused(sealed: &[u8], truth: &[u8]) {
    let (out, verdict) = open(sealed, 10_000, key(7), here());
    assert!(matches!(verdict, Err(PlatformError::Unverified)));
    assert!(truth.starts_with(&out));
}

#[test]
fn lengths_around_every_edge_come_back_equal() {
    for len in [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 3 * CHUNK_BYTES + 17] {
        let truth = plain(len);
        let sealed = seal(&truth, 9_999);
        let chunks = len.div_ceil(CHUNK_BYTES).max(1);
        assert_eq!(sealed.len(), HEADER_BYTES + len + chunks * TAG_BYTES);
        for piece in [1_000, SEALED, usize::MAX] {
            let (out, verdict) = open(&sealed, piece, key(7), here());
            verdict.unwrap();
            assert_eq!(out, truth);
        }
    }
}

#[test]
fn the_same_plaintext_never_seals_to_the_same_bytes() {
    let (first, second) = (seal(b"twice", 5), seal(b"twice", 5));
    assert_ne!(first[HEADER_BYTES..], second[HEADER_BYTES..]);
}

#[test]
fn a_cut_at_every_chunk_edge_and_beside_it_is_refused() {
    let truth = plain(3 * CHUNK_BYTES);
    let sealed = seal(&truth, usize::MAX);
    for edge in 0..=3 {
        let at = HEADER_BYTES + edge * SEALED;
        for cut in [at.saturating_sub(1), at, at + 1] {
            if cut < sealed.len() {
                refused(&sealed[..cut], &truth);
            }
        }
    }
    for cut in 0..HEADER_BYTES {
        refused(&sealed[..cut], &truth);
    }
}

#[test]
fn swapped_doubled_and_appended_chunks_are_refused() {
    let truth = plain(4 * CHUNK_BYTES);
    let sealed = seal(&truth, usize::MAX);
    let (header, body) = sealed.split_at(HEADER_BYTES);
    let chunks: Vec<&[u8]> = body.chunks(SEALED).collect();
    for a in 0..chunks.len() {
        for b in 0..chunks.len() {
            if a != b {
                let mut swapped = chunks.clone();
                swapped.swap(a, b);
                refused(&[header, &swapped.concat()].concat(), &truth);
                let mut copied = chunks.clone();
                copied[a] = chunks[b];
                refused(&[header, &copied.concat()].concat(), &truth);
            }
        }
    }
    refused(&[&sealed[..], chunks[3]].concat(), &truth);
    refused(&[&sealed[..], b"x"].concat(), &truth);
}

#[test]
fn another_name_another_key_another_object_are_refused() {
    let sealed = seal(b"rent", 4);
    let elsewhere = [
        name(9, 2, "pages", 3),
        name(1, 9, "pages", 3),
        name(1, 2, "statement", 3),
        name(1, 2, "pages", 4),
        Context::metadata(
            WorkspaceId::from_uuid(Uuid::from_u128(1)),
            DocumentId::from_uuid(Uuid::from_u128(2)),
        ),
    ];
    for context in elsewhere {
        let (out, verdict) = open(&sealed, 100, key(7), context);
        assert!(matches!(verdict, Err(PlatformError::Unverified)));
        assert!(out.is_empty());
    }
    assert!(open(&sealed, 100, key(8), here()).1.is_err());
    let same_id = DocumentKey::new([7; 16], SecretBytes::take(&mut [8; 32]));
    assert!(open(&sealed, 100, same_id, here()).1.is_err());
    let same_key = DocumentKey::new([8; 16], SecretBytes::take(&mut [7; 32]));
    assert!(open(&sealed, 100, same_key, here()).1.is_err());
}

#[test]
fn a_body_under_another_header_of_the_same_key_is_refused() {
    let (first, second) = (seal(b"one", 3), seal(b"two", 3));
    let crossed = [&first[..HEADER_BYTES], &second[HEADER_BYTES..]].concat();
    refused(&crossed, b"one");
}

#[test]
fn every_bit_of_a_small_object_counts() {
    let truth = plain(40);
    let sealed = seal(&truth, usize::MAX);
    for bit in 0..sealed.len() * 8 {
        let mut flipped = sealed.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let (out, verdict) = open(&flipped, usize::MAX, key(7), here());
        assert!(verdict.is_err(), "bit {bit} does not count");
        assert!(out.is_empty());
    }
}

#[test]
fn fields_of_a_context_cannot_run_into_each_other() {
    assert_ne!(name(1, 2, "ab", 3).bytes(), name(1, 2, "a", 3).bytes());
    let small = seal_bytes([1; 16], &key(1).secret, &name(1, 2, "a/b", 0), b"x").unwrap();
    assert!(open_bytes([1; 16], &key(1).secret, &name(1, 2, "a/c", 0), &small).is_err());
    assert_eq!(open_bytes([1; 16], &key(1).secret, &name(1, 2, "a/b", 0), &small).unwrap(), b"x");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_length_in_any_pieces_comes_back(len in 0_usize..200_000, into in 1_usize..90_000, from in 1_usize..90_000) {
        let truth = plain(len);
        let (out, verdict) = open(&seal(&truth, into), from, key(7), here());
        prop_assert!(verdict.is_ok());
        prop_assert_eq!(out, truth);
    }

    #[test]
    fn any_flipped_bit_is_refused(len in 1_usize..150_000, place in any::<prop::sample::Index>(), bit in 0_u8..8) {
        let truth = plain(len);
        let mut sealed = seal(&truth, usize::MAX);
        let at = place.index(sealed.len());
        sealed[at] ^= 1 << bit;
        refused(&sealed, &truth);
    }

    #[test]
    fn any_cut_is_refused(len in 0_usize..150_000, place in any::<prop::sample::Index>()) {
        let truth = plain(len);
        let sealed = seal(&truth, usize::MAX);
        refused(&sealed[..place.index(sealed.len())], &truth);
    }
}
