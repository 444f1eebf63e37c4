//! The outermost layer of a PDF: header, objects, cross-references, trailer.

use crate::pdf::{CATALOG, Container, INFO, Object};

/// First line and the comment that marks the file as binary.
pub(crate) const HEADER: &[u8] = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";

/// Where an object stands in the file.
enum Place {
    Offset(usize),
    /// Index inside the object stream.
    Packed(usize),
}

/// The whole file.
pub(crate) fn file(objects: &[Object], container: Container) -> Vec<u8> {
    match container {
        Container::Table => with_table(objects),
        Container::Streams => with_streams(objects, ""),
    }
}

pub(crate) fn append(out: &mut Vec<u8>, object: &Object) -> usize {
    let offset = out.len();
    out.extend_from_slice(format!("{} 0 obj\n", object.id).as_bytes());
    out.extend_from_slice(&object.body);
    out.extend_from_slice(b"\nendobj\n");
    offset
}

fn size(objects: &[Object]) -> i32 {
    objects.iter().map(|o| o.id).max().unwrap_or(0) + 1
}

fn with_table(objects: &[Object]) -> Vec<u8> {
    with_trailer(objects, &format!("/Info {INFO} 0 R"))
}

/// A file with a cross-reference table and more entries in its trailer.
pub(crate) fn with_trailer(objects: &[Object], extra: &str) -> Vec<u8> {
    let mut out = HEADER.to_vec();
    let places: Vec<(i32, usize)> = objects.iter().map(|o| (o.id, append(&mut out, o))).collect();
    let trailer = format!("<</Size {}/Root {CATALOG} 0 R{extra}>>", size(objects));
    table(&mut out, &places, true, &trailer);
    out
}

/// Writes a cross-reference table of one subsection an object, and the trailer.
fn table(out: &mut Vec<u8>, places: &[(i32, usize)], first: bool, trailer: &str) {
    let start = out.len();
    let mut sorted = places.to_vec();
    sorted.sort_unstable();
    out.extend_from_slice(b"xref\n");
    if first {
        out.extend_from_slice(b"0 1\n0000000000 65535 f \n");
    }
    for (id, offset) in sorted {
        out.extend_from_slice(format!("{id} 1\n{offset:010} 00000 n \n").as_bytes());
    }
    out.extend_from_slice(format!("trailer\n{trailer}\nstartxref\n{start}\n%%EOF\n").as_bytes());
}

/// The same file with some objects replaced by an incremental save, as an editor would leave it.
pub(crate) fn revised(mut file: Vec<u8>, changed: &[Object], size: i32) -> Vec<u8> {
    let extra = format!("/Info {INFO} 0 R");
    saved(&mut file, changed, size, &extra);
    file
}

/// Saves changed objects behind a file; `extra` are more entries of the trailer.
pub(crate) fn saved(file: &mut Vec<u8>, changed: &[Object], size: i32, extra: &str) {
    let previous = last_start(file);
    let places: Vec<(i32, usize)> = changed.iter().map(|o| (o.id, append(file, o))).collect();
    let trailer = format!("<</Size {size}/Root {CATALOG} 0 R{extra}/Prev {previous}>>");
    table(file, &places, false, &trailer);
}

/// A file that is arranged for the network: a first table at its start that leads to the main one at its end.
pub(crate) fn linearized(objects: &[Object], extra: &str) -> Vec<u8> {
    let total = size(objects);
    let head = |prev: usize, places: &[(i32, usize)]| {
        let mut out = HEADER.to_vec();
        let hint = Object {
            id: total,
            body: b"<</Linearized 1/O 20/N 1/T 0/H[0 0]/E 0/L 0>>".to_vec(),
            is_stream: false,
        };
        let hint_at = append(&mut out, &hint);
        let start = out.len();
        out.extend_from_slice(b"xref\n");
        for (id, offset) in places.iter().chain(&[(total, hint_at)]) {
            out.extend_from_slice(format!("{id} 1\n{offset:010} 00000 n \n").as_bytes());
        }
        let trailer = format!("<</Size {}/Root {CATALOG} 0 R{extra}/Prev {prev:010}>>", total + 1);
        out.extend_from_slice(format!("trailer\n{trailer}\nstartxref\n0\n%%EOF\n").as_bytes());
        (out, start)
    };
    let (first, rest) = objects.split_at(objects.len() / 2);
    let empty: Vec<(i32, usize)> = first.iter().map(|object| (object.id, 0)).collect();
    let mut out = head(0, &empty).0;
    let places: Vec<(i32, usize)> =
        first.iter().map(|object| (object.id, append(&mut out, object))).collect();
    let others: Vec<(i32, usize)> = rest.iter().map(|object| (object.id, append(&mut out, object))).collect();
    let (head, start) = head(out.len(), &places);
    out.splice(..head.len(), head);
    out.extend_from_slice(b"xref\n0 1\n0000000000 65535 f \n");
    for (id, offset) in others {
        out.extend_from_slice(format!("{id} 1\n{offset:010} 00000 n \n").as_bytes());
    }
    out.extend_from_slice(format!("trailer\n<</Size {total}>>\nstartxref\n{start}\n%%EOF\n").as_bytes());
    out
}

/// The number after the last `startxref`.
fn last_start(file: &[u8]) -> usize {
    let text = String::from_utf8_lossy(&file[file.len().saturating_sub(64)..]).into_owned();
    let number = text.rsplit("startxref").next().and_then(|rest| rest.split_whitespace().next());
    number.and_then(|n| n.parse().ok()).unwrap_or(0)
}

/// A file with an object stream, a cross-reference stream, and more entries in the latter.
pub(crate) fn with_streams(objects: &[Object], extra: &str) -> Vec<u8> {
    let mut out = HEADER.to_vec();
    let pack_id = size(objects);
    let mut places: Vec<(i32, Place)> = Vec::new();
    let (mut index, mut bodies) = (String::new(), Vec::new());
    for object in objects {
        if object.is_stream {
            places.push((object.id, Place::Offset(append(&mut out, object))));
        } else {
            let number = places.iter().filter(|(_, p)| matches!(p, Place::Packed(_))).count();
            index.push_str(&format!("{} {} ", object.id, bodies.len()));
            bodies.extend_from_slice(&object.body);
            bodies.push(b'\n');
            places.push((object.id, Place::Packed(number)));
        }
    }
    let packed = places.iter().filter(|(_, p)| matches!(p, Place::Packed(_))).count();
    let pack = framed(
        pack_id,
        &format!("/Type/ObjStm/N {packed}/First {}", index.len()),
        &[index.as_bytes(), &bodies].concat(),
    );
    places.push((pack_id, Place::Offset(append(&mut out, &pack))));
    let start = out.len();
    places.push((pack_id + 1, Place::Offset(start)));
    let rows = cross_references(&mut places, pack_id);
    let dict = format!(
        "/Type/XRef/Size {}/W[1 4 2]/Root {CATALOG} 0 R/Info {INFO} 0 R{extra}{}",
        pack_id + 2,
        rows.1
    );
    append(&mut out, &framed(pack_id + 1, &dict, &rows.0));
    out.extend_from_slice(format!("startxref\n{start}\n%%EOF\n").as_bytes());
    out
}

/// Rows of the cross-reference stream and its `/Index`.
fn cross_references(places: &mut [(i32, Place)], pack_id: i32) -> (Vec<u8>, String) {
    places.sort_unstable_by_key(|(id, _)| *id);
    let mut rows = vec![0, 0, 0, 0, 0, 0xFF, 0xFF];
    let mut index = String::from("/Index[0 1");
    for (id, place) in places.iter() {
        let (kind, middle, last) = match place {
            Place::Offset(offset) => (1, u32::try_from(*offset).unwrap_or(0), 0),
            Place::Packed(number) => (2, pack_id.unsigned_abs(), u16::try_from(*number).unwrap_or(0)),
        };
        rows.push(kind);
        rows.extend_from_slice(&middle.to_be_bytes());
        rows.extend_from_slice(&last.to_be_bytes());
        index.push_str(&format!(" {id} 1"));
    }
    index.push(']');
    (rows, index)
}

fn framed(id: i32, dict: &str, data: &[u8]) -> Object {
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(data, 6);
    let mut body = format!("<<{dict}/Filter/FlateDecode/Length {}>>\nstream\n", packed.len()).into_bytes();
    body.extend_from_slice(&packed);
    body.extend_from_slice(b"\nendstream");
    Object { id, body, is_stream: true }
}
