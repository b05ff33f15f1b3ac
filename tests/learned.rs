//! How long tasks of a model took: enough of them, the last ones, and those of few models.

#![cfg(not(target_arch = "wasm32"))]

use video_task_query::learned::Learned;

fn seen(durations: impl IntoIterator<Item = f64>) -> Learned {
    let mut learned = Learned::default();
    durations.into_iter().for_each(|ms| learned.add("sora-2", ms));
    learned
}

#[test]
fn less_than_six_say_nothing() {
    assert_eq!(seen([60_000.0; 5]).early_ms("sora-2"), None);
    assert_eq!(seen([60_000.0; 6]).early_ms("sora-2"), Some(48_000.0));
    assert_eq!(seen([60_000.0; 6]).early_ms("sora-2-pro"), None);
}

#[test]
fn the_second_shortest_counts_less_a_margin_of_a_fifth() {
    let learned = seen([90_000.0, 70_000.0, 5_000.0, 80_000.0, 50_000.0, 60_000.0]);
    assert_eq!(learned.early_ms("sora-2"), Some(40_000.0));
}

#[test]
fn what_is_no_duration_is_not_taken() {
    let learned = seen([0.0, -1.0, f64::NAN, f64::INFINITY, 60_000.0, 60_000.0, 60_000.0, 60_000.0, 60_000.0]);
    assert_eq!(learned.early_ms("sora-2"), None);
}

#[test]
fn of_a_model_the_last_32_are_kept() {
    let (early, late) = ([10_000.0; 2], [100_000.0; 30]);
    assert_eq!(seen(early.into_iter().chain(late)).early_ms("sora-2"), Some(8_000.0));
    let one_more = early.into_iter().chain(late).chain([100_000.0]);
    assert_eq!(seen(one_more).early_ms("sora-2"), Some(80_000.0));
}

#[test]
fn of_sixteen_models_the_one_that_was_used_least_lately_gives_way() {
    let mut learned = Learned::default();
    for model in 0..16 {
        (0..6).for_each(|_| learned.add(&model.to_string(), 60_000.0));
    }
    learned.add("0", 60_000.0);
    learned.add("another", 60_000.0);
    assert_eq!(learned.early_ms("1"), None);
    for model in ["0", "2", "15"] {
        assert_eq!(learned.early_ms(model), Some(48_000.0), "{model}");
    }
}
