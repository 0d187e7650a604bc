//! Writes FLAC (RFC 9639): one channel, 16 bits, frames of one fixed length.
//!
//! Made for sound that is mostly silence: a frame of equal samples takes a dozen
//! bytes, a frame that was written before is taken again, and what is left is
//! predicted from the samples before it and Rice-coded.

use crc::{CRC_8_SMBUS, CRC_16_UMTS, Crc, NoTable};

/// Samples in a frame, but for the last. A quarter of a second at [`RATE`], and short
/// enough for the "streamable subset" that every decoder takes.
pub const FRAME: usize = 4000;
/// Samples in a second.
pub const RATE: usize = 16_000;

/// Rice parameters are chosen for each of 2^5 stretches of a frame.
const PARTITION_ORDER: u32 = 5;
/// Frames between two points of the seek table: ten seconds.
const SEEK_EVERY: usize = 40;
/// Bytes of the stream's own data, its block's header apart.
const STREAM_INFO: usize = 34;

/// Of a frame's header (RFC 9639, 9.1.8).
const HEADER_CHECK: Crc<u8, NoTable> = Crc::<u8, NoTable>::new(&CRC_8_SMBUS);
/// Of a whole frame (RFC 9639, 9.3).
const FRAME_CHECK: Crc<u16> = Crc::<u16>::new(&CRC_16_UMTS);

/// What stands in one frame.
#[derive(Debug, Clone, Copy)]
pub enum Block {
    /// The same sample throughout.
    Even(i16),
    /// One of the shapes handed over beside it.
    Shape(usize),
}

/// A whole file: `blocks` in order, of which all hold [`FRAME`] samples but the last,
/// which holds `last` (1 to [`FRAME`]). A shape holds as many samples as the block it
/// stands for.
pub fn file(blocks: &[Block], shapes: &[Vec<i16>], last: usize) -> Vec<u8> {
    let total = blocks.len().saturating_sub(1) * FRAME + last;
    // The bodies that come again and again are written once.
    let bodies: Vec<Vec<u8>> = shapes.iter().map(|shape| subframe(shape)).collect();
    let mut frames = Vec::new();
    let mut points = Vec::new();
    for (number, block) in blocks.iter().enumerate() {
        let length = if number + 1 == blocks.len() {
            last
        } else {
            FRAME
        };
        if number % SEEK_EVERY == 0 {
            points.push((number * FRAME, frames.len(), length));
        }
        let begin = frames.len();
        header(&mut frames, number, length);
        match block {
            Block::Even(value) => {
                frames.push(0);
                frames.extend(value.to_be_bytes());
            }
            Block::Shape(which) => frames.extend(bodies.get(*which).into_iter().flatten()),
        }
        let check = FRAME_CHECK.checksum(frames.get(begin..).unwrap_or_default());
        frames.extend(check.to_be_bytes());
    }
    let mut file = Vec::with_capacity(frames.len() + 64 + points.len() * 18);
    file.extend(b"fLaC");
    block_header(&mut file, 0, STREAM_INFO);
    for _ in 0..2 {
        file.extend(be(FRAME as u64, 2));
    }
    // Least and greatest bytes of a frame: not said.
    file.extend([0; 6]);
    // 20 bits of rate, 3 of channels less one, 5 of bits less one, 36 of samples.
    let packed = ((RATE as u64) << 44) + (15 << 36) + total as u64;
    file.extend(packed.to_be_bytes());
    // The digest of the samples: not said.
    file.extend([0; 16]);
    // The last block: the seek table.
    block_header(&mut file, 0x83, points.len() * 18);
    for (sample, byte, length) in points {
        file.extend(be(sample as u64, 8));
        file.extend(be(byte as u64, 8));
        file.extend(be(length as u64, 2));
    }
    file.append(&mut frames);
    file
}

/// The low `bytes` bytes of a number, the highest first.
fn be(value: u64, bytes: usize) -> impl Iterator<Item = u8> {
    value.to_be_bytes().into_iter().skip(8 - bytes)
}

fn block_header(out: &mut Vec<u8>, kind: u8, length: usize) {
    out.push(kind);
    out.extend(be(length as u64, 3));
}

fn header(out: &mut Vec<u8>, number: usize, length: usize) {
    let begin = out.len();
    // Fixed length of frames; its value in 16 bits at the end; 16 kHz; one channel of 16 bits.
    out.extend([0xff, 0xf8, 0x75, 0x08]);
    coded_number(out, number as u64);
    out.extend(be(length.saturating_sub(1) as u64, 2));
    let check = HEADER_CHECK.checksum(out.get(begin..).unwrap_or_default());
    out.push(check);
}

/// A frame's number (below 2^21: six days), coded as UTF-8 codes a character.
fn coded_number(out: &mut Vec<u8>, number: u64) {
    let six = |shift: u32| 0x80 + be(number >> shift & 0x3f, 1).next().unwrap_or(0);
    let low = |shift: u32| be(number >> shift, 1).next().unwrap_or(0);
    match number {
        0..0x80 => out.push(low(0)),
        0x80..0x800 => out.extend([0xc0 + low(6), six(0)]),
        0x800..0x1_0000 => out.extend([0xe0 + low(12), six(6), six(0)]),
        _ => out.extend([0xf0 + low(18), six(12), six(6), six(0)]),
    }
}

/// Bits, the highest first.
#[derive(Default)]
struct Bits {
    out: Vec<u8>,
    /// Bits free in the last byte.
    free: u32,
}

impl Bits {
    fn put(&mut self, value: u32, count: u32) {
        for bit in (0..count).rev() {
            if self.free == 0 {
                self.out.push(0);
                self.free = 8;
            }
            self.free -= 1;
            if value >> bit & 1 == 1
                && let Some(byte) = self.out.last_mut()
            {
                *byte += 1 << self.free;
            }
        }
    }

    fn signed(&mut self, value: i32, count: u32) {
        self.put(value.cast_unsigned(), count);
    }

    /// So many zeros, a one, and the low bits.
    fn rice(&mut self, folded: u32, parameter: u32) {
        for _ in 0..folded >> parameter {
            self.put(0, 1);
        }
        self.put(1, 1);
        self.put(folded, parameter);
    }
}

/// What a fixed predictor of this order (0 to 4) leaves over of each sample.
fn residual(samples: &[i16], order: usize) -> Vec<i32> {
    let mut left: Vec<i32> = samples.iter().map(|s| i32::from(*s)).collect();
    for round in 0..order {
        for at in (round + 1..left.len()).rev() {
            let before = left.get(at - 1).copied().unwrap_or(0);
            if let Some(here) = left.get_mut(at) {
                *here -= before;
            }
        }
    }
    left.drain(..order.min(left.len()));
    left
}

/// Signed numbers in a row: 0, -1, 1, -2, 2.
fn fold(value: i32) -> u32 {
    (value << 1 ^ value >> 31).cast_unsigned()
}

/// The Rice parameter that suits these numbers, and the bits they take with it.
fn best_rice(left: &[i32]) -> (u32, u64) {
    (0..15)
        .map(|parameter| {
            let bits = left
                .iter()
                .map(|v| u64::from(fold(*v) >> parameter) + 1 + u64::from(parameter));
            (parameter, bits.sum())
        })
        .min_by_key(|(_, bits)| *bits)
        .unwrap_or((0, 0))
}

/// The stretches of a residual that have a Rice parameter each.
fn stretches(left: &[i32], samples: usize, order: usize) -> Vec<&[i32]> {
    let count = 1 << partition_order(samples);
    let each = samples / count;
    let mut rest = left;
    (0..count)
        .map(|n| {
            let length = if n == 0 { each - order } else { each };
            let (here, after) = rest.split_at(length.min(rest.len()));
            rest = after;
            here
        })
        .collect()
}

fn partition_order(samples: usize) -> u32 {
    if samples == FRAME { PARTITION_ORDER } else { 0 }
}

/// One channel of a frame, whole bytes.
fn subframe(samples: &[i16]) -> Vec<u8> {
    let mut bits = Bits::default();
    let first = samples.first().copied().unwrap_or(0);
    if samples.iter().all(|s| *s == first) {
        bits.put(0, 8);
        bits.signed(first.into(), 16);
        return bits.out;
    }
    // Bits, but for what takes as many in any order.
    let cost = |order: usize| {
        let left = residual(samples, order);
        let bits = stretches(&left, samples.len(), order)
            .into_iter()
            .map(|s| best_rice(s).1);
        bits.sum::<u64>() + order as u64 * 16
    };
    let order = (0..=4.min(samples.len().saturating_sub(1)))
        .min_by_key(|order| cost(*order))
        .unwrap_or(0);
    let left = residual(samples, order);
    bits.put(0, 1);
    bits.put(8 + u32::try_from(order).unwrap_or(0), 6);
    bits.put(0, 1);
    for sample in samples.iter().take(order) {
        bits.signed((*sample).into(), 16);
    }
    bits.put(0, 2);
    bits.put(partition_order(samples.len()), 4);
    for stretch in stretches(&left, samples.len(), order) {
        let (parameter, _) = best_rice(stretch);
        bits.put(parameter, 4);
        for value in stretch {
            bits.rice(fold(*value), parameter);
        }
    }
    bits.out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The number that these bytes spell, the highest first.
    fn number(bytes: &[u8]) -> usize {
        bytes.iter().fold(0, |n, b| n * 256 + usize::from(*b))
    }

    /// RFC 9639, 8.2 and 8.5.
    #[test]
    fn every_ten_seconds_the_seek_table_says_where_a_frame_begins() {
        let file = file(&[Block::Even(24); 81], &[], 1234);
        // Rate, channels less one, bits less one, samples: 20, 3, 5 and 36 bits.
        let packed = (16_000 << 44) + (15 << 36) + 80 * 4000 + 1234;
        assert_eq!(number(&file[18..26]), packed);
        // Behind the mark (4 bytes) and the stream's data (4 and 34): the last block, a
        // table of 3 points of 18 bytes.
        assert_eq!(file[42..46], [0x83, 0, 0, 54]);
        let (table, frames) = file[46..].split_at(54);
        let points: Vec<[usize; 3]> = table
            .chunks(18)
            .map(|p| [number(&p[..8]), number(&p[8..16]), number(&p[16..])])
            .collect();
        // A frame of equal samples: 8 bytes of header, 3 of body, 2 of check.
        assert_eq!(
            points,
            [
                [0, 0, 4000],
                [160_000, 40 * 13, 4000],
                [320_000, 80 * 13, 1234]
            ]
        );
        assert_eq!(frames.len(), 81 * 13);
        for (point, frame) in points.iter().zip([0, 40, 80]) {
            assert_eq!(frames[point[1]..][..5], [0xff, 0xf8, 0x75, 0x08, frame]);
        }
    }

    /// RFC 9639, 9.1.5.
    #[test]
    fn a_frame_is_numbered_in_as_few_bytes_as_its_number_needs() {
        let coded = |number: u64| {
            let mut out = Vec::new();
            coded_number(&mut out, number);
            out
        };
        assert_eq!(coded(0), [0]);
        assert_eq!(coded(0x7f), [0x7f]);
        assert_eq!(coded(0x80), [0xc2, 0x80]);
        assert_eq!(coded(0x7ff), [0xdf, 0xbf]);
        assert_eq!(coded(0x800), [0xe0, 0xa0, 0x80]);
        assert_eq!(coded(0xffff), [0xef, 0xbf, 0xbf]);
        assert_eq!(coded(0x1_0000), [0xf0, 0x90, 0x80, 0x80]);
        assert_eq!(coded(0x1f_ffff), [0xf7, 0xbf, 0xbf, 0xbf]);
        for character in ['¢', '€', '\u{10348}'] {
            let mut bytes = [0; 4];
            let utf8 = character.encode_utf8(&mut bytes).as_bytes();
            assert_eq!(coded(u64::from(u32::from(character))), utf8);
        }
    }

    #[test]
    fn bits_follow_each_other_across_bytes() {
        let mut bits = Bits::default();
        bits.put(0b101, 3);
        bits.put(0b1_1001_1110, 9);
        bits.signed(-1, 2);
        assert_eq!(bits.out, [0b1011_1001, 0b1110_1100]);
    }

    #[test]
    fn a_number_is_as_many_zeros_as_its_high_part_says_a_one_and_its_low_bits() {
        for zeros in [0, 1, 23, 24, 25, 40] {
            let mut bits = Bits::default();
            bits.rice(zeros << 3 | 0b101, 3);
            let bytes: Vec<String> = bits.out.iter().map(|b| format!("{b:08b}")).collect();
            let expected = format!("{}1101", "0".repeat(zeros as usize));
            assert_eq!(bytes.concat().trim_end_matches('0'), expected);
        }
    }

    #[test]
    fn the_rice_parameter_is_the_one_that_takes_fewest_bits() {
        // Folded 0, 1 and 2, in unary: 1, 2 and 3 bits.
        assert_eq!(best_rice(&[0, -1, 1]), (0, 6));
        // Folded 40 and 10 with four low bits: 2 + 1 + 4 and 0 + 1 + 4.
        assert_eq!(best_rice(&[20, 5]), (4, 12));
        // Folded 199 and 100 with six low bits: 3 + 1 + 6 and 1 + 1 + 6; with seven a bit
        // less: 1 + 1 + 7 and 0 + 1 + 7.
        assert_eq!(best_rice(&[-100, 50]), (7, 17));
    }

    #[test]
    fn equal_samples_are_written_once() {
        assert_eq!(subframe(&[24; FRAME]), [0, 0, 24]);
        assert_eq!(subframe(&[-2; 7]), [0, 0xff, 0xfe]);
    }

    /// RFC 9639, 9.2: a kind of six bits between two zeros, the samples to begin with, a
    /// method of two bits, an order of four, a parameter of four, and what is left over.
    #[test]
    #[allow(clippy::unusual_byte_groupings, reason = "as its fields divide it")]
    fn the_predictor_is_the_one_with_which_a_frame_is_shortest() {
        // Foretold by nothing: 12 bits (as above). By the sample before: that one's 16
        // bits and at least one more.
        assert_eq!(
            subframe(&[20, 5]),
            [0b0_001000_0, 0b00_0000_01, 0b00_001_100, 0b0_1_1010_00]
        );
        // Foretold by nothing: 12 bits each, 36. By the sample before: 16, and -1 and 0
        // (folded 1 and 0) in 2 and 1 bits. By the slope: 32 and more.
        assert_eq!(
            subframe(&[1000, 999, 999]),
            [0b0_001001_0, 0x03, 0xe8, 0b00_0000_00, 0b00_01_1_000]
        );
    }
}
