//! Writes WAV, for the few places that do not play FLAC: half the rate and half the
//! bits of the FLAC track, since nothing is packed (40 minutes take 19 MB).

/// Samples in a second.
pub const RATE: usize = 8_000;

/// The 44 bytes before so many samples of one channel and 8 bits.
pub fn header(samples: usize) -> Vec<u8> {
    let le4 = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes();
    let mut out = b"RIFF".to_vec();
    out.extend(le4(36 + samples));
    out.extend(b"WAVEfmt ");
    out.extend(le4(16));
    // Plain samples, one channel; bytes in a second; bytes and bits of a sample.
    out.extend([1, 0, 1, 0]);
    out.extend(le4(RATE));
    out.extend(le4(RATE));
    out.extend([1, 0, 8, 0]);
    out.extend(b"data");
    out.extend(le4(samples));
    out
}

/// A sample in 8 bits, where silence is 128.
pub fn sample(value: i16) -> u8 {
    let [high, _] = value.to_be_bytes();
    high ^ 0x80
}
