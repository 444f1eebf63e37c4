//! How far a long command is: a bar on a terminal, otherwise a plain line every five seconds.

use crate::output::Output;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::{Duration, Instant};

/// How often a plain line is printed where no bar can be drawn.
const PLAIN_LINE_EVERY: Duration = Duration::from_secs(5);

/// Progress over a known number of inputs, on stderr.
pub(crate) struct Progress {
    output: Output,
    bar: Option<ProgressBar>,
    total: usize,
    done: usize,
    last_line: Instant,
}

impl Progress {
    /// Starts at zero.
    pub(crate) fn start(output: Output, total: usize) -> Self {
        let bar = (output.bars && total > 1).then(|| draw(total));
        Self { output, bar, total, done: 0, last_line: Instant::now() }
    }

    /// One input is done.
    pub(crate) fn advance(&mut self) {
        self.done += 1;
        if let Some(bar) = &self.bar {
            bar.inc(1);
        }
    }

    /// Called now and then: prints the plain line when it is due.
    pub(crate) fn beat(&mut self) {
        let due = self.bar.is_none() && self.last_line.elapsed() >= PLAIN_LINE_EVERY;
        if due {
            self.output.note(&format!("{} of {} files done", self.done, self.total));
            self.last_line = Instant::now();
        }
    }

    /// Prints something on stdout without tearing the bar.
    pub(crate) fn around<T>(&self, print: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }

    /// Takes the bar away.
    pub(crate) fn finish(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}

fn draw(total: usize) -> ProgressBar {
    let length = u64::try_from(total).unwrap_or(u64::MAX);
    let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::stderr());
    match ProgressStyle::with_template("{bar:40} {pos}/{len} files, {elapsed} elapsed, {eta} left") {
        Ok(style) => bar.set_style(style),
        // The template is a constant; were it ever wrong, the default style is still a bar.
        Err(_) => bar.set_style(ProgressStyle::default_bar()),
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
