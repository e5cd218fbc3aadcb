//! Reads a file's bytes, plain or gzip as detected, while counting and hashing them.

use std::io::{BufRead as _, BufReader, Read};
use std::sync::{Arc, Mutex, PoisonError};

use aws_lc_rs::digest;
use flate2::read::MultiGzDecoder;

/// The largest file, in uncompressed bytes.
pub const FILE_BYTES_MAX: u64 = 512 * 1024 * 1024;
/// First bytes of a gzip file (RFC 1952).
const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];
/// Bytes read at a time.
const BUFFER_LEN: usize = 128 * 1024;

/// An open file.
pub struct Source {
    inner: Box<dyn Read + Send>,
    bytes: u64,
    bytes_max: u64,
    hash: Hash,
}

/// The hash of the bytes read from a source so far.
#[derive(Clone)]
pub struct Hash(Arc<Mutex<digest::Context>>);

impl Hash {
    /// SHA-256 of the uncompressed content, hex.
    pub fn hex(&self) -> String {
        let context = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        hex::encode(context.finish())
    }
}

impl Source {
    /// Wraps `reader`; reading more than `bytes_max` uncompressed bytes fails.
    pub fn new(reader: impl Read + Send + 'static, bytes_max: u64) -> std::io::Result<Self> {
        let mut reader = BufReader::with_capacity(BUFFER_LEN, reader);
        let is_gzip = reader.fill_buf()?.starts_with(&GZIP_MAGIC);
        let inner: Box<dyn Read + Send> = if is_gzip {
            Box::new(MultiGzDecoder::new(reader))
        } else {
            Box::new(reader)
        };
        let hash = Hash(Arc::new(Mutex::new(digest::Context::new(&digest::SHA256))));
        Ok(Self {
            inner,
            bytes: 0,
            bytes_max,
            hash,
        })
    }

    /// Handle on the hash, which covers what has been read so far.
    pub fn hash(&self) -> Hash {
        self.hash.clone()
    }
}

/// Opens the content of a file.
pub fn open(file: std::fs::File) -> std::io::Result<Source> {
    Source::new(file, FILE_BYTES_MAX)
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.bytes += read as u64;
        if self.bytes > self.bytes_max {
            let megabytes = self.bytes_max / (1024 * 1024);
            return Err(std::io::Error::other(format!(
                "there are more than {megabytes} MiB in it"
            )));
        }
        self.hash
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .update(&buffer[..read]);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::Source;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn read(bytes: Vec<u8>, bytes_max: u64) -> std::io::Result<(Vec<u8>, String)> {
        let mut source = Source::new(std::io::Cursor::new(bytes), bytes_max)?;
        let mut content = Vec::new();
        source.read_to_end(&mut content)?;
        Ok((content, source.hash().hex()))
    }

    #[test]
    fn a_compressed_file_reads_and_hashes_like_the_plain_one() {
        let plain = read(b"InvoiceNo\n".to_vec(), 100).unwrap();
        assert_eq!(read(gzip(b"InvoiceNo\n"), 100).unwrap(), plain);
    }

    #[test]
    fn a_file_that_unpacks_to_more_than_allowed_is_refused() {
        let error = read(gzip(&[b'x'; 1_000]), 999).unwrap_err();
        assert!(error.to_string().contains("more than"), "{error}");
    }
}
