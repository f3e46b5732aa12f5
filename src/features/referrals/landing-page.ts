import { createHash } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { html, raw } from 'hono/html'
import { secureHeaders } from 'hono/secure-headers'
import type { House, Pages } from '../../bot/feature.ts'
import type { Language, Say } from '../../core/text.ts'
import { speaker } from '../../core/text.ts'
import { takeEntry, visitorSchema } from './landing.ts'
import { STYLE } from './landing-style.ts'
import { CODE_SHAPE, CONSENT, shownAs } from './rules.ts'
import { findLink, type Link } from './store.ts'

/** A form sent by hand is a few hundred bytes. */
const MOST_BYTES = 16 * 1024

type Entered = Record<string, string>

/** What a referral link opens: who recommends, a short form, a thank-you. Needs no script. */
export const landingPage: Pages = {
  path: '/r',
  routes(house) {
    const app = new Hono()
    app.use(
      secureHeaders({
        contentSecurityPolicy: {
          defaultSrc: ["'none'"],
          styleSrc: [`'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`],
          formAction: ["'self'"],
          baseUri: ["'none'"],
          frameAncestors: ["'none'"],
        },
        referrerPolicy: 'no-referrer',
      }),
    )
    app.use(bodyLimit({ maxSize: MOST_BYTES }))
    app.get('/:code', async (context) => {
      const link = await linkOf(house, context)
      return link
        ? context.html(formPage(link, {}, [], pageOf(house, context)))
        : context.html(gonePage(pageOf(house, context)), 404)
    })
    app.post('/:code', async (context) => {
      const link = await linkOf(house, context)
      if (!link) return context.html(gonePage(pageOf(house, context)), 404)
      const entered = textsOf(await context.req.parseBody().catch(() => ({})))
      const visitor = visitorSchema.safeParse(entered)
      if (!visitor.success) {
        const faults = visitor.error.issues.map((issue) => String(issue.path[0]))
        return context.html(formPage(link, entered, faults, pageOf(house, context)), 422)
      }
      await takeEntry(house, link, visitor.data)
      return context.redirect(`${context.req.path}/thanks`, 303)
    })
    app.get('/:code/thanks', async (context) =>
      context.html(thanksPage(await linkOf(house, context), pageOf(house, context))),
    )
    return app
  },
}

/** The bank's name and the visitor's language: Chinese unless the browser asks for English first. */
interface PageSetting {
  readonly bankName: string
  readonly language: Language
  readonly say: Say
}

function pageOf(house: House, context: Context): PageSetting {
  const wanted = context.req.header('accept-language') ?? ''
  const language = /^en\b/i.test(wanted) ? 'en' : 'zh'
  return { bankName: house.bankName, language, say: speaker(language) }
}

async function linkOf(house: House, context: Context): Promise<Link | null> {
  const code = (context.req.param('code') ?? '').toLowerCase()
  return CODE_SHAPE.test(code) ? findLink(house.database.prisma, code) : null
}

const textsOf = (body: Record<string, unknown>): Entered =>
  Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  )

function shell({ bankName, language }: PageSetting, title: string, body: unknown) {
  return html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · ${bankName}</title>
<style>${raw(STYLE)}</style>
</head>
<body><main>${body}<footer>${bankName}</footer></main></body>
</html>`
}

function formPage(link: Link, entered: Entered, faults: readonly string[], page: PageSetting) {
  const { say } = page
  const by = shownAs({ name: link.referrerName, isStaff: link.referrerIsStaff })
  const title = say('小微企业融资咨询', 'Financing for small businesses')
  const field = (name: string, label: string, fault: string, attributes: unknown) => html`
<div class="field">
<label for="${name}">${label}</label>
<input id="${name}" name="${name}" value="${entered[name] ?? ''}" ${attributes}${
    faults.includes(name) ? html` aria-invalid="true" aria-describedby="${name}-fault"` : ''
  }>
${faults.includes(name) ? html`<p class="fault" id="${name}-fault">${fault}</p>` : ''}
</div>`
  return shell(
    page,
    title,
    html`
<header>
<p class="by">${
      !link.referrerIsStaff
        ? say(`您的朋友 ${by} 推荐`, `Recommended by your friend ${by}`)
        : link.staffRole === 'manager'
          ? say(`客户经理 ${by} 为您服务`, `At your service: ${by}`)
          : say(`${by} 推荐`, `Recommended by ${by}`)
    }</p>
<h1>${title}</h1>
<p>${say('留下联系方式，客户经理一个工作日内给您打电话。', 'Leave your details; a client manager calls you within one workday.')}</p>
</header>
${
  faults.length > 0
    ? html`<p class="fault" role="alert">${say('还差一点，请看下面标红的地方。', 'Almost there: please look at the marked fields.')}</p>`
    : ''
}
<form method="post" novalidate>
${field('name', say('怎么称呼', 'Your name'), say('请写您的称呼。', 'Please give your name.'), html`autocomplete="name" maxlength="40" required`)}
${field('phone', say('手机号', 'Phone'), say('请写 11 位手机号，或带区号的座机。', 'Please give a valid phone number.'), html`type="tel" inputmode="tel" autocomplete="tel" maxlength="20" required`)}
${field('business', say('店名或企业（可不填）', 'Business (optional)'), say('最多 60 字。', 'At most 60 characters.'), html`autocomplete="organization" maxlength="60"`)}
${field('need', say('需要什么（可不填）', 'What you need (optional)'), say('最多 200 字。', 'At most 200 characters.'), html`maxlength="200" placeholder="${say('如：进货周转 30万', 'such as: working capital')}"`)}
<div class="consent">
<input type="checkbox" id="consent" name="consent" value="yes" required${entered['consent'] === 'yes' ? html` checked` : ''}${
      faults.includes('consent') ? html` aria-invalid="true"` : ''
    }>
<label for="consent">${CONSENT.text[page.language]}</label>
</div>
${faults.includes('consent') ? html`<p class="fault">${say('需要您的同意才能联系您。', 'We may only call you with your consent.')}</p>` : ''}
<button>${say('请联系我', 'Please call me')}</button>
</form>`,
  )
}

function thanksPage(link: Link | null, page: PageSetting) {
  const { say } = page
  const served = link?.referrerIsStaff && link.staffRole === 'manager'
  const caller = served ? link.referrerName : say('客户经理', 'a client manager')
  return shell(
    page,
    say('已收到', 'Received'),
    html`<header><h1>${say('已收到', 'Received')}</h1>
<p>${say(`谢谢。${caller}一个工作日内给您打电话，请留意来电。`, `Thank you. Expect a call from ${caller} within one workday.`)}</p></header>`,
  )
}

function gonePage(page: PageSetting) {
  const { say } = page
  return shell(
    page,
    say('链接无效', 'Link not valid'),
    html`<header><h1>${say('这个链接打不开了', 'This link no longer works')}</h1>
<p>${say('它可能已停用，或者少抄了一位。请向推荐您的人再要一次。', 'It may have ended, or a character is missing. Please ask whoever recommended us for it again.')}</p></header>`,
  )
}
