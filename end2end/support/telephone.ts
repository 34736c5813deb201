// A citizen's telephone: an installation without a gateway puts its text messages as files into the folder `messages` of its data, and whoever
// runs it may read them. That is where a journey looks for the code that a citizen would read.
// Read next: journeys/citizen-account.spec.ts.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';

/** Where the server under test puts messages; none outside `cargo xtask test e2e`. */
const FOLDER = process.env.MINSHENG_MESSAGES ?? '';

type Message = { to: string; body: string; at: number | string };

/** A mobile number that no other journey has. */
export function number(): string {
  return `1${Math.floor(3_000_000_000 + Math.random() * 6_999_999_999)}`;
}

function messagesTo(phone: string): Message[] {
  // The server makes the folder with its first message.
  if (!existsSync(FOLDER)) return [];
  const files = readdirSync(FOLDER, { recursive: true, withFileTypes: true });
  return files
    .filter(file => file.isFile() && file.name.endsWith('.json'))
    .map(file => JSON.parse(readFileSync(join(file.parentPath, file.name), 'utf8')) as Message)
    .filter(message => message.to === phone);
}

/** The codes that came to a number. */
function codes(phone: string): string[] {
  return messagesTo(phone).flatMap(message => /登录验证码(\d{6})/.exec(message.body)?.[1] ?? []);
}

/** What comes to a number or an address and has these words in it, once it is there. */
export async function told(to: string, words: string): Promise<string> {
  expect(FOLDER, '`cargo xtask test e2e` says where messages lie').toBeTruthy();
  const found = () => messagesTo(to).find(message => message.body.includes(words))?.body ?? '';
  await expect.poll(found, { message: `“${words}” came to ${to}`, timeout: 30_000 }).not.toBe('');
  return found();
}

/** The code that comes to a number, once it is there; `but` is one that came before. */
export async function code(phone: string, but = ''): Promise<string> {
  expect(FOLDER, '`cargo xtask test e2e` says where messages lie').toBeTruthy();
  const fresh = () => codes(phone).find(one => one !== but) ?? '';
  await expect.poll(fresh, { message: 'a code came' }).toMatch(/^\d{6}$/);
  return fresh();
}
