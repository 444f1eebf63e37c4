//! The workbook's looks: one quiet palette, one format a meaning.

use crate::notice::Tone;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};
use smartexus_domain::Currency;

const INK: Color = Color::RGB(0x001F_2937);
const MUTED: Color = Color::RGB(0x006B_7280);
const RULE: Color = Color::RGB(0x00D1_D5DB);
const HEAD: Color = Color::RGB(0x001F_3A5F);
const BAND: Color = Color::RGB(0x00F3_F4F6);
const GREEN: (Color, Color) = (Color::RGB(0x00DC_FCE7), Color::RGB(0x0014_532D));
const AMBER: (Color, Color) = (Color::RGB(0x00FE_F3C7), Color::RGB(0x0078_350F));
const RED: (Color, Color) = (Color::RGB(0x00FE_E2E2), Color::RGB(0x007F_1D1D));

/// The formats that do not depend on a value.
pub(super) struct Style {
    pub(super) title: Format,
    pub(super) section: Format,
    pub(super) head: Format,
    pub(super) head_right: Format,
    pub(super) label: Format,
    pub(super) text: Format,
    pub(super) wrapped: Format,
    pub(super) muted: Format,
    pub(super) date: Format,
    pub(super) month: Format,
    pub(super) count: Format,
    pub(super) share: Format,
    pub(super) percent: Format,
    pub(super) ratio: Format,
}

impl Style {
    pub(super) fn new() -> Self {
        let base = || Format::new().set_font_name("Calibri").set_font_size(10).set_font_color(INK);
        let cell = || {
            base()
                .set_align(FormatAlign::Top)
                .set_border_bottom(FormatBorder::Hair)
                .set_border_bottom_color(RULE)
        };
        let head =
            || base().set_bold().set_font_color(Color::White).set_background_color(HEAD).set_text_wrap();
        let left = || head().set_align(FormatAlign::VerticalCenter);
        // An indent keeps text off the digits of the column before it.
        let text = || cell().set_align(FormatAlign::Left).set_indent(1);
        Self {
            title: base().set_font_size(16).set_bold(),
            section: base().set_font_size(12).set_bold().set_font_color(HEAD),
            head: left().set_align(FormatAlign::Left).set_indent(1),
            head_right: left().set_align(FormatAlign::Right),
            label: base().set_font_color(MUTED).set_align(FormatAlign::Top),
            text: text(),
            wrapped: text().set_text_wrap(),
            muted: text().set_font_color(MUTED),
            date: text().set_num_format("yyyy-mm-dd"),
            month: text().set_num_format("mmm yyyy"),
            count: cell().set_num_format("#,##0"),
            share: cell().set_num_format("0%"),
            percent: cell().set_num_format("0.0%"),
            ratio: cell().set_num_format("0.0000").set_align(FormatAlign::Right),
        }
    }

    /// Money of a currency: its minor digits, its code when `with_code`.
    pub(super) fn money(&self, currency: Currency, with_code: bool) -> Format {
        self.count.clone().set_num_format(money_format(currency, with_code)).set_align(FormatAlign::Right)
    }

    /// The same on a line of totals.
    pub(super) fn total_money(&self, currency: Currency) -> Format {
        let format = self.money(currency, true).set_bold().set_background_color(BAND);
        format.set_border_top(FormatBorder::Thin).set_border_top_color(HEAD)
    }

    /// A label or count on a line of totals.
    pub(super) fn total(&self) -> Format {
        let format = self.count.clone().set_bold().set_background_color(BAND);
        format.set_border_top(FormatBorder::Thin).set_border_top_color(HEAD)
    }

    /// A label or count in a column of totals.
    pub(super) fn band(&self) -> Format {
        self.count.clone().set_bold().set_background_color(BAND)
    }

    /// Money in a column of totals.
    pub(super) fn band_money(&self, currency: Currency) -> Format {
        self.money(currency, false).set_bold().set_background_color(BAND)
    }

    /// The banner of a tone.
    pub(super) fn banner(&self, tone: Tone) -> Format {
        let (paper, ink) = colors(tone);
        let format = self.title.clone().set_font_size(11).set_background_color(paper).set_font_color(ink);
        format.set_align(FormatAlign::VerticalCenter).set_text_wrap().set_indent(1)
    }

    /// A word that carries a tone inside a table.
    pub(super) fn badge(&self, tone: Tone) -> Format {
        let (paper, ink) = colors(tone);
        self.text.clone().set_bold().set_background_color(paper).set_font_color(ink)
    }
}

const fn colors(tone: Tone) -> (Color, Color) {
    match tone {
        Tone::Good => GREEN,
        Tone::Warn => AMBER,
        Tone::Bad => RED,
    }
}

/// `#,##0.00` with the currency's digits; the code stands before the digits, as it does on paper.
pub(super) fn money_format(currency: Currency, with_code: bool) -> String {
    let digits = match currency.exponent() {
        0 => "#,##0".to_owned(),
        exponent => format!("#,##0.{}", "0".repeat(exponent as usize)),
    };
    let code =
        if with_code && currency.is_known() { format!("[${}] ", currency.code()) } else { String::new() };
    format!("{code}{digits};-{code}{digits}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_follow_the_currency() {
        for (code, with_code, expected) in [
            ("USD", true, "[$USD] #,##0.00;-[$USD] #,##0.00"),
            ("JPY", false, "#,##0;-#,##0"),
            ("KWD", false, "#,##0.000;-#,##0.000"),
            ("XXX", true, "#,##0.00;-#,##0.00"),
        ] {
            assert_eq!(money_format(Currency::from_code(code).unwrap(), with_code), expected);
        }
    }
}
