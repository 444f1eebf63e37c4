//! Charts as SVG: bars of money in and out, a line of balances. All geometry is whole numbers, so the same figures give the
//! same bytes; a table beside each chart holds the figures.

/// Size of a chart, in its own units.
const WIDTH: i128 = 1000;
const HEIGHT: i128 = 300;
/// Room for the labels of the axes.
const LEFT: i128 = 74;
const BOTTOM: i128 = 34;
const TOP: i128 = 12;
/// Lines across the plot, at most.
const TICKS: i128 = 5;
/// Labels below the plot, at most.
const LABELS_MAX: usize = 12;
const FONT: &str = "font-family=\"Libertinus Serif\" font-size=\"17\" fill=\"#4b5563\"";
const IN: &str = "#2f6f57";
const OUT: &str = "#b9692f";
const LINE: &str = "#1f3a5f";

/// What a chart shows of one month.
pub(crate) struct Bar {
    /// Below the axis.
    pub(crate) label: String,
    /// Minor units.
    pub(crate) money_in: i128,
    /// Minor units, negative.
    pub(crate) money_out: i128,
}

/// A value of a line.
pub(crate) struct Point {
    /// Below the axis.
    pub(crate) label: String,
    /// Minor units.
    pub(crate) value: i128,
}

/// Money in above the axis, money out below it.
pub(crate) fn bars(bars: &[Bar], minor_digits: u32) -> String {
    let highest = bars.iter().map(|bar| bar.money_in).max().unwrap_or(0);
    let lowest = bars.iter().map(|bar| bar.money_out).min().unwrap_or(0);
    let scale = Scale::of(lowest, highest);
    let mut svg = open(&scale, minor_digits);
    let slot = (WIDTH - LEFT) / count(bars.len());
    let width = (slot * 6 / 10).clamp(2, 60);
    for (at, bar) in (0_i128..).zip(bars) {
        let x = LEFT + slot * at + (slot - width) / 2;
        let zero = scale.y(0);
        for (value, color) in [(bar.money_in, IN), (bar.money_out, OUT)] {
            let (top, bottom) = (scale.y(value.max(0)), scale.y(value.min(0)));
            let (y, height) = (top.min(zero), (bottom - top).max(1));
            svg += &format!(
                "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{color}\"/>"
            );
        }
    }
    labels(&mut svg, bars.iter().map(|bar| bar.label.as_str()), bars.len(), slot);
    svg + "</svg>"
}

/// One value after the other, joined; a dot at each, so that one value shows too.
pub(crate) fn line(points: &[Point], minor_digits: u32) -> String {
    let highest = points.iter().map(|point| point.value).max().unwrap_or(0);
    let lowest = points.iter().map(|point| point.value).min().unwrap_or(0);
    let scale = Scale::of(lowest.min(0), highest.max(0));
    let mut svg = open(&scale, minor_digits);
    let slot = (WIDTH - LEFT) / count(points.len());
    let place = |at: i128, value: i128| (LEFT + slot * at + slot / 2, scale.y(value));
    let places: Vec<(i128, i128)> =
        (0_i128..).zip(points).map(|(at, point)| place(at, point.value)).collect();
    let joined: Vec<String> = places.iter().map(|(x, y)| format!("{x},{y}")).collect();
    svg += &format!(
        "<polyline points=\"{}\" fill=\"none\" stroke=\"{LINE}\" stroke-width=\"3\"/>",
        joined.join(" ")
    );
    for (x, y) in places {
        svg += &format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"4\" fill=\"{LINE}\"/>");
    }
    labels(&mut svg, points.iter().map(|point| point.label.as_str()), points.len(), slot);
    svg + "</svg>"
}

fn count(values: usize) -> i128 {
    i128::try_from(values.max(1)).unwrap_or(i128::MAX)
}

/// Where values stand.
struct Scale {
    lowest: i128,
    highest: i128,
    step: i128,
}

impl Scale {
    /// Whole steps of 1, 2 or 5 times a power of ten around the values.
    fn of(lowest: i128, highest: i128) -> Self {
        let (lowest, highest) = (lowest.min(0), highest.max(0));
        let range = (highest - lowest).max(1);
        let mut step = 1;
        'found: while range / step > TICKS {
            for factor in [2, 5, 10] {
                if range / (step * factor) <= TICKS {
                    step *= factor;
                    break 'found;
                }
            }
            step *= 10;
        }
        Self { lowest: lowest.div_euclid(step) * step, highest: -(-highest).div_euclid(step) * step, step }
    }

    fn y(&self, value: i128) -> i128 {
        let range = (self.highest - self.lowest).max(1);
        TOP + (HEIGHT - TOP - BOTTOM) * (self.highest - value) / range
    }

    fn ticks(&self) -> impl Iterator<Item = i128> {
        let (lowest, highest, step) = (self.lowest, self.highest, self.step);
        (0_i128..).map(move |n| lowest + step * n).take_while(move |tick| *tick <= highest)
    }
}

/// The frame: lines across, with what they stand for.
fn open(scale: &Scale, minor_digits: u32) -> String {
    let mut svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\">");
    for tick in scale.ticks() {
        let y = scale.y(tick);
        let color = if tick == 0 { "#4b5563" } else { "#d9dde3" };
        let text = short(tick, minor_digits);
        svg += &format!("<path d=\"M{LEFT} {y}H{WIDTH}\" stroke=\"{color}\" stroke-width=\"1\"/>");
        let (x, baseline) = (LEFT - 8, y + 6);
        svg += &format!("<text x=\"{x}\" y=\"{baseline}\" text-anchor=\"end\" {FONT}>{text}</text>");
    }
    svg
}

/// Labels below, each n-th where there are many.
fn labels<'l>(svg: &mut String, labels: impl Iterator<Item = &'l str>, of: usize, slot: i128) {
    let every = of.div_ceil(LABELS_MAX).max(1);
    for (at, label) in labels.enumerate().step_by(every) {
        let x = LEFT + slot * i128::try_from(at).unwrap_or(0) + slot / 2;
        let y = HEIGHT - 10;
        let text = quick_xml::escape::escape(label);
        *svg += &format!("<text x=\"{x}\" y=\"{y}\" text-anchor=\"middle\" {FONT}>{text}</text>");
    }
}

/// `25k`, `1.5m`, `-300`: a round number of major units.
fn short(minor: i128, minor_digits: u32) -> String {
    let scale = 10_i128.pow(minor_digits.min(6));
    let tenth = |unit: i128| {
        let tenths = minor.unsigned_abs() * 10 / (scale * unit).unsigned_abs();
        let sign = if minor < 0 { "\u{2212}" } else { "" };
        let (whole, rest) = (tenths / 10, tenths % 10);
        if rest == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
    };
    let major = minor.unsigned_abs() / scale.unsigned_abs();
    match major {
        0..1_000 => tenth(1),
        1_000..1_000_000 => tenth(1_000) + "k",
        1_000_000..1_000_000_000 => tenth(1_000_000) + "m",
        _ => tenth(1_000_000_000) + "bn",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_steps_around_the_values() {
        for (lowest, highest, expected) in [
            (0, 1_000, (0, 1_000, 200)),
            (-430, 990, (-500, 1_000, 500)),
            (0, 0, (0, 0, 1)),
            (-1, 0, (-1, 0, 1)),
            (0, 61_000, (0, 80_000, 20_000)),
        ] {
            let scale = Scale::of(lowest, highest);
            assert_eq!((scale.lowest, scale.highest, scale.step), expected, "{lowest} to {highest}");
            assert!(scale.ticks().count() <= 8);
        }
    }

    #[test]
    fn extremes_do_not_overflow() {
        let far = i128::from(i64::MAX) * 1_000;
        let bar = Bar { label: "<a>".to_owned(), money_in: far, money_out: -far };
        let svg = bars(&[bar], 2);
        assert!(svg.contains("&lt;a&gt;") && !svg.contains("<a>"));
        assert!(line(&[], 2).ends_with("</svg>"));
    }

    #[test]
    fn labels_of_the_axis_are_short() {
        for (minor, digits, expected) in [
            (2_500_000, 2, "25k"),
            (-30_000, 2, "\u{2212}300"),
            (150_000_000, 2, "1.5m"),
            (0, 2, "0"),
            (1_200, 0, "1.2k"),
            (250_000_000_000, 2, "2.5bn"),
        ] {
            assert_eq!(short(minor, digits), expected);
        }
    }

    #[test]
    fn a_bar_stands_for_its_value() {
        let svg = bars(&[Bar { label: "A".to_owned(), money_in: 1_000, money_out: -500 }], 2);
        let heights: Vec<&str> = svg
            .split("<rect ")
            .skip(1)
            .map(|rect| rect.split("height=\"").nth(1).unwrap().split('"').next().unwrap())
            .collect();
        let heights: Vec<i128> = heights.iter().map(|text| text.parse().unwrap()).collect();
        assert!((heights[0] - heights[1] * 2).abs() <= 2, "{heights:?}");
    }
}
