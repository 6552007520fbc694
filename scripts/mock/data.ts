/**
 * The mock's customers and memberships: the same ones each time, realistic, and nobody's. The
 * addresses are at example.com and example.org (RFC 2606); the phone numbers are those that
 * Australia keeps for books and films, and there are few, so many customers share each of them.
 * That suits the API, which does not promise that a phone number belongs to one customer only.
 */

/** A customer as far as the mock looks at one. Prism holds all of it against the document. */
export interface MockCustomer {
  id: string;
  createdAt?: string;
  updatedAt?: string;
  email?: string;
  phoneNumber?: string;
  [field: string]: unknown;
}

export interface MockMembership {
  id: string;
  name: string;
}

/** The one organization that has customers. */
export const organizationId = "01F8MECHZX3TBDSZ7XRADM79XV";

/** How many customers it has: two full pages and a half of the documented 1,000. */
export const customerCount = 2500;

/** https://www.acma.gov.au/phone-numbers-use-tv-shows-films-and-creative-works (mobile numbers) */
export const phoneNumbers = [
  ..."491570006 491570156 491570157 491570158 491570159 491570110 491570313 491570737".split(" "),
  ..."491571266 491571491 491571804 491572549 491572665 491572983 491573770 491573087".split(" "),
  ..."491574118 491574632 491575254 491575789 491576398 491576801 491577426 491577644".split(" "),
  ..."491578957 491578148 491578888 491579212 491579760 491579455".split(" "),
].map((digits) => `+61${digits}`);

/** By gender, an open set in the document. With letters and apostrophes that have to survive. */
const firstNames = {
  FEMALE: "Aisha Amelia Ava Charlotte Chloé Ella Emma Fatima Grace Isla Leila Mei Mia Olivia Zoë",
  MALE: "Anh Ben Daniel Dimitri Ethan Hamish Hiroshi Jack José Liam Lucas Mateo Oliver Ravi Thomas",
  OTHER: "Alex Charlie Frankie Kai Kirra Noor Quinn Robin Sam Sasha",
};
const genders = ["FEMALE", "MALE", "FEMALE", "MALE", "FEMALE", "MALE", "OTHER"] as const;
const lastNames = [
  ..."Abbott Andersen Bianchi Brown Campbell Chen Costa D'Souza Evans Fernández García".split(" "),
  ..."Haddad Harris Hughes Ivanova Jones Kaur Kelly Kim Kowalski Lee Martin Müller".split(" "),
  ..."Nguyen O'Brien Okafor Papadopoulos Patel Robinson Rossi Singh Suzuki Taylor Tran".split(" "),
  ..."Walker White Williams Wilson Wong Young".split(" "),
];

const listNames = [
  ..."Loyal Customers|Newsletter|Birthday Club|Coffee Lovers|Weekend Brunch|Early Birds".split("|"),
  ..."Friday Night|Wine Tastings|Family Table|Students|Seniors|Staff|Local Residents".split("|"),
  ..."Gift Card Holders|Vegetarian|Gluten Free|Takeaway Regulars|Big Spenders|Lapsed".split("|"),
  ..."Won Back|First Visit|Event Guests|Corporate|Beta Testers|App Users".split("|"),
];

const secondMs = 1000;
const dayMs = 24 * 60 * 60 * secondMs;

/**
 * The customers in the order of their IDs, which is the order of their creation. The first is
 * `example`, untouched: whoever has read the document knows that customer already.
 */
export function createCustomers(example: MockCustomer): MockCustomer[] {
  const random = seededRandom(2500);
  const customers = [example];
  let createdMs = Date.parse("2021-11-01T08:00:00Z");
  for (let index = 1; index < customerCount; index++) {
    // One in ten was imported together with the one before: equal dates make `sort` break ties.
    if (random() > 0.1) createdMs += Math.ceil(random() * 40_000) * secondMs;
    customers.push(createCustomer(index, createdMs, random));
  }
  return customers;
}

/** The memberships of the first customer; nobody else has any. */
export function createMemberships(): MockMembership[] {
  const random = seededRandom(25);
  const createdMs = Date.parse("2021-11-01T00:00:00Z");
  return listNames.map((name, index) => ({
    id: ulid(createdMs + index * dayMs, index, random),
    name,
  }));
}

/** Each optional field is missing from some customers, as the document allows. */
function createCustomer(index: number, createdMs: number, random: () => number): MockCustomer {
  const has = (share: number) => random() < share;
  const pick = <Value>(values: readonly Value[]) =>
    values[Math.floor(random() * values.length)] as Value;

  const id = ulid(createdMs, index, random);
  const gender = pick(genders);
  const firstName = pick(firstNames[gender].split(" "));
  const lastName = pick(lastNames);
  const updatedMs = createdMs + Math.floor(random() * 400) * dayMs;
  return {
    ...(has(0.97) && { createdAt: dateTime(createdMs) }),
    ...(has(0.7) && { dob: dateTime(random() * 1.1e12).slice(0, 10) }),
    ...(has(0.9) && { email: emailOf(firstName, lastName, index) }),
    firstName,
    ...(has(0.8) && { gender }),
    ...(has(0.9) && { hasAgreedToMarketing: has(0.6) }),
    id,
    lastName,
    ...(has(0.85) && { phoneNumber: pick(phoneNumbers) }),
    ...(has(0.75) && { statistics: createStatistics(createdMs, updatedMs, random) }),
    ...(has(0.95) && { updatedAt: dateTime(updatedMs) }),
  };
}

/** All of it or nothing: the document requires every field, and earned less redeemed is left. */
function createStatistics(fromMs: number, toMs: number, random: () => number) {
  const moment = () => dateTime(fromMs + random() * (toMs - fromMs));
  const totalPointsEarned = Math.floor(random() * 20_000);
  const totalPointsRedeemed = Math.floor(random() * totalPointsEarned);
  return {
    lastPointsEarnedAt: moment(),
    lastPointsRedeemedAt: moment(),
    lastSpentAt: moment(),
    pointsBalance: totalPointsEarned - totalPointsRedeemed,
    totalPointsEarned,
    totalPointsRedeemed,
    totalSpend: totalPointsEarned + Math.floor(random() * 5000),
  };
}

/** Unique through the index; a third of them with a `+`, which a query must escape. */
function emailOf(firstName: string, lastName: string, index: number): string {
  const ascii = `${firstName}.${lastName}`.normalize("NFD").replace(/[^A-Za-z.]/g, "");
  const separator = index % 3 === 0 ? "+" : "";
  const domain = index % 2 === 0 ? "example.com" : "example.org";
  return `${ascii.toLowerCase()}${separator}${index}@${domain}`;
}

/** Such as `2021-10-20T14:51:16Z`, the form of the document's example. */
function dateTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** A ULID: 10 characters of time and 16 more, the index first, so that IDs rise with the index. */
function ulid(ms: number, index: number, random: () => number): string {
  const tail = Array.from({ length: 12 }, () => base32(Math.floor(random() * 32), 1));
  return base32(ms, 10) + base32(index, 4) + tail.join("");
}

/** Crockford's base 32, which leaves out I, L, O and U. */
function base32(value: number, length: number): string {
  let text = "";
  for (let rest = value; text.length < length; rest = Math.floor(rest / 32)) {
    text = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".charAt(rest % 32) + text;
  }
  return text;
}

/** mulberry32: `Math.random` takes no seed, and the mock's data must not change from run to run. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}
