// What people at their desks do on a ticket's page: open a verb's form, fill it in by the names of its fields, send it.
// Names of fields are the same in both languages, so these steps need no words.
// Read next: journeys/whole-road.spec.ts.
import { expect, type Locator, type Page } from '@playwright/test';
import { open } from './journey';
import { signIn } from './sign-in';

/** Values by field name; radio buttons and boxes are ticked by value (several divided by commas), lists chosen, texts typed. */
export type Filling = Record<string, string>;

/** A person of a role, on a page. */
export async function at(page: Page, role: string, unit: string, path: string): Promise<void> {
  await signIn(page, role, unit);
  await open(page, path);
}

/** The form of a verb; its fold is opened if it is closed, again if the page was read anew meanwhile. */
export async function verb(page: Page, name: string): Promise<Locator> {
  const form = page.locator(`form[action$="/${name}"]`).first();
  const fold = page.locator('details.fold', { has: form }).first();
  await expect(async () => {
    if ((await fold.count()) > 0 && !(await fold.evaluate(element => (element as HTMLDetailsElement).open))) {
      await fold.locator('summary').first().click();
    }
    await expect(form).toBeVisible({ timeout: 1_000 });
  }).toPass();
  return form;
}

export async function fill(form: Locator, filling: Filling): Promise<void> {
  for (const [name, value] of Object.entries(filling)) {
    const choice = form.locator(`input:is([type="radio"], [type="checkbox"])[name="${name}"][value=${JSON.stringify(value)}]`);
    if ((await choice.count()) > 0) {
      await choice.check();
      continue;
    }
    // Several people or units: boxes of one name.
    if ((await form.locator(`input[type="checkbox"][name="${name}"]`).count()) > 0) {
      for (const one of value.split(',')) {
        await form.locator(`input[type="checkbox"][name="${name}"][value=${JSON.stringify(one.trim())}]`).check();
      }
      continue;
    }
    const field = form.locator(`[name="${name}"]`);
    if ((await field.evaluate(element => element.tagName)) === 'SELECT') {
      await field.selectOption(value);
    } else {
      await field.fill(value);
    }
  }
}

export async function send(form: Locator): Promise<void> {
  await form.locator('button[type="submit"]:not([data-plain])').last().click();
}

/** Opens, fills in and sends a verb's form on the ticket's page, and waits until the page says that it is done. */
export async function act(page: Page, name: string, filling: Filling = {}): Promise<void> {
  const form = await verb(page, name);
  await fill(form, filling);
  // An accepted form makes the page read the ticket anew; what comes next belongs to the new page.
  const anew = page.waitForResponse(answer => new URL(answer.url()).pathname === '/fn/staff/ticket');
  await send(form);
  await (await anew).finished();
  await expect(page).toHaveURL(new RegExp(`done=${name}$`));
  await expect(page.locator('.note.ok')).toBeVisible();
}
