import { describe, expect, test } from 'vitest'
import { day } from '../../../src/core/calendar/time.ts'
import { newId } from '../../../src/core/ids.ts'
import {
  addDocument,
  addNote,
  documentsOf,
  heldOf,
  notesOf,
  relativesOf,
  removeRelative,
  saveHeld,
  saveRelative,
} from '../../../src/features/clients/file/rows-store.ts'
import {
  changesOf,
  keepHistory,
  takeBackChanges,
} from '../../../src/features/clients/file/store.ts'
import {
  addPhone,
  markDead,
  phonesOf,
  preferPhone,
  removePhone,
} from '../../../src/features/clients/identity/phones-store.ts'
import {
  holdersOf,
  saveCreditCode,
  saveIdNumber,
} from '../../../src/features/clients/identity/store.ts'
import { type Bank, openBank } from '../../support/bank.ts'
import { DATABASES } from '../../support/open.ts'

const NOW = new Date('2026-11-23T00:10:00Z')
const [OLD, NEW, OTHERS] = ['+8613490010001', '+8613490019991', '+8613490019992']

describe.each(DATABASES)('the file of a client, on %s', (kind) => {
  const opened = async () => {
    const bank = await openBank(kind)
    const [author] = await bank.rows<{ id: string }>(`select id from staff where code = 'M1'`)
    const by = { staffId: author?.id ?? '', actId: newId(), now: NOW }
    return { bank, by, tx: bank.database.prisma, clientId: await bank.clientId('张三') }
  }
  const called = async (bank: Bank) =>
    (await bank.rows<{ phone: string }>(`select phone from client where name = '张三'`))[0]?.phone

  test('has the number it was entered with, and one number after the other is called first', async () => {
    const { bank, tx, by, clientId } = await opened()
    expect(await phonesOf(tx, clientId)).toMatchObject([
      { number: OLD, preferred: true, state: 'ok' },
    ])
    await preferPhone(tx, clientId, NEW, by)
    await addPhone(tx, { clientId, number: OTHERS, label: '座机', person: '财务 王姐' }, by)
    expect(await called(bank)).toBe(NEW)
    await markDead(tx, clientId, NEW, by)
    expect(await called(bank)).toBe(OLD)
    expect((await phonesOf(tx, clientId)).map(({ number, state }) => [number, state])).toEqual([
      [OLD, 'ok'],
      [OTHERS, 'ok'],
      [NEW, 'dead'],
    ])
    await removePhone(tx, clientId, OLD)
    expect(await called(bank)).toBeNull()
    await preferPhone(tx, clientId, NEW, by)
    expect(await called(bank)).toBe(NEW)
    await bank.close()
  })

  test('is found by its live numbers and papers, not by a contact person’s or a dead number', async () => {
    const { bank, tx, by, clientId } = await opened()
    await saveIdNumber(tx, clientId, '990000198506150010', 'resident')
    await saveCreditCode(tx, clientId, '91350100M000100Y43')
    await addPhone(tx, { clientId, number: OTHERS, label: null, person: '财务' }, by)
    await addPhone(tx, { clientId, number: NEW, label: null, person: null }, by)
    await markDead(tx, clientId, OLD, by)
    const asked = [
      { kind: 'phone', value: OLD },
      { kind: 'phone', value: NEW },
      { kind: 'phone', value: OTHERS },
      { kind: 'id', value: '990000198506150010' },
      { kind: 'credit-code', value: '91350100M000100Y43' },
      { kind: 'credit-code', value: '990000198506150010' },
    ] as const
    const found = await holdersOf(tx, asked)
    expect(found.map(({ kind, value }) => `${kind} ${value}`).sort()).toEqual([
      'credit-code 91350100M000100Y43',
      'id 990000198506150010',
      `phone ${NEW}`,
    ])
    expect(new Set(found.map((each) => each.clientId))).toEqual(new Set([clientId]))
    await bank.close()
  })

  test('a live number of one client is refused to another, until it is dead there', async () => {
    const { bank, tx, by, clientId } = await opened()
    const other = await bank.clientId('赵强')
    await expect(preferPhone(tx, other, OLD, by)).rejects.toThrow()
    await markDead(tx, clientId, OLD, by)
    await preferPhone(tx, other, OLD, by)
    expect(await holdersOf(tx, [{ kind: 'phone', value: OLD }])).toMatchObject([
      { clientId: other },
    ])
    await bank.close()
  })

  test('keeps what was written over, with author and moment, and puts it back', async () => {
    const { bank, tx, by, clientId } = await opened()
    const before = await tx.client.findUnique({ where: { id: clientId } })
    const kept = (table: 'client' | 'client_phone' | 'relative' | 'client_note') => ({
      clientId,
      table,
    })
    await keepHistory(tx, kept('client_phone'), by, () => preferPhone(tx, clientId, NEW, by))
    await keepHistory(tx, kept('client'), by, () =>
      saveCreditCode(tx, clientId, '91350100M000100Y43'),
    )
    const wife = { kind: 'household', name: '李四', relation: '配偶', phone: OTHERS } as const
    await keepHistory(tx, kept('relative'), by, () => saveRelative(tx, clientId, wife, by))
    await keepHistory(tx, kept('client_note'), by, () => addNote(tx, clientId, '周末不接', by))
    expect(await keepHistory(tx, kept('client'), by, async () => {})).toBe(false)
    const changes = await changesOf(tx, clientId, 10)
    expect(changes.map(({ subject, before, after, by }) => [subject, before, after, by])).toEqual([
      ['client_note', null, expect.objectContaining({ text: '周末不接' }), '周敏'],
      ['relative', null, expect.objectContaining({ name: '李四' }), '周敏'],
      ['credit_code', null, '91350100M000100Y43', '周敏'],
      ['client_phone', null, expect.objectContaining({ number: NEW }), '周敏'],
      [
        'client_phone',
        expect.objectContaining({ preferred: true }),
        expect.objectContaining({ preferred: false }),
        '周敏',
      ],
    ])
    expect(await takeBackChanges(tx, by.actId, NOW)).toEqual([clientId])
    expect(await tx.client.findUnique({ where: { id: clientId } })).toEqual(before)
    expect(await phonesOf(tx, clientId)).toMatchObject([{ number: OLD, preferred: true }])
    expect([await relativesOf(tx, clientId), await notesOf(tx, clientId)]).toEqual([[], []])
    expect(await changesOf(tx, clientId, 10)).toEqual([])
    await bank.close()
  })

  test('what was written again since stays as it is then', async () => {
    const { bank, tx, by, clientId } = await opened()
    const later = { ...by, actId: newId() }
    const of = { clientId, table: 'relative' } as const
    const son = { kind: 'household', name: '小王', relation: '子', phone: null } as const
    await keepHistory(tx, of, by, () => saveRelative(tx, clientId, son, by))
    await keepHistory(tx, of, later, () =>
      saveRelative(tx, clientId, { ...son, phone: NEW }, later),
    )
    await takeBackChanges(tx, by.actId, NOW)
    expect(await relativesOf(tx, clientId)).toMatchObject([{ name: '小王', phone: NEW }])
    await takeBackChanges(tx, later.actId, NOW)
    expect(await relativesOf(tx, clientId)).toMatchObject([{ name: '小王', phone: null }])
    expect(await removeRelative(tx, clientId, { kind: 'household', name: '小 王' })).toBe(1)
    await bank.close()
  })

  test('holds products and documents, each once', async () => {
    const { bank, tx, by, clientId } = await opened()
    const held = { clientId, product: 'pos', since: day('2025-01-01'), until: null }
    await saveHeld(tx, [{ ...held, toldBy: 'import', asOf: day('2026-11-20') }], by)
    const ended = { ...held, since: null, until: day('2026-11-22') }
    await saveHeld(tx, [{ ...ended, toldBy: 'feed', asOf: day('2026-11-22') }], by)
    expect(await heldOf(tx, clientId)).toEqual([
      { ...held, until: '2026-11-22', toldBy: 'feed', asOf: '2026-11-22', by: '周敏' },
    ])
    const licence = {
      name: '营业执照.jpg',
      kind: 'licence',
      uploadId: newId(),
      sha256: 'a'.repeat(64),
      size: 12_345,
      validUntil: null,
    } as const
    expect(await addDocument(tx, clientId, licence, by)).toBe(true)
    expect(await addDocument(tx, clientId, { ...licence, uploadId: newId() }, by)).toBe(false)
    expect(await documentsOf(tx, clientId)).toMatchObject([{ ...licence, by: '周敏' }])
    await bank.close()
  })
})
