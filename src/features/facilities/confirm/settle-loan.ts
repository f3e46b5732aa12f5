import { z } from 'zod'
import { type Context, command } from '../../../bot/command.ts'
import type { Asker } from '../../../bot/policy.ts'
import { Choice, refuse } from '../../../core/decision.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { type ClientRef, clientRef, resolveClient } from '../../clients/resolve-client.ts'
import type { Client } from '../../clients/rules.ts'
import { facilitiesChanged } from '../changed.ts'
import { openClaims } from '../claims/store.ts'
import * as policy from '../policy.ts'
import { type Facility, isLive } from '../rules.ts'
import { facilitiesOf } from '../store.ts'
import { keepFacilities } from '../taken-back/store.ts'
import { facilityText, settledCard } from './cards.ts'
import { SETTLED } from './phrases.ts'
import { accountField, HAS_FEED, type LoanFacts } from './rules.ts'
import { closeFacility, hasFeed } from './store.ts'

const input = z.object({ ...clientRef, account: accountField, facilityId: z.uuid().optional() })
type Input = z.infer<typeof input> & ClientRef

interface Facts extends Pick<LoanFacts, 'claims' | 'hasFeed'> {
  readonly client: Client
  /** Lines and single loans that are live. */
  readonly live: readonly Facility[]
}

interface Settled {
  readonly client: Client
  readonly facility: Facility
  readonly last: boolean
}

/** Where no feed does, a lead says that a loan is repaid and closed; with the last one the client has lapsed. */
export const settleLoan = command<Input, Facts, Settled>({
  name: 'settle-loan',
  may: policy.settleLoan,
  undoable: true,
  help: {
    usage: { zh: '结清 张三 账号 6228001', en: 'settled Zhang account 6228001' },
    purpose: {
      zh: '主管登记贷款已结清；全部结清后客户转为"已结清"，按节奏挽回',
      en: 'a lead notes that a loan is settled; with the last one the client has lapsed, and is won back',
    },
  },
  phrases: SETTLED,
  input,
  async load(tx: Queries, said: Input, { who, reach, at }: Context & Asker) {
    const intent = { command: 'settle-loan', input: said }
    const client = await resolveClient(tx, { who, reach }, said, intent)
    if (!('id' in client)) return client
    const facilities = await facilitiesOf(tx, client.id)
    const live = facilities.filter((each) => each.lineId === null && isLive(each, at.today))
    return { client, live, claims: await openClaims(tx, client.id), hasFeed: await hasFeed(tx) }
  },
  decide({ client, live, hasFeed }, said, { at, who }) {
    if (hasFeed) return HAS_FEED
    const meant = live.filter(
      ({ id, account }) =>
        (!said.facilityId || id === said.facilityId) && (!said.account || account === said.account),
    )
    const [facility, other] = meant
    if (!facility) {
      return refuse(
        `${client.name} 没有这样一笔未结清的贷款。`,
        `${client.name} has no such loan that is not settled.`,
      )
    }
    if (other) {
      return new Choice(
        { zh: `${client.name} 结清的是哪一笔？`, en: `Which loan of ${client.name} is settled?` },
        meant.map((each) => ({
          label: facilityText(each, at, who.language),
          intent: {
            command: 'settle-loan',
            input: { clientId: client.id, facilityId: each.id },
          },
        })),
      )
    }
    return { client, facility, last: live.length === 1 }
  },
  async save(tx, { client, facility }, { who, at, actId, bank }) {
    await keepFacilities(tx, [client.id], actId)
    await closeFacility(tx, facility.id, { staffId: who.id, actId, at })
    await facilitiesChanged(tx, [client.id], { staffId: who.id, actId, at, bank })
  },
  reply: (settled, _facts, { at, who }) => settledCard(settled, at, who.language),
})
