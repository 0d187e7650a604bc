//! The emergency number where a phone is: what is offered until the runner enters another.

/// Numbers that are called for an ambulance, with the time zones of their countries; one
/// that ends with `/` stands for all that begin so. Only what is known for sure: a
/// continent's name says nothing of a country's number.
const BY_ZONE: [(&str, &[&str]); 9] = [
    (
        "911",
        &[
            // The United States.
            "America/New_York",
            "America/Detroit",
            "America/Kentucky/",
            "America/Indiana/",
            "America/Chicago",
            "America/Menominee",
            "America/North_Dakota/",
            "America/Denver",
            "America/Boise",
            "America/Phoenix",
            "America/Los_Angeles",
            "America/Anchorage",
            "America/Juneau",
            "America/Sitka",
            "America/Metlakatla",
            "America/Yakutat",
            "America/Nome",
            "America/Adak",
            "America/Puerto_Rico",
            "Pacific/Honolulu",
            // Canada.
            "America/St_Johns",
            "America/Halifax",
            "America/Glace_Bay",
            "America/Moncton",
            "America/Goose_Bay",
            "America/Blanc-Sablon",
            "America/Toronto",
            "America/Montreal",
            "America/Thunder_Bay",
            "America/Nipigon",
            "America/Iqaluit",
            "America/Pangnirtung",
            "America/Atikokan",
            "America/Coral_Harbour",
            "America/Winnipeg",
            "America/Rainy_River",
            "America/Resolute",
            "America/Rankin_Inlet",
            "America/Regina",
            "America/Swift_Current",
            "America/Edmonton",
            "America/Cambridge_Bay",
            "America/Inuvik",
            "America/Yellowknife",
            "America/Creston",
            "America/Vancouver",
            "America/Dawson",
            "America/Dawson_Creek",
            "America/Fort_Nelson",
            "America/Whitehorse",
            // Mexico.
            "America/Mexico_City",
            "America/Cancun",
            "America/Merida",
            "America/Monterrey",
            "America/Matamoros",
            "America/Chihuahua",
            "America/Ciudad_Juarez",
            "America/Ojinaga",
            "America/Mazatlan",
            "America/Bahia_Banderas",
            "America/Hermosillo",
            "America/Tijuana",
        ],
    ),
    // Brazil.
    (
        "192",
        &[
            "America/Araguaina",
            "America/Bahia",
            "America/Belem",
            "America/Boa_Vista",
            "America/Campo_Grande",
            "America/Cuiaba",
            "America/Eirunepe",
            "America/Fortaleza",
            "America/Maceio",
            "America/Manaus",
            "America/Noronha",
            "America/Porto_Velho",
            "America/Recife",
            "America/Rio_Branco",
            "America/Santarem",
            "America/Sao_Paulo",
        ],
    ),
    // Chile.
    (
        "131",
        &[
            "America/Coyhaique",
            "America/Punta_Arenas",
            "America/Santiago",
        ],
    ),
    ("000", &["Australia/"]),
    ("111", &["Pacific/Auckland", "Pacific/Chatham"]),
    // Japan, Korea, Taiwan.
    ("119", &["Asia/Tokyo", "Asia/Seoul", "Asia/Taipei"]),
    ("120", &["Asia/Shanghai", "Asia/Urumqi"]),
    ("999", &["Asia/Hong_Kong"]),
    ("995", &["Asia/Singapore"]),
];

/// Where none of them is: in Europe, and on mobile networks in most of the world.
pub const ELSEWHERE: &str = "112";

/// The number of a time zone, such as `Europe/Berlin`. A zone says where a phone is; its
/// language does not.
pub fn of_zone(zone: &str) -> &'static str {
    let covers = |place: &&str| match place.strip_suffix('/') {
        Some(_) => zone.starts_with(*place),
        None => zone == *place,
    };
    let mut numbers = BY_ZONE.iter();
    let number = numbers.find(|(_, places)| places.iter().any(&covers));
    number.map_or(ELSEWHERE, |(number, _)| number)
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
            ("America/Bahia", "192"),
            ("America/Bahia_Banderas", "911"),
            // A continent is no country.
            ("America/Bogota", "112"),
            ("America/Cayenne", "112"),
            ("America/Nuuk", "112"),
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
