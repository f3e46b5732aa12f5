import { z } from 'zod'
import { query } from '../../../bot/command.ts'
import { lacksClient } from '../../../bot/grammar/commands/lacking.ts'
import { type Day, dayIn, sayDay } from '../../../core/calendar/time.ts'
import type { Card } from '../../../core/card.ts'
import { type Language, speaker } from '../../../core/text.ts'
import { type ClientRef, clientRef, resolveClient } from '../../clients/resolve-client.ts'
import type { Client } from '../../clients/rules.ts'
import { sayFact } from '../../tier-rules/labels.ts'
import { recordedLabel } from '../entry/rules.ts'
import { type FactEntry, factHistory } from '../entry/store.ts'
import type { Nomination } from '../nominations/rules.ts'
import { nominationHistory } from '../nominations/store.ts'
import * as policy from '../policy.ts'
import { namedLine } from './lines.ts'
import { decidedNote, movedLine } from './moves.ts'
import type { Standing } from './rules.ts'
import { standingOf } from './store.ts'

/** Lines of each list. */
const MOST = 12

interface History {
  readonly client: Client
  readonly standing: Standing
  readonly entries: readonly FactEntry[]
  readonly nominations: readonly Nomination[]
}

/** Every move of a client: from, to, why, by which version, who approved; and who recorded what. */
export const showHistory = query<ClientRef, History>({
  name: 'tier-history',
  may: policy.showTier,
  help: {
    usage: { zh: '分层历史 张三', en: 'tier history Zhang' },
    purpose: {
      zh: '客户历次分层变动：何时、为何、谁批准；谁登记了什么',
      en: 'how a tier came to be: when, why, who approved; who recorded what',
    },
  },
  phrases: {
    words: ['分层历史', '分层记录', 'tier history'],
    lacks: lacksClient,
    read: (rest) => (rest ? { kind: 'understood', input: { named: rest } } : { kind: 'no' }),
  },
  input: z.object(clientRef),
  async load(tx, ref, { who, reach, at }) {
    const client = await resolveClient(tx, { who, reach }, ref, {
      command: 'tier-history',
      input: ref,
    })
    if (!('id' in client)) return client
    return {
      client,
      standing: await standingOf(tx, client.id, at.timezone, MOST),
      entries: await factHistory(tx, client.id, MOST),
      nominations: await nominationHistory(tx, client.id, at.timezone, MOST),
    }
  },
  reply: (history, _input, { at, who }) =>
    historyCard(history, at.today, at.timezone, who.language),
})

function historyCard(
  { client, standing, entries, nominations }: History,
  today: Day,
  timezone: string,
  language: Language,
): Card {
  const say = speaker(language)
  const { moves } = standing
  const moveItems = moves.map((move, place) => {
    const note = decidedNote(move, today, say, language)
    const version = say(`标准第 ${move.version} 版`, `version ${move.version}`)
    const line = movedLine(move, moves[place + 1] ?? null, today, say, language)
    return { text: [line, [version, note].filter(Boolean).join(' · ')].join('\n') }
  })
  const value = (entry: FactEntry, of: 'before' | 'after') => {
    const kept = entry[of]
    return kept === null ? say('未登记', 'not recorded') : sayFact(entry.fact, kept, say, language)
  }
  const factItems = entries.map((entry) => {
    const label = recordedLabel(entry.fact)[language]
    const what = `${label} ${value(entry, 'before')} → ${value(entry, 'after')}`
    return {
      text: `${sayDay(dayIn(entry.at, timezone), today, language)} ${what} · ${entry.by ?? say('数据导入', 'feed')}`,
    }
  })
  const namedItems = nominations.map((nomination) => ({
    text: `${sayDay(nomination.namedOn, today, language)} ${namedLine(nomination, today, say)}`,
  }))
  return {
    title: say(`${client.name} 的分层历史`, `Tier history of ${client.name}`),
    blocks: [
      moveItems.length > 0
        ? { kind: 'list', heading: say('变动', 'Moves'), items: moveItems }
        : { kind: 'text', text: say('还没有变动。', 'No moves yet.') },
      ...(namedItems.length > 0
        ? [{ kind: 'list', heading: say('指定', 'Named'), items: namedItems } as const]
        : []),
      ...(factItems.length > 0
        ? [{ kind: 'list', heading: say('登记', 'Recorded'), items: factItems } as const]
        : []),
      {
        kind: 'buttons',
        buttons: [
          {
            label: say('现在的分层', 'Tier now'),
            intent: { command: 'tier', input: { clientId: client.id } },
          },
        ],
      },
    ],
  }
}
