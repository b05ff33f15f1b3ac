//! One pass over the bytes, without recursion.

use std::rc::Rc;

use super::key_filter::KeyFilter;
use super::text::unescaped;
use super::{Kind, Node, NotJson};

/// What a body holds.
#[derive(Debug)]
pub(super) struct Scanned {
    /// In the order of the text, never none.
    pub nodes: Vec<Node>,
    /// The strings that had escapes.
    pub decoded: Vec<Rc<String>>,
    /// The keys of all objects.
    pub keys: KeyFilter,
}

/// Reads a whole body.
pub(super) fn scan(body: &str) -> Result<Scanned, NotJson> {
    if u32::try_from(body.len()).is_err() {
        return Err(NotJson { offset: u32::MAX as usize, cut_off: false });
    }
    let found = Scanned { nodes: Vec::with_capacity(64), decoded: Vec::new(), keys: KeyFilter::NONE };
    let mut scan = Scan { body, at: 0, open: Vec::new(), found };
    if body.starts_with('\u{FEFF}') {
        scan.at = '\u{FEFF}'.len_utf8();
    }
    scan.run()?;
    Ok(scan.found)
}

struct Scan<'b> {
    body: &'b str,
    at: usize,
    /// The arrays and objects that the scan is in.
    open: Vec<u32>,
    found: Scanned,
}

impl Scan<'_> {
    fn run(&mut self) -> Result<(), NotJson> {
        loop {
            self.space();
            // A value, then as many closing brackets as follow, then a comma or the end.
            if !self.value()? {
                continue;
            }
            loop {
                self.space();
                let Some(&container) = self.open.last() else {
                    return if self.at == self.body.len() { Ok(()) } else { Err(self.trouble()) };
                };
                let object = self.is_object(container);
                match self.peek() {
                    Some(b',') => {
                        self.step();
                        if object {
                            self.space();
                            self.key()?;
                        }
                        break;
                    }
                    Some(b'}') if object => self.close(),
                    Some(b']') if !object => self.close(),
                    _ => return Err(self.trouble()),
                }
            }
        }
    }

    /// Reads one value; `false` when it opened a container whose first value is still to come.
    fn value(&mut self) -> Result<bool, NotJson> {
        match self.peek() {
            Some(b'"') => self.string().map(|_| true),
            Some(b'{') => {
                self.open(Kind::Object);
                self.space();
                if self.peek() == Some(b'}') {
                    self.close();
                    return Ok(true);
                }
                self.key().map(|()| false)
            }
            Some(b'[') => {
                self.open(Kind::Array);
                self.space();
                if self.peek() == Some(b']') {
                    self.close();
                    return Ok(true);
                }
                Ok(false)
            }
            Some(b't') => self.literal(b"true", Kind::Bool(true)),
            Some(b'f') => self.literal(b"false", Kind::Bool(false)),
            Some(b'n') => self.literal(b"null", Kind::Null),
            Some(b'-' | b'0'..=b'9') => self.number().map(|()| true),
            _ => Err(self.trouble()),
        }
    }

    fn key(&mut self) -> Result<(), NotJson> {
        if self.peek() != Some(b'"') {
            return Err(self.trouble());
        }
        let name = KeyFilter::of(self.string()?.as_bytes());
        self.found.keys = self.found.keys.union(name);
        self.space();
        if self.peek() != Some(b':') {
            return Err(self.trouble());
        }
        self.step();
        Ok(())
    }

    fn string(&mut self) -> Result<&str, NotJson> {
        self.step();
        let start = self.at;
        let mut has_escapes = false;
        loop {
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    has_escapes = true;
                    self.step();
                    self.escape()?;
                }
                Some(0x20..) => self.step_to_special(),
                _ => return Err(self.trouble()),
            }
        }
        let text = self.body.get(start..self.at).unwrap_or_default();
        let kind = if has_escapes { Kind::Escaped(offset(self.found.decoded.len())) } else { Kind::Plain };
        self.leaf(kind, start);
        self.step();
        if !has_escapes {
            return Ok(text);
        }
        self.found.decoded.push(Rc::new(unescaped(text)));
        Ok(self.found.decoded.last().map_or("", |text| text))
    }

    fn escape(&mut self) -> Result<(), NotJson> {
        match self.peek() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.step(),
            Some(b'u') => {
                self.step();
                for _ in 0..4 {
                    if !self.peek().is_some_and(|byte| byte.is_ascii_hexdigit()) {
                        return Err(self.trouble());
                    }
                    self.step();
                }
            }
            _ => return Err(self.trouble()),
        }
        Ok(())
    }

    fn number(&mut self) -> Result<(), NotJson> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.step();
        }
        if self.peek() == Some(b'0') {
            self.step();
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.step();
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.step();
            if let Some(b'+' | b'-') = self.peek() {
                self.step();
            }
            self.digits()?;
        }
        self.leaf(Kind::Number, start);
        Ok(())
    }

    fn digits(&mut self) -> Result<(), NotJson> {
        if !self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            return Err(self.trouble());
        }
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.step();
        }
        Ok(())
    }

    fn literal(&mut self, word: &[u8], kind: Kind) -> Result<bool, NotJson> {
        let start = self.at;
        for expected in word {
            if self.peek() != Some(*expected) {
                return Err(self.trouble());
            }
            self.step();
        }
        self.leaf(kind, start);
        Ok(true)
    }

    fn leaf(&mut self, kind: Kind, start: usize) {
        self.push(kind, start);
        self.end_last();
    }

    fn open(&mut self, kind: Kind) {
        self.open.push(self.count());
        self.push(kind, self.at);
        self.step();
    }

    fn close(&mut self) {
        self.step();
        let (end, next) = (offset(self.at), self.count());
        if let Some(node) = self.open.pop().and_then(|index| self.found.nodes.get_mut(index as usize)) {
            node.end = end;
            node.next = next;
        }
    }

    fn push(&mut self, kind: Kind, start: usize) {
        self.found.nodes.push(Node { kind, start: offset(start), end: 0, next: 0 });
    }

    fn end_last(&mut self) {
        let (end, next) = (offset(self.at), self.count());
        if let Some(node) = self.found.nodes.last_mut() {
            node.end = end;
            node.next = next;
        }
    }

    fn is_object(&self, index: u32) -> bool {
        self.found.nodes.get(index as usize).is_some_and(|node| node.kind == Kind::Object)
    }

    fn count(&self) -> u32 {
        offset(self.found.nodes.len())
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.step();
        }
    }

    #[allow(clippy::inline_always, reason = "called for each byte, and the build keeps inlining low")]
    #[inline(always)]
    fn peek(&self) -> Option<u8> {
        self.body.as_bytes().get(self.at).copied()
    }

    #[allow(clippy::inline_always, reason = "as for `peek`")]
    #[inline(always)]
    fn step(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    /// Goes on to the next byte that means something in a string.
    fn step_to_special(&mut self) {
        let rest = self.body.as_bytes().get(self.at..).unwrap_or_default();
        for byte in rest {
            if matches!(byte, b'"' | b'\\' | ..0x20) {
                return;
            }
            self.step();
        }
    }

    fn trouble(&self) -> NotJson {
        NotJson { offset: self.at, cut_off: self.at >= self.body.len() }
    }
}

/// Offsets and counts fit: a body of more than 4 GiB was refused, and each node takes at least one byte of it.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
