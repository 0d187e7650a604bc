//! Puts functions that are alike beside each other. Compression looks back 32 kB, and
//! the compiler strews what was made from one generic function over a whole file.

use super::Outcome;
use std::collections::{BTreeMap, BTreeSet};
use wasm_encoder::reencode::{self, Reencode};
use wasmparser::{CodeSectionReader, FunctionBody, FunctionSectionReader, Parser, Payload};

/// Functions that stay in front: the most called ones, whose numbers fit one byte.
const FRONT: usize = 96;
/// Bytes that two functions are compared by at a time.
const WINDOW: usize = 4;
/// What more functions than this have in common says nothing of any of them.
const COMMON: usize = 200;

/// The same module with its functions in another order.
pub(super) fn alike(wasm: &[u8]) -> Outcome<Vec<u8>> {
    let fault = |e: &dyn std::fmt::Debug| format!("order: {e:?}");
    let (mut imported, mut bodies) = (0, Vec::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload.map_err(|e| fault(&e))? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    let ty = import.map_err(|e| fault(&e))?.ty;
                    imported += u32::from(matches!(ty, wasmparser::TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => {
                bodies.push(body.as_bytes());
            }
            _ => {}
        }
    }
    let order = chain(&bodies);
    let mut places = vec![0; order.len()];
    for (place, old) in (imported..).zip(&order) {
        places[*old] = place;
    }
    let mut pass = Reorder {
        imported,
        order,
        places,
    };
    let mut module = wasm_encoder::Module::new();
    pass.parse_core_module(&mut module, Parser::new(0), wasm)
        .map_err(|e| fault(&e))?;
    Ok(module.finish())
}

/// An order in which each body is followed by the one most like it.
fn chain(bodies: &[&[u8]]) -> Vec<usize> {
    let parts: Vec<BTreeSet<&[u8]>> = bodies
        .iter()
        .map(|body| body.windows(WINDOW).collect())
        .collect();
    let mut having: BTreeMap<&[u8], Vec<usize>> = BTreeMap::new();
    for (at, parts) in parts.iter().enumerate() {
        for part in parts {
            having.entry(part).or_default().push(at);
        }
    }
    let mut order: Vec<usize> = (0..bodies.len().min(FRONT)).collect();
    let mut left: BTreeSet<usize> = (order.len()..bodies.len()).collect();
    while let Some(first) = left.first().copied() {
        let last = order.last().copied().unwrap_or(first);
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for part in &parts[last] {
            let who = having.get(part).map(Vec::as_slice).unwrap_or_default();
            for other in who
                .iter()
                .filter(|o| who.len() < COMMON && left.contains(*o))
            {
                *shared.entry(*other).or_default() += 1;
            }
        }
        // The share of what both hold; the smaller of two that are alike as much.
        let next = shared.into_iter().max_by(|(a, in_a), (b, in_b)| {
            let of = |other: usize, both: usize| parts[other].len() + parts[last].len() - both + 20;
            (in_a * of(*b, *in_b))
                .cmp(&(in_b * of(*a, *in_a)))
                .then(b.cmp(a))
        });
        let next = next.map_or(first, |(next, _)| next);
        left.remove(&next);
        order.push(next);
    }
    order
}

struct Reorder {
    imported: u32,
    /// The old places in their new order.
    order: Vec<usize>,
    /// The new index of each old place.
    places: Vec<u32>,
}

impl Reencode for Reorder {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, index: u32) -> Result<u32, reencode::Error<Self::Error>> {
        let old = index.checked_sub(self.imported).map(|old| old as usize);
        Ok(old
            .and_then(|old| self.places.get(old))
            .copied()
            .unwrap_or(index))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut wasm_encoder::FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), reencode::Error<Self::Error>> {
        let types = section.into_iter().collect::<Result<Vec<u32>, _>>()?;
        for old in &self.order {
            functions.function(types[*old]);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut wasm_encoder::CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), reencode::Error<Self::Error>> {
        let bodies = section
            .into_iter()
            .collect::<Result<Vec<FunctionBody<'_>>, _>>()?;
        for old in self.order.clone() {
            self.parse_function_body(code, bodies[old].clone())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_alike_stands_together() {
        let kinds: [&[u8]; 3] = [b"abcdefghijkl", b"0123456789!?", b"ABCDEFGHIJKL"];
        let mut bodies: Vec<Vec<u8>> = (0..FRONT).map(|n| n.to_le_bytes().to_vec()).collect();
        for round in 0..3_u8 {
            for kind in kinds {
                bodies.push([kind, &[round]].concat());
            }
        }
        let bodies: Vec<&[u8]> = bodies.iter().map(Vec::as_slice).collect();
        let order = chain(&bodies);
        let mut sorted = order.clone();
        sorted.sort_unstable();
        assert!(sorted.into_iter().eq(0..bodies.len()), "each of them once");
        assert!(order[..FRONT].iter().copied().eq(0..FRONT));
        let kinds: Vec<u8> = order[FRONT..].iter().map(|n| bodies[*n][0]).collect();
        assert_eq!(kinds, b"aaa000AAA");
    }
}
