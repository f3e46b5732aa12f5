import { z } from 'zod'
import { type Command, command } from '../../bot/command.ts'
import { wantsFile } from '../../bot/grammar/reading.ts'
import { templateQuery } from '../../bot/template.ts'
import { refuse } from '../../core/decision.ts'
import type { Text } from '../../core/text.ts'
import { importCard } from './cards/import-cards.ts'
import { mayOf } from './lists/lists.ts'
import * as policy from './policy.ts'
import { type ImportKind, startedImport } from './rules.ts'
import { addImport, underWay, uploadNamed } from './store.ts'
import { MARKERS, templateBlock } from './workbooks.ts'

interface Sent {
  readonly uploadId: string
  readonly fileName: string
  /** How many books are gone on with before it. */
  readonly ahead: number
}

/** Takes a workbook that was sent: it is read and looked through beside answers, and nothing of it is written. */
export const startImport = (
  kind: ImportKind,
  spec: {
    readonly name: string
    readonly help: { readonly usage: Text; readonly purpose: Text }
    readonly words?: readonly string[]
    /** What is asked for where no file came along. */
    readonly asks?: Text
  },
): Command =>
  command<{ uploadId: string }, Sent, Sent>({
    name: spec.name,
    may: mayOf(kind),
    files: { marker: MARKERS[kind], readLater: true },
    help: spec.help,
    ...(spec.words && spec.asks && { phrases: { words: spec.words, read: wantsFile(spec.asks) } }),
    input: z.object({ uploadId: z.uuid() }),
    async load(tx, { uploadId }, { who }) {
      const fileName = await uploadNamed(tx, uploadId, who.id)
      return fileName === null
        ? refuse('没有收到这个文件，请再发一次。', 'There is no such file; send it again.')
        : { uploadId, fileName, ahead: await underWay(tx) }
    },
    decide: (sent) => sent,
    async save(tx, { uploadId }, { who, account, at, actId, beginWork }) {
      await addImport(tx, { id: actId, kind, staffId: who.id, ...account, uploadId }, at.now)
      beginWork()
    },
    reply: ({ fileName, ahead }, _facts, { who, actId, at }) =>
      importCard(
        startedImport({ id: actId, kind, fileName, startedAt: at.now }),
        who.language,
        ahead,
      ),
  })

/** A book of clients. */
export const importClients = startImport('clients', {
  name: 'import-clients',
  help: {
    usage: { zh: '导入 客户', en: 'import clients' },
    purpose: {
      zh: '用表格导入客户：先看预览，确认后写入',
      en: 'import clients from a workbook: you see what would change before it is written',
    },
  },
  words: ['导入 客户', '导入客户', '客户 导入', '客户导入', 'import clients'],
  asks: {
    zh: '请发来客户表（.xlsx 或 .csv）：前 10 行里有列名，手机号、身份证号、统一社会信用代码、授信账号至少一列。要模板发"导入 模板"。',
    en: 'Send the workbook (.xlsx or .csv) with headings: at least one of phone, ID number, credit code and account. Say "import template" for an empty one.',
  },
})

/** The empty workbook of it. */
export const importTemplate = templateQuery({
  name: 'import-template',
  may: policy.importClients,
  help: {
    usage: { zh: '导入 模板', en: 'import template' },
    purpose: { zh: '客户导入的空表格', en: 'an empty workbook to import clients' },
  },
  words: ['导入 模板', '导入模板', 'import template'],
  workbook: ({ role, language }) => templateBlock(role, language),
})
