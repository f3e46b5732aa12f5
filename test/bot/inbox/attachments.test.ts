import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { command } from '../../../src/bot/command.ts'
import { expectAnswer } from '../../../src/bot/conversation/dialog-store.ts'
import { MAX_FILE_BYTES, meaningOf, takeFile } from '../../../src/bot/inbox/attachments.ts'
import { keepUpload, readUpload, uploadedWorkbook } from '../../../src/bot/inbox/uploads.ts'
import { everyone, may } from '../../../src/bot/policy.ts'
import { createConsoleChannel } from '../../../src/channels/console/index.ts'
import type { SentFile } from '../../../src/core/chat.ts'
import { Choice, Refusal } from '../../../src/core/decision.ts'
import { newId } from '../../../src/core/ids.ts'
import type { Actor } from '../../../src/core/staff.ts'
import { markerIn, writeWorkbook } from '../../../src/infra/sheets/spreadsheet.ts'
import { type Bank, MONDAY, openBank } from '../../support/bank.ts'
import { momentOf } from '../../support/moment.ts'
import { DATABASES } from '../../support/open.ts'

const NOW = new Date(MONDAY)
const AT = momentOf(MONDAY)
const none = { allow: () => null, load: async () => null, save: async () => {} }
const answer = { decide: () => null, reply: () => ({ blocks: [] }) }
const help = (zh: string) => ({ usage: { zh, en: zh }, purpose: { zh, en: zh } })
const question = { zh: '请发来工作簿。', en: 'Please send the workbook.' }

/** Takes a workbook, by its words or its marker. */
const taking = (name: string, word: string) =>
  command<{ uploadId: string }, null, null>({
    ...none,
    ...answer,
    name,
    may: may(everyone('self')),
    help: help(word),
    phrases: {
      words: [word],
      read: () => ({
        kind: 'asks',
        input: { uploadId: '' },
        doubts: [{ question, slots: ['uploadId'], expects: 'file' }],
      }),
    },
    files: { marker: name },
    input: z.object({ uploadId: z.string() }),
  })
/** Takes a photo beside its words. */
const noting = command<{ note: string; uploadId?: string | undefined }, null, null>({
  ...none,
  ...answer,
  name: 'visit',
  may: may(everyone('self')),
  help: help('走访'),
  phrases: { words: ['走访'], read: (rest) => ({ kind: 'understood', input: { note: rest } }) },
  files: { alongside: true },
  input: z.object({ note: z.string(), uploadId: z.string().optional() }),
})
const COMMANDS = [taking('quotas', '指标导入'), taking('standard', '标准导入'), noting]

describe.each(DATABASES)('a sent file, on %s', (kind) => {
  let bank: Bank
  let who: Actor
  let other: Actor
  beforeAll(async () => {
    bank = await openBank(kind)
    const actor = async (code: string) => {
      const staff = await bank.database.prisma.staff.findUniqueOrThrow({ where: { code } })
      return { ...staff, unitPath: '/HQ/', language: 'zh' } as unknown as Actor
    }
    who = await actor('M1')
    other = await actor('M2')
  })
  afterAll(() => bank.close())

  const workbook = (marker: string | null) =>
    writeWorkbook({
      marker,
      sheets: [{ name: '表', columns: [{ title: '名' }], rows: [['张三']] }],
    })
  const sent = (name: string, text = ''): SentFile => ({
    kind: 'file',
    name,
    size: 1,
    ref: '',
    text,
  })
  async function meaning(
    bytes: Uint8Array,
    file: SentFile,
    expected: Parameters<typeof meaningOf>[0]['expected'] = null,
    commands = COMMANDS,
  ) {
    const id = newId()
    await keepUpload(bank.database.prisma, { id, name: file.name, bytes }, NOW)
    const taken = { uploadId: id, marker: markerIn(bytes) }
    const sender = { tx: bank.database.prisma, who, expected, sayable: commands, at: AT }
    const meant = await meaningOf(sender, taken, file)
    return { id, meant }
  }

  test('goes to the command that its marker names, whatever its name', async () => {
    const { id, meant } = await meaning(await workbook('standard'), sent('新建.xlsx'))
    expect(meant).toEqual({ command: 'standard', input: { uploadId: id } })
  })

  test('goes to the command that waits for one', async () => {
    const intent = { command: 'quotas', input: { month: '2026-12' } }
    const waits = expectAnswer({
      intent,
      doubts: [{ question, slots: ['uploadId'], expects: 'file' }],
    })
    const { id, meant } = await meaning(await workbook(null), sent('a.xlsx'), waits)
    expect(meant).toEqual({ command: 'quotas', input: { month: '2026-12', uploadId: id } })
    const marked = await meaning(await workbook('standard'), sent('b.xlsx'), waits)
    const itself = { command: 'standard', input: { uploadId: marked.id } }
    expect(marked.meant, 'a workbook of ours says itself what it is for').toEqual(itself)
  })

  test('goes to the command said beside it', async () => {
    const { id, meant } = await meaning(await workbook(null), sent('a.xlsx', '指标导入'))
    expect(meant).toEqual({ command: 'quotas', input: { uploadId: id } })
  })

  test('goes along with words that are complete without it', async () => {
    const photo = new Uint8Array([0x89, 0x50, 0x4e, 0x47])
    const { id, meant } = await meaning(photo, sent('店.png', '走访 库存足'))
    expect(meant).toEqual({ command: 'visit', input: { note: '库存足', uploadId: id } })
  })

  test('that says nothing is asked about', async () => {
    const { id, meant } = await meaning(await workbook(null), sent('a.xlsx'))
    expect(meant).toBeInstanceOf(Choice)
    expect(meant).toMatchObject({
      options: [
        { label: '指标导入', intent: { command: 'quotas', input: { uploadId: id } } },
        { label: '标准导入', intent: { command: 'standard', input: { uploadId: id } } },
      ],
    })
  })

  test('of somebody with nothing to send files for is not kept', async () => {
    const { id, meant } = await meaning(await workbook(null), sent('a.xlsx'), null, [])
    expect(JSON.stringify(meant)).toContain('没有保存')
    expect(await readUpload(bank.database.prisma, id, who.id)).toBeNull()
  })

  test('is read by whoever sent it and nobody else', async () => {
    const { id } = await meaning(await workbook('standard'), sent('a.xlsx'))
    const tx = bank.database.prisma
    expect(await uploadedWorkbook(tx, id, who.id)).toMatchObject({ marker: 'standard' })
    expect(await uploadedWorkbook(tx, id, other.id)).toBeInstanceOf(Refusal)
  })

  test('that is no table is refused with what to do', async () => {
    const { id } = await meaning(new Uint8Array([1]), sent('a.xls'))
    const refusal = await uploadedWorkbook(bank.database.prisma, id, who.id)
    expect(refusal instanceof Refusal && refusal.because.zh).toContain('另存为 .xlsx')
  })

  test('is fetched once for one event; too large or gone, it says so', async () => {
    const channel = createConsoleChannel()
    const event = (file: Partial<SentFile>) => ({
      id: 'e',
      channel: 'console',
      conversation: 'console:M1',
      sender: 'M1',
      shared: false,
      says: { ...sent('a.csv'), ...file },
    })
    const take = (id: string, file: Partial<SentFile>) =>
      takeFile(bank.database, channel, { id, event: event(file), staffId: who.id }, NOW)
    const id = newId()
    const ref = channel.hold(new TextEncoder().encode('a'))
    expect(await take(id, { ref })).toEqual({ uploadId: id, marker: null })
    expect(await take(id, { ref })).toEqual({ uploadId: id, marker: null })
    expect(await take(newId(), { ref: '99' })).toEqual({ problem: 'gone' })
    expect(await take(newId(), { size: MAX_FILE_BYTES + 1 })).toEqual({ problem: 'too-large' })
  })
})
