import { z } from 'zod'
import { query } from '../../../bot/command.ts'
import { wholeLine } from '../../../bot/grammar/reading.ts'
import { playbookCard } from './cards.ts'
import { type Desk, openDesk } from './check.ts'
import * as policy from './policy.ts'
import { playbookBook } from './workbook.ts'

export const WORDS = ['打法', 'playbook']
/** `打法 导出` in all the ways it is begun. */
export const wordsOf = (...verbs: readonly string[]): string[] =>
  WORDS.flatMap((word) => verbs.flatMap((verb) => [`${word} ${verb}`, `${word}${verb}`]))

/** Which task falls due when, as it is in force. */
export const showPlaybook = query<unknown, Desk>({
  name: 'playbook',
  may: policy.showPlaybook,
  help: {
    usage: { zh: '打法', en: 'playbook' },
    purpose: { zh: '什么时候排什么任务', en: 'which task falls due when' },
  },
  phrases: { words: WORDS, read: wholeLine({}) },
  input: z.unknown(),
  load: (tx, _input, { at }) => openDesk(tx, at.today),
  reply: (desk, _input, { who, at }) =>
    playbookCard(desk, who.role in policy.editPlaybook.reach, at, who.language),
})

/** The playbook as a workbook: the draft where there is one, to be changed and sent back. */
export const exportPlaybook = query<unknown, Desk>({
  name: 'export-playbook',
  concurrency: 'long',
  may: policy.showPlaybook,
  help: {
    usage: { zh: '打法 导出', en: 'playbook export' },
    purpose: {
      zh: '打法的表格，改好发回就是草稿',
      en: 'the playbook as a workbook; sent back it is the draft',
    },
  },
  phrases: { words: wordsOf('导出', 'export'), read: wholeLine({}) },
  input: z.unknown(),
  load: (tx, _input, { at }) => openDesk(tx, at.today),
  async reply({ inForce, draft, follows, draftBody }, _input, { say }) {
    const file = await playbookBook(draftBody ?? follows)
    const version = (draft ?? inForce).version
    return {
      blocks: [
        {
          kind: 'text',
          text: draft
            ? say(`打法第 ${version} 版草稿。`, `The draft of version ${version}.`)
            : say(`打法第 ${version} 版。`, `Playbook, version ${version}.`),
        },
        {
          kind: 'file',
          name: say(`打法-第${version}版.xlsx`, `playbook-${version}.xlsx`),
          base64: file.toString('base64'),
        },
      ],
    }
  },
})
