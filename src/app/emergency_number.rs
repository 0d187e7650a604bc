//! The emergency number where a phone is: what is offered until the runner enters another.

/// Numbers that are called for an ambulance, each with time zones of its country: the
/// continent, and what follows it (of `America/Indiana/Knox` the second name). Only what is
/// known for sure: a continent is no country.
const BY_ZONE: [(&str, &str, &str); 10] = [
    // The United States, then Canada, then Mexico.
    (
        "911",
        "America",
        "New_York Detroit Kentucky Indiana Chicago Menominee North_Dakota Denver Boise \
         Phoenix Los_Angeles Anchorage Juneau Sitka Metlakatla Yakutat Nome Adak \
         Puerto_Rico St_Johns Halifax Glace_Bay Moncton Goose_Bay Blanc-Sablon Toronto \
         Thunder_Bay Nipigon Iqaluit Pangnirtung Atikokan Coral_Harbour Winnipeg \
         Rainy_River Resolute Rankin_Inlet Regina Swift_Current Edmonton Cambridge_Bay \
         Inuvik Yellowknife Creston Vancouver Dawson Dawson_Creek \
         Fort_Nelson Whitehorse Mexico_City Cancun Merida Monterrey Matamoros Chihuahua \
         Ciudad_Juarez Ojinaga Mazatlan Bahia_Banderas Hermosillo Tijuana",
    ),
    ("911", "Pacific", "Honolulu"),
    // Brazil, Chile.
    (
        "192",
        "America",
        "Araguaina Bahia Belem Boa_Vista Campo_Grande Cuiaba Eirunepe Fortaleza Maceio \
         Manaus Noronha Porto_Velho Recife Rio_Branco Santarem Sao_Paulo",
    ),
    ("131", "America", "Coyhaique Punta_Arenas Santiago"),
    (
        "000",
        "Australia",
        "Sydney Melbourne Brisbane Perth Adelaide Hobart Darwin Broken_Hill Lindeman \
         Eucla Lord_Howe",
    ),
    ("111", "Pacific", "Auckland Chatham"),
    // Japan, Korea, Taiwan; China, Hong Kong, Singapore.
    ("119", "Asia", "Tokyo Seoul Taipei"),
    ("120", "Asia", "Shanghai Urumqi"),
    ("999", "Asia", "Hong_Kong"),
    ("995", "Asia", "Singapore"),
];

/// Where none of them is: in Europe, and on mobile networks in most of the world.
pub const ELSEWHERE: &str = "112";

/// The number of a time zone, such as `Europe/Berlin`. A zone says where a phone is; its
/// language does not.
pub fn of_zone(zone: &str) -> &'static str {
    let mut parts = zone.split('/');
    let (continent, place) = (parts.next().unwrap_or_default(), parts.next());
    let mut numbers = BY_ZONE.iter();
    let number = numbers.find(|(_, of, places)| {
        *of == continent && places.split(' ').any(|there| Some(there) == place)
    });
    number.map_or(ELSEWHERE, |(number, ..)| number)
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
