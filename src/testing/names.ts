/**
 * The parts of fake customers. E-mail addresses are at example.com, example.org and example.net (RFC 2606). Phone numbers
 * are those that Australia reserves for fiction. There are few of them, so many customers share one, which the API allows:
 * it does not state that phone numbers are unique.
 */

/** https://www.acma.gov.au/phone-numbers-use-tv-shows-films-and-creative-works (mobile numbers) */
export const phoneNumbers: readonly string[] = [
  ..."491570006 491570156 491570157 491570158 491570159 491570110 491570313 491570737".split(" "),
  ..."491571266 491571491 491571804 491572549 491572665 491572983 491573770 491573087".split(" "),
  ..."491574118 491574632 491575254 491575789 491576398 491576801 491577426 491577644".split(" "),
  ..."491578957 491578148 491578888 491579212 491579760 491579455".split(" "),
].map((digits) => `+61${digits}`);

export const mailHosts: readonly string[] = ["example.com", "example.org", "example.net"];

/** By gender, an open set in the document. Some have accents and apostrophes, which programs must preserve. */
export const firstNames: Readonly<Record<string, readonly string[]>> = {
  FEMALE:
    "Aisha Amelia Ava Charlotte Chloé Ella Emma Fatima Grace Isla Leila Mei Mia Olivia Zoë".split(
      " ",
    ),
  MALE: "Anh Ben Daniel Dimitri Ethan Hamish Hiroshi Jack José Liam Lucas Mateo Oliver Ravi Thomas".split(
    " ",
  ),
  OTHER: "Alex Charlie Frankie Kai Kirra Noor Quinn Robin Sam Sasha".split(" "),
};

/** Repeated by their frequency. */
export const genders: readonly string[] = "FEMALE MALE FEMALE MALE FEMALE MALE OTHER".split(" ");

export const lastNames: readonly string[] = [
  ..."Abbott Andersen Bianchi Brown Campbell Chen Costa D'Souza Evans Fernández García".split(" "),
  ..."Haddad Harris Hughes Ivanova Jones Kaur Kelly Kim Kowalski Lee Martin Müller".split(" "),
  ..."Nguyen O'Brien Okafor Papadopoulos Patel Robinson Rossi Singh Suzuki Taylor Tran".split(" "),
  ..."Walker White Williams Wilson Wong Young".split(" "),
];

/** Names of customer lists. */
export const listNames: readonly string[] = [
  ..."Loyal Customers|Newsletter|Birthday Club|Coffee Lovers|Weekend Brunch|Early Birds".split("|"),
  ..."Friday Night|Wine Tastings|Family Table|Students|Seniors|Staff|Local Residents".split("|"),
  ..."Gift Card Holders|Vegetarian|Gluten Free|Takeaway Regulars|Big Spenders|Lapsed".split("|"),
  ..."Won Back|First Visit|Event Guests|Corporate|Beta Testers|App Users".split("|"),
];
