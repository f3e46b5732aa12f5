import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { html, raw } from 'hono/html'
import { secureHeaders } from 'hono/secure-headers'
import type { Services } from '../../bot/services.ts'
import { unparted } from '../../core/card.ts'
import { type Language, type Say, speaker } from '../../core/text.ts'
import { pageStyle } from '../../infra/page-style.ts'
import { stampField } from './guard-page.ts'
import { BY_ITSELF, REFRESH_SECONDS, type Reader, STILL, type Tab, tabsOf } from './rules.ts'

/** The style of all pages here, in the bank's colour. */
const styleOf = pageStyle(new URL('style.css', import.meta.url))

export type Html = ReturnType<typeof html>

/** Nothing but our own style and pictures, never framed, never cached, never named elsewhere. */
export const guarded = (colour: string) =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      imgSrc: ["'self'"],
      styleSrc: [`'sha256-${createHash('sha256').update(styleOf(colour)).digest('base64')}'`],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: 'no-referrer',
  })

/** The language of somebody who is not known yet. */
export const languageOf = (context: Context): Language =>
  /^en\b/i.test(context.req.header('accept-language') ?? '') ? 'en' : 'zh'

const document = (
  services: Services,
  language: Language,
  title: string,
  body: unknown,
) => html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · ${services.bank.name}</title>
<style>${raw(styleOf(services.bank.colour))}</style>
</head>
<body>${body}</body>
</html>`

/** A page before anybody is let in: one thing to read, one thing to do. */
export const narrowPage = (services: Services, language: Language, title: string, body: unknown) =>
  document(
    services,
    language,
    title,
    html`<header class="top"><div><strong>${services.bank.name}</strong></div></header>
<main class="narrow"><section><h1>${title}</h1>${body}</section></main>`,
  )

const tabLabel = (tab: Tab, say: Say): string =>
  ({
    campaigns: say('活动', 'Campaigns'),
    tiers: say('分层', 'Tiers'),
    load: say('任务', 'Work'),
    referrals: say('转介', 'Referrals'),
    'hand-over': say('移交', 'Hand-over'),
    segments: say('客群', 'Segments'),
    lists: say('名单', 'Lists'),
    import: say('导入', 'Import'),
    undelivered: say('未送达', 'Undelivered'),
  })[tab]

/** A page of the desk with its tabs. */
export function deskPage(
  services: Services,
  who: Reader,
  tab: Tab,
  title: string,
  body: unknown,
): Html | Promise<Html> {
  const say = speaker(who.language)
  return document(
    services,
    who.language,
    title,
    html`<header class="top"><div><strong>${services.bank.name}</strong><span>${who.name}</span>
<a href="/desk/second-factor">${say('两步验证', 'Second factor')}</a>
<form method="post" action="/desk/out">${stampField(who.stamp)}<button>${say('退出', 'Log out')}</button></form></div></header>
<nav aria-label="${say('看板', 'Desk')}"><ul>${tabsOf(who).map(
      (each) =>
        html`<li><a href="/desk/${each}"${each === tab ? html` aria-current="page"` : ''}>${tabLabel(each, say)}</a></li>`,
    )}</ul></nav>
<main><h1>${title}</h1>${body}</main>`,
  ) as Html | Promise<Html>
}

/** Has a page come anew by itself, until its reader says that it shall stand still. */
export function refreshes(context: Context): void {
  if (context.req.query(STILL) !== undefined) return
  context.header('Refresh', `${REFRESH_SECONDS}; url=${context.req.path}?${BY_ITSELF}`)
}

/** Says that a page does so, with the link that has it stand still. */
export function refreshNote(path: string, say: Say) {
  const minutes = REFRESH_SECONDS / 60
  return html`${say(`每 ${minutes} 分钟自动刷新。`, `Refreshes every ${minutes} minutes.`)} <a href="/desk/${path}?${STILL}">${say('停止刷新', 'Stand still')}</a>`
}

/**
 * A table that scrolls by itself where the screen is narrow, and by keyboard. Words stand to the
 * left, numbers to the right; null: there is no number.
 */
export const table = (
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
) => {
  const words = columns.map((_, place) => typeof rows[0]?.[place] === 'string')
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table>
<thead><tr>${columns.map((column, place) =>
    words[place]
      ? html`<th scope="col" class="name">${folded(column, HEADING)}</th>`
      : html`<th scope="col">${folded(column, HEADING)}</th>`,
  )}</tr></thead>
<tbody>${rows.map(
    (cells) =>
      html`<tr>${cells.map((cell, place) =>
        words[place]
          ? html`<td class="name">${folded(`${cell ?? '—'}`, CELL)}</td>`
          : html`<td>${cell ?? '—'}</td>`,
      )}</tr>`,
  )}</tbody></table></div>`
}

/**
 * Where words of a table may go on in a second line on a telephone, which breaks them nowhere else: a heading of four
 * characters in its middle (登记|放款), what is longer than five after each four (客户经理|请假).
 */
const folded = (words: string, after: RegExp) =>
  words.split(after).map((piece, place) => (place > 0 ? html`<wbr>${piece}` : html`${piece}`))
const HEADING = /(?<=^\p{Script=Han}{2})(?=\p{Script=Han}{2}$)/u
const CELL = /(?<=(?<!\p{Script=Han})(?:\p{Script=Han}{4})+)(?=\p{Script=Han}{2})/u

/** A text whose amounts, days and counts stay on one line. */
export const whole = (text: string) =>
  unparted(text, (piece) => html`<span class="whole">${piece}</span>`)

/** A large number with its name, and a line below it. */
export const number = (label: string, value: number | string, below = '') =>
  html`<div><dt>${label}</dt><dd>${value}${below ? html`<small>${whole(below)}</small>` : ''}</dd></div>`
