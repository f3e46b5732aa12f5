import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { strikeCodes } from '../../../src/features/staff/strike-codes.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import { DATABASES, openTestDatabase } from '../../support/open.ts'
import { openPhones, type Phones } from '../../support/phones.ts'

describe.each(DATABASES)('codes that are good for nothing, on %s', (kind) => {
  let database: Database
  let phones: Phones
  beforeEach(async () => {
    database = await openTestDatabase(kind)
    phones = await openPhones(database)
  })
  afterEach(() => phones.close())

  const issue = async (code: string) =>
    (await phones.say('l1', `开通 ${code}`)).match(/绑定 ([A-Z0-9]{8})/)?.[1] ?? ''
  const kept = async () =>
    JSON.stringify(await phones.rows(`select card::text from message`)) +
    JSON.stringify(await phones.rows(`select says::text from received`))

  test('stand nowhere after the night; what else was said stays as it is', async () => {
    const [old, replaced, live] = [await issue('M1'), await issue('M2'), await issue('M2')]
    await phones.say('stranger', `bind ${old.toLowerCase()}x`)
    await phones.say('m1', '查 张三')
    phones.setClock('2026-11-24T03:23:00+08:00')
    await strikeCodes.run(phones.app.services, phones.app.services.moment())
    expect(await kept()).toContain(old)
    expect(await kept()).not.toContain(replaced)
    phones.setClock('2026-11-24T08:11:00+08:00')
    const later = await issue('M1')
    const before = await phones.rows(`select says::text from received order by id`)
    await strikeCodes.run(phones.app.services, phones.app.services.moment())
    for (const dead of [old, replaced, live]) expect(await kept()).not.toContain(dead)
    expect(await kept()).toContain(later)
    expect(await phones.rows(`select says::text from received order by id`)).toEqual(before)
    expect((await phones.heard('m1')).join()).toContain('顺发五金店')
    expect(await phones.say('new', `绑定 ${later}`)).toContain('账号已绑定')
    expect(await phones.rows(`select hash from enrolment_code`)).toHaveLength(4)
  })
})
