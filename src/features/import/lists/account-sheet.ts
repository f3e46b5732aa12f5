import { z } from 'zod'
import { query } from '../../../bot/command.ts'
import { wholeLine } from '../../../bot/grammar/reading.ts'
import { pathOf } from '../../../bot/policy.ts'
import { templateCard } from '../../../bot/template.ts'
import { inLanguage } from '../../../core/text.ts'
import { bringAccounts } from '../../people/policy.ts'
import { accountsBelow } from '../../people/post/account-store.ts'
import { fileBlock, MARKERS } from '../workbooks.ts'
import { ACCOUNTS, LIST_LABELS } from './headings.ts'

/** The sheet to fill in: everybody below, with the account that they have. */
export const accountSheet = query<unknown, Awaited<ReturnType<typeof accountsBelow>>>({
  name: 'account-sheet',
  concurrency: 'long',
  may: bringAccounts,
  help: {
    usage: { zh: '账号表', en: 'account sheet' },
    purpose: {
      zh: '下载人员和企业微信账号的表，填好发回来，看过预览确认后生效',
      en: 'a sheet of your people and their WeCom accounts, to fill in and send back',
    },
  },
  phrases: { words: ['账号表', '帐号表', 'account sheet'], read: wholeLine({}) },
  input: z.unknown(),
  async load(tx, _input, asker) {
    const people = await accountsBelow(tx, pathOf(asker))
    asker.givesOut(people.length)
    return people
  },
  async reply(people, _input, { say, who }) {
    const columns = Object.values(ACCOUNTS).map(({ label }) => {
      return { title: inLanguage(label, who.language), width: 16, holds: 'text' as const }
    })
    const rows = people.map(({ code, userId, name }) => [code, userId, name])
    const name = inLanguage(LIST_LABELS.accounts, who.language)
    return templateCard(await fileBlock(name, MARKERS.accounts, [{ name, columns, rows }]), say)
  },
})
