//! How long tasks of a model took, as far as one client has seen.

/// Kept of each model.
const SAMPLES: usize = 32;
/// Kept of models; the one that was used least lately gives way.
const MODELS: usize = 16;
/// Fewer say nothing.
const ENOUGH: usize = 6;

/// Durations by model, the last ones of each.
#[derive(Debug, Default)]
pub struct Learned(Vec<(String, Vec<f64>)>);

impl Learned {
    /// Takes over how long a task took, from its beginning to the poll that saw its end.
    pub fn add(&mut self, model: &str, duration_ms: f64) {
        if !(duration_ms > 0.0 && duration_ms.is_finite()) {
            return;
        }
        let at = self.0.iter().position(|(known, _)| known == model);
        let (name, mut durations) = at.map_or_else(|| (model.to_owned(), Vec::new()), |at| self.0.remove(at));
        if durations.len() >= SAMPLES {
            durations.remove(0);
        }
        durations.push(duration_ms);
        if self.0.len() >= MODELS {
            self.0.remove(0);
        }
        self.0.push((name, durations));
    }

    /// How long nearly all tasks of a model took at least, if enough were seen.
    #[must_use]
    pub fn early_ms(&self, model: &str) -> Option<f64> {
        let (_, durations) = self.0.iter().find(|(known, _)| known == model)?;
        if durations.len() < ENOUGH {
            return None;
        }
        // The second shortest, and a margin: the very shortest may be a stray.
        let (mut first, mut second) = (f64::INFINITY, f64::INFINITY);
        for &duration in durations {
            if duration < first {
                (first, second) = (duration, first);
            } else if duration < second {
                second = duration;
            }
        }
        Some(second * 0.8)
    }
}
