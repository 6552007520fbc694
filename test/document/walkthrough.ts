/** A walk through a change of the beta in CONTRIBUTING.md: contributing.test.ts runs its blocks, in order. */
export const walkthrough: RegExp =
  /(?<=<!-- walkthrough: run [^\n]*-->\n)[\s\S]*?(?=<!-- walkthrough: end -->)/g;
