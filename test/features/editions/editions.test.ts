import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { day } from '../../../src/core/calendar/time.ts'
import { newId } from '../../../src/core/ids.ts'
import { type Edition, mayPublish } from '../../../src/features/editions/rules.ts'
import {
  draftOf,
  editionOf,
  inForce,
  install,
  latest,
  markDryRun,
  publish,
  saveDraft,
  versions,
  withdraw,
} from '../../../src/features/editions/store.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import { DATABASES, openTestDatabase } from '../../support/open.ts'

const MAKER = { id: newId(), role: 'marketing' as const }
const OTHER = { id: newId(), role: 'marketing' as const }
const NOW = new Date('2026-11-23T02:00:00Z')
const TODAY = day('2026-11-23')

describe.each(DATABASES)('an edited document on %s', (name) => {
  let database: Database
  beforeAll(async () => {
    database = await openTestDatabase(name)
    await install(database.prisma, 'playbook', { n: 1 }, '2026-01-01')
  })
  afterAll(() => database.close())

  const draft = (body: unknown, who = MAKER) =>
    saveDraft(database.prisma, 'playbook', body, who, NOW)

  test('lives from draft over dry run to a version that is in force from its day on', async () => {
    const tx = database.prisma
    const first = await draft({ n: 2, of: { b: 1, a: [1, 2] } })
    expect(first).toMatchObject({ version: 2, status: 'draft', makers: [MAKER.id], dryRun: null })
    expect((await draft({ of: { a: [1, 2], b: 1 }, n: 2 })).hash).toBe(first.hash)
    await markDryRun(tx, first, { moves: 7 }, NOW)
    const ready = await draftOf(tx, 'playbook')
    expect(ready?.dryRun).toEqual({ said: { moves: 7 }, of: first.hash, at: NOW })
    await publish(tx, first, day('2026-12-01'), OTHER, NOW)

    expect(await draftOf(tx, 'playbook')).toBeNull()
    expect(await inForce(tx, 'playbook', day('2026-11-30'))).toMatchObject({ version: 1 })
    expect(await inForce(tx, 'playbook', day('2026-12-01'))).toMatchObject({
      version: 2,
      body: { n: 2 },
      publishedBy: OTHER.id,
      effectiveFrom: '2026-12-01',
    })
    expect((await latest(tx, 'playbook')).effectiveFrom).toBe('2026-12-01')
  })

  test('two who edit a draft are both its makers, and there is one draft', async () => {
    await draft({ n: 3 })
    const both = await draft({ n: 4 }, OTHER)
    expect(both).toMatchObject({ version: 3, makers: [MAKER.id, OTHER.id], body: { n: 4 } })
  })

  test('what changed after its dry run is not published, whatever was checked before', async () => {
    const ran = await draft({ n: 5 })
    await markDryRun(database.prisma, ran, {}, NOW)
    const changed = await draft({ n: 6 })
    await expect(publish(database.prisma, changed, TODAY, OTHER, NOW)).rejects.toThrow('changed')
    await expect(publish(database.prisma, ran, TODAY, OTHER, NOW)).rejects.toThrow('changed')
  })

  test('a draft is given up, a published version only before its day; both stay readable', async () => {
    const tx = database.prisma
    const given = await draft({ n: 7 })
    expect(await withdraw(tx, given, TODAY)).toBe(true)
    const second = await editionOf(tx, 'playbook', 2)
    if (!second) throw new Error('no second version')
    expect(await withdraw(tx, second, day('2026-12-01'))).toBe(false)
    expect(await withdraw(tx, second, TODAY)).toBe(true)
    expect(await inForce(tx, 'playbook', day('2027-01-01'))).toMatchObject({ version: 1 })
    expect(
      (await versions(tx, 'playbook')).map(({ version, status }) => [version, status]),
    ).toEqual([
      [3, 'withdrawn'],
      [2, 'withdrawn'],
      [1, 'published'],
    ])
  })

  test('the database itself refuses to edit a published body', async () => {
    const edit = database.prisma.$executeRaw`
      update edition set body = '{}' where kind = 'playbook' and version = 1`
    await expect(edit).rejects.toThrow('never edited')
  })
})

describe('a draft may be published', () => {
  const DRAFT: Edition = {
    kind: 'playbook',
    version: 2,
    status: 'draft',
    effectiveFrom: null,
    body: {},
    hash: 'h',
    makers: [MAKER.id],
    madeAt: NOW,
    dryRun: { said: null, of: 'h', at: NOW },
    publishedBy: null,
    publishedAt: null,
  }
  const ASKED = { who: OTHER, effectiveFrom: TODAY, today: TODAY, latestFrom: TODAY }

  test('by a second person of marketing, from today on', () => {
    expect(mayPublish(DRAFT, ASKED)).toBeNull()
  })

  test.each([
    ['not by one of its makers', DRAFT, { ...ASKED, who: MAKER }, '另一位'],
    ['not by risk', DRAFT, { ...ASKED, who: { ...OTHER, role: 'risk' as const } }, '只有营销'],
    ['not without a dry run', { ...DRAFT, dryRun: null }, ASKED, '还没有试算'],
    ['not when it changed since', { ...DRAFT, hash: 'other' }, ASKED, '又改过'],
    ['not for a day that is past', DRAFT, { ...ASKED, effectiveFrom: day('2026-11-22') }, '过去'],
    ['not before an earlier version', DRAFT, { ...ASKED, latestFrom: day('2026-12-01') }, '不能'],
  ])('%s', (_what, edition, asked, said) => {
    expect(mayPublish(edition, asked)?.because.zh).toContain(said)
  })
})
