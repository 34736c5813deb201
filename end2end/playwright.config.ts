// How the journeys run: three widths, Debian's Chromium kept off the network, no retries.
// The server is started by `cargo xtask test e2e`, which sets the variables read here.
// Read next: support/journey.ts.
import { defineConfig } from '@playwright/test';
import type { Options } from './support/journey';

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const widths = {
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true },
  tablet: { viewport: { width: 820, height: 1180 }, hasTouch: true },
  desktop: { viewport: { width: 1440, height: 900 } },
};

/** The language left out at a width in the small round; between the two lies the tablet, which the whole round tries. */
const leftOut: Record<string, string> = { phone: 'en', desktop: 'zh-CN' };

/** What is not tried at a width. A title is "width file title …", so a journey's language follows an "in". What every page looks like
 * is tried in both languages at all widths. */
function skipped(width: string): RegExp[] {
  const oneWidth = width === 'phone' ? [] : [/@one-width/];
  if (process.env.MINSHENG_JOURNEYS !== 'small') {
    return oneWidth;
  }
  const language = leftOut[width];
  const other = language === undefined ? /^(?!.*pages\.spec)/ : new RegExp(`^(?!.*pages\\.spec).* in ${language}( |$)`);
  return [...oneWidth, other];
}

export default defineConfig<Options>({
  testDir: 'journeys',
  fullyParallel: true,
  workers: 2,
  // A journey that fails now and then is broken: it is not tried again until it passes.
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json']],
  use: {
    baseURL: process.env.MINSHENG_BASE_URL ?? 'http://127.0.0.1:3000',
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    serviceWorkers: 'allow',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: quiet },
  },
  // What a width cannot change is tried once, on the phone.
  projects: Object.entries(widths).map(([name, use]) => ({ name, use, grepInvert: skipped(name) })),
});
