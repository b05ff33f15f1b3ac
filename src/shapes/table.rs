//! What the table of a shape is made of.

use crate::json::Value;
use crate::reason::{NO_FAILURE, is_refusal};
use crate::task::{Reason, Rendition, Status};
use crate::words::{contains, is_one_of, split, split_once};

/// How one kind of service writes its answers.
///
/// Lists of paths and of words are one text with spaces between: a slice of texts would be twice its size. Paths are
/// relative to the task, wherever an envelope holds it; `^` in front of a path starts at the whole body. Words are
/// compared without regard to case, `-`, `_` and spaces; `-` alone stands for no word.
#[derive(Debug)]
pub struct Shape {
    /// Its name in `Task.shape`.
    pub name: &'static str,
    /// The family to name where the model does not tell.
    pub provider: &'static str,
    /// Where the task may stand in the body; `^` is the body itself. It replaces the usual places of [`Shape::BLANK`].
    pub roots: &'static str,
    /// What a body of this shape has: all the marks of at least one row. The last mark of a row is tried first, and so
    /// is the rarest.
    pub marks: &'static [&'static [Mark]],
    /// Where each field stands. Of several paths or rows for a field the first that has a value counts; videos, words
    /// about failures and the words of several outcomes are gathered from all.
    pub fields: &'static [(Field, &'static str)],
    /// What the status words mean.
    pub words: &'static [(Status, &'static str)],
    /// Words that only say that the task ended: the rest of the body says how.
    pub ended: &'static str,
    /// Words that mean that there is no such task.
    pub missing: &'static str,
    /// Words that mean generated, which is not the end while upscaling is on.
    pub generated: &'static str,
    /// Words for the steps inside `processing`.
    pub stages: &'static [(&'static str, &'static str)],
    /// The fields of a failure that end a task without a video, whatever its status word says.
    pub fatal: &'static [Field],
    /// What the service's own failure codes mean, where its words do not say.
    pub reasons: &'static [(Reason, &'static str)],
    /// The path on the service that serves the bytes where the body has no URL; `{id}` is the task's id, `{file}` its
    /// file.
    pub content_path: Option<&'static str>,
    /// Where a relay puts the whole answer of the service behind it, of any shape: it fills what the relay leaves out.
    pub inner: Option<&'static str>,
    /// The service's own domains: a body from there needs only one of `host_marks`.
    pub host: &'static str,
    /// What a body from the service's own domain has.
    pub host_marks: &'static [&'static [Mark]],
    /// Zone of instants that carry none, in hours east of UTC.
    pub zone_hours: i32,
}

impl Shape {
    /// What a table does not say.
    pub const BLANK: Self = Self {
        name: "unknown",
        provider: "unknown",
        roots: "^ data task output result data.data",
        marks: &[],
        fields: &[],
        words: &[],
        ended: "",
        missing: "",
        generated: "",
        stages: &[],
        fatal: &[],
        reasons: &[],
        content_path: None,
        inner: None,
        host: "",
        host_marks: &[],
        zone_hours: 0,
    };

    /// What a status word means in this shape.
    #[must_use]
    pub fn status(&self, word: &str) -> Option<Status> {
        meaning(self.words, word)
    }

    /// Whether a status word is one of this shape's.
    #[must_use]
    pub fn knows(&self, word: &str) -> bool {
        self.status(word).is_some() || is_one_of(self.ended, word) || is_one_of(self.missing, word)
    }

    /// Which step inside `processing` a status word means.
    #[must_use]
    pub fn stage(&self, word: &str) -> Option<&'static str> {
        meaning(self.stages, word)
    }

    /// Whether a host is one of the service's own domains or one below it.
    #[must_use]
    pub fn is_of(&self, host: &str) -> bool {
        let is_of = |domain| host.strip_suffix(domain).is_some_and(|below| below.is_empty() || below.ends_with('.'));
        split(self.host, b' ').any(is_of)
    }

    /// What a code of the service's own means.
    #[must_use]
    pub fn reason(&self, code: &str) -> Option<Reason> {
        meaning(self.reasons, code)
    }
}

fn meaning<T: Copy>(table: &[(T, &str)], word: &str) -> Option<T> {
    table.iter().find(|(_, words)| is_one_of(words, word)).map(|(meaning, _)| *meaning)
}

/// What a row of [`Shape::fields`] fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The id in the body.
    Id,
    /// The model.
    Model,
    /// The status word.
    State,
    /// The status word of each of several outcomes of one task.
    EachState,
    /// A status word deeper inside, which may know more than the outer one.
    InnerState,
    /// Why that word is the end, where a relay does not try again on its own.
    InnerReason,
    /// True while the service still works on it, whatever its words say.
    Running,
    /// True when the video will be upscaled after it was generated.
    Upscales,
    /// How far it is.
    Progress(Unit),
    /// Tasks before this one.
    QueuePosition,
    /// Seconds that the service estimates are left.
    WaitSeconds,
    /// URL of a rendition.
    Video(Rendition),
    /// What relays put a video into, or else a picture or words: a URL there counts where no other row has one.
    Output,
    /// Where a URL may as well be that of an input: it counts where the task's own word says completed or ended, and no
    /// other row has one.
    OutputOnceCompleted,
    /// The bytes of a video in base64, and of what type they are.
    VideoBytes,
    /// See `VideoBytes`.
    VideoType,
    /// Pixels of the one video that there is, rather than of what was asked for.
    VideoWidth,
    /// See `VideoWidth`.
    VideoHeight,
    /// Id of the file that holds the video.
    File,
    /// URL of a still.
    Thumbnail,
    /// URL of a moving preview.
    Preview,
    /// Pixels.
    Width,
    /// Pixels.
    Height,
    /// Both, as `1280x720`.
    Size,
    /// Length of the video in seconds.
    Duration,
    /// What was asked for.
    Prompt,
    /// What the service made of it.
    EnhancedPrompt,
    /// A failure's code.
    ErrorCode,
    /// A failure's words; on a task that did not fail, words about a failure that was got over.
    ErrorText,
    /// Words that tell of a failure on a failed task alone, and of other things on others.
    FailureText,
    /// This flag, or a count for `true`, when a filter refused the outcome.
    Moderated(bool),
    /// A filter's words about what it refused.
    Verdict,
    /// When the URLs stop working that do not say it themselves.
    ExpiresAt,
    /// When the task was made.
    CreatedAt,
    /// When it ended.
    CompletedAt,
    /// When the service last looked at it.
    UpdatedAt,
}

impl Field {
    /// Whether an inner answer may fill it: the relay's own rows say where its task stands, the service's what was
    /// made.
    #[must_use]
    pub fn is_about_the_video(self) -> bool {
        match self {
            Self::Video(_)
            | Self::Output
            | Self::OutputOnceCompleted
            | Self::VideoBytes
            | Self::VideoType
            | Self::VideoWidth
            | Self::VideoHeight
            | Self::Thumbnail
            | Self::Preview
            | Self::Width
            | Self::Height
            | Self::Size
            | Self::Duration
            | Self::Prompt
            | Self::EnhancedPrompt
            | Self::Model
            | Self::Moderated(_)
            | Self::Verdict => true,
            Self::Id
            | Self::State
            | Self::EachState
            | Self::InnerState
            | Self::InnerReason
            | Self::Running
            | Self::Upscales
            | Self::Progress(_)
            | Self::QueuePosition
            | Self::WaitSeconds
            | Self::File
            | Self::ErrorCode
            | Self::ErrorText
            | Self::FailureText
            | Self::ExpiresAt
            | Self::CreatedAt
            | Self::CompletedAt
            | Self::UpdatedAt => false,
        }
    }
}

/// The unit of a progress. The field decides it, never the size of the number: `1` is 1 % here and all of it there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// 0 to 100, with or without `%`.
    Percent,
    /// 0 to 1; with `%`, 0 to 100.
    Fraction,
    /// The last `NN%` in a text of many lines.
    LastPercent,
}

/// One thing by which a shape is recognised.
#[derive(Clone, Copy, Debug)]
pub enum Mark {
    /// Something stands at each of the paths, be it null.
    Has(&'static str),
    /// Nothing stands at any of the paths.
    Lacks(&'static str),
    /// Nothing stands at any of the paths, or something empty.
    Empty(&'static str),
    /// The task stands in an envelope that says that all is well, and so is none itself.
    InEnvelope,
    /// A text or number stands at each of the paths.
    Scalar(&'static str),
    /// At the path stands one of the shape's status words. A body with a new word then is not of this shape.
    Word(&'static str),
    /// At the path, which comes first, stands one of the words behind it.
    Is(&'static str),
    /// At the path, which comes first, stands a text or number, and none of the words behind it.
    IsNot(&'static str),
    /// The same, or nothing stands there.
    Unless(&'static str),
    /// At the path, which comes first, stands a text that holds the one behind it, in just these letters.
    Holds(&'static str),
    /// At each of the paths stands nothing, something empty, or what says that all is well.
    Fine(&'static str),
    /// At one of the paths stand words that only a filter has.
    Refusal(&'static str),
}

impl Mark {
    /// Whether a task has this mark of a shape.
    pub(super) fn is_on(self, task: Value<'_>, body: Value<'_>, shape: &Shape) -> bool {
        match self {
            Self::Has(paths) => split(paths, b' ').all(|path| has(task, path)),
            Self::Lacks(paths) => !split(paths, b' ').any(|path| has(task, path)),
            Self::Empty(paths) => split(paths, b' ').all(|path| task.at(path).is_none_or(Value::is_blank)),
            Self::Fine(paths) => split(paths, b' ').all(|path| {
                let is_fine = |value: Value<'_>| value.word().is_some_and(|word| is_one_of(NO_FAILURE, word));
                task.at(path).is_none_or(|value| value.is_blank() || is_fine(value))
            }),
            Self::InEnvelope => {
                let word = text(body, "code").or_else(|| text(body, "status"));
                task != body && word.is_some_and(|word| is_one_of(NO_FAILURE, word))
            }
            Self::Scalar(paths) => split(paths, b' ').all(|path| text(task, path).is_some()),
            Self::Word(path) => text(task, path).is_some_and(|word| shape.knows(word)),
            Self::Is(rule) => compared(task, rule, is_one_of),
            Self::IsNot(rule) => compared(task, rule, |words, text| !is_one_of(words, text)),
            Self::Unless(rule) => !compared(task, rule, is_one_of),
            Self::Holds(rule) => compared(task, rule, |part, text| contains(text, part)),
            Self::Refusal(paths) => split(paths, b' ').any(|path| text(task, path).is_some_and(is_refusal)),
        }
    }
}

fn has(task: Value<'_>, path: &str) -> bool {
    let mut found = false;
    task.each(path, &mut |_| found = true);
    found
}

fn text<'t>(task: Value<'t>, path: &str) -> Option<&'t str> {
    task.at(path).and_then(Value::word).filter(|text| !text.is_empty())
}

/// Whether the text at a path and what stands behind the path fit each other.
fn compared(task: Value<'_>, rule: &str, fit: fn(&str, &str) -> bool) -> bool {
    split_once(rule, " ").is_some_and(|(path, expected)| text(task, path).is_some_and(|text| fit(expected, text)))
}
