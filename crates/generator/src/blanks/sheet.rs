//! A form under construction: printed words, rules, and the fields between them.

use pdf_writer::{Chunk, Content, Finish, Name, Pdf, Rect, Ref, Str, TextStr};

const WIDTH: f32 = 612.0;
const HEIGHT: f32 = 792.0;
const CATALOG: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const FONT: Ref = Ref::new(3);
const BOLD: Ref = Ref::new(4);
const FIRST: i32 = 5;

/// How a field is answered.
pub(crate) enum Kind {
    Text,
    /// So many cells.
    Comb(i32),
    Multiline,
    /// The name of its ticked state.
    Box(&'static str),
    /// Options.
    Combo(&'static [&'static str]),
    /// Options, all of them in sight.
    List(&'static [&'static str]),
    Signature,
}

/// What the form's own script would do with a field: never run by anybody here, only written as forms have it.
enum Script {
    /// A day under this pattern.
    Day(&'static str),
    /// The sum of these fields.
    Sum(Vec<String>),
}

struct Field {
    name: String,
    /// What a person reads beside it.
    label: String,
    kind: Kind,
    page: usize,
    /// Lower left corner first.
    rect: [f32; 4],
    tooltip: Option<String>,
    script: Option<Script>,
    /// The keys that answer it, `+` between those that are joined.
    meant: Option<String>,
    is_required: bool,
    /// Radio buttons of one group stand under one name.
    group: Option<String>,
    /// Most characters, of a field without cells.
    max_length: Option<i32>,
}

#[derive(Default)]
pub(crate) struct Sheet {
    pages: Vec<Content>,
    fields: Vec<Field>,
}

impl Sheet {
    /// A new page with its title.
    pub(crate) fn page(&mut self, title: &str) {
        self.pages.push(Content::new());
        self.print(36.0, 40.0, 14.0, true, title);
    }

    fn content(&mut self) -> &mut Content {
        if self.pages.is_empty() {
            self.pages.push(Content::new());
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    /// Words whose baseline is `y` below the top.
    pub(crate) fn print(&mut self, x: f32, y: f32, size: f32, bold: bool, text: &str) {
        let font = if bold { Name(b"F2") } else { Name(b"F1") };
        let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
        let content = self.content();
        content.begin_text().set_font(font, size).next_line(x, HEIGHT - y).show(Str(&bytes)).end_text();
    }

    fn frame(&mut self, [x0, y0, x1, y1]: [f32; 4]) {
        self.content().set_line_width(0.5).rect(x0, y0, x1 - x0, y1 - y0).stroke();
    }

    /// A field with its label above it: `x` and `y` are the label's start, in points from the top left.
    pub(crate) fn above(
        &mut self,
        name: &str,
        label: &str,
        x: f32,
        y: f32,
        width: f32,
        kind: Kind,
    ) -> &mut Self {
        self.print(x, y, 7.0, false, label);
        let height = if matches!(kind, Kind::Multiline | Kind::List(_)) { 40.0 } else { 16.0 };
        self.place(name, label, [x, HEIGHT - y - 3.0 - height, x + width, HEIGHT - y - 3.0], kind)
    }

    /// Cells that go on from those beside them, without a label of their own.
    pub(crate) fn place_comb(&mut self, name: &str, x: f32, y: f32, width: f32, cells: i32) {
        self.place(name, "", [x, HEIGHT - y - 19.0, x + width, HEIGHT - y - 3.0], Kind::Comb(cells));
    }

    /// A field right of its label.
    pub(crate) fn beside(
        &mut self,
        name: &str,
        label: &str,
        x: f32,
        y: f32,
        gap: f32,
        width: f32,
    ) -> &mut Self {
        self.print(x, y, 9.0, false, label);
        self.place(name, label, [x + gap, HEIGHT - y - 4.0, x + gap + width, HEIGHT - y + 11.0], Kind::Text)
    }

    /// A box to tick, left of its label.
    pub(crate) fn tick(&mut self, name: &str, label: &str, x: f32, y: f32, state: &'static str) -> &mut Self {
        self.print(x + 14.0, y, 8.0, false, label);
        self.place(name, label, [x, HEIGHT - y - 1.0, x + 9.0, HEIGHT - y + 8.0], Kind::Box(state))
    }

    /// A radio button of a group, left of its label.
    pub(crate) fn radio(
        &mut self,
        group: &str,
        label: &str,
        x: f32,
        y: f32,
        state: &'static str,
    ) -> &mut Self {
        self.tick(group, label, x, y, state);
        if let Some(field) = self.fields.last_mut() {
            field.group = Some(group.to_owned());
        }
        self
    }

    /// A field whose label is printed elsewhere: left, top, width and height from the top left. On a line, where it
    /// has no box.
    pub(crate) fn put(
        &mut self,
        name: &str,
        [x, y, width, height]: [f32; 4],
        kind: Kind,
        on_line: bool,
    ) -> &mut Self {
        let rect = [x, HEIGHT - y - height, x + width, HEIGHT - y];
        if on_line {
            self.line(x, y + height, width);
        } else {
            self.frame(rect);
        }
        self.add(name, "", rect, kind)
    }

    /// A field in a frame that is drawn already.
    pub(crate) fn put_bare(&mut self, name: &str, [x, y, width, height]: [f32; 4], kind: Kind) -> &mut Self {
        self.add(name, "", [x, HEIGHT - y - height, x + width, HEIGHT - y], kind)
    }

    /// A rule, `y` below the top.
    pub(crate) fn line(&mut self, x: f32, y: f32, width: f32) {
        self.content().set_line_width(0.5).move_to(x, HEIGHT - y).line_to(x + width, HEIGHT - y).stroke();
    }

    /// A frame that is no field.
    pub(crate) fn cell(&mut self, x: f32, y: f32, width: f32, height: f32) {
        self.frame([x, HEIGHT - y - height, x + width, HEIGHT - y]);
    }

    /// A light band behind what is printed next.
    pub(crate) fn band(&mut self, x: f32, y: f32, width: f32, height: f32) {
        let content = self.content();
        content.set_fill_gray(0.85).rect(x, HEIGHT - y - height, width, height).fill_nonzero();
        content.set_fill_gray(0.0);
    }

    /// A new page without a title.
    pub(crate) fn next_page(&mut self) {
        self.pages.push(Content::new());
    }

    /// Pages so far.
    pub(crate) const fn page_count(&self) -> usize {
        self.pages.len()
    }

    /// The last field takes so many characters.
    pub(crate) fn at_most(&mut self, characters: i32) {
        if let Some(field) = self.fields.last_mut() {
            field.max_length = Some(characters);
        }
    }

    fn place(&mut self, name: &str, label: &str, rect: [f32; 4], kind: Kind) -> &mut Self {
        self.frame(rect);
        self.add(name, label, rect, kind)
    }

    fn add(&mut self, name: &str, label: &str, rect: [f32; 4], kind: Kind) -> &mut Self {
        let page = self.pages.len().saturating_sub(1);
        self.fields.push(Field {
            name: name.to_owned(),
            label: label.to_owned(),
            kind,
            page,
            rect,
            tooltip: None,
            script: None,
            meant: None,
            is_required: false,
            group: None,
            max_length: None,
        });
        self
    }

    /// The last field gets a description of its own.
    pub(crate) fn tooltip(&mut self, tooltip: impl Into<String>) -> &mut Self {
        if let Some(field) = self.fields.last_mut() {
            field.tooltip = Some(tooltip.into());
        }
        self
    }

    /// The last field's script writes its answer as a day.
    pub(crate) fn day(&mut self, pattern: &'static str) -> &mut Self {
        self.script(Script::Day(pattern))
    }

    /// The last field's script sums others.
    pub(crate) fn sum(&mut self, of: Vec<String>) -> &mut Self {
        self.script(Script::Sum(of))
    }

    fn script(&mut self, script: Script) -> &mut Self {
        if let Some(field) = self.fields.last_mut() {
            field.script = Some(script);
        }
        self
    }

    /// The last field asks for an answer.
    pub(crate) fn required(&mut self) {
        if let Some(field) = self.fields.last_mut() {
            field.is_required = true;
        }
    }

    /// The last field asks for these keys, as whoever drew it meant it. Blanks that were drawn while suggestions were
    /// written say nothing, so that none is measured on its own lesson.
    pub(crate) fn means(&mut self, keys: impl Into<String>) -> &mut Self {
        if let Some(field) = self.fields.last_mut() {
            field.meant = Some(keys.into());
        }
        self
    }

    /// Full name of each field that says what it asks for, and that.
    pub(crate) fn meant(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().filter_map(|field| Some((field.name.as_str(), field.meant.as_deref()?)))
    }

    /// Full name and label of each field, a group's buttons under one name.
    pub(crate) fn labels(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|field| (field.name.as_str(), field.label.as_str()))
    }

    /// The bytes of the file.
    pub(crate) fn finish(self) -> Vec<u8> {
        let mut pdf = Pdf::new();
        let mut next = FIRST;
        let mut id = || {
            next += 1;
            Ref::new(next - 1)
        };
        let page_ids: Vec<(Ref, Ref)> = self.pages.iter().map(|_| (id(), id())).collect();
        let widgets: Vec<Ref> = self.fields.iter().map(|_| id()).collect();
        let (tick, off, circle) = (id(), id(), id());
        let mut groups: Vec<(&str, Ref)> = Vec::new();
        for field in &self.fields {
            let group = field.group.as_deref();
            if let Some(group) = group.filter(|group| groups.iter().all(|(name, _)| name != group)) {
                groups.push((group, id()));
            }
        }
        fonts(&mut pdf);
        pdf.pages(PAGES)
            .kids(page_ids.iter().map(|(page, _)| *page))
            .count(i32::try_from(page_ids.len()).unwrap_or(0));
        for (at, content) in self.pages.into_iter().enumerate() {
            let (page_id, content_id) = page_ids[at];
            let on_page = self.fields.iter().zip(&widgets).filter(|(field, _)| field.page == at);
            let mut page = pdf.page(page_id);
            page.media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT)).parent(PAGES).contents(content_id);
            page.annotations(on_page.map(|(_, widget)| *widget));
            page.resources().fonts().pair(Name(b"F1"), FONT).pair(Name(b"F2"), BOLD);
            page.finish();
            pdf.stream(content_id, &content.finish());
        }
        for (field, widget) in self.fields.iter().zip(&widgets) {
            let parent =
                field.group.as_deref().and_then(|group| groups.iter().find(|(name, _)| *name == group));
            let looks = Looks { tick, off, circle };
            write_field(&mut pdf, field, *widget, page_ids[field.page].0, parent.map(|(_, id)| *id), looks);
        }
        for (group, group_id) in &groups {
            let kids =
                self.fields.iter().zip(&widgets).filter(|(field, _)| field.group.as_deref() == Some(*group));
            let mut parent = pdf.indirect(*group_id).dict();
            parent
                .pair(Name(b"FT"), Name(b"Btn"))
                .pair(Name(b"T"), TextStr(group))
                .pair(Name(b"Ff"), 1 << 15 | 1 << 14);
            parent.insert(Name(b"Kids")).array().items(kids.map(|(_, widget)| *widget));
        }
        appearances(&mut pdf, tick, off, circle);
        let single = self.fields.iter().zip(&widgets).filter(|(field, _)| field.group.is_none());
        let roots: Vec<Ref> = single.map(|(_, w)| *w).chain(groups.iter().map(|(_, id)| *id)).collect();
        let mut catalog = pdf.catalog(CATALOG);
        catalog.pages(PAGES);
        let mut form = catalog.insert(Name(b"AcroForm")).dict();
        form.insert(Name(b"Fields")).array().items(roots);
        form.pair(Name(b"DA"), Str(b"/Helv 0 Tf 0 g")).pair(Name(b"NeedAppearances"), true);
        let mut resources = form.insert(Name(b"DR")).dict();
        resources.insert(Name(b"Font")).dict().pair(Name(b"Helv"), FONT);
        resources.finish();
        form.finish();
        catalog.finish();
        pdf.finish()
    }
}

#[derive(Clone, Copy)]
struct Looks {
    tick: Ref,
    off: Ref,
    circle: Ref,
}

fn fonts(chunk: &mut Chunk) {
    chunk.type1_font(FONT).base_font(Name(b"Helvetica")).encoding_predefined(Name(b"WinAnsiEncoding"));
    chunk.type1_font(BOLD).base_font(Name(b"Helvetica-Bold")).encoding_predefined(Name(b"WinAnsiEncoding"));
}

fn write_field(chunk: &mut Chunk, field: &Field, id: Ref, page: Ref, parent: Option<Ref>, looks: Looks) {
    let mut dict = chunk.indirect(id).dict();
    dict.pair(Name(b"Type"), Name(b"Annot")).pair(Name(b"Subtype"), Name(b"Widget")).pair(Name(b"F"), 4);
    let [x0, y0, x1, y1] = field.rect;
    dict.pair(Name(b"Rect"), Rect::new(x0, y0, x1, y1)).pair(Name(b"P"), page);
    let required = i32::from(field.is_required) << 1;
    match parent {
        Some(parent) => dict.pair(Name(b"Parent"), parent),
        None => dict.pair(Name(b"T"), TextStr(&field.name)),
    };
    if let Some(tooltip) = &field.tooltip {
        dict.pair(Name(b"TU"), TextStr(tooltip));
    }
    if let Some(script) = &field.script {
        let (event, text) = match script {
            Script::Day(pattern) => (Name(b"F"), format!("AFDate_FormatEx(\"{pattern}\");")),
            Script::Sum(of) => {
                let names: Vec<String> = of.iter().map(|name| format!("\"{name}\"")).collect();
                (Name(b"C"), format!("AFSimple_Calculate(\"SUM\", new Array ({}));", names.join(", ")))
            }
        };
        let mut actions = dict.insert(Name(b"AA")).dict();
        let mut action = actions.insert(event).dict();
        action.pair(Name(b"S"), Name(b"JavaScript")).pair(Name(b"JS"), TextStr(&text));
        action.finish();
        actions.finish();
    }
    if let Some(most) = field.max_length {
        dict.pair(Name(b"MaxLen"), most);
    }
    match &field.kind {
        Kind::Text => dict.pair(Name(b"FT"), Name(b"Tx")).pair(Name(b"Ff"), required),
        Kind::Multiline => dict.pair(Name(b"FT"), Name(b"Tx")).pair(Name(b"Ff"), required | 1 << 12),
        Kind::Comb(cells) => dict
            .pair(Name(b"FT"), Name(b"Tx"))
            .pair(Name(b"Ff"), required | 1 << 24)
            .pair(Name(b"MaxLen"), *cells),
        Kind::Combo(options) => {
            dict.pair(Name(b"FT"), Name(b"Ch")).pair(Name(b"Ff"), required | 1 << 17);
            dict.insert(Name(b"Opt")).array().items(options.iter().map(|option| TextStr(option)));
            &mut dict
        }
        Kind::List(options) => {
            dict.pair(Name(b"FT"), Name(b"Ch")).pair(Name(b"Ff"), required);
            dict.insert(Name(b"Opt")).array().items(options.iter().map(|option| TextStr(option)));
            &mut dict
        }
        Kind::Signature => dict.pair(Name(b"FT"), Name(b"Sig")),
        Kind::Box(state) => {
            if parent.is_none() {
                dict.pair(Name(b"FT"), Name(b"Btn")).pair(Name(b"Ff"), required);
            }
            dict.pair(Name(b"AS"), Name(b"Off"));
            let on = if parent.is_some() { looks.circle } else { looks.tick };
            let mut normal = dict.insert(Name(b"AP")).dict();
            normal.insert(Name(b"N")).dict().pair(Name(state.as_bytes()), on).pair(Name(b"Off"), looks.off);
            normal.finish();
            &mut dict
        }
    };
}

fn appearances(chunk: &mut Chunk, tick: Ref, off: Ref, circle: Ref) {
    let mut draw = |id: Ref, content: &[u8]| {
        chunk.form_xobject(id, content).bbox(Rect::new(0.0, 0.0, 9.0, 9.0));
    };
    draw(tick, b"1.2 w 1.5 4.5 m 3.5 2 l 7.5 7.5 l S");
    draw(off, b"");
    draw(circle, b"2.5 2.5 4 4 re f");
}
