// P-13: what the browser is given as a program says nothing of the server: no key, no address of a database, no statement, no library of the inside, no
// test account, nobody's number. Both programs are looked at as they are served: the citizens' and the staff's.
// Not here: which packages may be compiled for browsers (`cargo xtask test tidy`). Read next: support/accounts.ts.
import { type Page } from '@playwright/test';
import { accounts } from '../../support/accounts';
import { expect, open, test } from '../../support/journey';
import { at } from '../../support/staff';

/** What stands in programs of servers alone. */
const INSIDE = [
  '-----BEGIN',
  'PRIVATE KEY',
  'postgres://',
  'sqlite://',
  'sea_orm',
  'sqlx',
  'rusqlite',
  'argon2',
  'aws_lc',
  'password_hash',
  'insert into ',
  'INSERT INTO ',
  'keys.json',
  'secret-file',
  'MINSHENG_',
  'services/src',
  'store/src',
];

/** An identity number: its weights and check signs are those of GB 11643. */
function isIdentity(text: string): boolean {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((all, weight, at) => all + weight * Number(text[at]), 0);
  const year = Number(text.slice(6, 10));
  const month = Number(text.slice(10, 12));
  return year > 1900 && year < 2030 && month >= 1 && month <= 12 && '10X98765432'[sum % 11] === text[17].toUpperCase();
}

/** The programs that a page loads, as text of single bytes. */
async function programs(page: Page, path: string): Promise<Map<string, string>> {
  const loaded = new Set<string>();
  page.on('response', answer => {
    if (/\.(wasm|js)$/.test(new URL(answer.url()).pathname)) loaded.add(answer.url());
  });
  await open(page, path);
  const found = new Map<string, string>();
  for (const url of loaded) {
    const answer = await page.request.get(url);
    expect(answer.status(), url).toBe(200);
    found.set(new URL(url).pathname, (await answer.body()).toString('latin1'));
  }
  expect([...found.keys()].some(name => name.endsWith('.wasm')), `${path} loads a program`).toBe(true);
  return found;
}

function expectEmpty(found: Map<string, string>): void {
  const passwords = accounts().map(one => one.password);
  const names = accounts().map(one => one.username).filter(name => name.includes('.'));
  for (const [name, text] of found) {
    expect(INSIDE.filter(word => text.includes(word)), `${name}: words of the inside`).toEqual([]);
    expect(passwords.filter(word => text.includes(word)), `${name}: passwords`).toEqual([]);
    expect(names.filter(word => text.includes(word)), `${name}: test accounts`).toEqual([]);
    const numbers = text.match(/(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9])/g) ?? [];
    expect(numbers.filter(isIdentity), `${name}: identity numbers`).toEqual([]);
  }
}

test.describe('what the browser is given', () => {
  test.setTimeout(120_000);

  test('says nothing of the server to citizens', { tag: '@one-width' }, async ({ page }) => {
    expectEmpty(await programs(page, '/file'));
  });

  test('says nothing of the server to staff', { tag: '@one-width' }, async ({ page }) => {
    await at(page, 'supervisor', '320100', '/account');
    expectEmpty(await programs(page, '/tasks'));
  });
});
