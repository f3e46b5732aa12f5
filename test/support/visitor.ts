import type { Hono } from 'hono'
import { deskOf } from '../../src/features/referrals/entries/desk.ts'
import { landingPage } from '../../src/features/referrals/landing/landing-page.ts'
import type { Bank } from './bank.ts'

export const WECHAT =
  'Mozilla/5.0 (Linux; Android 13; V2166BA Build/TP1A.220624.014; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.6478.188 Mobile Safari/537.36 XWEB/1260213 MMWEBSDK/20241103 MMWEBID/1234 MicroMessenger/8.0.55.2780(0x28003737) WeChat/arm64 Weixin NetType/WIFI Language/zh_CN ABI/arm64'

/** Somebody with a phone, outside the bank. */
export interface Visitor {
  open(path: string, headers?: Record<string, string>): Promise<Response>
  /** Opens a link's page, takes twenty seconds to fill it in, sends it, and waits until it was seen to. */
  leave(path: string, fields: Record<string, string>): Promise<Response>
  /** Sends something as it is. */
  post(path: string, body: URLSearchParams | string, type?: string): Promise<Response>
}

/** Visitors of one service, which knows them by their addresses. */
export function visitorsOf(bank: Bank) {
  const routes = landingPage.routes(bank.app.services)
  return {
    routes,
    settled: () => deskOf(bank.app.services).settled(),
    from: (address: string, userAgent = WECHAT) => visitor(bank, routes, address, userAgent),
    /** The path of somebody's link below the pages' own. */
    async linkOf(code: string, text: string): Promise<string> {
      const card = JSON.stringify(await bank.say(code, text))
      return card.match(/\/r(\/[a-z0-9]{8})"/)?.[1] ?? ''
    },
  }
}

export const stampIn = (page: string): string =>
  page.match(/name="stamp" value="([^"]+)"/)?.[1] ?? ''

function visitor(bank: Bank, routes: Hono, address: string, userAgent: string): Visitor {
  const env = { incoming: { headers: {}, socket: { remoteAddress: address } } }
  const ask = async (path: string, init: RequestInit) => routes.request(path, init, env)
  const own: Visitor = {
    open: (path, headers = {}) => ask(path, { headers: { 'user-agent': userAgent, ...headers } }),
    post: (path, body, type = 'application/x-www-form-urlencoded') =>
      ask(path, {
        method: 'POST',
        body: String(body),
        headers: { 'user-agent': userAgent, 'content-type': type },
      }),
    async leave(path, fields) {
      const stamp = stampIn(await (await own.open(path)).text())
      const { now } = bank.app.services.moment()
      bank.setClock(new Date(now.getTime() + 20_000).toISOString())
      const sentTo = path.replace(/\/q$/, '')
      const answer = await own.post(sentTo, new URLSearchParams({ stamp, ...fields }))
      await deskOf(bank.app.services).settled()
      return answer
    },
  }
  return own
}
