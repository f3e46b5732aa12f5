import { createHash } from 'node:crypto'
import { html, raw } from 'hono/html'
import { parseAccept } from 'hono/utils/accept'
import type { Services } from '../../../bot/services.ts'
import { type Language, type Say, speaker } from '../../../core/text.ts'
import { pageStyle } from '../../../infra/page-style.ts'
import { PROOF_SCRIPT } from './guard/stamp.ts'

/** The style of all pages here, in the bank's colour. */
const styleOf = pageStyle(new URL('style.css', import.meta.url))

/** What every page is drawn with. */
export interface PageSetting {
  readonly bankName: string
  readonly language: Language
  readonly say: Say
  readonly style: string
  /** The path below which the pages are, from outside; and the whole address of that. */
  readonly base: string
  readonly address: string
}

export type Html = ReturnType<typeof html>

/** The settings of a house's pages in both languages. */
export function pageSettings(services: Services): Record<Language, PageSetting> {
  const { name: bankName, colour } = services.bank
  const style = styleOf(colour)
  const address = `${services.publicUrl}/r`
  const base = new URL(address).pathname
  const setting = (language: Language): PageSetting => {
    return { bankName, language, say: speaker(language), style, base, address }
  }
  return { zh: setting('zh'), en: setting('en') }
}

/** Chinese, unless the browser wants English rather. */
export function languageOf(accept: string | undefined): Language {
  const wanted = parseAccept((accept ?? '').slice(0, 200))
    .sort((a, b) => b.q - a.q)
    .find(({ type, q }) => q > 0 && /^(zh|en)\b/i.test(type))
  return wanted && /^en/i.test(wanted.type) ? 'en' : 'zh'
}

const source = (text: string): `'${string}'` =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Nothing but the pages' own style and pictures, and the one script that may be among them. */
export const policyOf = ({ style }: PageSetting) => ({
  defaultSrc: ["'none'"],
  styleSrc: [source(style)],
  scriptSrc: [source(PROOF_SCRIPT)],
  imgSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
})

/** What a chat shows of a link that is passed on. */
export interface Preview {
  readonly title: string
  readonly description: string
  /** Below the pages' own path. */
  readonly path: string
}

export function shell(
  page: PageSetting,
  title: string,
  body: unknown,
  preview: Preview | null = null,
): Html {
  const { bankName, language, style, address } = page
  const tags = preview
    ? html`<meta property="og:type" content="website"><meta property="og:title" content="${preview.title}"><meta property="og:description" content="${preview.description}"><meta property="og:url" content="${address}${preview.path}"><meta property="og:image" content="${address}/preview.png"><meta property="og:image:width" content="${PREVIEW.width}"><meta property="og:image:height" content="${PREVIEW.height}"><meta property="og:site_name" content="${bankName}"><meta itemprop="name" content="${preview.title}"><meta itemprop="image" content="${address}/preview.png"><meta name="description" itemprop="description" content="${preview.description}"><meta name="twitter:card" content="summary_large_image">`
    : ''
  return html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="format-detection" content="telephone=no">
<title>${title} · ${bankName}</title>
${tags}<style>${raw(style)}</style>
</head>
<body><header class="bank"><span>${bankName}</span></header><main>${body}</main></body>
</html>`
}

/** Pixels of the picture beside a link in a chat. */
export const PREVIEW = { width: 800, height: 420 }
