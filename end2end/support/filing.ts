// The complaint form as a citizen meets it: what to type, choosing a place with and without script, sending.
// Each step waits for what the reader would wait for, never for a time.
// Read next: journeys/file.spec.ts and journeys/no-script.spec.ts.
import { expect, type Locator, type Page } from '@playwright/test';
import { open } from './journey';
import { inLanguage, type Language, type Words } from './languages';
import type { Photo } from './photos';
import * as words from './words';

export const TEXT = '小区 3 栋门口的路灯三天不亮，晚上看不清路，老人出门不方便，希望尽快修好。';
export const PHONE = '13912345678';
/** 南京市 → 鼓楼区 → its first street. */
export const PLACE = { city: '320100', county: '320106', countyName: '鼓楼区' };

export type Filed = { number: string; code: string };

export class ComplaintForm {
  constructor(
    readonly page: Page,
    readonly language: Language,
  ) {}

  private say(text: Words): string {
    return inLanguage(text, this.language);
  }

  field(name: string): Locator {
    return this.page.locator(`form[action="/file"] [name="${name}"]`);
  }

  errorOf(name: string): Locator {
    return this.page.locator(`[id="${name}-error"]`);
  }

  get summary(): Locator {
    return this.page.locator('#errors');
  }

  get photos(): Locator {
    return this.page.locator('ul.photos > li');
  }

  get submit(): Locator {
    return this.page.locator('form[action="/file"]').getByRole('button', { name: this.say(words.submit) });
  }

  async choose(name: string, value: string): Promise<void> {
    await this.page.locator(`form[action="/file"] [name="${name}"][value="${value}"]`).check();
  }

  /** The three lists; each fills itself when the one before is chosen. */
  async choosePlace(): Promise<void> {
    await this.field('city').selectOption(PLACE.city);
    await this.field('county').selectOption(PLACE.county);
    await this.field('street').selectOption({ index: 1 });
  }

  /** The three lists without script: a button brings the next one. */
  async choosePlaceByStep(): Promise<void> {
    const next = this.page.getByRole('button', { name: this.say(words.nextPlace) });
    await this.field('city').selectOption(PLACE.city);
    await next.click();
    await this.field('county').selectOption(PLACE.county);
    await next.click();
    await this.field('street').selectOption({ index: 1 });
  }

  async addPhotos(...photos: Photo[]): Promise<void> {
    await this.field('photos').setInputFiles(photos);
  }

  async removePhoto(name: string): Promise<void> {
    await this.photos
      .filter({ has: this.page.getByRole('button', { name: new RegExp(name) }) })
      .getByRole('button')
      .click();
  }

  /** What and who; the place is chosen apart, since its way depends on script. */
  async fillIn(text = TEXT, phone = PHONE): Promise<void> {
    await this.choose('kind', 'complaint');
    await this.field('content').fill(text);
    await this.field('address').fill('中山路 1 号 3 栋');
    await this.field('citizen.phone').fill(phone);
    await this.field('citizen.name').fill('李明');
  }

  /** Opens the form, files one whole complaint, and gives its number and code. */
  async file(): Promise<Filed> {
    await open(this.page, '/file');
    await this.fillIn();
    await this.choosePlace();
    await this.submit.click();
    return this.expectFiled();
  }

  /** Number and code as the success page shows them. */
  async expectFiled(): Promise<Filed> {
    await expect(this.page).toHaveURL(/\/filed$/);
    await expect(this.page.getByRole('heading', { level: 1, name: this.say(words.filed) })).toBeVisible();
    return readFiled(this.page);
  }
}

export async function readFiled(page: Page): Promise<Filed> {
  const number = (await page.locator('.filed .ticket-no').innerText()).replace(/\s/g, '');
  const code = (await page.locator('.filed .query-code').innerText()).trim();
  expect(number).toMatch(/^\d{22}$/);
  expect(code).toMatch(/^[2-9A-HJKMNP-Z]{8}$/);
  return { number, code };
}

/** Follows a ticket from the look-up page. */
export async function follow(page: Page, language: Language, { number, code }: Filed): Promise<void> {
  await page.locator('[name="ticket_no"]').fill(number);
  await page.locator('[name="code"]').fill(code);
  await page.getByRole('button', { name: inLanguage(words.lookUp, language), exact: true }).click();
  await expect(page).toHaveURL(/\/track\/ticket$/);
  await expect(page.locator('.ticket-no')).toBeVisible();
}
