//! Writes small PDF files by hand.

/// A page of 600 × 800 points.
pub(crate) const MEDIA_BOX: &str = "/MediaBox [0 0 600 800]";
const CATALOG: usize = 1;
const PAGE_TREE: usize = 2;

/// A file under construction. Objects 1 and 2 are the catalog and the page tree.
pub(crate) struct Pdf {
    objects: Vec<Vec<u8>>,
    pages: Vec<usize>,
    trailer: String,
    catalog: String,
}

impl Pdf {
    pub(crate) fn new() -> Self {
        Self {
            objects: vec![Vec::new(), Vec::new()],
            pages: Vec::new(),
            trailer: String::new(),
            catalog: String::new(),
        }
    }

    /// Adds an object and gives its number.
    pub(crate) fn object(&mut self, body: impl Into<Vec<u8>>) -> usize {
        self.objects.push(body.into());
        self.objects.len()
    }

    pub(crate) fn stream(&mut self, dict: &str, data: impl AsRef<[u8]>) -> usize {
        let data = data.as_ref();
        let head = format!("<< {dict} /Length {} >>\nstream\n", data.len());
        self.object([head.as_bytes(), data, b"\nendstream"].concat())
    }

    /// A page with Helvetica as `F1`; `attributes` and `resources` are added to its dictionaries.
    pub(crate) fn page_with(&mut self, attributes: &str, resources: &str, content: &str) {
        let content = self.stream("", content);
        self.page_of(attributes, resources, &format!("{content} 0 R"));
    }

    /// A page whose `Contents` entry is given as it is.
    pub(crate) fn page_of(&mut self, attributes: &str, resources: &str, contents: &str) {
        let helvetica =
            "/F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";
        let fonts = if resources.contains("/Font") {
            resources.replacen("/Font <<", &format!("/Font << {helvetica}"), 1)
        } else {
            format!("/Font << {helvetica} >> {resources}")
        };
        let media_box = if attributes.contains("/MediaBox") { "" } else { MEDIA_BOX };
        let page = self.object(format!(
            "<< /Type /Page /Parent {PAGE_TREE} 0 R {media_box} {attributes} \
             /Resources << {fonts} >> /Contents {contents} >>"
        ));
        self.pages.push(page);
    }

    /// Adds entries to the trailer.
    pub(crate) fn trailer(&mut self, entries: &str) {
        self.trailer.push_str(entries);
    }

    /// Adds entries to the catalog.
    pub(crate) fn catalog(&mut self, entries: &str) {
        self.catalog.push_str(entries);
    }

    pub(crate) fn build(mut self) -> Vec<u8> {
        let kids: Vec<String> = self.pages.iter().map(|page| format!("{page} 0 R")).collect();
        self.objects[CATALOG - 1] =
            format!("<< /Type /Catalog /Pages {PAGE_TREE} 0 R {} >>", self.catalog).into_bytes();
        self.objects[PAGE_TREE - 1] =
            format!("<< /Type /Pages /Count {} /Kids [{}] >>", kids.len(), kids.join(" ")).into_bytes();
        let mut file = b"%PDF-1.7\n".to_vec();
        let mut offsets = Vec::new();
        for (index, body) in self.objects.iter().enumerate() {
            offsets.push(file.len());
            file.extend(format!("{} 0 obj\n", index + 1).bytes());
            file.extend(body);
            file.extend(b"\nendobj\n");
        }
        let start = file.len();
        let size = offsets.len() + 1;
        file.extend(format!("xref\n0 {size}\n0000000000 65535 f \n").bytes());
        for offset in offsets {
            file.extend(format!("{offset:010} 00000 n \n").bytes());
        }
        file.extend(
            format!(
                "trailer\n<< /Size {size} /Root {CATALOG} 0 R {} >>\nstartxref\n{start}\n%%EOF\n",
                self.trailer
            )
            .bytes(),
        );
        file
    }
}

/// One page with this content.
pub(crate) fn one_page(content: &str) -> Vec<u8> {
    one_page_with("", "", content)
}

pub(crate) fn one_page_with(attributes: &str, resources: &str, content: &str) -> Vec<u8> {
    let mut pdf = Pdf::new();
    pdf.page_with(attributes, resources, content);
    pdf.build()
}

/// A text object in 10 point Helvetica at a place in the page's own space (origin bottom left).
pub(crate) fn text_at(x: f64, y: f64, show: &str) -> String {
    format!("BT /F1 10 Tf 1 0 0 1 {x} {y} Tm {show} ET\n")
}
