import { expect, test } from 'vitest'
import { day } from '../../../src/core/calendar/time.ts'
import { type ClientFile, fileCard } from '../../../src/features/client-file/show/cards.ts'
import { historyCard } from '../../../src/features/client-file/show/history-cards.ts'
import type { Client } from '../../../src/features/clients/rules.ts'
import { momentOf } from '../../support/moment.ts'

const at = momentOf('2026-11-23T00:10:00Z')
const client = { id: 'c', name: '张三' } as Client
const SECRETS = [
  '990000198506150010',
  '91350100M000100Y43',
  '13800138000',
  '138 0013 8000',
  'C10086',
]

const own = { id: 'p', label: null, person: null, preferred: true, state: 'ok' } as const
const file: ClientFile = {
  client,
  columns: {
    ...{ name: '张三', businessName: null, idKind: 'resident', idNumber: SECRETS[0] ?? null },
    ...{ creditCode: SECRETS[1] ?? null, address: '城东路8号', wechat: null, language: null },
    ...{ quietHours: null, licenceEndsOn: null, creditEndsOn: null, sourceDetail: null },
    ...{ region: null, industry: null, cluster: null },
    ...{ bornOn: day('1985-06-15'), operatingSince: null },
  },
  phones: [{ ...own, number: '+8613800138000' }],
  relatives: [{ kind: 'household', name: '李四', relation: '配偶', phone: '+8613800138000' }],
  facilities: [
    {
      ...{
        id: 'f',
        product: null,
        account: 'C10086',
        kind: 'line',
        lineId: null,
        openedOn: null,
        closedOn: null,
      },
      ...{ creditLimit: 500_000, balance: 250_000, endsOn: day('2027-03-01'), state: 'open' },
      ...{ confirmedBy: 'feed', asOf: day('2026-11-22') },
    },
  ],
  held: [],
  documents: [],
  notes: [],
  facts: { known: {}, days: {} },
  complete: null,
}

test.each([true, false])('numbers on a file are masked where several people read: %s', (shared) => {
  const said = JSON.stringify(fileCard(file, { at, language: 'zh', shared }))
  const shown = SECRETS.filter((secret) => said.includes(secret))
  expect(shown).toEqual(shared ? [] : SECRETS.filter((secret) => secret !== '13800138000'))
  expect(said).toContain('授信 50万，余额 25万 · 用信 50%')
})

test('and so they are in what was changed', () => {
  const changes = [
    { subject: 'id_number', before: null, after: SECRETS[0] },
    { subject: 'credit_code', before: SECRETS[1], after: null },
    { subject: 'client_phone', before: null, after: { number: '+8613800138000', state: 'ok' } },
  ].map((change) => ({ ...change, clientId: 'c', by: '周敏', at: at.now }))
  const said = (shared: boolean) =>
    JSON.stringify(historyCard({ client, changes }, at, 'zh', shared))
  expect(SECRETS.filter((secret) => said(true).includes(secret))).toEqual([])
  expect(said(false)).toContain(SECRETS[0])
})
