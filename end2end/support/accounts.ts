// The demo's accounts, as the server wrote them; no password stands in the repository.
// Read next: journey.ts.
import { readFileSync } from 'node:fs';

export type Account = { username: string; password: string; role: string; unit: string };

let known: Account[] | undefined;

export function accounts(): Account[] {
  const file = process.env.MINSHENG_ACCOUNTS;
  if (!file) {
    throw new Error('MINSHENG_ACCOUNTS names no file: run the journeys by `cargo xtask test e2e`');
  }
  known ??= JSON.parse(readFileSync(file, 'utf8')) as Account[];
  return known;
}

/** The first account of a role, of a certain unit if one is given. */
export function account(role: string, unit?: string): Account {
  const found = accounts().find(one => one.role === role && (!unit || one.unit.includes(unit)));
  if (!found) {
    throw new Error(`the demo has no account with the role ${role}${unit ? ` in ${unit}` : ''}`);
  }
  return found;
}
