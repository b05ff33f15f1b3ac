//! Texts that share the memory of what they are a part of.

use std::rc::Rc;

use video_task_query::part::Part;

fn address(text: &str) -> *const u8 {
    text.as_ptr()
}

#[test]
fn a_part_of_a_text_is_not_copied() {
    let whole = Rc::new("before https://example.com/v.mp4 behind".to_owned());
    for range in [7..32, 0..39, 0..0, 39..39] {
        let part = Part::of(&whole, &whole[range.clone()]);
        assert_eq!(&*part, &whole[range.clone()], "{range:?}");
        assert_eq!(address(&part), address(&whole[range.clone()]), "{range:?}");
    }
    assert_eq!(Rc::strong_count(&whole), 1, "a part that is gone holds nothing");
}

#[test]
fn another_text_is_copied_be_it_the_same_in_words() {
    let whole = Rc::new("/v.mp4".to_owned());
    let other = "/v.mp4".to_owned();
    let part = Part::of(&whole, &other);
    assert_eq!((&*part, Rc::strong_count(&whole)), ("/v.mp4", 1));
    assert_ne!(address(&part), address(&other));
}

#[test]
fn parts_are_equal_by_their_texts() {
    let whole = Rc::new("v.mp4 v.mp4".to_owned());
    assert_eq!(Part::of(&whole, &whole[..5]), Part::of(&whole, &whole[6..]));
    assert_ne!(Part::of(&whole, &whole[..5]), Part::from("v.mp"));
    assert_eq!(format!("{:?}", Part::of(&whole, &whole[6..])), "\"v.mp4\"");
}
