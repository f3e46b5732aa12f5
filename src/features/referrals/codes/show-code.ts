import { z } from 'zod'
import { type Context, command } from '../../../bot/command.ts'
import { lacksClient } from '../../../bot/grammar/commands/lacking.ts'
import { client } from '../../../bot/grammar/slots/kinds/client.ts'
import { NOT_MEANT } from '../../../bot/grammar/slots/slot.ts'
import { addDays, dayIn, instantOf, sayDay } from '../../../core/calendar/time.ts'
import { Choice, Refusal, refuse } from '../../../core/decision.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { type ClientRef, clientRef, resolveClient } from '../../clients/resolve-client.ts'
import { linkPng } from '../pictures/draw.ts'
import * as policy from '../policy.ts'
import { defaultOffer, ownUrl, pageUrl, recommendation } from '../rules.ts'
import {
  insertLink,
  type KnownLink,
  linkOf,
  newCode,
  newOwnCode,
  type Purpose,
  prolongLink,
  type Referrer,
  revokeLinks,
} from '../store.ts'
import { codeCard, type ShownLink } from './cards.ts'
import { readAsking } from './phrases.ts'
import { purposeNamed } from './purposes.ts'

const asking = z.object({
  /** A campaign or a product; absent: in general. */
  purpose: z.string().trim().max(60).optional(),
  /** Days that it is good for, counted from today; absent: as it is, or without end. */
  days: z.int().min(1).max(730).optional(),
})
type Asking = z.infer<typeof asking>

interface Facts {
  readonly referrer: Referrer
  /** The client whose link it is; null for the asker's own. */
  readonly client: string | null
  readonly purpose: Purpose
  readonly known: KnownLink | null
  /** The codes to take when new ones are needed. */
  readonly spare: string
  readonly spareOwn: string
}

interface Decided extends ShownLink {
  readonly facts: Facts
  /** It is made now, in the place of one that expired where there is one. */
  readonly fresh: boolean
}

async function factsOf(
  tx: Queries,
  referrer: Referrer,
  client: string | null,
  intent: { readonly command: string; readonly input: Asking },
  { who, at }: Context,
): Promise<Facts | Refusal | Choice> {
  const { command: name, input } = intent
  const again = (purpose: string) => ({ command: name, input: { ...input, purpose } })
  const purpose = await purposeNamed(tx, who, input.purpose, again, at)
  if (purpose instanceof Refusal || purpose instanceof Choice) return purpose
  const known = await linkOf(tx, referrer, purpose)
  return { referrer, client, purpose, known, spare: newCode(), spareOwn: newOwnCode() }
}

/** The same link at every asking: one is made only where none is in force. */
const once = {
  decide(facts: Facts, { days }: Asking, { at }: Context): Decided | Refusal {
    const { known, purpose, client, spare, spareOwn } = facts
    if (purpose.expiresAt && purpose.expiresAt <= at.now) {
      return refuse(
        '这个活动已经结束，不再发码。',
        'This campaign is over; it has no codes any more.',
      )
    }
    const inForce = known && (!known.expiresAt || known.expiresAt > at.now) ? known : null
    const until = days ? instantOf(addDays(at.today, days + 1), '00:00', at.timezone) : null
    const expiresAt = until ?? (inForce ?? purpose).expiresAt
    const { offer } = purpose
    const code = inForce?.code ?? spare
    const ownCode = client === null ? null : (inForce?.ownCode ?? spareOwn)
    return { facts, code, ownCode, client, offer, expiresAt, fresh: inForce === null }
  },
  async save(tx: Queries, { facts, code, ownCode, expiresAt, fresh }: Decided, { at }: Context) {
    const { known, referrer, purpose } = facts
    if (!fresh && known) return prolongLink(tx, known.id, { expiresAt, ownCode })
    if (known) await revokeLinks(tx, [known.id], at.now)
    await insertLink(tx, code, referrer, { ...purpose, expiresAt, ownCode }, at.now)
  },
  async reply(link: Decided, _facts: Facts, { at, who, bank, publicUrl, say }: Context) {
    const { client, code, expiresAt } = link
    const name = client ?? who.name
    const referrer = { name, isStaff: client === null, serves: who.role === 'manager' }
    const by = recommendation(referrer, say)
    const offer = link.offer ?? defaultOffer(say)
    const png = await linkPng('code', bank, { code, by, offer }, publicUrl, say)
    // It ends with the first moment of a day; the day before is its last.
    const last = expiresAt && addDays(dayIn(expiresAt, at.timezone), -1)
    const until = last && sayDay(last, at.today, who.language)
    const url = pageUrl(publicUrl, code, 'tap')
    const own = link.ownCode && ownUrl(publicUrl, link.ownCode)
    return codeCard(link, { url, own, png: png.toString('base64'), until }, say)
  },
}

/** My own link and QR code: every member of staff has one. */
export const myCode = command<Asking, Facts, Decided>({
  name: 'my-code',
  concurrency: 'long',
  may: policy.ownReferrals,
  help: {
    usage: { zh: '我的码 · 我的码 结算卡 30天', en: 'my code · my code settlement card 30 days' },
    purpose: {
      zh: '我的转介链接、二维码、海报和打印页，可指定活动、产品和有效期',
      en: 'my referral link, QR code, poster and print sheet; for a campaign, a product or some days if you like',
    },
  },
  phrases: {
    words: [
      '我的码',
      '我的二维码',
      '我的转介码',
      '我的推荐码',
      '二维码',
      'my code',
      'my link',
      'referral link',
    ],
    // 推荐码 张三 is that of a client.
    shape: /^(?:推荐码|转介码|二维码)$/,
    read(rest) {
      return this.shape?.test(rest) ? { kind: 'understood', input: {} } : readAsking(rest, {})
    },
  },
  input: asking,
  load: (tx, input, context) =>
    factsOf(tx, { staffId: context.who.id }, null, { command: 'my-code', input }, context),
  ...once,
})

const WHOSE = client('named', { alone: true })

/** Words of other commands that begin like this one. */
const OTHERS = /^(统计|排[行名]|审核|来的|有?(多少|几|哪))/

/** 给张三发个二维码. */
const GIVES_CODE =
  /^给\s*([\p{L}·]{2,20}?)\s*(?:发|开|做|生成|弄)(?:一?[个张])?(?:转介|推荐)?(?:二维码|码|链接)$/u

/** A client's link and QR code, for the manager to forward. */
export const refer = command<ClientRef & Asking, Facts, Decided>({
  name: 'refer',
  concurrency: 'long',
  may: policy.referClient,
  help: {
    usage: { zh: '转介 张三', en: 'refer Zhang' },
    purpose: {
      zh: '客户的转介链接和二维码，请客户转发',
      en: "a client's referral link and QR code, for the client to share",
    },
  },
  phrases: {
    words: ['转介', '转介绍', '推荐码', 'refer'],
    lacks: lacksClient,
    shape: GIVES_CODE,
    scans(scanned, from) {
      const { text, pieces } = scanned
      const accounted = new Set(pieces)
      const given = from === 0 ? text.match(GIVES_CODE)?.[1] : undefined
      if (given) return { reading: { kind: 'understood', input: { named: given } }, accounted }
      const part = {
        scanned,
        start: from,
        end: text.length,
        pieces: pieces.filter(({ start }) => start >= from),
      }
      const { value: named, doubt, from: behind = text.length } = WHOSE.take(part, null, new Set())
      if (from === 0 || typeof named !== 'string' || doubt || OTHERS.test(named)) return NOT_MEANT
      return { reading: readAsking(text.slice(behind), { named }), accounted }
    },
  },
  input: z.object({ ...clientRef, ...asking.shape }),
  async load(tx, ref, context) {
    const client = await resolveClient(tx, context, ref, { command: 'refer', input: ref })
    if (!('id' in client)) return client
    const input = { ...ref, named: undefined, clientId: client.id }
    return factsOf(tx, { clientId: client.id }, client.name, { command: 'refer', input }, context)
  },
  ...once,
})
