import { z } from 'zod'
import { command, query } from '../../../bot/command.ts'
import { wantsFile, wholeLine } from '../../../bot/grammar/reading.ts'
import { Refusal, refuse } from '../../../core/decision.ts'
import { text } from '../../../core/text.ts'
import type { PeopleRows } from '../people-rows.ts'
import * as policy from '../policy.ts'
import type { PersonRow } from '../rules.ts'
import { hashable } from '../rules.ts'
import { clientsOf } from '../store.ts'
import { MARKERS, peopleIn, takenBlocks, template } from '../workbooks.ts'
import { bar } from './effect.ts'
import { addEntries, listedAlready } from './store.ts'

interface Read extends PeopleRows {
  /** Rows that say what the list says already, or what a row before them says. */
  readonly known: number
  /** How many clients on file the rows mean. */
  readonly onFile: number
}

/** Many at once, from a workbook; rows that cannot be used come back with the reason beside each. */
export const importList = command<{ uploadId: string }, Read, Read>({
  name: 'negative-import',
  may: policy.keepNegativeList,
  concurrency: 'long',
  help: {
    usage: { zh: '负面 导入', en: 'negative import' },
    purpose: { zh: '用表格列入负面清单', en: 'add to the negative list from a workbook' },
  },
  phrases: {
    words: ['负面 导入', '负面导入', '负面清单 导入', 'negative import'],
    read: wantsFile({
      zh: '请发来表格：手机号、身份证号、统一社会信用代码至少一列，还有理由、到期日（空为长期）。要模板发"负面 模板"。',
      en: 'Send the workbook: at least one of phone, ID number and social credit code, then reason and until (blank: for good). Say "negative template" for an empty one.',
    }),
  },
  files: { marker: MARKERS.list },
  input: z.object({ uploadId: z.uuid() }),
  async load(tx, { uploadId }, context) {
    const read = await peopleIn(tx, uploadId, context, text('负面 模板', 'negative template'))
    if (read instanceof Refusal) return read
    const listed = await listedAlready(tx, context.bank.keyedHash, read.rows)
    const rows = onceEach(read.rows.filter(({ number }) => !listed.has(number)))
    const clients = [...(await clientsOf(tx, rows)).values()].flat()
    const onFile = new Set(clients.map(({ id }) => id)).size
    return { ...read, rows, known: read.rows.length - rows.length, onFile }
  },
  decide: (read) =>
    read.rows.length + read.known + read.faults.length > 0
      ? read
      : refuse('表格里没有内容。', 'The workbook is empty.'),
  async save(tx, { rows }, { who, at, actId, bank }) {
    const by = { staffId: who.id, actId, now: at.now }
    await bar(tx, await addEntries(tx, bank.keyedHash, rows, by), at.now)
  },
  async reply(read, _facts, { who, say }) {
    const { rows, known, onFile } = read
    const taken = [
      rows.length > 0 &&
        (onFile > 0
          ? say(
              `已列入负面清单 ${rows.length} 条，涉及在册客户 ${onFile} 位，营销任务已取消。`,
              `New on the negative list: ${rows.length}. They mean clients on file: ${onFile}, whose marketing tasks are cancelled.`,
            )
          : say(
              `已列入负面清单 ${rows.length} 条，在册客户里没有他们，以后录入会拦下。`,
              `New on the negative list: ${rows.length}. None of them is on file; whoever enters them later is stopped.`,
            )),
      known > 0 &&
        say(
          `${known} 行名单上已有同样的登记，没有重复。`,
          `Rows that the list has already: ${known}; they were not added again.`,
        ),
    ].filter((line) => line !== false)
    const said = taken.length > 0 ? taken.join('\n') : null
    return { blocks: await takenBlocks('list', said, read, who.language) }
  },
})

/** Rows with the same numbers, reason and last day once. */
function onceEach(rows: readonly PersonRow[]): PersonRow[] {
  const saysOf = ({ identities, reason, until }: PersonRow) =>
    JSON.stringify([identities.map(hashable).sort(), reason, until])
  return [...Map.groupBy(rows, saysOf).values()].flatMap(([first]) => first ?? [])
}

/** The empty workbook of it. */
export const listTemplate = query<unknown, null>({
  name: 'negative-template',
  may: policy.keepNegativeList,
  help: {
    usage: { zh: '负面 模板', en: 'negative template' },
    purpose: { zh: '负面清单的空表格', en: 'an empty workbook for the negative list' },
  },
  phrases: { words: ['负面 模板', '负面模板', 'negative template'], read: wholeLine({}) },
  input: z.unknown(),
  load: async () => null,
  reply: async (_facts, _input, { who, say }) => ({
    blocks: [
      {
        kind: 'text',
        text: say('填好后把文件发给我就行。', 'Fill it in and send the file to me.'),
      },
      await template('list', who.language),
    ],
  }),
})
