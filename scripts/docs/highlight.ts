import { createCssVariablesTheme, createHighlighter } from "shiki";
import { escapeHtml } from "./html.js";

const theme = createCssVariablesTheme();
const languages = ["ts", "js", "sh", "console", "json", "yaml", "http", "diff"] as const;
const highlighter = await createHighlighter({ themes: [theme], langs: [...languages] });

/**
 * Returns a block of code as HTML whose colours are classes, such as `token-string`: a style attribute would need a weaker
 * Content-Security-Policy. A language that is not loaded stays plain.
 */
export function highlight(code: string, language: string): string {
  const isLoaded = highlighter.getLoadedLanguages().includes(language);
  const lines = highlighter.codeToTokensBase(code.trimEnd(), {
    lang: (isLoaded ? language : "text") as "text",
    theme,
    // By default a line that takes long on a busy machine stays plain, and a build would differ from the next.
    tokenizeTimeLimit: 0,
  });
  const html = lines.map((line) => line.map(span).join("")).join("\n");
  // Focusable, so that a block wider than the window can be scrolled with the keyboard.
  return `<pre tabindex="0"><code>${html}\n</code></pre>`;
}

function span({ content, color = "" }: { content: string; color?: string }): string {
  const kind = /token-[a-z-]+/.exec(color)?.[0];
  const text = escapeHtml(content);
  return kind ? `<span class="${kind}">${text}</span>` : text;
}
