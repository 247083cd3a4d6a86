//! A progress bar where a person waits for longer than a second, and what each stage took.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use twicetold::pipeline::{Progress, Stage};

/// How long a stage takes before a bar is shown.
const PATIENCE: Duration = Duration::from_secs(1);

/// Steps after which the bar is moved.
const STEPS: u64 = 64;

/// Watches the stages of a run.
pub(crate) struct Clock {
    bar: ProgressBar,
    started: Instant,
    is_quiet: bool,
    stages: Mutex<Vec<(Stage, Instant)>>,
    bytes: AtomicU64,
    /// Steps of the stage; the bar, which locks, hears of every so manyth.
    done: AtomicU64,
}

impl Clock {
    /// Starts now. A quiet clock shows no bar.
    pub(crate) fn new(is_quiet: bool) -> Self {
        Self {
            bar: ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()),
            started: Instant::now(),
            is_quiet,
            stages: Mutex::default(),
            bytes: AtomicU64::new(0),
            done: AtomicU64::new(0),
        }
    }

    /// So many bytes of text went into the run.
    pub(crate) fn add_bytes(&self, bytes: u64) {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Takes the bar away before something else is written.
    pub(crate) fn clear(&self) {
        self.bar.finish_and_clear();
    }

    /// A line for each stage, and one for the whole: seconds, and megabytes of text a second.
    pub(crate) fn table(&self) -> String {
        let now = Instant::now();
        let stages = self.stages.lock().map(|stages| stages.clone()).unwrap_or_default();
        let ends = stages.iter().skip(1).map(|(_, start)| *start).chain([now]);
        let megabytes = self.bytes.load(Ordering::Relaxed) as f64 / 1e6;
        let row = |name: &str, time: Duration| {
            let seconds = time.as_secs_f64();
            format!("{name:<10}{seconds:>9.3} s {:>9.1} MB/s\n", megabytes / seconds.max(1e-9))
        };
        let rows = stages.iter().zip(ends).map(|((stage, start), end)| row(stage.name(), end - *start));
        rows.chain([row("all", now - self.started)]).collect::<String>().trim_end().to_owned()
    }
}

impl Progress for Clock {
    fn start(&self, stage: Stage, steps: u64) {
        if let Ok(mut stages) = self.stages.lock() {
            stages.push((stage, Instant::now()));
        }
        let shown =
            if steps == 0 { "{msg} {spinner} {elapsed}" } else { "{msg} {bar:30} {percent} %, {elapsed}" };
        self.bar
            .set_style(ProgressStyle::with_template(shown).unwrap_or_else(|_| ProgressStyle::default_bar()));
        self.bar.set_message(stage.name());
        self.bar.set_length(steps);
        self.bar.set_position(0);
        self.done.store(0, Ordering::Relaxed);
        self.show();
    }

    fn advance(&self, steps: u64) {
        let before = self.done.fetch_add(steps, Ordering::Relaxed);
        if before / STEPS != (before + steps) / STEPS {
            self.bar.set_position(before + steps);
            self.show();
        }
    }
}

impl Clock {
    fn show(&self) {
        // indicatif draws nothing where standard error is no terminal.
        if !self.is_quiet && self.bar.is_hidden() && self.started.elapsed() > PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.bar.enable_steady_tick(Duration::from_millis(200));
        }
    }
}
