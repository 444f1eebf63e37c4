//! Forms, pictures and annotations.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::Unusual;
use super::lexer::Lexer;
use super::names::is_named;
use super::page::Reader;
use super::path::as_rect;
use hayro_interpret::kurbo::{Affine, Rect, Shape};
use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::dict::keys::{
    ANNOTS, AP, AS, BBOX, F, FORM, GROUP, H, HEIGHT, IM, IMAGE, IMAGE_MASK, MASK, MATRIX, N, OC, RECT,
    RESOURCES, SMASK, SMASK_IN_DATA, SUBTYPE, W, WIDTH,
};
use hayro_syntax::object::{Array, Dict, Name, Object, Rect as PdfRect, Stream};
use hayro_syntax::page::{Page, Resources};
use smartexus_domain::CoverKind;

/// More than any page draws; a form that draws itself twice would never end.
const MOST_FORMS: u32 = 20_000;
/// Annotation flags: not shown at all, and not on screen.
const HIDDEN: u32 = 1 << 1 | 1 << 5;
const IMAGE_BEGIN: &[u8] = b"BI";
const IMAGE_END: &[u8] = b"EI";

impl<'p> Reader<'_, 'p> {
    /// `Do`.
    pub(super) fn draw(&mut self, name: &[u8], resources: usize) -> Result<(), Unusual> {
        let objects = self.resources.get(resources).map(|resources| &resources.x_objects);
        let Some(object) = objects.and_then(|objects| objects.get::<Stream<'p>>(name)) else {
            return Ok(());
        };
        if is_named(object.dict(), SUBTYPE, IMAGE) {
            self.draw_image(object.dict());
        } else if is_named(object.dict(), SUBTYPE, FORM) {
            self.draw_form(&object, resources)?;
        }
        Ok(())
    }

    /// Is an object seen that may belong to a layer? If it does, the layer stays open.
    fn enter_layer(&mut self, dict: &Dict<'_>) -> bool {
        let layer = dict.get::<Dict<'_>>(OC);
        if let Some(layer) = &layer {
            self.layers.begin_layer(layer, dict.get_ref(OC));
        }
        layer.is_some()
    }

    fn draw_image(&mut self, dict: &Dict<'_>) {
        let side = |short: &[u8], long: &[u8]| {
            dict.get::<u32>(short).or_else(|| dict.get::<u32>(long)).filter(|side| *side > 0)
        };
        let (Some(width), Some(height)) = (side(W, WIDTH), side(H, HEIGHT)) else { return };
        if !self.layers.is_seen() {
            return;
        }
        let in_layer = self.enter_layer(dict);
        if self.layers.is_seen() {
            let (across, down) = (1.0 / f64::from(width), -1.0 / f64::from(height));
            let to_page = self.states.now.ctm * Affine::new([across, 0.0, 0.0, down, 0.0, 1.0]);
            let has_holes = has_holes(dict);
            self.canvas.draw_image(to_page, (width, height), has_holes);
            let kind = if has_holes { CoverKind::MaskedPicture } else { CoverKind::Picture };
            self.cover_with_picture(kind);
        }
        if in_layer {
            self.layers.end();
        }
    }

    /// `BI`: the engine knows best where an image ends.
    pub(super) fn inline_image(&mut self, lexer: &mut Lexer<'_>) -> Result<(), Unusual> {
        let content = lexer.since_operator(IMAGE_BEGIN.len());
        let mut operations = UntypedIter::new(content);
        let image = operations.next().and_then(|operation| operation.operands().last().cloned());
        let Some(Object::Stream(image)) = image else { return Err(Unusual::InlineImage) };
        let data = image.raw_data();
        let start = data.first().and_then(|first| content.element_offset(first));
        let end = start.and_then(|start| start.checked_add(data.len())).ok_or(Unusual::InlineImage)?;
        let is_end = content.get(end..).is_some_and(|rest| rest.starts_with(IMAGE_END));
        let length = end.checked_add(IMAGE_END.len()).and_then(|end| end.checked_sub(IMAGE_BEGIN.len()));
        let length = length.filter(|_| is_end).ok_or(Unusual::InlineImage)?;
        self.draw_image(image.dict());
        lexer.skip(length);
        Ok(())
    }

    fn draw_form(&mut self, form: &Stream<'p>, resources: usize) -> Result<(), Unusual> {
        let Some(bounds) = form.dict().get::<[f32; 4]>(BBOX) else { return Ok(()) };
        if !self.layers.is_seen() {
            return Ok(());
        }
        if self.depth >= self.deepest_form || self.forms >= MOST_FORMS {
            self.canvas.ink.over_limit = true;
            return Ok(());
        }
        (self.depth, self.forms) = (self.depth.saturating_add(1), self.forms.saturating_add(1));
        let in_layer = self.enter_layer(form.dict());
        let outcome = if self.layers.is_seen() { self.run_form(form, bounds, resources) } else { Ok(()) };
        if in_layer {
            self.layers.end();
        }
        self.depth = self.depth.saturating_sub(1);
        outcome
    }

    fn run_form(&mut self, form: &Stream<'p>, bounds: [f32; 4], around: usize) -> Result<(), Unusual> {
        let mut content = self.buffers.pop().unwrap_or_default();
        content.clear();
        self.unpacker.append(form, &mut content)?;
        self.path.clear();
        self.states.save(self.clips.len())?;
        self.states.now.ctm *= matrix(form.dict());
        let is_group = form.dict().get::<Dict<'_>>(GROUP).is_some();
        let frame = self.states.now.ctm * rect(bounds).to_path(0.1);
        // A group may be blended as a whole, and a slanted frame is no box.
        if is_group || as_rect(&frame).is_none() {
            self.canvas.stop_covering();
        }
        if is_group {
            self.canvas.push_group(self.states.now.fill.alpha);
            (self.states.now.fill.alpha, self.states.now.stroke.alpha) = (1.0, 1.0);
        }
        self.canvas.push_clip(frame.bounding_box());
        let resources = match form.dict().get::<Dict<'p>>(RESOURCES) {
            Some(own) => {
                self.resources.push(Resources::new(own));
                self.resources.len().saturating_sub(1)
            }
            None => around,
        };
        self.read_stream(&content, resources)?;
        self.canvas.pop_clip();
        if is_group {
            self.canvas.pop_group();
        }
        self.restore();
        self.buffers.push(content);
        Ok(())
    }

    /// Annotations are drawn over the page, each fitted into its rectangle.
    pub(super) fn annotations(&mut self, page: &Page<'p>) -> Result<(), Unusual> {
        let Some(annotations) = page.raw().get::<Array<'p>>(ANNOTS) else { return Ok(()) };
        for annotation in annotations.iter::<Dict<'p>>() {
            if annotation.get::<u32>(F).unwrap_or(0) & HIDDEN == 0 {
                self.annotation(&annotation)?;
            }
        }
        Ok(())
    }

    fn annotation(&mut self, annotation: &Dict<'p>) -> Result<(), Unusual> {
        let Some(form) = appearance(annotation) else { return Ok(()) };
        let (Some(place), Some(bounds)) =
            (annotation.get::<PdfRect>(RECT), form.dict().get::<[f32; 4]>(BBOX))
        else {
            return Ok(());
        };
        let drawn = (matrix(form.dict()) * rect(bounds).to_path(0.1)).bounding_box();
        let (sx, sy) = ((place.x1 - place.x0) / drawn.width(), (place.y1 - place.y0) / drawn.height());
        let fit = Affine::new([sx, 0.0, 0.0, sy, place.x0 - sx * drawn.x0, place.y0 - sy * drawn.y0]);
        self.states.save(self.clips.len())?;
        self.states.now.ctm *= fit;
        self.draw_form(&form, 0)?;
        self.restore();
        Ok(())
    }
}

/// May what is under a picture be seen through it?
fn has_holes(image: &Dict<'_>) -> bool {
    let is_stencil = |key: &[u8]| image.get::<bool>(key).unwrap_or(false);
    let has_mask = [SMASK, MASK, SMASK_IN_DATA].into_iter().any(|key| image.contains_key(key));
    has_mask || is_stencil(IM) || is_stencil(IMAGE_MASK)
}

fn matrix(form: &Dict<'_>) -> Affine {
    form.get::<[f64; 6]>(MATRIX).map_or(Affine::IDENTITY, Affine::new)
}

fn rect([x0, y0, x1, y1]: [f32; 4]) -> Rect {
    Rect::new(f64::from(x0), f64::from(y0), f64::from(x1), f64::from(y1))
}

/// The normal look of an annotation, in the state that it is in.
fn appearance<'p>(annotation: &Dict<'p>) -> Option<Stream<'p>> {
    match annotation.get::<Dict<'p>>(AP)?.get::<Object<'p>>(N)? {
        Object::Stream(form) => Some(form),
        Object::Dict(states) => annotation
            .get::<Name<'_>>(AS)
            .and_then(|state| states.get::<Stream<'p>>(state))
            .or_else(|| states.get::<Stream<'p>>(b"Off")),
        Object::Null(_)
        | Object::Boolean(_)
        | Object::Number(_)
        | Object::String(_)
        | Object::Name(_)
        | Object::Array(_) => None,
    }
}
