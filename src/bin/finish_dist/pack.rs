//! Packs what comes after the first screen better than a host's gzip does: a quarter
//! less of the wasm. `public/unpack.js` undoes it.

use super::{Files, Outcome, parts};
use liblzma::read::XzEncoder;
use liblzma::stream::{LzmaOptions, PRESET_EXTREME, Stream};
use std::io::Read as _;

/// The ending of a packed file; `.wasm` takes its place when it is unpacked.
pub(super) const PACKED: &str = ".lz";
/// Where in the format's header the size of what is packed stands: eight bytes.
const SIZE: std::ops::Range<usize> = 5..13;

/// Puts packed files in the place of the later parts of the wasm.
pub(super) fn later(files: &mut Files) -> Outcome<()> {
    let names: Vec<String> = files
        .keys()
        .filter(|path| parts::is_later_wasm(path))
        .cloned()
        .collect();
    for name in names {
        let bytes = files.remove(&name).unwrap_or_default();
        files.insert(packed_name(&name), pack(&bytes)?);
    }
    Ok(())
}

/// What a file is called when it is packed.
pub(super) fn packed_name(name: &str) -> String {
    [name.trim_end_matches(".wasm"), PACKED].concat()
}

/// In the old format, without a check of its own: the worker checks a hash of each file.
fn pack(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let fault = |e: &dyn std::fmt::Display| format!("packing: {e}");
    let mut options = LzmaOptions::new_preset(9 | PRESET_EXTREME).map_err(|e| fault(&e))?;
    // Code has no columns of two or four bytes: measured, 2 % less.
    options.position_bits(0).nice_len(273);
    let stream = Stream::new_lzma_encoder(&options).map_err(|e| fault(&e))?;
    let mut packed = Vec::new();
    XzEncoder::new_stream(bytes, stream)
        .read_to_end(&mut packed)
        .map_err(|e| fault(&e))?;
    // It was packed as a stream of unknown length; the reader wants to know it.
    let size = u64::try_from(bytes.len()).map_err(|e| fault(&e))?;
    packed
        .get_mut(SIZE)
        .ok_or("packing: no header")?
        .copy_from_slice(&size.to_le_bytes());
    Ok(packed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use liblzma::read::XzDecoder;

    #[test]
    fn only_the_later_wasm_is_packed_and_comes_back_whole() {
        let wasm: Vec<u8> = (0..60_000_u32)
            .flat_map(|n| (n * n / 7).to_le_bytes())
            .collect();
        let names = ["a.js", "a_bg.wasm", "a_split_far.wasm"];
        let mut files: Files = names.map(|name| (name.to_owned(), wasm.clone())).into();
        later(&mut files).expect("packs");
        assert_eq!(
            files.keys().collect::<Vec<_>>(),
            ["a.js", "a_bg.wasm", "a_split_far.lz"]
        );
        let packed = &files["a_split_far.lz"];
        assert!(packed.len() < wasm.len());
        let stream = Stream::new_lzma_decoder(u64::MAX).expect("a reader");
        let mut back = Vec::new();
        // Told its length, another reader stops there and calls the end mark too much.
        let _ = XzDecoder::new_stream(packed.as_slice(), stream).read_to_end(&mut back);
        assert!(back == wasm, "{} of {} bytes", back.len(), wasm.len());
    }
}
