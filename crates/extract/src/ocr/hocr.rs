//! What Tesseract answers: hOCR, a list of lines, words and glyphs with their boxes. Read as a list of tags; whatever
//! is not understood is left out.

use std::str::FromStr;

/// A line as it was read, in pixels.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ReadLine {
    pub(super) bounds: [f64; 4],
    /// Slope, and height over the lower edge at the left side, both as hOCR has them: y downwards.
    pub(super) baseline: Option<(f64, f64)>,
    /// From the lowest descender to the highest ascender.
    pub(super) size: f64,
    pub(super) words: Vec<ReadWord>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct ReadWord {
    pub(super) bounds: [f64; 4],
    /// 0–1.
    pub(super) confidence: f64,
    pub(super) glyphs: Vec<ReadGlyph>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct ReadGlyph {
    pub(super) text: String,
    /// 0–1.
    pub(super) confidence: f64,
    /// Lower edge.
    pub(super) bottom: f64,
    /// What else it may be, most probable first; the glyph itself may be among them.
    pub(super) choices: Vec<(String, f64)>,
}

impl ReadWord {
    pub(super) fn text(&self) -> String {
        self.glyphs.iter().map(|glyph| glyph.text.as_str()).collect()
    }
}

/// The lines that hold words.
pub(super) fn read_hocr(hocr: &str) -> Vec<ReadLine> {
    let mut lines: Vec<ReadLine> = Vec::new();
    for piece in hocr.split('<').skip(1) {
        let Some((tag, text)) = piece.split_once('>') else { continue };
        take(tag, text, &mut lines);
    }
    for line in &mut lines {
        line.words.retain(|word| word.glyphs.iter().any(|glyph| !glyph.text.trim().is_empty()));
    }
    lines.retain(|line| !line.words.is_empty());
    lines
}

fn take(tag: &str, text: &str, lines: &mut Vec<ReadLine>) {
    let class = between(tag, "class='", "'").unwrap_or_default();
    match class {
        "ocr_line" | "ocr_header" | "ocr_textfloat" | "ocr_caption" => lines.extend(line(tag)),
        "ocrx_word" => {
            if let (Some(line), Some(word)) = (lines.last_mut(), word(tag)) {
                line.words.push(word);
            }
        }
        "ocrx_cinfo" => {
            let word = lines.last_mut().and_then(|line| line.words.last_mut());
            let Some(word) = word else { return };
            if let Some(confidence) = number::<f64>(tag, "x_conf ") {
                let [.., bottom] = bounds(tag, "x_bboxes ").unwrap_or(word.bounds);
                let confidence = share(confidence);
                word.glyphs.push(ReadGlyph { text: plain(text), confidence, bottom, choices: Vec::new() });
            } else if let (Some(confidence), Some(glyph)) =
                (number::<f64>(tag, "x_confs "), word.glyphs.last_mut())
            {
                glyph.choices.push((plain(text), share(confidence)));
            }
        }
        _ => {}
    }
}

fn line(tag: &str) -> Option<ReadLine> {
    let bounds = bounds(tag, "bbox ")?;
    let baseline = numbers::<f64, 2>(tag, "baseline ").map(|[slope, offset]| (slope, offset));
    let size = number(tag, "x_size ")?;
    Some(ReadLine { bounds, baseline, size, words: Vec::new() })
}

fn word(tag: &str) -> Option<ReadWord> {
    let confidence = share(number(tag, "x_wconf ")?);
    Some(ReadWord { bounds: bounds(tag, "bbox ")?, confidence, glyphs: Vec::new() })
}

/// A box that is none, or upside down, is not believed.
fn bounds(tag: &str, name: &str) -> Option<[f64; 4]> {
    let [left, top, right, bottom] = numbers::<f64, 4>(tag, name)?;
    (left <= right && top <= bottom).then_some([left, top, right, bottom])
}

fn number<T: FromStr>(tag: &str, name: &str) -> Option<T> {
    numbers::<T, 1>(tag, name).map(|[number]| number)
}

fn numbers<T: FromStr, const N: usize>(tag: &str, name: &str) -> Option<[T; N]> {
    let (_, rest) = tag.split_once(name)?;
    let end = rest.find([';', '\'', '"']).unwrap_or(rest.len());
    let words = rest.get(..end)?.split_ascii_whitespace();
    let found: Vec<T> = words.map_while(|word| word.parse().ok()).collect();
    found.try_into().ok()
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    text.split_once(before)?.1.split_once(after).map(|(inner, _)| inner)
}

#[expect(clippy::float_arithmetic, reason = "a share")]
fn share(percent: f64) -> f64 {
    if percent.is_finite() { (percent / 100.0).clamp(0.0, 1.0) } else { 0.0 }
}

fn plain(text: &str) -> String {
    let text = text.trim();
    if !text.contains('&') {
        return text.to_owned();
    }
    let unescaped = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    unescaped.iter().fold(text.to_owned(), |text, (name, character)| text.replace(name, character))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWER: &str = "  <div class='ocr_page' id='page_1' title='image \"\"; bbox 0 0 400 60; ppageno 0'>
   <div class='ocr_carea' id='block_1_1' title=\"bbox 10 5 380 50\">
    <p class='ocr_par' id='par_1_1' lang='eng' title=\"bbox 10 5 380 50\">
     <span class='ocr_line' id='line_1_1' title=\"bbox 10 5 380 50; baseline 0.002 -9; x_size 38.5; x_descenders 8; x_ascenders 9\">
      <span class='ocrx_word' id='word_1_1' title='bbox 10 5 90 41; x_wconf 91'><strong>
       <span class='ocrx_cinfo' title='x_bboxes 10 5 40 41; x_conf 98.5'>A</span>
        <span class='ocrx_cinfo' id='lstm_choices_1_1_1'>
         <span class='ocrx_cinfo' id='choice_1_1_1' title='x_confs 98.5'>A</span>
         <span class='ocrx_cinfo' id='choice_1_1_2' title='x_confs 1.25'>&amp;</span>
        </span>
       <span class='ocrx_cinfo' title='x_bboxes 42 5 90 41; x_conf 91'>&amp;</span></strong>
      </span>
      <span class='ocrx_word' id='word_1_2' title='bbox 100 5 190 41; x_wconf 5'>
       <span class='ocrx_cinfo' title='x_bboxes 100 5 190 41; x_conf 5'> </span>
      </span>
     </span>
    </p>
   </div>
  </div>";

    #[test]
    fn reads_words_glyphs_and_what_else_they_may_be() {
        let lines = read_hocr(ANSWER);
        let [line] = lines.as_slice() else { panic!("one line") };
        assert_eq!(
            (line.bounds, line.baseline, line.size),
            ([10.0, 5.0, 380.0, 50.0], Some((0.002, -9.0)), 38.5)
        );
        let [word] = line.words.as_slice() else { panic!("a blank is no word") };
        assert_eq!(
            (word.text().as_str(), word.confidence, word.bounds),
            ("A&", 0.91, [10.0, 5.0, 90.0, 41.0])
        );
        let [first, second] = word.glyphs.as_slice() else { panic!("two glyphs") };
        assert_eq!(first.choices, [("A".to_owned(), 0.985), ("&".to_owned(), 0.0125)]);
        assert!(second.choices.is_empty());
    }

    #[test]
    fn nonsense_is_left_out() {
        for cut in (0..ANSWER.len()).filter(|cut| ANSWER.is_char_boundary(*cut)) {
            let _ = read_hocr(&ANSWER[..cut]);
        }
        assert!(read_hocr("").is_empty());
        assert!(read_hocr("<span class='ocrx_word' title='bbox 1 2 3 4; x_wconf 9'>x").is_empty());
        let backwards = ANSWER.replace("bbox 10 5 380 50; base", "bbox 380 5 10 50; base");
        assert!(read_hocr(&backwards).is_empty());
    }
}
