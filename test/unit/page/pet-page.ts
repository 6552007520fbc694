import type { Facts } from "../../../scripts/page/facts.js";
import { readPage } from "../../../scripts/page/read-page.js";

// One small page in the three renditions, and its facts.

export const glued = `BETA: These may change.

Pets

Get a Pet

Gets "one" pet. The pets are paged by 1,000 results, X-Next-Page leads on.

get /pets/{petId}/kinds

Parameters

NameTypeInDescription
petIdstringpathPet ID
afterstringquery
sortstring[]queryHow they are sorted
"born", "named"

Responses

200: OK response.Pet[]
[
  { "name": "Rex, \\"the ]\\"", "owner": { "id": 1 } }
]
404: not_found: Not Found response.

Models

Pet

A pet.

NameTypeDescription
namestring What it is called
substringstring(optional) Part of it
ownerPetOwner(optional)
friendsPet[] Who it likes

PetOwner

NameTypeDescription
idinteger Number
`;

export const pipes = `Guides
BETA: These may change.
Pets
Get a Pet
Gets "one" pet. The pets are paged by 1,000 results, X-Next-Page leads on.
get /pets/{petId}/kindsParameters
| Name | Type | In | Description |
|---|---|---|---|
petId | string | path | Pet ID |
after | string | query |
sort | string[] | query | How they are sorted. "born", "named" |
Responses
200: OK response.Pet[]
[
{ "name": "Rex, \\"the ]\\"", "owner": { "id": 1 } }
]404: not_found: Not Found response.
Models
Pet
A pet.
Name | Type | Description |
---|---|---|
name | string | What it is called |
substring | string | (optional) Part of it |
owner | PetOwner | (optional) |
friends | Pet[] | Who it likes |
PetOwner
Name | Type | Description |
---|---|---|
id | integer | Number |
In this article
Pets`;

export const tabs: string = glued
  .replace("NameTypeInDescription", "Name\tType\tIn\tDescription")
  .replaceAll("NameTypeDescription", "Name\tType\tDescription")
  .replace("petIdstringpath", "petId\tstring\tpath\t")
  .replace("afterstringquery", "after\tstring\tquery\t")
  .replace(/sortstring.*\n.*/, 'sort\tstring[]\tquery\tHow they are sorted.\n"born", "named"')
  .replace("namestring ", "name\tstring\t")
  .replace("substringstring", "substring\tstring\t")
  .replace("ownerPetOwner", "owner\tPetOwner\t")
  .replace("friendsPet[] ", "friends\tPet[]\t")
  .replace("idinteger ", "id\tinteger\t");

export const facts: Facts = {
  beta: true,
  heading: "Pets",
  operations: [
    {
      request: "get /pets/{petId}/kinds",
      title: "Get a Pet",
      pageSize: 1000,
      pagingHeader: "X-Next-Page",
      parameters: [
        { name: "petId", type: "string", in: "path" },
        { name: "after", type: "string", in: "query" },
        { name: "sort", type: "string[]", in: "query", values: ["born", "named"] },
      ],
      responses: [
        { status: "200", type: "Pet[]", example: [{ name: 'Rex, "the ]"', owner: { id: 1 } }] },
        { status: "404", code: "not_found" },
      ],
    },
  ],
  models: [
    {
      name: "Pet",
      fields: [
        { name: "name", type: "string", optional: false },
        { name: "substring", type: "string", optional: true },
        { name: "owner", type: "PetOwner", optional: true },
        { name: "friends", type: "Pet[]", optional: false },
      ],
    },
    { name: "PetOwner", fields: [{ name: "id", type: "integer", optional: false }] },
  ],
};

/** What keeps a page from being read, with the lines. */
export function problemsOf(text: string): string[] {
  return (readPage(text).problems ?? []).map(({ line, message }) => `${line}: ${message}`);
}
