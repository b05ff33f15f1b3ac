//! How fast one origin may be asked.

/// Without a limit of the caller's, until the service says that it is too much.
const UNLIMITED: f64 = f64::INFINITY;
/// After a 429: this share of what was too much.
const SLOWED: f64 = 0.85;
/// Up to this share of what was too much last time the way back is quick.
const KNOWN_GOOD: f64 = 0.92;
/// Regained in each second on the quick way back: a share of the rate, and requests per second.
const QUICKLY: (f64, f64) = (0.15, 0.5);
/// The same beyond it, where every 429 costs a request.
const SLOWLY: (f64, f64) = (0.001, 0.1);
/// Answers to requests that were under way together count as one.
const SAME_BURST_MS: f64 = 1_000.0;
/// By so much a timer may come late.
const LATE_MS: f64 = 20.0;
const LONGEST_PAUSE_MS: f64 = 600_000.0;
/// Over so long it is counted what gets through.
const WINDOW_MS: f64 = 1_000.0;

/// The pace of one origin. All times are milliseconds.
#[derive(Clone, Debug)]
pub struct Pace {
    /// Requests per second that the caller allows.
    most: f64,
    /// Requests per second that the service seems to bear.
    rate: f64,
    /// The rate that was too much last time.
    too_much: f64,
    /// When the next request may start.
    next_at: f64,
    limited_at: f64,
    regained_at: f64,
    window_at: f64,
    /// Answers that were no 429 in the window that runs, and per second in the one before.
    passed: f64,
    passing: f64,
}

impl Pace {
    /// A pace of at most `per_second` requests.
    #[must_use]
    pub fn new(per_second: Option<f64>) -> Self {
        let most = per_second.filter(|rate| *rate > 0.0).unwrap_or(UNLIMITED);
        let never = f64::NEG_INFINITY;
        let (rate, too_much, next_at) = (most, UNLIMITED, never);
        Self {
            most,
            rate,
            too_much,
            next_at,
            limited_at: never,
            regained_at: never,
            window_at: never,
            passed: 0.0,
            passing: 0.0,
        }
    }

    /// How long until a request may start. 0 when it may at once, and then it counts as started.
    pub fn wait(&mut self, now: f64) -> f64 {
        self.regain(now);
        if now < self.next_at {
            return (self.next_at - now).ceil();
        }
        // What timers lose is made up for, but not more than that: no two start at once after a rest.
        let spacing = 1_000.0 / self.rate;
        self.next_at = self.next_at.max(now - LATE_MS.min(spacing / 2.0)) + spacing;
        0.0
    }

    /// Takes over how the service answered whoever was let in, and after how many requests.
    pub fn answered(&mut self, now: f64, requests: f64, was_limited: bool, retry_after_ms: Option<f64>) {
        // One of them counted when it started.
        if self.rate.is_finite() && requests > 1.0 {
            self.next_at += (requests - 1.0) * 1_000.0 / self.rate;
        }
        if now - self.window_at >= WINDOW_MS {
            let seconds = (now - self.window_at) / 1_000.0;
            self.passing = if self.window_at.is_finite() { self.passed / seconds } else { 0.0 };
            (self.window_at, self.passed) = (now, 0.0);
        }
        if !was_limited {
            // None was made where whoever was let in gave up.
            self.passed += requests.min(1.0);
            return;
        }
        let asked = retry_after_ms.filter(|ms| *ms >= 0.0).unwrap_or(0.0).min(LONGEST_PAUSE_MS);
        self.next_at = self.next_at.max(now + asked);
        if now - self.limited_at < SAME_BURST_MS {
            return;
        }
        // What gets through is the best that is known of the service's limit, but of a short time or of few requests it
        // says little: the way back stays quick up to the rate itself.
        let passing = self.passing.max(self.passed).max(1.0);
        self.too_much = self.rate;
        self.rate = self.rate.min(passing) * SLOWED;
        (self.limited_at, self.regained_at) = (now, now);
        (self.window_at, self.passed, self.passing) = (now, 0.0, 0.0);
        self.next_at = self.next_at.max(now + 1_000.0 / self.rate);
    }

    /// A little more, as long as the service bears it.
    fn regain(&mut self, now: f64) {
        if self.rate < self.most && now > self.regained_at {
            let (share, more) = if self.rate < self.too_much * KNOWN_GOOD { QUICKLY } else { SLOWLY };
            self.rate = (self.rate + (self.rate * share + more) * (now - self.regained_at) / 1_000.0).min(self.most);
            self.regained_at = now;
        }
    }
}
