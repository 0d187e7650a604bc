//! Geometry of the plots: numbers in, numbers and path strings out.
