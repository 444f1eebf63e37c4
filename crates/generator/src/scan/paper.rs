//! Scans in a PDF: each page one picture.

use super::{Bitmap, fax, jpeg};
use std::io::Write;

/// How the pixels are compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Codec {
    /// Black and white, deflated.
    FlateBilevel,
    /// Gray, deflated.
    FlateGray,
    /// Gray, runs of bytes.
    RunLength,
    /// Gray JPEG of this quality, 1 to 100.
    Dct(u8),
    /// Black and white, fax group 3, one-dimensional.
    FaxGroup3,
    /// Black and white, fax group 4.
    FaxGroup4,
    /// Black and white, JBIG2.
    Jbig2,
}

impl Codec {
    fn encode(self, picture: &Bitmap) -> (String, Vec<u8>) {
        let size = format!("/Columns {} /Rows {}", picture.width, picture.height);
        match self {
            Self::FlateBilevel => (bilevel("/Filter /FlateDecode"), deflate(&picture.packed())),
            Self::FlateGray => (gray("/Filter /FlateDecode"), deflate(&picture.pixels)),
            Self::RunLength => (gray("/Filter /RunLengthDecode"), runs(&picture.pixels)),
            Self::Dct(quality) => (gray("/Filter /DCTDecode"), jpeg(picture, quality)),
            Self::FaxGroup3 => (
                bilevel(&format!("/Filter /CCITTFaxDecode /DecodeParms << /K 0 {size} >>")),
                fax::group3(picture),
            ),
            Self::FaxGroup4 => (
                bilevel(&format!("/Filter /CCITTFaxDecode /DecodeParms << /K -1 {size} >>")),
                fax::group4(picture),
            ),
            Self::Jbig2 => (bilevel("/Filter /JBIG2Decode"), jbig2(picture)),
        }
    }
}

fn bilevel(filter: &str) -> String {
    format!("/ColorSpace /DeviceGray /BitsPerComponent 1 {filter}")
}

fn gray(filter: &str) -> String {
    format!("/ColorSpace /DeviceGray /BitsPerComponent 8 {filter}")
}

fn deflate(data: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(data, 9)
}

/// Runs of equal bytes as a count and the byte, all others as they are.
fn runs(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for run in data.chunk_by(|a, b| a == b) {
        for piece in run.chunks(128) {
            match piece {
                [one] => out.extend([0, *one]),
                [first, ..] => out.extend([u8::try_from(257 - piece.len()).unwrap_or(128), *first]),
                [] => {}
            }
        }
    }
    out.push(128);
    out
}

/// A page and one region of fax group 4 on it.
fn jbig2(picture: &Bitmap) -> Vec<u8> {
    let sides: Vec<u8> = [picture.width, picture.height]
        .iter()
        .flat_map(|side| u32::try_from(*side).unwrap_or(0).to_be_bytes())
        .collect();
    let page = [sides.as_slice(), &[0; 11]].concat();
    let region = [sides.as_slice(), &[0; 9], &[1], &fax::group4(picture)].concat();
    let segment = |number: u8, kind: u8, data: &[u8]| {
        let length = u32::try_from(data.len()).unwrap_or(0).to_be_bytes();
        [&[0, 0, 0, number, kind, 0, 1], length.as_slice(), data].concat()
    };
    [segment(0, 48, &page), segment(1, 38, &region)].concat()
}

/// A file whose pages are these pictures and nothing else.
#[must_use]
pub fn scanned_pdf(pictures: &[Bitmap], codec: Codec) -> Vec<u8> {
    let mut objects: Vec<Vec<u8>> = Vec::new();
    let kids: Vec<String> = (0..pictures.len()).map(|index| format!("{} 0 R", 3 + 3 * index)).collect();
    objects.push(b"<< /Type /Catalog /Pages 2 0 R >>".to_vec());
    objects.push(format!("<< /Type /Pages /Count {} /Kids [{}] >>", kids.len(), kids.join(" ")).into_bytes());
    for (index, picture) in pictures.iter().enumerate() {
        let points = |pixels: usize| pixels as f32 * 72.0 / picture.dpi as f32;
        let (width, height) = (points(picture.width), points(picture.height));
        let (content, image) = (4 + 3 * index, 5 + 3 * index);
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width:.3} {height:.3}] /Contents {content} 0 R \
                 /Resources << /XObject << /Im0 {image} 0 R >> >> >>"
            )
            .into_bytes(),
        );
        let drawing = format!("q {width:.3} 0 0 {height:.3} 0 0 cm /Im0 Do Q");
        objects.push(stream("", drawing.as_bytes()));
        let (how, data) = codec.encode(picture);
        let sides =
            format!("/Type /XObject /Subtype /Image /Width {} /Height {}", picture.width, picture.height);
        objects.push(stream(&format!("{sides} {how} "), &data));
    }
    file(&objects)
}

fn stream(dict: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<< {dict}/Length {} >>\nstream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (index, body) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", out.len());
        // Writing to memory does not fail.
        let _ = writeln!(out, "{} 0 obj", index + 1);
        out.extend_from_slice(body);
        out.extend_from_slice(b"\nendobj\n");
    }
    let start = out.len();
    let size = objects.len() + 1;
    out.extend_from_slice(table.as_bytes());
    let trailer = format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
    out.extend_from_slice(trailer.as_bytes());
    out
}
