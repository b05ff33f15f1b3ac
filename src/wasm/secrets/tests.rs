use wasm_bindgen_test::wasm_bindgen_test;

use super::Secrets;

fn key(number: usize) -> String {
    format!("sk-number-{number:02}")
}

#[wasm_bindgen_test]
fn of_the_keys_that_a_function_gave_the_last_ones_are_known() {
    let secrets = Secrets::default();
    for number in 1..=40 {
        secrets.add(&key(number));
    }
    assert_eq!(secrets.all(), (9..=40).map(key).collect::<Vec<_>>());
}

#[wasm_bindgen_test]
fn a_key_that_is_sent_again_pushes_out_none_and_is_the_newest() {
    let secrets = Secrets::default();
    for number in (1..=32).chain(std::iter::repeat_n(32, 40)).chain([1, 33]) {
        secrets.add(&key(number));
    }
    assert_eq!(secrets.all(), (3..=32).chain([1, 33]).map(key).collect::<Vec<_>>());
}

#[wasm_bindgen_test]
fn a_secret_is_known_as_others_write_it_into_urls_and_json() {
    let secrets = Secrets::default();
    secrets.add("c2stYWJj/ZGVm+Z2g=");
    assert_eq!(
        secrets.all(),
        ["c2stYWJj%2FZGVm%2BZ2g%3D", "c2stYWJj/ZGVm%2BZ2g%3D", "c2stYWJj\\/ZGVm+Z2g=", "c2stYWJj/ZGVm+Z2g="]
    );
}

#[wasm_bindgen_test]
fn a_header_is_known_without_the_white_space_that_is_not_sent() {
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let secrets =
        Secrets::of(&[header("X-Api-Key", " sk-0123456789 \t"), header("accept-language", "de-DE, de;q=0.9")]);
    assert!(secrets.has_own_key);
    assert_eq!(secrets.all(), ["sk-0123456789"]);
}
