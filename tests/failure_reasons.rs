//! What words about a failure amount to, and what they do not.

use video_task_query::reason::reason;
use video_task_query::task::Reason::{self, *};

#[track_caller]
fn says(message: &str, expected: Reason) {
    assert_eq!(reason(None, Some(message)), expected, "{message}");
}

#[test]
fn words_of_a_filter_are_moderation() {
    says("The prompt contains sensitive words", Moderation);
    says("This violates our terms", Moderation);
    says("Content policy: the field prompt is case-sensitive", Moderation);
    assert_eq!(reason(Some("OutputVideoSensitiveContentDetected"), None), Moderation);
    for code in ["content_filter", "ContentFilter"] {
        assert_eq!(reason(Some(code), None), Moderation, "{code}");
    }
    says("blocked by content filter", Moderation);
    says("400: prompt moderated", Moderation);
    says("Failure to pass the risk control system", Moderation);
    says("内容不合规", Moderation);
    for message in [
        "Text Risk Not Pass",
        "PUBLIC_ERROR_AUDIO_FILTERED",
        "PUBLIC_ERROR_MINOR_UPLOAD",
        "PUBLIC_ERROR_SEXUAL",
        "Your prompt was blocked by our filters",
        "内容包含违禁词",
        "图片未通过审查",
        "提示词违反内容政策",
        "此内容可能违反我们关于裸露、性或色情内容的防护规则",
        "暂不支持人像",
    ] {
        says(message, Moderation);
    }
}

#[test]
fn internal_alone_is_no_fault_of_the_service() {
    assert_eq!(reason(Some("invalid_prompt"), Some("prompt contains internal quotes")), InvalidInput);
    says("internal scene of a house", Unknown);
    for message in ["Internal error", "INTERNAL.BAD_OUTPUT.CODE01", "internal_server_error", "Internal service failure"]
    {
        says(message, Upstream);
    }
}

#[test]
fn spelling_and_databases_are_no_moderation() {
    for message in [
        "model names are case-sensitive",
        "Model names are case sensitive",
        "names are case-insensitive",
        "foreign key constraint violation",
        "insert violates check constraint",
        "违反唯一约束",
    ] {
        says(message, Unknown);
    }
    assert_eq!(reason(Some("unique_constraint_violation"), None), Unknown);
    says("invalid model: names are case-sensitive", InvalidInput);
}

#[test]
fn a_parameter_at_fault_is_invalid_input() {
    for message in [
        "the parameter video pixel count specified in the request must be less than or equal to 927408",
        "The request failed because it is missing one or multiple required parameters",
        "Unbalanced quotation mark in parameter prompt",
    ] {
        says(message, InvalidInput);
    }
    assert_eq!(reason(Some("MissingParameter"), None), InvalidInput);
}

#[test]
fn words_about_money_are_quota() {
    for message in [
        "account balance not enough",
        "Insufficient account balance",
        "balance is insufficient",
        "You have run out of credits",
        "Your credit balance is too low",
        "quota exceeded",
        "账户余额不足",
    ] {
        says(message, Quota);
    }
}

#[test]
fn a_service_that_ends_with_nothing_made_says_so() {
    says("The generation finished, but no video was generated", NoOutput);
    says("The model returned no video", NoOutput);
    says("No video input: an internal error", Upstream);
    for message in ["no video at image_url", "There is no output format \"webm\": use mp4", "no output for 600 s"] {
        says(message, Unknown);
    }
}

#[test]
fn a_deadline_that_passed_is_a_timeout() {
    says("context deadline exceeded", Timeout);
    assert_eq!(reason(Some("DEADLINE_EXCEEDED"), None), Timeout);
}
