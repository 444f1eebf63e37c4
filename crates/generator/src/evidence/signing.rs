//! Files signed as banks sign them: a save that brings a signature over everything else. Nobody's key is involved; the
//! signed message is only as much of one as holds the digest.

use super::file::{About, amend, size, trailer};
use crate::container;
use crate::pdf::{CATALOG, Object};
use sha2::{Digest, Sha256};

/// Digits of a number in the list of covered bytes.
const PLACE: &str = "0000000000";
/// `messageDigest` and the head of its value: a set of one octet string of 32 bytes.
const ATTRIBUTE: &[u8] = b"\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x09\x04\x31\x22\x04\x20";

/// Saves a signature behind a file. Its objects are given for their numbers and the catalog.
pub(super) fn sign(mut file: Vec<u8>, objects: &mut Vec<Object>, about: &About) -> Vec<u8> {
    let first = size(objects);
    let (field, value) = (first, first + 1);
    amend(objects, CATALOG, "<<", &format!("<</AcroForm<</Fields[{field} 0 R]/SigFlags 3>>"));
    let catalog = objects.iter().find(|object| object.id == CATALOG).map(|object| object.body.clone());
    let start = file.len();
    let digits = "0".repeat(2 * (ATTRIBUTE.len() + 32));
    let added = vec![
        Object { id: CATALOG, body: catalog.unwrap_or_default(), is_stream: false },
        Object {
            id: field,
            body: format!("<</Type/Annot/Subtype/Widget/FT/Sig/T(Seal)/V {value} 0 R/Rect[0 0 0 0]/F 132>>")
                .into_bytes(),
            is_stream: false,
        },
        Object {
            id: value,
            body: format!(
                "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached\
                 /ByteRange[{PLACE} {PLACE} {PLACE} {PLACE}]/Contents<{digits}>>>"
            )
            .into_bytes(),
            is_stream: false,
        },
    ];
    container::saved(&mut file, &added, first + 2, &trailer(about));
    objects.extend(added.into_iter().skip(1));
    seal(&mut file, start);
    file
}

/// Fills in what is covered, and its digest.
fn seal(file: &mut [u8], start: usize) -> Option<()> {
    let find = |file: &[u8], mark: &[u8]| {
        file.get(start..)?.windows(mark.len()).position(|window| window == mark).map(|at| start + at)
    };
    let value = find(file, b"/Contents<")? + b"/Contents".len();
    let end = value + file.get(value..)?.iter().position(|byte| *byte == b'>')? + 1;
    let list = find(file, b"/ByteRange[")? + b"/ByteRange[".len();
    let numbers = format!("{:010} {value:010} {end:010} {:010}", 0, file.len() - end);
    file.get_mut(list..list + numbers.len())?.copy_from_slice(numbers.as_bytes());
    let digest = Sha256::new().chain_update(&file[..value]).chain_update(&file[end..]).finalize();
    let message = [ATTRIBUTE, digest.as_slice()].concat();
    let digits: String = message.iter().map(|byte| format!("{byte:02x}")).collect();
    file.get_mut(value + 1..end - 1)?.copy_from_slice(digits.as_bytes());
    Some(())
}

/// Saves behind a signed file what is needed to check it later, as archives do.
pub(super) fn keep_checkable(mut file: Vec<u8>, objects: &mut [Object], about: &About) -> Vec<u8> {
    amend(objects, CATALOG, "<<", "<</DSS<</VRI<<>>>>");
    let catalog = objects.iter().find(|object| object.id == CATALOG).map(|object| object.body.clone());
    let added = [Object { id: CATALOG, body: catalog.unwrap_or_default(), is_stream: false }];
    container::saved(&mut file, &added, size(objects), &trailer(about));
    file
}
