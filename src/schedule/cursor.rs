//! What a wait knows between two polls.

use super::Seen;
use crate::task::Status;

/// A task that claims to be older than this is believed to have another clock.
const OLDEST_MS: f64 = 3_600_000.0;

/// How far a progress may be off what the slope said, as a share of the way since, and by being rounded.
const STRAY: f64 = 0.09;
const ROUNDED: f64 = 0.012;

/// Plain numbers, so that any store can carry them. Instants are Unix epoch milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cursor {
    /// When the waiting began.
    pub started_at: f64,
    /// Requests so far.
    pub polls: f64,
    /// How many of the last ones went unanswered.
    pub missed: f64,
    /// When the last poll was.
    pub asked_at: f64,
    /// Since when the task is known to be worked on.
    pub began_at: f64,
    /// The progress from which the slope is measured, and when that was.
    pub basis: f64,
    pub(super) basis_at: f64,
    /// The last progress, -1 without any, and when it was first seen.
    pub progress: f64,
    pub(super) progress_at: f64,
    /// The finest step in which the progress was seen to move.
    pub(super) grain: f64,
    /// 1 if the progress was last where the slope said it would be.
    pub(super) trust: f64,
}

impl Cursor {
    /// Their names, in the order of [`Cursor::numbers`].
    pub const NAMES: &str = "startedAt polls missed askedAt beganAt basis basisAt progress progressAt grain trust";

    /// A wait that begins now.
    #[must_use]
    pub fn start(now: f64) -> Self {
        Self::of([now, 0.0, 0.0, now, now, 0.0, now, -1.0, now, 1.0, 0.0])
    }

    /// As numbers.
    #[must_use]
    pub fn numbers(&self) -> [f64; 11] {
        let Self {
            started_at,
            polls,
            missed,
            asked_at,
            began_at,
            basis,
            basis_at,
            progress,
            progress_at,
            grain,
            trust,
        } = *self;
        [started_at, polls, missed, asked_at, began_at, basis, basis_at, progress, progress_at, grain, trust]
    }

    fn of(numbers: [f64; 11]) -> Self {
        let [started_at, polls, missed, asked_at, began_at, basis, basis_at, progress, progress_at, grain, trust] =
            numbers;
        Self { started_at, polls, missed, asked_at, began_at, basis, basis_at, progress, progress_at, grain, trust }
    }

    /// From numbers that somebody kept. What cannot be is put right: nobody knows what became of them meanwhile.
    ///
    /// `None` where they are not as many, or have no start.
    #[must_use]
    pub fn from_numbers(numbers: &[f64], now: f64) -> Option<Self> {
        let mut read = Self::of(numbers.try_into().ok()?);
        if !read.started_at.is_finite() {
            return None;
        }
        // Where the clock was set back, the wait begins anew: it must not stand still until the clock is there again.
        read.started_at = read.started_at.min(now);
        let at_least =
            |number: f64, least: f64, other: f64| if number >= least && number.is_finite() { number } else { other };
        read.polls = at_least(read.polls, 0.0, 0.0);
        read.missed = at_least(read.missed, 0.0, 0.0);
        for instant in [&mut read.asked_at, &mut read.began_at, &mut read.basis_at, &mut read.progress_at] {
            *instant = if instant.is_finite() { instant.min(now) } else { read.started_at };
        }
        read.progress = at_least(read.progress, 0.0, -1.0).min(1.0);
        read.basis = at_least(read.basis, 0.0, 0.0).min(1.0);
        read.grain = at_least(read.grain, 0.01, 1.0).min(1.0);
        read.trust = at_least(read.trust, 0.0, 0.0).min(1.0);
        Some(read)
    }

    /// Takes over what a poll saw.
    pub(super) fn note(&mut self, seen: &Seen, now: f64) {
        // All before it were missed.
        if self.polls <= self.missed + 1.0 {
            self.begin(seen, now);
        } else if seen.status == Status::Queued {
            // The work has not begun.
            (self.began_at, self.basis_at) = (now, now);
        }
        let Some(progress) = reported(seen) else { return };
        if progress <= self.progress {
            return;
        }
        let expected = self.expected(now);
        self.grain = self.grain.min(grain(progress));
        let is_expected = (progress - expected).abs() <= (STRAY * (expected - self.progress)).max(ROUNDED);
        self.trust = if self.progress > self.basis && is_expected { 1.0 } else { 0.0 };
        (self.progress, self.progress_at) = (progress, now);
    }

    /// The first look at a task that may be old: since when it is worked on.
    fn begin(&mut self, seen: &Seen, now: f64) {
        let is_credible = |at: &f64| *at <= now && now - at < OLDEST_MS;
        let created = seen.created_at.filter(is_credible).filter(|_| seen.status != Status::Queued);
        self.began_at = created.unwrap_or(now);
        let is_done = seen.status.is_done();
        let progress = if is_done { 1.0 } else { reported(seen).unwrap_or(0.0) };
        if progress > 0.0 && (is_done || created.is_none()) {
            (self.basis, self.basis_at) = (progress, now);
        } else {
            (self.basis, self.basis_at) = (0.0, self.began_at);
        }
    }

    /// How long a task took that has ended: from where it was first seen at work, or from its own beginning.
    ///
    /// Nothing where it had ended before the first look, or that look may have come long after the beginning.
    #[must_use]
    pub fn duration_ms(&self, seen: &Seen) -> Option<f64> {
        (seen.status.is_done() && self.basis <= 0.0).then_some(self.asked_at - self.began_at)
    }

    /// Progress per millisecond, as measured so far.
    pub(super) fn rate(&self) -> Option<f64> {
        let (way, time) = (self.progress - self.basis, self.progress_at - self.basis_at);
        (way > 0.0 && time > 0.0).then(|| way / time)
    }

    /// The slope was seen to hold.
    pub(super) fn is_trusted(&self) -> bool {
        self.trust > 0.0
    }

    /// Where the progress should be by now.
    fn expected(&self, now: f64) -> f64 {
        self.rate().map_or(-1.0, |rate| self.progress + rate * (now - self.progress_at))
    }
}

fn reported(seen: &Seen) -> Option<f64> {
    seen.progress.filter(|progress| (0.0..=1.0).contains(progress))
}

/// The coarsest step of which a progress is a multiple.
fn grain(progress: f64) -> f64 {
    let steps = [0.25, 0.2, 0.1, 0.05, 0.02];
    let is_multiple = |step: &f64| (progress / step - (progress / step).round()).abs() < 1e-6;
    steps.into_iter().find(is_multiple).unwrap_or(0.01)
}
