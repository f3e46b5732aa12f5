import { hash } from 'node:crypto'
import { html } from 'hono/html'
import type { Language } from '../../../core/text.ts'
import { type FormView, formPage } from './form-page.ts'
import type { PageSetting } from './shell-page.ts'

const SLOTS = ['code', 'by', 'initial', 'offer', 'callBy', 'stamp'] as const
type Slot = (typeof SLOTS)[number]
type Words = Readonly<Record<Exclude<Slot, 'stamp'>, string>>

/** Stands where a slot's text goes; no text of ours or of a visitor has it. */
const mark = (slot: Slot): string => `\u0001${slot}\u0001`

interface QuickForm {
  /** The same while the page would say the same, but for the stamp. */
  readonly etag: string
  draw(stamp: string): string
}

/**
 * The empty form, drawn once in each language and then only filled in: what most visitors see, and
 * as fast as a page that never changes.
 */
export function quickForm(settings: Readonly<Record<Language, PageSetting>>) {
  const drawn = new Map<string, { readonly parts: readonly string[]; readonly print: string }>()

  function drawnFor(page: PageSetting, challenged: boolean) {
    const key = `${page.language}${challenged}`
    const known = drawn.get(key)
    if (known) return known
    const slots = Object.fromEntries(SLOTS.map((slot) => [slot, mark(slot)])) as Record<
      Slot,
      string
    >
    const view: FormView = { ...slots, entered: {}, faults: [], challenged }
    const text = String(formPage(view, settings[page.language]))
    const form = { parts: text.split('\u0001'), print: hash('sha1', text, 'base64url') }
    drawn.set(key, form)
    return form
  }

  return (words: Words, page: PageSetting, version: string, challenged: boolean): QuickForm => {
    const { parts, print } = drawnFor(page, challenged)
    const escaped: Record<string, string> = {}
    for (const slot of SLOTS) if (slot !== 'stamp') escaped[slot] = String(html`${words[slot]}`)
    const fill = (stamp: string) =>
      parts
        .map((part, at) => (at % 2 === 0 ? part : part === 'stamp' ? stamp : (escaped[part] ?? '')))
        .join('')
    return {
      etag: `W/"${hash('sha1', JSON.stringify([print, version, escaped]), 'base64url')}"`,
      draw: fill,
    }
  }
}
