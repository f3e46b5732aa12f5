import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Context } from 'hono'

const path = (specifier: string): string => fileURLToPath(import.meta.resolve(specifier))
const own = (name: string): string => fileURLToPath(new URL(`assets/${name}`, import.meta.url))

/** What the pages load, read once. */
const ASSETS: Readonly<Record<string, { readonly type: string; readonly file: () => string }>> = {
  'htmx.js': { type: 'text/javascript', file: () => path('htmx.org/dist/htmx.min.js') },
  'sse.js': { type: 'text/javascript', file: () => path('htmx-ext-sse/dist/sse.min.js') },
  'chat.js': { type: 'text/javascript', file: () => own('chat.js') },
  'chat.css': { type: 'text/css', file: () => own('chat.css') },
}
const loaded = new Map<string, string>()

/** What a page of the chat asks to load. */
export function assetOf(context: Context): Response {
  const name = context.req.param('name') ?? ''
  const asset = Object.hasOwn(ASSETS, name) ? ASSETS[name] : undefined
  if (!asset) return context.text('', 404)
  const text = loaded.get(name) ?? readFileSync(asset.file(), 'utf8')
  loaded.set(name, text)
  return context.body(text, 200, { 'content-type': `${asset.type}; charset=utf-8` })
}
