// Signing in by role, for the staff's journeys: with the demo's accounts, through the product's own form.
// The form is posted without a page, which takes a moment instead of a page load; the cookies land in the browser.
// The sign-in page itself is tried in journeys/sign-in.spec.ts. Read next: accounts.ts.
import { expect, type Page } from '@playwright/test';
import { account, type Account } from './accounts';

export async function signIn(page: Page, role: string, unit?: string): Promise<Account> {
  const person = account(role, unit);
  const answer = await page.request.post('/sign-in', {
    form: { username: person.username, password: person.password },
    maxRedirects: 0,
  });
  expect(answer.status(), `signing in as ${person.username} (${role})`).toBe(303);
  return person;
}

/** Leaves the page first, as the button does: what a page still asks for by itself would be told that nobody is signed in. */
export async function signOut(page: Page): Promise<void> {
  await page.goto('about:blank');
  const answer = await page.request.post('/sign-out', { form: {}, maxRedirects: 0 });
  expect(answer.status(), 'signing out').toBe(303);
}
