//! Which keys a body may have: it has a dozen, and the tables of the shapes ask for hundreds.

/// A Bloom filter of 64 bits and one hash: it may hold a key that was never put in, and never lacks one that was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyFilter(u64);

impl KeyFilter {
    /// The empty set.
    pub const NONE: Self = Self(0);

    /// The set of one key.
    #[must_use]
    pub const fn of(key: &[u8]) -> Self {
        // FNV-1a, whose upper bits are the mixed ones.
        let (mut hash, mut rest) = (0x811C_9DC5_u32, key);
        while let Some((byte, after)) = rest.split_first() {
            hash = (hash ^ *byte as u32).wrapping_mul(0x0100_0193);
            rest = after;
        }
        Self(1 << (hash >> 26))
    }

    /// The keys of both sets.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all keys of another set may be in this one.
    #[must_use]
    pub const fn may_hold(self, others: Self) -> bool {
        others.0 & !self.0 == 0
    }
}
