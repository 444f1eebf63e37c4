//! Fax compression as scanners write it into TIFF files, which the TIFF library reads in part only.

use hayro_ccitt::{DecodeSettings, Decoder, DecoderContext, EncodingMode, decode};

/// One strip of rows.
pub(super) struct Fax {
    pub(super) columns: u32,
    pub(super) rows: u32,
    pub(super) encoding: EncodingMode,
    /// Each row starts with a new byte.
    pub(super) byte_aligned: bool,
}

/// Ink and paper, one byte a pixel, always `columns` times `rows` of them; what is missing or damaged is paper.
struct Rows {
    pixels: Vec<u8>,
    columns: usize,
    wanted: usize,
}

impl Decoder for Rows {
    fn push_row(&mut self, changes: &[u32]) {
        if self.pixels.len() >= self.wanted {
            return;
        }
        let start = self.pixels.len();
        self.pixels.resize(start.saturating_add(self.columns), 255);
        let row = self.pixels.get_mut(start..).unwrap_or_default();
        for pair in changes.chunks(2) {
            let from = pair.first().copied().unwrap_or(0) as usize;
            let to = pair.get(1).map_or(self.columns, |to| *to as usize);
            row.get_mut(from..to).unwrap_or_default().fill(0);
        }
    }
}

impl Fax {
    /// `None` where not even one row could be read.
    pub(super) fn pixels(&self, data: &[u8]) -> Option<Vec<u8>> {
        let (columns, wanted_rows) = (self.columns as usize, self.rows as usize);
        let wanted = columns.checked_mul(wanted_rows)?;
        let mut rows = Rows { pixels: Vec::new(), columns, wanted };
        let settings = DecodeSettings {
            columns: self.columns,
            rows: self.rows,
            end_of_block: true,
            end_of_line: false,
            rows_are_byte_aligned: self.byte_aligned,
            encoding: self.encoding,
            strict: false,
        };
        // What could be read before the damage has been pushed.
        let whole = decode(data, &mut rows, &mut DecoderContext::new(settings));
        if whole.is_err() && rows.pixels.len() < wanted {
            return None;
        }
        rows.pixels.resize(wanted, 255);
        Some(rows.pixels)
    }
}
