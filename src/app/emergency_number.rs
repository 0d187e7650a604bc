//! The emergency number where a phone is: what is offered until the runner enters another.

/// Zones, by how they begin, with the number that is called there for an ambulance. Those of
/// a country stand before those of its continent.
const OF_ZONES: [(&str, &str); 9] = [
    ("America/Sao_Paulo", "192"),
    ("America/Santiago", "131"),
    ("America/", "911"),
    ("Pacific/Honolulu", "911"),
    ("Pacific/Auckland", "111"),
    ("Australia/", "000"),
    ("Asia/Tokyo", "119"),
    ("Asia/Seoul", "119"),
    ("Asia/Shanghai", "120"),
];

/// Where none of them is: in Europe, and on mobile networks in most of the world.
pub const ELSEWHERE: &str = "112";

/// The number of a time zone, such as `Europe/Berlin`. A zone says where a phone is; its
/// language does not.
pub fn of_zone(zone: &str) -> &'static str {
    let mut all = OF_ZONES.iter();
    let found = all.find(|(begins, _)| zone.starts_with(begins));
    found.map_or(ELSEWHERE, |(_, number)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_where_the_phone_is() {
        for (zone, number) in [
            ("Europe/Berlin", "112"),
            ("Europe/London", "112"),
            ("America/New_York", "911"),
            ("America/Indiana/Knox", "911"),
            ("America/Sao_Paulo", "192"),
            ("Australia/Sydney", "000"),
            ("Pacific/Auckland", "111"),
            ("Asia/Tokyo", "119"),
            ("Asia/Kolkata", "112"),
            ("", "112"),
        ] {
            assert_eq!(of_zone(zone), number, "{zone}");
        }
    }
}
