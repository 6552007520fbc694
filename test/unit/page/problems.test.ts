import { describe, expect, test } from "vitest";
import { readPage } from "../../../scripts/page/read-page.js";
import { glued, pipes, problemsOf } from "./pet-page.js";
import { rowsOf } from "./rows.js";

/** A name, a text of the page, what it becomes; the line of the problem as a text of that line, and a part of the message. */
const replaced = rowsOf(String.raw`
a row that reads in no way | petIdstringpath | petIdstrngpath | petIdstrngpath | reads in no way
a row of two readings | petIdstringpath | xstringpathstringpath | xstring | as x string path, as xstringpath string path
a type without a table | friendsPet[] | friendsCat[] | friendsCat | reads in no way
a response's model without a table | response.Pet[] | response.Cat[] | 200: | "Cat[]", for which there is no table
values without a row | petIdstringpathPet ID | "a", "b"\npetIdstringpathPet ID | "a", "b" | belong to no row
values of a row that has some | "born", "named" | "born"\n"named" | "named" | belong to no row
values of a number | sortstring[] | sortinteger | "born" | belong to no row
a row that is there twice | afterstringquery | petIdstringquery | petIdstringquery | is here again; it is on line 14 too
a field that is there twice | substringstring | namestring | namestring( | is here again
a model that is there twice | PetOwner\n\nName | Pet\n\nName | Pet\n\nNameTypeDescription\nid | is here again
a response that is there twice | 404: not | 200: not | 200: not | is here again
a code that is no code | not_found: | Not: Found: | 404: | does not read as "200: OK response.Model"
JSON that does not parse | "id": 1 | "id": 1, | [\n | does not parse
JSON that has a field twice | "id": 1 | "id": 1, "id": 1 |   { "name | twice
JSON that does not end | \n]\n | \n | [\n | does not end
JSON of no response | Responses\n | Responses\n\n{ "a": 1 }\n | { "a" | belongs to no response
JSON that does not begin | [\n  { |    | "name" | is out of place
values as prose | Gets  | "a", "b"\n\nGets  | "a", "b" | is out of place
two page sizes | X-Next | paged by 10 results, X-Next | Gets | page size reads as 1000 and as 10
two paging headers | X-Next-Page | X-Next-Page and X-Last-Page | Gets | paging header reads as
no title | Get a Pet\n\n |  | get / | no title
a sentence for a title | Get a Pet | Get a pet. | get / | no title
two lines that can be the first title | Get a Pet | Read on\n\nGet a Pet | Get a Pet | can be "Read on" or "Get a Pet"
a table without rows | idinteger Number\n | \n | NameTypeDescription\n\n | has no rows
columns that are not known | NameTypeInDescription | NameTypeInRequiredDescription | NameTypeIn | columns that are not known
a field's table for parameters | NameTypeInDescription | NameTypeDescription | NameTypeDescription | columns that are not known
no header | NameTypeInDescription\n |  | Parameters | does not begin with Name and Type
a model without a name | PetOwner\n\nName | Of owners.\n\nName | Of owners | name of a model was due
two names for one table | NameTypeDescription\nname | Cat\n\nNameTypeDescription\nname | Cat | Whose table is this: that of Pet, or that of Cat?
a model that is called as a type | PetOwner\n\nName | string\n\nName | string\n | name of a type
another section | Responses\n | Headers\n\nResponses\n | Headers | is out of place
parameters twice | Responses\n | Parameters\n\nNameTypeInDescription\nastringquery\n\nResponses\n | Parameters\n\nNameTypeInDescription\na | Parameters twice
a request body without a model | Responses\n | Request Body\n\nResponses\n | Request Body | names no model
a request body of a model without a table | Responses\n | Request Body\n\nCat\n\nResponses\n | Cat | no table under Models
an operation without responses | Models\n | Put\n\nput /pets\n\nResponses\n\nModels\n | put / | no Responses
text of no operation | Models\n | Put a Pet\n\nModels\n | Put a Pet | belongs to no operation
`);

/** The same, with what the page becomes. */
const remade: [name: string, make: (text: string) => string, line: string, message: string][] = [
  [
    "models of which one ends like the other",
    (text) => text.replaceAll("PetOwner", "aPet"),
    "owneraPet",
    "as owner aPet, as ownera Pet",
  ],
  [
    "an operation that is there twice",
    (text) =>
      text.replace("\nModels\n", `\n${/Get a Pet[\s\S]*response\.\n/.exec(text)?.[0]}\nModels\n`),
    "",
    "The operation get /pets/{petId}/kinds is here again",
  ],
  [
    "no parameters for a path that has some",
    (text) => text.replace(/Parameters[\s\S]*?(?=Responses)/, ""),
    "get /",
    "no Parameters",
  ],
  [
    "two pages in one text",
    (text) =>
      text.replace(
        "Models\n",
        "BETA: again.\n\nPut\n\nput /pets\n\nResponses\n\n204: No Content response.\n\nModels\n",
      ),
    "BETA: again",
    "second page",
  ],
  [
    "a part of a page before the page",
    (text) => `get /cats\n204: No Content response.\n${text}`,
    "204: No",
    "before the line that begins the page",
  ],
  [
    "a part of a page after the page",
    (text) => `${text}\nIn this article\nResponses\n204: No Content response.\n`,
    "204: No",
    "after the end of the page",
  ],
  [
    "an operation after the models",
    (text) => `${text}\nget /cats\n`,
    "get /cats",
    "out of place among the models",
  ],
];

describe("is a problem with its line:", () => {
  test.for(replaced)("%s", ([, from = "", to = "", line = "", message = ""]) => {
    expect(glued).toContain(from);
    expectProblem(
      glued.replace(from, () => to),
      line,
      message,
    );
  });

  test.for(remade)("%s", ([, make, line, message]) => expectProblem(make(glued), line, message));

  function expectProblem(text: string, line: string, message: string): void {
    expect(text).not.toBe(glued);
    const number = text.slice(0, text.indexOf(line)).split("\n").length;
    const found = problemsOf(text);
    expect(found.join("\n")).toContain(message);
    if (line !== "")
      expect(
        found.some((one) => one.startsWith(`${number}: `) && one.includes(message)),
        found.join("\n"),
      ).toBe(true);
  }

  const row = (from: string, to: string): string[] => {
    expect(pipes).toContain(from);
    return problemsOf(pipes.replace(from, () => to));
  };

  test("a glued name that is none", () => {
    const text = glued.replace("petIdstring", "pet Idstring");
    expect(problemsOf(text).join()).toContain('"pet IdstringpathPet ID" reads in no way');
  });

  test("too few cells", () => {
    expect(row("after | string | query |", "after | string |")).toEqual([
      '10: The row "after | string |" has 2 cells where 3 or 4 are due.',
    ]);
  });

  test("a pipe in a cell that is not marked as one", () => {
    expect(row("Pet ID |", "Pet | ID |").join()).toContain("9: The row");
    expect(row("Pet ID |", "Pet \\| ID |")).toEqual([]);
    const words = readPage(pipes.replace("Pet ID |", "Pet \\| ID |")).reading?.words.values() ?? [];
    expect([...words].map(({ text }) => text)).toContain("Pet | ID");
  });

  test("an empty description is none, and no cell too many", () => {
    expect(row("after | string | query |", "after | string | query | |")).toEqual([]);
    expect(row("after | string | query |", "after | string | query | | |").join()).toMatch(/^$/);
  });

  test("a table without its row of dashes", () => {
    expect(row("---|---|---|\nid", "id")).toEqual([
      "27: The row of dashes is missing below this line.",
    ]);
  });

  test("values below a row, of which a pipe ends the cell, are no problem", () => {
    const broken = row('sorted. "born", "named" |', 'sorted.\n"born", "named" |');
    expect(broken).toEqual([]);
  });

  test("a name, a type or a place that is none", () => {
    expect(row("after |", "af ter |").join()).toContain('"af ter" is no name');
    expect(row("after | string", "after | text").join()).toContain('the type "text"');
    expect(row("string | query |\n", "string | body |\n").join()).toContain('is in "body"');
  });

  test("a field that is marked twice", () => {
    const once = row("owner | PetOwner | (optional) |", "owner | PetOwner (optional) | |");
    expect(once).toEqual([]);
    const twice = row("PetOwner | (optional) |", "PetOwner (optional) | (optional) |");
    expect(twice.join()).toContain("(optional) twice");
  });

  test("quotes at the end of a cell that may be values", () => {
    expect(row('sorted. "born"', 'sorted "born"').join()).toContain(
      '"born", "named" can be its values or the end of a sentence',
    );
    expect(row("Pet ID", 'Pet ID, i.e. "x"').join()).toContain("more than one way");
    expect(row("Number", 'One "x"')).toEqual([]);
  });

  test("but quotes after a word that leads to an example are words, and quotes alone are values", () => {
    const petId = (cell: string) =>
      readPage(pipes.replace("Pet ID", () => cell)).reading?.facts.operations[0]?.parameters[0];
    for (const words of ["ID, e.g.", "This or", "This and", "Such as", "Looks like", "It is"]) {
      expect(petId(`${words} "x"`), words).not.toHaveProperty("values");
    }
    expect(petId('"x", "y"')).toHaveProperty("values", ["x", "y"]);
    expect(petId('One of: "x"')).toHaveProperty("values", ["x"]);
  });

  test("every one of several", () => {
    const text = glued.replace("petIdstring", "petIdstrng").replace("idinteger", "idintgr");
    expect(problemsOf(text).map((one) => one.split(":")[0])).toEqual(["14", "42"]);
    const open = text.replace("\n]\n", "\n");
    expect(problemsOf(open).map((one) => one.split(":")[0])).toEqual(["14", "22", "41"]);
  });
});

describe("is no such page, and what is missing is said:", () => {
  const texts: [name: string, text: string, expected: string[]][] = [
    ["an empty text", " \n\t\n", ["1: The text is empty."]],
    [
      "HTML",
      "<!doctype html>\n<p>get /pets</p>",
      ["1: This is HTML. Save the text that the browser shows, not the page's source."],
    ],
    [
      "a part of HTML",
      "Pets\n<p>Get a pet</p>",
      ["1: This is HTML. Save the text that the browser shows, not the page's source."],
    ],
    [
      "another text",
      "Hello,\n\nhow are you?",
      [
        "1: This is not the vendor's page: it has no operation, such as a line `get /organizations/{organizationId}/…`.",
      ],
    ],
    [
      "a binary file",
      glued.replace("Pet ID", "Pet \x1b[1mID"),
      ["1: This is no text: it has control characters."],
    ],
    [
      "a page that ends before its models",
      cut("Models"),
      ["25: The text is cut off: there is no heading Models after the operations."],
    ],
    [
      "a page that ends after its heading Models",
      `${cut("Models")}Models`,
      ["27: The text is cut off: there is no table under Models."],
    ],
    [
      "a page that ends before a response",
      cut("Responses"),
      ["17: The text is cut off: the operation on line 9 has no Responses."],
    ],
    [
      "a page that ends before a model",
      cut("PetOwner\n\n"),
      ['36: The row "ownerPetOwner(optional)" reads in no way'],
    ],
  ];
  test.for(texts)("%s", ([, text, expected]) => {
    const found = problemsOf(text);
    for (const [index, one] of expected.entries()) expect(found[index]).toContain(one);
  });

  function cut(before: string): string {
    return glued.slice(0, glued.indexOf(before));
  }
});
