//! What each operator does.

#![expect(clippy::float_arithmetic, reason = "leading runs downwards")]

use super::Unusual;
use super::lexer::{Lexer, Operand, Operation};
use super::names::Settings;
use super::page::Reader;
use super::state::Mode;
use hayro_interpret::kurbo::Affine;
use hayro_syntax::object::dict::keys::OC;
use hayro_syntax::object::{Dict, FromBytes};
use std::rc::Rc;

const TAG: &[u8] = b"/MCID";

impl<'p> Reader<'_, 'p> {
    /// Carries out one operator. One whose operands are wrong does nothing, as in the engine; but a path
    /// without its numbers is a page for the engine.
    pub(super) fn operate(
        &mut self,
        operation: Operation<'_>,
        lexer: &mut Lexer<'_>,
        resources: usize,
    ) -> Result<(), Unusual> {
        match operation.operator {
            b"q" => self.states.save(self.clips.len())?,
            b"Q" => self.restore(),
            b"cm" => {
                if let Some(matrix) = lexer.numbers() {
                    self.states.now.ctm *= Affine::new(matrix);
                }
            }
            b"gs" => self.set(lexer.last_name().unwrap_or_default(), resources)?,
            b"m" | b"l" | b"c" | b"v" | b"y" | b"h" | b"re" => self.build(operation.operator, lexer)?,
            b"W" | b"W*" => self.path.is_clip = true,
            b"n" | b"f" | b"F" | b"f*" | b"S" | b"s" | b"B" | b"B*" | b"b" | b"b*" => {
                self.paint(operation.operator);
            }
            b"g" | b"rg" | b"k" => self.colors.device(&mut self.states.now.fill, operation, lexer),
            b"G" | b"RG" | b"K" => self.colors.device(&mut self.states.now.stroke, operation, lexer),
            b"cs" | b"CS" | b"sc" | b"scn" | b"SC" | b"SCN" => self.color(operation, lexer, resources),
            b"Do" => self.draw(lexer.last_name().unwrap_or_default(), resources)?,
            b"BI" => self.inline_image(lexer)?,
            b"BMC" if lexer.last_name().is_some() => {
                self.note_mark(lexer);
                self.traces.open(None, self.canvas.ink.glyphs.len());
                self.layers.begin();
            }
            b"BDC" => {
                self.note_mark(lexer);
                self.begin_marked(lexer, resources);
            }
            b"MP" | b"DP" => self.note_mark(lexer),
            b"ET" => self.traces.end_text(self.canvas.ink.glyphs.len()),
            b"EMC" => {
                self.traces.close(self.canvas.ink.glyphs.len());
                self.layers.end();
            }
            _ => self.operate_text(operation.operator, lexer, resources)?,
        }
        Ok(())
    }

    #[expect(clippy::cast_possible_truncation, reason = "the engine keeps single precision")]
    fn operate_text(&mut self, operator: &[u8], lexer: &Lexer<'_>, resources: usize) -> Result<(), Unusual> {
        let text = &mut self.states.now.text;
        let number = || lexer.numbers::<1>().map(|[number]| number as f32);
        match operator {
            b"BT" => (text.matrix, text.line_matrix) = (Affine::IDENTITY, Affine::IDENTITY),
            b"Tc" => text.char_space = number().unwrap_or(text.char_space),
            b"Tw" => text.word_space = number().unwrap_or(text.word_space),
            b"Tz" => text.scaling = number().unwrap_or(text.scaling),
            b"TL" => text.leading = number().unwrap_or(text.leading),
            b"Ts" => text.rise = number().unwrap_or(text.rise),
            b"Tr" => {
                if let Some([mode]) = lexer.numbers() {
                    text.mode = Mode::from_number(mode)?;
                }
            }
            b"Tf" => self.set_font(lexer, resources),
            b"Tm" => {
                if let Some(matrix) = lexer.numbers() {
                    text.line_matrix = Affine::new(matrix);
                    text.matrix = text.line_matrix;
                }
            }
            b"Td" => {
                if let Some([x, y]) = lexer.numbers() {
                    text.next_line(x, y);
                }
            }
            b"TD" => {
                if let Some([x, y]) = lexer.numbers() {
                    text.leading = -y as f32;
                    text.next_line(x, y);
                }
            }
            b"T*" => text.next_line(0.0, -f64::from(text.leading)),
            b"Tj" => {
                if let Some(bytes) = lexer.last_text() {
                    self.show(bytes);
                }
            }
            b"'" => {
                if let Some(bytes) = lexer.last_text() {
                    text.next_line(0.0, -f64::from(text.leading));
                    self.show(bytes);
                }
            }
            b"\"" => {
                let [.., Operand::Number(word), Operand::Number(char), Operand::Text(shown)] =
                    lexer.operands()
                else {
                    return Ok(());
                };
                (text.word_space, text.char_space) = (*word as f32, *char as f32);
                text.next_line(0.0, -f64::from(text.leading));
                self.show(lexer.bytes_of(shown));
            }
            b"TJ" if lexer.operands().last() == Some(&Operand::List) => self.show_items(lexer),
            // Escaped, it might be any operator, or none.
            _ if operator.contains(&b'#') => return Err(Unusual::Syntax),
            _ => {}
        }
        Ok(())
    }

    /// The tag is the first operand.
    fn note_mark(&mut self, lexer: &Lexer<'_>) {
        if let Some(Operand::Name(tag)) = lexer.operands().first() {
            self.traces.mark(tag, self.canvas.ink.glyphs.len());
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "the engine keeps single precision")]
    fn set_font(&mut self, lexer: &Lexer<'_>, resources: usize) {
        let [.., Operand::Name(name), Operand::Number(size)] = lexer.operands() else { return };
        let font = self.font_named(resources, name);
        let text = &mut self.states.now.text;
        (text.font, text.size) = (font, *size as f32);
    }

    fn build(&mut self, operator: &[u8], lexer: &Lexer<'_>) -> Result<(), Unusual> {
        match operator {
            b"h" => self.path.close(),
            b"m" | b"l" => self.path.build(operator, &operands::<2>(lexer)?)?,
            b"c" => self.path.build(operator, &operands::<6>(lexer)?)?,
            _ => self.path.build(operator, &operands::<4>(lexer)?)?,
        }
        Ok(())
    }

    fn paint(&mut self, operator: &[u8]) {
        if matches!(operator, b"s" | b"b" | b"b*") {
            self.path.close();
        }
        let fills = matches!(operator, b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*");
        let strokes = matches!(operator, b"S" | b"s" | b"B" | b"B*" | b"b" | b"b*");
        self.paint_path(fills, strokes);
    }

    fn color(&mut self, operation: Operation<'_>, lexer: &Lexer<'_>, resources: usize) {
        let strokes = operation.operator.starts_with(b"S") || operation.operator.starts_with(b"C");
        let now = &mut self.states.now;
        let paint = if strokes { &mut now.stroke } else { &mut now.fill };
        match operation.operator {
            b"cs" | b"CS" => {
                if let Some(name) = lexer.last_name() {
                    self.colors.space(paint, resources, name);
                }
            }
            _ => self.colors.components(paint, resources, operation, lexer),
        }
    }

    /// `gs`.
    fn set(&mut self, name: &[u8], resources: usize) -> Result<(), Unusual> {
        let settings = match self.names.settings(resources, name) {
            Some(settings) => settings,
            None => {
                let states = self.resources.get(resources).map(|resources| &resources.ext_g_states);
                let Some(dict) = states.and_then(|states| states.get::<Dict<'p>>(name)) else {
                    return Ok(());
                };
                let settings = Rc::new(Settings::read(&dict)?);
                self.names.keep_settings(resources, name, Rc::clone(&settings));
                settings
            }
        };
        if settings.is_blended {
            self.canvas.stop_covering();
        }
        let now = &mut self.states.now;
        now.fill.alpha = settings.fill_alpha.unwrap_or(now.fill.alpha);
        now.stroke.alpha = settings.stroke_alpha.unwrap_or(now.stroke.alpha);
        if let Some((font, size)) = &settings.font {
            now.text.size = *size;
            self.states.now.text.font = self.font_described(font);
        }
        Ok(())
    }

    /// `BDC`: a layer is named among the properties, or refers to one in a dictionary of its own.
    fn begin_marked(&mut self, lexer: &Lexer<'_>, resources: usize) {
        let [.., Operand::Name(_), properties] = lexer.operands() else { return };
        // The tags of a form are those of its own structure.
        let tag = match properties {
            Operand::Dict(bytes) if self.depth == 0 => tag_in(bytes),
            Operand::Dict(_) | Operand::Name(_) | Operand::Number(_) | Operand::Text(_) | Operand::List => {
                None
            }
        };
        self.traces.open(tag, self.canvas.ink.glyphs.len());
        let layer = match properties {
            Operand::Name(name) => self.resources.get(resources).and_then(|resources| {
                let reference = resources.properties.get_ref(name)?;
                Some((resources.properties.get::<Dict<'_>>(name).unwrap_or_default(), reference))
            }),
            Operand::Dict(bytes) => layer_in(bytes),
            Operand::Number(_) | Operand::Text(_) | Operand::List => None,
        };
        match layer {
            Some((layer, reference)) => self.layers.begin_layer(&layer, Some(reference)),
            None => self.layers.begin(),
        }
    }
}

/// A reference in content can only come from a dictionary that a page should not have; the engine reads it.
fn layer_in(bytes: &[u8]) -> Option<(Dict<'_>, hayro_syntax::object::ObjRef)> {
    bytes.windows(OC.len().saturating_add(1)).find(|window| *window == b"/OC")?;
    let dict = Dict::from_bytes(bytes)?;
    let reference = dict.get_ref(OC)?;
    Some((dict.get::<Dict<'_>>(OC).unwrap_or_default(), reference))
}

/// The number behind `/MCID`.
fn tag_in(bytes: &[u8]) -> Option<u32> {
    let at = bytes.windows(TAG.len()).position(|window| window == TAG)?;
    let rest = bytes.get(at.checked_add(TAG.len())?..)?.trim_ascii_start();
    let length = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(rest.get(..length)?).ok()?.parse().ok()
}

fn operands<const N: usize>(lexer: &Lexer<'_>) -> Result<[f64; N], Unusual> {
    lexer.numbers().ok_or(Unusual::Operands)
}
