import { timingSafeEqual } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { html } from 'hono/html'
import { LINK_MINUTES, type Reader } from './rules.ts'
import { newToken, stampOf, TOKEN_SHAPE } from './sessions/store.ts'

// Pages that name no referrer post with `Origin: null`, so the origin says nothing here. A browser says itself where a
// request comes from, but only to https and to this machine; and only our own form knows the stamp of a session.

/** Refuses what a browser says that a page elsewhere sent. */
export const comesFromHere: MiddlewareHandler = async (context, next) => {
  const site = context.req.header('sec-fetch-site')
  const reads = context.req.method === 'GET' || context.req.method === 'HEAD'
  if (reads || site === undefined || site === 'same-origin') return next()
  return context.text('Only from its own pages.', 403)
}

/** The cookie of a browser that was shown the door. */
export const DOOR = 'desk-door'

/** The stamp of the door's form; the browser is given the cookie that goes with it. */
export function doorOf(context: Context, secure: boolean): string {
  const given = getCookie(context, DOOR) ?? ''
  const door = TOKEN_SHAPE.test(given) ? given : newToken()
  setCookie(context, DOOR, door, {
    ...{ path: '/desk/in', httpOnly: true, sameSite: 'Lax', secure },
    maxAge: LINK_MINUTES * 60,
  })
  return stampOf(door)
}

export const stampField = (stamp: string) =>
  html`<input type="hidden" name="stamp" value="${stamp}">`

/** Whether a form carries the stamp of this token. */
export const isStamped = (token: string | undefined, stamp: unknown): boolean =>
  token !== undefined && TOKEN_SHAPE.test(token) && isStampOf({ stamp: stampOf(token) }, stamp)

/** Whether a form is of this reader's session. */
export function isStampOf({ stamp: own }: Pick<Reader, 'stamp'>, stamp: unknown): boolean {
  const given = Buffer.from(typeof stamp === 'string' ? stamp : '')
  return given.length === own.length && timingSafeEqual(given, Buffer.from(own))
}
