import type { Browser, Page } from "playwright-core";

export interface Opened {
  page: Page;
  /** What it asked for that is neither a file, nor in the page itself, nor on this machine. */
  requestsElsewhere: string[];
  /** Errors and warnings of its console, and errors that nothing caught. */
  complaints: string[];
}

export interface Reader {
  width?: number;
  colorScheme?: "light" | "dark";
  javaScriptEnabled?: boolean;
}

/** Opens a page as a reader would. */
export async function openPage(
  browser: Browser,
  url: string,
  { width = 1440, colorScheme = "light", javaScriptEnabled = true }: Reader = {},
): Promise<Opened> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme,
    javaScriptEnabled,
  });
  const page = await context.newPage();
  const requestsElsewhere: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => {
    if (!/^(file:|data:|blob:|http:\/\/127\.0\.0\.1:)/.test(request.url())) {
      requestsElsewhere.push(request.url());
    }
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(url);
  return { page, requestsElsewhere, complaints };
}
