//! The bodies in `tests/fixtures`, with the questions that they answer.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_json::Value;
use video_task_query::endpoint::Base;
use video_task_query::error::Result;
use video_task_query::{Answer, Asked, Task, read_answer};

/// What a service was asked, and the body that it answered with.
pub struct Fixture {
    /// Its path without `.expect.json`.
    #[allow(dead_code, reason = "only some programs name what failed")]
    pub name: String,
    pub status: u16,
    pub id: Option<String>,
    base: Option<Base>,
    pub body: Vec<u8>,
}

/// All of them, in the order of their names.
pub static FIXTURES: LazyLock<Vec<Fixture>> = LazyLock::new(|| {
    let folders = listed(Path::new("tests/fixtures")).into_iter().filter(|path| path.is_dir());
    folders.flat_map(|folder| listed(&folder)).filter_map(|path| Fixture::of(&path)).collect()
});

impl Fixture {
    fn of(expectation: &Path) -> Option<Self> {
        let stem = expectation.to_str()?.strip_suffix("expect.json")?;
        let body = body_of(expectation)?;
        let expected: Value = serde_json::from_slice(&fs::read(expectation).unwrap()).unwrap();
        let text = |value: &Value| value.as_str().map(str::to_owned);
        Some(Self {
            name: stem.trim_end_matches('.').to_owned(),
            status: expected["http"]["status"].as_u64().map_or(200, |status| u16::try_from(status).unwrap()),
            id: text(&expected["ask"]["id"]),
            base: expected["ask"]["baseUrl"].as_str().map(|href| Base::new(href).unwrap()),
            body: fs::read(body).unwrap(),
        })
    }

    pub fn asked(&self) -> Asked<'_> {
        Asked { id: self.id.as_deref(), origin: self.base.as_ref().map(Base::origin) }
    }

    /// What another body in the place of this one is read as.
    pub fn read(&self, body: &[u8]) -> Result<Task> {
        read_answer(
            &Answer {
                status: self.status,
                header: &|_| None,
                body: &body.into(),
                now: 0.0,
                secrets: &[],
                is_keyless: false,
            },
            self.asked(),
        )
    }
}

/// The body that stands beside what is expected of it, whatever its extension.
pub fn body_of(expectation: &Path) -> Option<PathBuf> {
    let stem = expectation.to_str()?.strip_suffix("expect.json")?;
    listed(expectation.parent()?).into_iter().find(|path| {
        let extension = path.to_str().and_then(|path| path.strip_prefix(stem));
        extension.is_some_and(|extension| !extension.contains('.'))
    })
}

/// What is in a folder, in the order of the names, but for hidden files.
pub fn listed(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.file_name().is_some_and(|name| !name.to_string_lossy().starts_with('.')));
    paths.sort();
    paths
}
