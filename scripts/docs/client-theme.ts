import type MarkdownIt from "markdown-it";
import {
  DefaultTheme,
  DefaultThemeRenderContext,
  JSX,
  type PageEvent,
  type Reflection,
  type Renderer,
} from "typedoc";
import { highlight } from "./highlight.js";
import type { MenuEntry } from "./page.js";

/** A page of the client's reference. */
export interface ClientPage {
  /** From the folder of the reference. */
  readonly path: string;
  readonly title: string;
  /** As HTML. */
  readonly main: string;
  /** The modules, with the names that they export. Its links are from the folder of the reference. */
  readonly menu: readonly MenuEntry[];
}

/** Lets TypeDoc show code as the other pages do: it highlights with style attributes, and gives up on lines that take long. */
export function parserOptions(parser: MarkdownIt): void {
  parser.options.highlight = (code, language) => highlight(code, language || "ts");
}

/**
 * Returns a theme that renders what TypeDoc says of a name, and neither its toolbar, menu and settings nor its scripts: the
 * frame of the site has these.
 */
export function clientTheme(
  frame: (page: ClientPage) => string,
): new (
  renderer: Renderer,
) => DefaultTheme {
  class Context extends DefaultThemeRenderContext {
    override defaultLayout = (
      template: (page: PageEvent<Reflection>) => JSX.Element | string,
      page: PageEvent<Reflection>,
    ) => JSX.createElement(JSX.Fragment, null, this.header(page), template(page));
  }

  return class SiteTheme extends DefaultTheme {
    override ContextClass = Context;

    override render(page: PageEvent): string {
      const main = super.render(page).replace("<!DOCTYPE html>", "");
      const entry = (of: Reflection, entries: MenuEntry[]) => ({
        text: of.name,
        href: this.router.getFullUrl(of),
        entries,
      });
      const modules = page.project.children ?? [];
      const menu = modules.map((module) => {
        const names = module.groups?.flatMap(({ children }) => children) ?? [];
        return entry(
          module,
          names.filter((name) => this.router.hasUrl(name)).map((name) => entry(name, [])),
        );
      });
      return frame({
        path: page.url,
        title: page.isReflectionEvent() ? page.model.name : "",
        main: withoutScripting(main),
        menu,
      });
    }
  };
}

/**
 * Takes away what needs TypeDoc's script: icons, and sections that fold up. These hold headings that are links, one control
 * inside another.
 */
function withoutScripting(html: string): string {
  return (
    html
      .replaceAll(/<svg.*?<\/svg>/gs, "")
      // A gap between "Readonly" and the name behind it that is not only drawn.
      .replaceAll(/<code class="tsd-tag">.*?<\/code>/g, "$& ")
      .replaceAll(/<(\/?)(details|summary)\b/g, "<$1div")
  );
}
