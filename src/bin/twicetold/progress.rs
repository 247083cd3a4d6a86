//! A progress bar on standard error, where a person waits for longer than a second.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use twicetold::pipeline::Progress;

/// Shows how many documents are read, once a run takes long.
pub(crate) struct Bar {
    bar: OnceLock<ProgressBar>,
    started: Instant,
    is_quiet: bool,
}

impl Bar {
    pub(crate) fn new(is_quiet: bool) -> Self {
        Self { bar: OnceLock::new(), started: Instant::now(), is_quiet }
    }
}

impl Progress for Bar {
    fn start(&self, documents: usize) {
        let bar = ProgressBar::with_draw_target(Some(documents as u64), ProgressDrawTarget::hidden());
        let template = ProgressStyle::with_template("{bar:30} {pos} of {len} documents, {elapsed}");
        bar.set_style(template.unwrap_or_else(|_| ProgressStyle::default_bar()));
        _ = self.bar.set(bar);
    }

    fn advance(&self) {
        let Some(bar) = self.bar.get() else { return };
        bar.inc(1);
        let is_long = self.started.elapsed() > Duration::from_secs(1);
        // indicatif draws nothing where standard error is no terminal.
        if is_long && !self.is_quiet && bar.is_hidden() {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    fn finish(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}
