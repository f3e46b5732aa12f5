import { type Button, type Card, textCard } from '../../../core/card.ts'
import { Choice } from '../../../core/decision.ts'
import type { Intent } from '../../../core/intent.ts'
import { counted, type Language, type Say, speaker, text } from '../../../core/text.ts'
import { undoRow } from '../../../core/undo-button.ts'
import type { Holdings, Part } from './store.ts'

const button = (label: string, command: string, input: object = {}): Button => ({
  label,
  intent: { command, input },
})

/** "Lee 3 位客户、2 件任务", one after the other. */
const partLines = (parts: readonly Part[], say: Say): string[] =>
  parts.map(({ name, clients, tasks }) =>
    say(
      `${name} ${clients} 位客户、${tasks} 件任务`,
      `${name}: ${counted(clients, 'client')}, ${counted(tasks, 'task')}`,
    ),
  )

/** To the lead, before anything is done: who would get how many; `again`: it is not as it was shown. */
export function planChoice(
  of: { readonly name: string; readonly code: string },
  { clients, tasks }: Holdings,
  parts: readonly Part[],
  again: boolean,
  intent: Intent,
  language: Language,
): Choice {
  const { name, code } = of
  const changed = again
    ? text('情况有变，请再看一遍。', 'Things have changed; please look again. ')
    : text('', '')
  return new Choice(
    {
      zh: `${changed.zh}把 ${name}（${code}）的 ${clients} 位客户、${tasks} 件任务交接给：\n${partLines(parts, speaker('zh')).join('\n')}\n确认后才交接。`,
      en: `${changed.en}Hand ${counted(clients, 'client')} and ${counted(tasks, 'task')} of ${name} (${code}) over to:\n${partLines(parts, speaker('en')).join('\n')}\nNothing is done before you confirm.`,
    },
    [{ label: speaker(language)('确认交接', 'Hand over'), intent }],
  )
}

/** To the lead: what went to whom. */
export function bookSharedOutCard(
  of: { readonly name: string },
  { clients, tasks }: Holdings,
  parts: readonly Part[],
  language: Language,
): Card {
  const say = speaker(language)
  const names = parts.map(({ name }) => name).join(say('、', ', '))
  const each = parts.length > 1 ? `\n${partLines(parts, say).join('\n')}\n` : ''
  const text = say(
    `已交接：${of.name} 的 **${clients}** 位客户、**${tasks}** 件任务 → ${names}。${each}往来记录随客户保留，转介成绩仍归原推荐人。`,
    `Handed over: **${clients}** clients and **${tasks}** tasks of ${of.name} to ${names}. ${each}Their history stays with them; referrals keep crediting whoever recommended.`,
  )
  return {
    blocks: [{ kind: 'text', text }, undoRow(say)],
  }
}

/** To each colleague who got clients. */
export function bookReceivedCard(
  by: string,
  of: string,
  { clients, tasks }: Holdings,
  language: Language,
): Card {
  const say = speaker(language)
  const text = say(
    `${by}把${of}的 **${clients}** 位客户、**${tasks}** 件任务交给了您，已在您名下，往来记录都在。`,
    `${by} handed you **${clients}** clients and **${tasks}** tasks of ${of}; they are yours now, history and all.`,
  )
  return {
    blocks: [
      { kind: 'text', text },
      { kind: 'buttons', buttons: [button(say('今日', 'Today'), 'today')] },
    ],
  }
}

export function leftCard(
  person: { readonly name: string; readonly code: string },
  { clients, tasks }: Holdings,
  language: Language,
): Card {
  const say = speaker(language)
  const text = say(
    `${person.name}（${person.code}）的账号已停用。`,
    `The account of ${person.name} (${person.code}) has ended.`,
  )
  if (clients + tasks === 0) return { blocks: [{ kind: 'text', text }] }
  const rest = say(
    `名下还有 ${clients} 位客户、${tasks} 件任务，请交接：平均分给团队，或说"交接 ${person.code} 给 姓名"。`,
    `${clients} clients and ${tasks} tasks wait: share them out evenly, or say "hand over ${person.code} to Name".`,
  )
  return {
    blocks: [
      { kind: 'text', text: `${text}\n${rest}` },
      {
        kind: 'buttons',
        buttons: [
          {
            ...button(say('平均交接', 'Evenly'), 'hand-book', { of: person.code, to: [] }),
            style: 'primary',
          },
        ],
      },
    ],
  }
}

/** To whoever is away: their stand-in works here no more. */
export const standInLeftCard = (name: string, language: Language): Card =>
  textCard(
    speaker(language)(
      `${name} 已离职，不能替您代班了；请另找一位，重新发"请假 日期 代班 姓名"。`,
      `${name} has left and cannot stand in for you; please say "away" again with somebody else.`,
    ),
  )
